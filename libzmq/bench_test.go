package libzmq_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A hotPath is something that a busy program does all the time.
// BenchmarkHotPaths measures each, and TestAllocations holds what is promised
// of its allocations.
type hotPath struct {
	name   string
	allocs float64 // at most, for each message
	over   []string
	sizes  []int
	// begin makes what the path needs and returns the loop to be measured,
	// which handles one message for each time that next is true.
	begin func(*bench) func(next func() bool)
}

var (
	both     = []string{"inproc", "tcp"}
	nothing  = []string{""} // no socket, or none that has a peer
	allSizes = []int{16, 1 << 10, 64 << 10}
	small    = []int{16}
)

// batchSize is the number of messages that batches have here.
const batchSize = 64

var hotPaths = []hotPath{
	{"Send", 0, both, allSizes, func(b *bench) func(func() bool) {
		push := b.drained(b.message())
		return func(next func() bool) {
			for next() {
				b.ok(push.Send(b.ctx, b.body))
			}
		}
	}},
	{"SendFrames", 0, both, allSizes, func(b *bench) func(func() bool) {
		head := make([]byte, 10)
		push := b.drained(zmq.NewMsg(head, nil, b.body))
		return func(next func() bool) {
			for next() {
				b.ok(push.Send(b.ctx, head, nil, b.body))
			}
		}
	}},
	{"SendMsg", 0, both, allSizes, func(b *bench) func(func() bool) {
		out := b.message()
		push := b.drained(out)
		return func(next func() bool) {
			for next() {
				b.ok(push.SendMsg(b.ctx, out))
			}
		}
	}},
	{"TrySend", 0, both, small, func(b *bench) func(func() bool) {
		out := b.message()
		push := b.drained(out)
		return func(next func() bool) {
			for next() {
				b.try(func() error { return push.TrySend(out) })
			}
		}
	}},
	{"SendBatch", 0, both, allSizes, func(b *bench) func(func() bool) {
		return b.sendBatch(b.message())
	}},
	{"SendBatchFrames", 0, both, allSizes, func(b *bench) func(func() bool) {
		return b.sendBatch(zmq.NewMsg(make([]byte, 10), nil, b.body))
	}},
	{"SendFrom", 0, both, small, func(b *bench) func(func() bool) {
		out := b.message()
		push := b.drained(out)
		ch := make(chan *zmq.Msg, batchSize)
		b.aside(func() { close(ch) }, func() error { return push.SendFrom(b.ctx, ch) })
		return func(next func() bool) {
			for next() {
				ch <- out
			}
		}
	}},

	{"Recv", 2, both, allSizes, func(b *bench) func(func() bool) {
		return b.recv(b.fed(b.message()))
	}},
	{"RecvFrames", 2, both, allSizes, func(b *bench) func(func() bool) {
		return b.recv(b.fed(zmq.NewMsg(make([]byte, 10), nil, b.body)))
	}},
	{"RecvMsg", 0, both, allSizes, func(b *bench) func(func() bool) {
		pull, in := b.fed(b.message()), new(zmq.Msg)
		return func(next func() bool) {
			for next() {
				b.ok(pull.RecvMsg(b.ctx, in))
			}
		}
	}},
	{"TryRecv", 0, both, small, func(b *bench) func(func() bool) {
		pull, in := b.fed(b.message()), new(zmq.Msg)
		return func(next func() bool) {
			for next() {
				b.try(func() error { return pull.TryRecv(in) })
			}
		}
	}},
	{"RecvBatch", 0, both, allSizes, func(b *bench) func(func() bool) {
		return b.recvBatch(b.fed(b.message()))
	}},
	{"Messages", 0, both, allSizes, func(b *bench) func(func() bool) {
		pull := b.fed(b.message())
		return func(next func() bool) {
			if !next() {
				return
			}
			for _, err := range pull.Messages(b.ctx) {
				b.ok(err)
				if !next() {
					return
				}
			}
		}
	}},
	{"Batches", 0, both, small, func(b *bench) func(func() bool) {
		// One iterator for all, because its storage is its own.
		receive, stop := iter.Pull2(b.fed(b.message()).Batches(b.ctx, batchSize))
		b.Cleanup(stop)
		left := 0
		return func(next func() bool) {
			for next() {
				if left == 0 {
					msgs, err, _ := receive()
					b.ok(err)
					left = len(msgs)
				}
				left--
			}
		}
	}},
	// The Msg is the reader's for good, and so are its frames: three.
	{"RecvTo", 3, both, small, func(b *bench) func(func() bool) {
		pull := b.fed(b.message())
		ctx, cancel := context.WithCancel(b.ctx)
		ch := make(chan *zmq.Msg, 4)
		b.aside(cancel, func() error { return pull.RecvTo(ctx, ch) })
		return func(next func() bool) {
			for next() {
				<-ch
			}
		}
	}},

	{"RoundTrip", 0, both, allSizes, func(b *bench) func(func() bool) {
		rep, req := b.pair(zmq.REP, zmq.REQ)
		in, out := new(zmq.Msg), b.message()
		turn := func(out *zmq.Msg) {
			b.ok(req.SendMsg(b.ctx, out))
			b.ok(req.RecvMsg(b.ctx, in))
		}
		b.aside(func() { turn(last) }, func() error { return b.echo(rep) })
		return func(next func() bool) {
			for next() {
				turn(out)
			}
		}
	}},
	// The answer is the caller's for good: two.
	{"Request", 2, both, small, func(b *bench) func(func() bool) {
		rep, endpoint := testkit.Bound(b, b.zctx, zmq.REP, b.over)
		r, err := zmq.NewRequester(b.zctx, zmq.RequesterConfig{Endpoints: []string{endpoint}, Timeout: testkit.Hang})
		b.ok(err)
		b.Cleanup(func() { b.ok(r.Close()) })
		ask := func(body []byte) {
			_, err := r.Request(b.ctx, body)
			b.ok(err)
		}
		b.aside(func() { ask(last.Frame(0)) }, func() error { return b.echo(rep) })
		return func(next func() bool) {
			for next() {
				ask(b.body)
			}
		}
	}},
	{"PollerWait", 0, both, small, func(b *bench) func(func() bool) {
		pull, in, ready := b.fed(b.message()), new(zmq.Msg), make([]zmq.Ready, 1)
		p := new(zmq.Poller)
		b.Cleanup(func() { b.ok(p.Close()) })
		b.ok(p.Add(pull, zmq.In))
		return func(next func() bool) {
			for next() {
				_, err := p.Wait(b.ctx, ready)
				b.ok(err)
				b.ok(pull.RecvMsg(b.ctx, in))
			}
		}
	}},
	{"Proxy", 0, both, allSizes, func(b *bench) func(func() bool) {
		front, push := b.pair(zmq.PULL, zmq.PUSH)
		back, pull := b.pair(zmq.PUSH, zmq.PULL)
		ctx, cancel := context.WithCancel(b.ctx)
		b.aside(cancel, func() error { return (&zmq.Proxy{Frontend: front, Backend: back}).Run(ctx) })
		b.feed(push, pull, b.message())
		return b.recvBatch(pull)
	}},

	{"MsgAppend", 0, nothing, small, func(b *bench) func(func() bool) {
		m := new(zmq.Msg)
		return func(next func() bool) {
			for next() {
				m.Reset()
				m.Append(b.body, nil, b.body)
			}
		}
	}},
	// The Msg, its frames, their bytes: three.
	{"MsgClone", 3, nothing, []int{16, 1 << 10}, func(b *bench) func(func() bool) {
		m := zmq.NewMsg(b.body, nil, b.body)
		return func(next func() bool) {
			for next() {
				if m.Clone().Len() != m.Len() {
					b.Fatal("frames are missing")
				}
			}
		}
	}},
	{"OptionGet", 2, nothing, []int{0}, func(b *bench) func(func() bool) {
		s := testkit.Socket(b, b.zctx, zmq.PUSH)
		return func(next func() bool) {
			for next() {
				_, err := opt.SendHWM.Get(s)
				b.ok(err)
			}
		}
	}},
	{"OptionSet", 3, nothing, []int{0}, func(b *bench) func(func() bool) {
		s := testkit.Socket(b, b.zctx, zmq.PUSH)
		return func(next func() bool) {
			for next() {
				b.ok(s.Set(opt.SendTimeout.To(time.Second)))
			}
		}
	}},
}

// BenchmarkHotPaths has names such as Send/inproc/16B. One operation is one
// message, also where they go in batches.
func BenchmarkHotPaths(b *testing.B) {
	everyHotPath(func(name string, p *hotPath, over string, size int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size))
			p.begin(newBench(b, over, size))(b.Loop)
		})
	})
}

func everyHotPath(do func(name string, p *hotPath, over string, size int)) {
	for i := range hotPaths {
		p := &hotPaths[i]
		for _, over := range p.over {
			for _, size := range p.sizes {
				name := p.name
				if over != "" {
					name += "/" + over
				}
				switch {
				case size >= 1<<10:
					name += fmt.Sprintf("/%dKiB", size>>10)
				case size > 0:
					name += fmt.Sprintf("/%dB", size)
				}
				do(name, p, over, size)
			}
		}
	}
}

// bench is what a hot path is measured with. All that it starts has ended,
// and no message is under way, before its sockets are closed.
type bench struct {
	testing.TB
	zctx *zmq.Context
	// ctx never ends, but could: so do those of programs, and a call that
	// waits has to look out for it.
	ctx  context.Context
	over string // the transport
	body []byte
}

func newBench(t testing.TB, over string, size int) *bench {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return &bench{TB: t, zctx: testlib.Context(t), ctx: ctx, over: over, body: make([]byte, size)}
}

// last is sent behind the messages of a benchmark.
var last = zmq.NewMsg([]byte{})

func isLast(m *zmq.Msg) bool { return m.Len() == 1 && len(m.Frame(0)) == 0 }

func (b *bench) ok(err error) {
	if err != nil {
		b.Helper()
		b.Fatal(err)
	}
}

// try calls f until it does not return ErrAgain.
func (b *bench) try(f func() error) {
	err := f()
	for errors.Is(err, zmq.ErrAgain) {
		runtime.Gosched()
		err = f()
	}
	b.ok(err)
}

// aside runs f in a goroutine until the benchmark ends: then end makes it
// return.
func (b *bench) aside(end func(), f func() error) {
	done := make(chan error, 1)
	go func() { done <- f() }()
	b.Cleanup(func() {
		end()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			b.Error(err)
		}
	})
}

func (b *bench) message() *zmq.Msg { return zmq.NewMsg(b.body) }

func batchOf(m *zmq.Msg) []zmq.Msg {
	msgs := make([]zmq.Msg, batchSize)
	for i := range msgs {
		msgs[i].Append(m.Frames()...)
	}
	return msgs
}

// pair makes two sockets, with room for a few megabytes between them.
func (b *bench) pair(binds, connects zmq.SocketType) (bound, connected *zmq.Socket) {
	hwm := min(1000, max(64, 4<<20/len(b.body)))
	room := zmq.Settings(opt.SendHWM.To(hwm), opt.RecvHWM.To(hwm))
	bound, endpoint := testkit.Bound(b, b.zctx, binds, b.over, room)
	return bound, testkit.Connected(b, b.zctx, connects, endpoint, room)
}

// drained is a PUSH whose messages, which are like m, are taken as they come.
func (b *bench) drained(m *zmq.Msg) *zmq.Socket {
	pull, push := b.pair(zmq.PULL, zmq.PUSH)
	ins := make([]zmq.Msg, batchSize)
	for i := range ins { // each gets its storage
		b.ok(push.SendMsg(b.ctx, m))
		b.ok(pull.RecvMsg(b.ctx, &ins[i]))
	}
	b.aside(func() { b.ok(push.SendMsg(b.ctx, last)) }, func() error {
		for {
			n, err := pull.RecvBatch(b.ctx, ins)
			if err != nil || isLast(&ins[n-1]) {
				return err
			}
		}
	})
	return push
}

// fed is a PULL that copies of m come to all the time.
func (b *bench) fed(m *zmq.Msg) *zmq.Socket {
	pull, push := b.pair(zmq.PULL, zmq.PUSH)
	b.feed(push, pull, m)
	return pull
}

// feed sends copies of m from one socket to the other, which has received all
// of them in the end.
func (b *bench) feed(from, to *zmq.Socket, m *zmq.Msg) {
	outs := batchOf(m)
	ctx, cancel := context.WithCancel(b.ctx)
	b.aside(func() {
		cancel()
		var in zmq.Msg
		for !isLast(&in) {
			b.ok(to.RecvMsg(b.ctx, &in))
		}
	}, func() (err error) {
		for err == nil {
			_, err = from.SendBatch(ctx, outs)
		}
		if errors.Is(err, context.Canceled) {
			err = from.SendMsg(b.ctx, last)
		}
		return err
	})
}

func (b *bench) sendBatch(m *zmq.Msg) func(next func() bool) {
	push, outs := b.drained(m), batchOf(m)
	send := func(n int) {
		_, err := push.SendBatch(b.ctx, outs[:n])
		b.ok(err)
	}
	return func(next func() bool) {
		n := 0
		for next() {
			if n++; n == len(outs) {
				send(n)
				n = 0
			}
		}
		send(n)
	}
}

func (b *bench) recv(s *zmq.Socket) func(next func() bool) {
	return func(next func() bool) {
		for next() {
			_, err := s.Recv(b.ctx)
			b.ok(err)
		}
	}
}

func (b *bench) recvBatch(s *zmq.Socket) func(next func() bool) {
	ins, left := make([]zmq.Msg, batchSize), 0
	for i := range ins { // each gets its storage
		b.ok(s.RecvMsg(b.ctx, &ins[i]))
	}
	return func(next func() bool) {
		for next() {
			if left == 0 {
				n, err := s.RecvBatch(b.ctx, ins)
				b.ok(err)
				left = n
			}
			left--
		}
	}
}

// echo sends back what s receives, the last message too.
func (b *bench) echo(s *zmq.Socket) error {
	var m zmq.Msg
	for over := false; !over; {
		if err := s.RecvMsg(b.ctx, &m); err != nil {
			return err
		}
		over = isLast(&m)
		if err := s.SendMsg(b.ctx, &m); err != nil {
			return err
		}
	}
	return nil
}
