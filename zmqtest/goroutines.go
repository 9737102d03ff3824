package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// Section Z: stress, concurrency, and what is about Go.
var goroutines = []row{
	{
		id: "Z1", key: true,
		must: "every method of a socket may be called by many goroutines at once, and Close between them",
		test: func(t *T) {
			for typ, peer := range partners(t) {
				t.Run(typ.String(), func(t *T) { everythingAtOnce(t, typ, peer) })
			}
		},
	},
	{
		id: "Z2", over: all,
		must: "messages of concurrent senders stay whole, and those of each sender in order",
		test: concurrentSenders,
	},
	{
		id: "Z3", key: true, over: all, alone: true,
		must: "contexts and sockets that come and go leave no goroutine, descriptor or memory behind",
		test: comingAndGoing,
	},
	{
		id: "Z4", over: all, alone: true,
		must: "frames of all sizes are intact while the garbage collector runs all the time",
		test: underGarbageCollection,
	},
	{
		id:    "Z5",
		must:  "a panic in a function that libzmq calls comes out where the caller can recover it, and all goes on",
		proof: "libzmq/capi.TestTimersInCallback",
	},
	{
		id:   "Z6",
		must: "a program that waits in receives ends in order on a signal",
		test: func(t *T) {
			if runtime.GOOS == "windows" {
				t.Skip("a process cannot interrupt itself on Windows")
			}
			if t.Isolated() {
				endBySignal(t)
			}
		},
	},
	{
		id: "Z7", over: all,
		must: "many clients of one ROUTER each get the replies to their requests and no others",
		test: manyClients,
	},
	{
		id: "Z8", over: remote,
		must: "REQ that asks again after a timeout, and SUB, work again each time that their server comes back",
		test: flaps,
	},
	{
		id:   "Z9",
		must: "timeouts, heartbeats and reconnects do not care when somebody sets the clock",
		test: jumpingClock,
	},
	{
		id:   "Z10",
		must: "everything works with GOMAXPROCS=1",
		test: func(t *T) {
			if !t.Isolated("GOMAXPROCS=1") {
				return
			}
			if n := runtime.GOMAXPROCS(0); n != 1 {
				t.Errorf("GOMAXPROCS is %d", n)
			}
			for _, t.Transport = range []string{"inproc", "tcp"} {
				t.Run(t.Transport, func(t *T) {
					a, b := t.Pair(zmq.DEALER, zmq.DEALER)
					pingPong(t, a, b, many/10)
					concurrentSenders(t)
					closedWaiting(t)
					t.OK(t.Zctx().Close())
				})
			}
		},
	},
	{
		id:   "Z11",
		must: "contexts are independent: each has its own inproc names, and the end of one does not touch another",
		test: independentContexts,
	},
}

func endBySignal(t *T) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ended := testkit.NewGroup(t)
	for range 4 {
		pull, _ := t.Bound(zmq.PULL)
		ended.Go(func() error {
			if _, err := pull.Recv(ctx); !errors.Is(err, context.Canceled) {
				return fmt.Errorf("error is %v, want %v", err, context.Canceled)
			}
			return nil
		})
	}
	self, err := os.FindProcess(os.Getpid())
	t.OK(err)
	t.OK(self.Signal(os.Interrupt))
	ended.Wait()
	t.OK(t.Zctx().Close())
}

func independentContexts(t *T) {
	const name = "inproc://the-same"
	var pulls, pushes [2]*zmq.Socket
	contexts := [2]*zmq.Context{t.NewContext(), t.NewContext()}
	for i, zctx := range contexts {
		pulls[i] = testkit.Socket(t, zctx, zmq.PULL)
		t.OK(pulls[i].Bind(name))
		pushes[i] = testkit.Connected(t, zctx, zmq.PUSH, name)
	}
	for i := range contexts {
		t.Send(pushes[i], fmt.Sprint("in ", i))
	}
	for i := range contexts {
		t.Expect(pulls[i], fmt.Sprint("in ", i))
		t.ExpectNone(pulls[i])
	}
	// Over a transport that leaves the context they meet.
	t.Connect(pushes[0], t.Bind(pulls[1]))
	t.Eventually("one reaches the other", func() bool {
		t.Send(pushes[0], "to either")
		return pulls[1].TryRecv(new(zmq.Msg)) == nil
	})
	t.OK(contexts[0].Shutdown(testkit.Soon(t)))
	t.Send(pushes[1], "still here")
	for m := ""; m != "still here"; {
		m = t.Recv(pulls[1])[0]
	}
}
