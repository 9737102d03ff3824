package zmqtest

import (
	"errors"
	"fmt"
	"os/exec"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// What is left, and what is not, when sockets and contexts go.
var leaving = []row{
	{
		id: "I19", over: remote,
		must: "a program that is started inherits nothing: what is closed is closed, though it runs on",
		test: nothingIsInherited,
	},
	{
		id:    "I20",
		alone: true, // takes thousands of descriptors
		must:  "a context has 1023 sockets by default, then ErrTooManySockets, and again when some have been closed",
		test:  tooManySockets,
	},
	{
		id:   "I21",
		must: "inproc connections that nobody has bound neither hold up the end of a context nor break it, at MAX_SOCKETS too",
		test: pendingConnections,
	},
	{
		id: "I22", over: all,
		must: "closing a socket with messages that nobody has received is immediate, and its peer goes on",
		test: unreadMessages,
	},
	{
		id:   "I23",
		must: "Shutdown while inproc connections wait for somebody to bind wakes their calls, and ends",
		test: func(t *T) {
			woken := testkit.NewGroup(t)
			for i := range 10 {
				s := t.Socket(zmq.DEALER)
				t.Connect(s, fmt.Sprintf("inproc://nobody-%d", i))
				t.Send(s, "pending")
				woken.Go(func() error {
					if _, err := s.Recv(testkit.Soon(t)); !errors.Is(err, zmq.ErrTerminated) {
						return fmt.Errorf("error is %v, want %v", err, zmq.ErrTerminated)
					}
					return nil
				})
			}
			t.OK(t.Zctx().Shutdown(testkit.Soon(t)))
			woken.Wait()
			t.OK(t.Zctx().Close())
		},
	},
}

func nothingIsInherited(t *T) {
	endpoint := t.Free()
	server := t.Socket(zmq.PULL)
	t.OK(server.Bind(endpoint))
	client := t.Socket(zmq.PUSH, quickly)
	w := t.Watch(client, zmq.EventDisconnected)
	t.Connect(client, endpoint)
	t.Send(client, "before")
	t.Expect(server, "before")

	program := exec.Command("cat") // runs until its input ends
	input, err := program.StdinPipe()
	t.OK(err)
	if err := program.Start(); errors.Is(err, exec.ErrNotFound) {
		t.Skip("this system has no cat")
	} else {
		t.OK(err)
	}
	t.Cleanup(func() { _ = input.Close(); t.OK(program.Wait()) })

	t.Drop(server)
	w.Expect(zmq.EventDisconnected)
	again := t.Socket(zmq.PULL)
	t.BindAt(again, endpoint)
	t.Send(client, "after")
	t.Expect(again, "after")
}

func tooManySockets(t *T) {
	t.needsDescriptors(4000) // a socket takes two or more
	var sockets []*zmq.Socket
	for len(sockets) < 1023 {
		sockets = append(sockets, t.Socket(zmq.PULL))
	}
	_, err := t.Zctx().NewSocket(zmq.PULL)
	t.Refused(err, zmq.ErrTooManySockets)
	t.Refused(err, syscall.EMFILE)
	for _, s := range sockets[:10] {
		t.OK(s.Close())
	}
	for range 10 {
		t.Eventually("there is room again", func() bool {
			s, err := t.Zctx().NewSocket(zmq.PULL)
			if err == nil {
				t.Cleanup(func() { t.Drop(s) })
			}
			return err == nil
		})
	}
	_, err = t.Zctx().NewSocket(zmq.PULL)
	t.Refused(err, zmq.ErrTooManySockets)
}

func pendingConnections(t *T) {
	if !t.Isolated() {
		return
	}
	for _, closed := range []bool{false, true} {
		zctx := t.NewContext(opt.MaxSockets.To(10))
		n := 0
		for ; ; n++ {
			s, err := zctx.NewSocket(zmq.PUSH)
			if errors.Is(err, zmq.ErrTooManySockets) {
				break
			}
			t.OK(err)
			t.Connect(s, fmt.Sprintf("inproc://nobody-%d", n))
			t.Send(s, "pending")
			if closed && n < 5 {
				t.OK(s.Close())
			}
		}
		if n < 5 {
			t.Errorf("there was room for %d sockets only", n)
		}
		t.OK(zctx.Close())
	}
}

func unreadMessages(t *T) {
	push, endpoint := t.Bound(zmq.PUSH)
	for range 5 {
		zctx := t.Zctx()
		if t.Transport != "inproc" {
			zctx = t.NewContext()
		}
		pull := testkit.Connected(t, zctx, zmq.PULL, endpoint, opt.Linger.To(-1))
		t.Eventually("the next peer gets messages", func() bool {
			// What goes to the one before is lost.
			return t.TrySend(push, "x") == nil && pull.TryRecv(new(zmq.Msg)) == nil
		})
		for range 100 {
			t.Send(push, "unread")
		}
		t.OK(pull.Close())
		if t.Transport != "inproc" {
			t.OK(zctx.Close())
		}
	}
}
