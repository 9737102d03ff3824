package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync/atomic"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// connected are the two ends of a TCP connection, as descriptors of the
// system and as Go's own.
func connected(t *T) (fd uintptr, here, there net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	t.OK(err)
	defer l.Close()
	here, err = net.Dial("tcp", l.Addr().String())
	t.OK(err)
	there, err = l.Accept()
	t.OK(err)
	t.Cleanup(func() { _, _ = here.Close(), there.Close() })
	raw, err := here.(*net.TCPConn).SyscallConn()
	t.OK(err)
	t.OK(raw.Control(func(f uintptr) { fd = f }))
	return fd, here, there
}

// withDescriptor adds a descriptor, or skips the test where that is not
// possible.
func (p *pollerT) withDescriptor(fd uintptr) {
	p.t.Helper()
	err := p.AddFD(fd, zmq.In)
	if runtime.GOOS == "windows" && errors.Is(err, errors.ErrUnsupported) {
		p.t.Skip(err)
	}
	p.t.OK(err)
}

func socketsAndDescriptors(t *T) {
	p := poller(t)
	fd, here, there := connected(t)
	p.withDescriptor(fd)
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.OK(p.Add(pull, zmq.In))
	for range 50 {
		g := testkit.NewGroup(t)
		g.Go(func() error { _, err := there.Write([]byte{1}); return err })
		for range 2 { // until somebody reads, each Wait reports it
			if r := p.wait(); len(r) != 1 || r[0].Socket != nil || r[0].FD != fd || r[0].Events != zmq.In {
				t.Fatalf("ready is %v", r)
			}
		}
		g.Wait()
		_, err := here.Read(make([]byte, 1))
		t.OK(err)
		t.Send(push, "x")
		for range 2 {
			if r := p.wait(); len(r) != 1 || r[0].Socket != pull || r[0].Events != zmq.In {
				t.Fatalf("ready is %v", r)
			}
		}
		t.Expect(pull, "x")
	}
	_, err := there.Write([]byte{1})
	t.OK(err)
	t.Send(push, "x")
	t.Eventually("both are ready", func() bool { return len(p.wait()) == 2 })
}

func draftTypesPolled(t *T) {
	server, client := t.Pair(zmq.SERVER, zmq.CLIENT)
	gather, scatter := t.Pair(zmq.GATHER, zmq.SCATTER)
	dish, endpoint := t.Bound(zmq.DISH)
	radio := t.Connected(zmq.RADIO, endpoint)
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	fd, _, there := connected(t)
	t.OK(dish.Join("group"))

	p := poller(t)
	p.withDescriptor(fd)
	for _, s := range []*zmq.Socket{server, client, gather, dish, pull} {
		t.OK(p.Add(s, zmq.In))
	}
	t.OK(p.Add(scatter, zmq.Out))
	p.settles(scatter, zmq.Out)
	t.OK(p.Remove(scatter))
	if r, err := p.TryWait(make([]zmq.Ready, 9)); !errors.Is(err, zmq.ErrAgain) {
		t.Errorf("%d are ready, %v", r, err)
	}
	t.Send(client, "x")
	p.settles(server, zmq.In)
	t.Send(scatter, "x")
	p.settles(gather, zmq.In)
	t.Send(push, "x")
	p.settles(pull, zmq.In)
	t.Eventually("a message of the group arrives", func() bool {
		t.OK(radio.SendMsg(testkit.Soon(t), inGroup("group", "x")))
		return p.events(dish) == zmq.In
	})
	_, err := there.Write([]byte("x"))
	t.OK(err)
	t.Eventually("all five are ready", func() bool { return len(p.wait()) == 5 })

	var m zmq.Msg
	t.OK(server.RecvMsg(testkit.Soon(t), &m))
	p.settles(server, 0)
	t.OK(server.SendMsg(testkit.Soon(t), &m))
	p.settles(client, zmq.In)

	// Woken from elsewhere, many times.
	t.OK(client.RecvMsg(testkit.Soon(t), &m))
	alone := poller(t)
	t.OK(alone.Add(server, zmq.In))
	g := testkit.NewGroup(t)
	const n = 500
	next := make(chan bool, n)
	g.Go(func() error {
		for range next {
			if err := client.Send(testkit.Soon(t), []byte("x")); err != nil {
				return err
			}
		}
		return nil
	})
	for range n {
		next <- true
		alone.wait()
		t.OK(server.TryRecv(&m))
	}
	close(next)
	g.Wait()
}

func noWakeUpIsLost(t *T) {
	const senders, each, waiters = 3, 1000, 3
	ctx, cancel := context.WithCancel(testkit.Soon(t))
	defer cancel()
	g := testkit.NewGroup(t)
	feed := func(s *zmq.Socket) {
		g.Go(func() error {
			for i := range each {
				if err := s.Send(ctx, []byte(testkit.Numbered(i))); err != nil {
					return err
				}
			}
			return nil
		})
	}

	// In select: one channel for each socket.
	var channels [senders]chan *zmq.Msg
	receiving, stop := context.WithCancel(ctx)
	ending := testkit.NewGroup(t)
	for k := range channels {
		pull, push := t.Pair(zmq.PULL, zmq.PUSH)
		channels[k] = make(chan *zmq.Msg)
		feed(push)
		ending.Go(func() error {
			if err := pull.RecvTo(receiving, channels[k]); !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		})
	}
	var next [senders]int
	for range senders * each {
		var k int
		var m *zmq.Msg
		select {
		case m = <-channels[0]:
		case m = <-channels[1]:
			k = 1
		case m = <-channels[2]:
			k = 2
		case <-ctx.Done():
			t.Fatalf("a wake-up is lost after %v messages", next)
		}
		if got := string(m.Frame(0)); got != testkit.Numbered(next[k]) {
			t.Fatalf("channel %d: message %s, want %d", k, got, next[k])
		}
		next[k]++
	}
	stop()
	ending.Wait()
	g.Wait()

	// In a Poller, by goroutines that take turns.
	p := poller(t)
	for range senders {
		pull, push := t.Pair(zmq.PULL, zmq.PUSH)
		t.OK(p.Add(pull, zmq.In))
		feed(push)
	}
	var got atomic.Int64
	for range waiters {
		g.Go(func() error {
			ready := make([]zmq.Ready, 2) // not room for all
			var m zmq.Msg
			for {
				n, err := p.Wait(ctx, ready)
				if err != nil {
					if got.Load() == senders*each {
						return nil
					}
					return fmt.Errorf("after %d messages: %w", got.Load(), err)
				}
				for _, r := range ready[:n] {
					if r.Socket.TryRecv(&m) == nil && got.Add(1) == senders*each {
						cancel()
					}
				}
			}
		})
	}
	g.Wait()
}

// inGroup is a message for a group.
func inGroup(group, body string) *zmq.Msg {
	m := zmq.NewMsg([]byte(body))
	m.SetGroup(group)
	return m
}
