package zmqtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section D: PUSH and PULL.
var pipeline = []row{
	{
		id: "D1", over: all, key: true,
		must: "PUSH goes round strictly: of eight messages each of four PULLs gets the two that are its turn",
		test: func(t *T) {
			push := t.Socket(zmq.PUSH)
			var pulls [4]*zmq.Socket
			for i := range pulls {
				var endpoint string
				pulls[i], endpoint = t.Bound(zmq.PULL)
				t.Connect(push, endpoint)
			}
			for i := range 8 {
				t.Send(push, testkit.Numbered(i), "tail")
			}
			for i := range 8 {
				t.Expect(pulls[i%4], testkit.Numbered(i), "tail")
			}
			for _, pull := range pulls {
				t.ExpectNone(pull)
			}
		},
	},
	{
		id: "D2", over: all,
		must: "PULL hears its peers in turn, whoever of them binds or connects",
		test: func(t *T) {
			pull, endpoint := t.Bound(zmq.PULL)
			inTurns(t, pull, func() *zmq.Socket { return t.Connected(zmq.PUSH, endpoint) })
			pull = t.Socket(zmq.PULL)
			inTurns(t, pull, func() *zmq.Socket {
				push, endpoint := t.Bound(zmq.PUSH)
				t.Connect(pull, endpoint)
				return push
			})
		},
	},
	{
		id: "D3", over: all, key: true,
		must: "a PUSH without a peer waits and drops nothing: a Try call is ErrAgain, and what waited goes to the first peer",
		test: func(t *T) {
			push := t.Socket(zmq.PUSH)
			withoutPeer(t, push)
			endpoint := t.Bind(push)
			withoutPeer(t, push)
			sending := testkit.NewGroup(t)
			ctx := testkit.Soon(t)
			sending.Go(func() error {
				for i := range 10 {
					if err := push.Send(ctx, []byte(testkit.Numbered(i))); err != nil {
						return err
					}
				}
				return nil
			})
			pull := t.Connected(zmq.PULL, endpoint)
			for i := range 10 {
				t.Expect(pull, testkit.Numbered(i))
			}
			sending.Wait()
			t.ExpectNone(pull)
		},
	},
	{
		id: "D4", over: all,
		must: "what a bound PUSH holds for a peer that goes is gone with it: the next peer, or the same one when it is back, gets what is sent then",
		test: queueOfTheGone,
	},
	{
		id: "D5", over: all,
		must: "messages of several frames stay whole while peers come and go in the middle of them",
		test: func(t *T) {
			t.Run("that wait", func(t *T) { wholeInChurn(t, (*zmq.Socket).SendMsg) })
			t.Run("that do not", func(t *T) {
				wholeInChurn(t, func(push *zmq.Socket, ctx context.Context, m *zmq.Msg) error {
					for {
						if err := push.TrySend(m); err == nil || ctx.Err() != nil {
							return err
						}
						time.Sleep(50 * time.Microsecond)
					}
				})
			})
		},
	},
	{
		id: "D6", over: remote, key: true,
		must: "after Unbind a PUSH has no peer: the connections that came in are closed, and a Try call is ErrAgain",
		test: func(t *T) {
			push, endpoint := t.Bound(zmq.PUSH)
			var peers []*zmq.Socket
			for range 2 {
				peers = append(peers, t.Connected(zmq.PULL, endpoint))
			}
			t.takesPart(push, peers...)
			t.OK(push.Unbind(endpoint))
			t.Eventually("there is no peer", func() bool { return t.TrySend(push, "lost") != nil })
			withoutPeer(t, push)
		},
	},
	{
		id: "D7", over: all,
		must: "after Disconnect a PUSH has no peer, and a Try call is ErrAgain; what it sent before still arrives",
		test: func(t *T) {
			pull, endpoint := t.Bound(zmq.PULL)
			push := t.Connected(zmq.PUSH, endpoint)
			for i := range 10 {
				t.Send(push, testkit.Numbered(i))
			}
			t.OK(push.Disconnect(endpoint))
			t.Eventually("there is no peer", func() bool { return t.TrySend(push, "maybe lost") != nil })
			withoutPeer(t, push)
			for i := range 10 {
				t.Expect(pull, testkit.Numbered(i))
			}
		},
	},
	{
		id: "D8", over: all,
		must: "each peer of a PUSH has a queue of its own: one that does not read gets no more than fits, and the others go on",
		test: stalledWorker,
	},
	{
		id:   "D9",
		must: "PUSH cannot receive and PULL cannot send: ErrNotSupported, at once",
		test: func(t *T) {
			pull, push := t.Pair(zmq.PULL, zmq.PUSH)
			t.Refused(push.TryRecv(new(zmq.Msg)), zmq.ErrNotSupported)
			t.Refused(t.TrySend(pull, "x"), zmq.ErrNotSupported)
			for _, recv := range receives(push) {
				t.Refused(recv(testkit.Soon(t)), zmq.ErrNotSupported)
			}
			for _, send := range sends(pull) {
				t.Refused(send(testkit.Soon(t)), zmq.ErrNotSupported)
			}
			t.Send(push, "both work")
			t.Expect(pull, "both work")
		},
	},
	{
		id: "D10", over: all,
		must: "no message is lost or doubled when several PUSHs send to several PULLs, and leave some and come back",
		test: changingWorkers,
	},
}

// withoutPeer: s takes no message, whatever way it is sent.
func withoutPeer(t *T, s *zmq.Socket) {
	t.Helper()
	t.Refused(t.TrySend(s, "for nobody"), zmq.ErrAgain)
	if ready := events(t, s); ready&zmq.Out != 0 {
		t.Errorf("it is ready for %v", ready)
	}
	t.OK(s.Set(opt.SendTimeout.To(time.Millisecond)))
	for how, send := range sends(s) {
		if t.Refused(send(testkit.Soon(t)), os.ErrDeadlineExceeded); t.Failed() {
			t.Fatal(how)
		}
	}
	t.OK(s.Set(opt.SendTimeout.To(-1)))
}

// takesPart waits until each of the peers has received a message of push.
func (t *T) takesPart(push *zmq.Socket, peers ...*zmq.Socket) {
	t.Helper()
	heard := map[*zmq.Socket]bool{}
	t.Eventually("every peer receives", func() bool {
		t.Send(push, "who is there?")
		for _, peer := range peers {
			for peer.TryRecv(new(zmq.Msg)) == nil {
				heard[peer] = true
			}
		}
		return len(heard) == len(peers)
	})
}

func queueOfTheGone(t *T) {
	push, endpoint := t.Bound(zmq.PUSH, narrow, zmq.TrackPeers())
	pull := t.Connected(zmq.PULL, endpoint, narrow)
	for range 3 {
		crowd(t, push)
		t.OK(pull.Disconnect(endpoint))
		for m := new(zmq.Msg); pull.TryRecv(m) == nil; { // of what it has received
		}
		next := t.Connected(zmq.PULL, endpoint)
		t.sentUntilHeard(push, next, "new")
		t.Drop(next)
		t.Connect(pull, endpoint)
		t.sentUntilHeard(push, pull, "new")
	}
	t.othersGone(push)
}

// wholeInChurn sends messages of three frames to peers that receive a few and
// go, some in the middle of a message.
func wholeInChurn(t *T, send func(*zmq.Socket, context.Context, *zmq.Msg) error) {
	push, endpoint := t.Bound(zmq.PUSH, narrow, zmq.TrackPeers())
	var enough atomic.Bool
	stop := t.background(func(ctx context.Context) error {
		for i := 0; ctx.Err() == nil; i++ {
			m := zmq.NewMsg(testkit.Bytes(testkit.Numbered(i), bulky, testkit.Numbered(i))...)
			if enough.Load() {
				m = zmq.NewMsg([]byte("end")) // more than one: they may go to a peer that goes
			}
			if err := send(push, ctx, m); ctx.Err() == nil && err != nil {
				return err
			}
		}
		return ctx.Err()
	}, context.Canceled)
	last := ""
	receive := func(pull *zmq.Socket) (more bool) {
		m := t.Recv(pull)
		if len(m) == 1 && m[0] == "end" {
			return false
		}
		if len(m) != 3 || m[0] != m[2] || m[1] != bulky || m[0] <= last {
			t.Fatalf("after %s comes a message of %d frames, first %.20q", last, len(m), m[0])
		}
		last = m[0]
		return true
	}
	for i := range 20 {
		pull := t.Connected(zmq.PULL, endpoint, narrow)
		for range i % 3 {
			receive(pull)
		}
		t.Drop(pull)
	}
	enough.Store(true)
	for pull := t.Connected(zmq.PULL, endpoint, narrow); receive(pull); {
	}
	stop()
	t.othersGone(push)
}

// othersGone waits until s, made with TrackPeers, has one peer left: what is
// half sent to others must not be dropped while they go; see slowReads.
func (t *T) othersGone(s *zmq.Socket) {
	t.Helper()
	if t.Transport != "inproc" {
		t.Eventually("the others are gone", func() bool { n, err := s.Peers(); return err == nil && n == 1 })
	}
}

func stalledWorker(t *T) {
	const n = 60
	push := t.Socket(zmq.PUSH, narrow)
	stalled, endpoint := t.Bound(zmq.PULL, narrow)
	t.Connect(push, endpoint)
	busy, endpoint := t.Bound(zmq.PULL, narrow)
	t.Connect(push, endpoint)
	sent := make(chan error, 1)
	ctx := testkit.Soon(t)
	go func() {
		var err error
		for i := 0; i < n && err == nil; i++ {
			err = push.Send(ctx, []byte(testkit.Numbered(i)), []byte(bulky))
		}
		sent <- err
	}()
	got := map[string]int{}
	receive := func(s *zmq.Socket) (n int) {
		for m := new(zmq.Msg); s.TryRecv(m) == nil; n++ {
			got[string(m.Frame(0))]++
		}
		return n
	}
	byBusy := 0
	t.Eventually("everything is sent", func() bool {
		byBusy += receive(busy)
		select {
		case err := <-sent:
			t.OK(err)
			return true
		default:
			return false
		}
	})
	t.Eventually("everything is received", func() bool {
		byBusy += receive(busy)
		receive(stalled)
		return len(got) == n
	})
	if byBusy < n*2/3 {
		t.Errorf("the busy worker has %d of %d messages", byBusy, n)
	}
	for name, times := range got {
		if times != 1 {
			t.Errorf("message %s was received %d times", name, times)
		}
	}
}

func changingWorkers(t *T) {
	const producers, workers, each = 3, 4, 200
	ctx := testkit.Soon(t)
	got := make(chan string, producers*each)
	var endpoints []string
	for range workers {
		pull, endpoint := t.Bound(zmq.PULL)
		endpoints = append(endpoints, endpoint)
		t.background(func(ctx context.Context) error {
			for {
				m, err := pull.Recv(ctx)
				if err != nil {
					return err
				}
				got <- string(m[0])
			}
		}, context.Canceled)
	}
	producing := testkit.NewGroup(t)
	for p := range producers {
		push := t.Socket(zmq.PUSH)
		for _, endpoint := range endpoints {
			t.Connect(push, endpoint)
		}
		random := rand.New(rand.NewPCG(1, uint64(p)))
		producing.Go(func() error {
			left := endpoints[0]
			for i := range each {
				var err error
				switch i % 10 {
				case 0:
					left = endpoints[random.IntN(workers)]
					err = push.Disconnect(left)
				case 5:
					err = push.Connect(left)
				}
				if err == nil {
					err = push.Send(ctx, fmt.Appendf(nil, "%d of %d", i, p))
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	producing.Wait()
	heard := map[string]bool{}
	for range producers * each {
		select {
		case m := <-got:
			if heard[m] {
				t.Errorf("%s came twice", m)
			}
			heard[m] = true
		case <-ctx.Done():
			t.Fatalf("%d messages came, want %d", len(heard), producers*each)
		}
	}
}
