package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// partners are the socket types, each with one that it talks to.
func partners(t *T) map[zmq.SocketType]zmq.SocketType {
	pairs := [][2]zmq.SocketType{{zmq.PAIR, zmq.PAIR}, {zmq.PUB, zmq.SUB}, {zmq.REQ, zmq.REP}, {zmq.DEALER, zmq.ROUTER},
		{zmq.PULL, zmq.PUSH}, {zmq.XPUB, zmq.XSUB}, {zmq.STREAM, zmq.STREAM}}
	if t.Zctx().Has("draft") {
		pairs = append(pairs, [][2]zmq.SocketType{{zmq.SERVER, zmq.CLIENT}, {zmq.RADIO, zmq.DISH}, {zmq.GATHER, zmq.SCATTER},
			{zmq.PEER, zmq.PEER}, {zmq.CHANNEL, zmq.CHANNEL}}...)
	}
	partner := map[zmq.SocketType]zmq.SocketType{}
	for _, p := range pairs {
		partner[p[0]], partner[p[1]] = p[1], p[0]
	}
	return partner
}

// everythingAtOnce calls every method of two sockets from many goroutines,
// closes one under them, and wants nothing but an orderly end. It does not
// touch high-water marks: libzmq up to 4.3.5 does not survive that while
// connections end.
func everythingAtOnce(t *T, typ, peerType zmq.SocketType) {
	s, endpoint := t.Bound(typ, opt.Linger.To(0))
	peer := t.Connected(peerType, endpoint, opt.Linger.To(0))
	var calls atomic.Int64
	short := func() context.Context {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		time.AfterFunc(2*time.Millisecond, cancel)
		return ctx
	}
	const elsewhere = "inproc://everything-at-once"
	uses := []func(*zmq.Socket){
		func(s *zmq.Socket) { _ = s.Send(short(), []byte("one"), []byte("two")) },
		func(s *zmq.Socket) { _ = s.Send(short(), []byte("alone")) },
		func(s *zmq.Socket) { _, _ = s.Recv(short()) },
		func(s *zmq.Socket) { _ = s.TrySend(zmq.NewMsg([]byte("try"))) },
		func(s *zmq.Socket) { _ = s.TryRecv(new(zmq.Msg)) },
		func(s *zmq.Socket) { _, _ = s.RecvBatch(short(), make([]zmq.Msg, 4)) },
		func(s *zmq.Socket) { _ = s.Set(opt.SendTimeout.To(time.Second), opt.MaxMsgSize.To(100)) },
		func(s *zmq.Socket) { _, _ = opt.Linger.Get(s) },
		func(s *zmq.Socket) { _ = s.Subscribe("topic"); _ = s.Unsubscribe("topic") },
		func(s *zmq.Socket) { _ = s.LastEndpoint() },
		func(s *zmq.Socket) { _ = s.Bind(elsewhere); _ = s.Unbind(elsewhere) },
		func(s *zmq.Socket) { _ = s.Connect(endpoint); _ = s.Disconnect(endpoint) },
		func(s *zmq.Socket) {
			if m, err := s.Monitor(); err == nil {
				_ = m.Close()
			}
		},
	}
	const rounds = 30
	group := testkit.NewGroup(t)
	for _, sock := range []*zmq.Socket{s, peer} {
		for _, use := range uses {
			group.Go(func() error {
				for range rounds {
					use(sock)
					calls.Add(1)
				}
				return nil
			})
		}
	}
	half := int64(rounds * len(uses))
	t.Eventually("half of the calls are done", func() bool { return calls.Load() >= half })
	t.OK(s.Close())
	_, err := s.Recv(context.Background())
	t.Refused(err, net.ErrClosed)
	group.Wait()
}

func concurrentSenders(t *T) {
	const senders, each, frames = 16, 100, 5
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	for sender := range senders {
		group.Go(func() error {
			for i := range each {
				var m zmq.Msg
				for range frames {
					m.Append(fmt.Appendf(nil, "%d %d", sender, i))
				}
				if err := push.SendMsg(ctx, &m); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var next [senders]int
	for range senders * each {
		m := t.Recv(pull)
		var sender, i int
		if _, err := fmt.Sscanf(m[0], "%d %d", &sender, &i); err != nil || len(m) != frames || i != next[sender] {
			t.Fatalf("received %q", m)
		}
		next[sender]++
		for _, frame := range m {
			if frame != m[0] {
				t.Fatalf("frames are mixed: %q", m)
			}
		}
	}
	group.Wait()
}

// manyClients has a server answer in an order of its own.
func manyClients(t *T) {
	const requests = 3
	clients := 100
	if t.Transport == "inproc" && !testkit.Instrumented {
		clients = 1000
	}
	t.zctx = t.NewContext(opt.MaxSockets.To(clients + 10))
	router, endpoint := t.Bound(zmq.ROUTER, opt.SendHWM.To(0), opt.RecvHWM.To(0))
	ctx := testkit.Soon(t)
	group := testkit.NewGroup(t)
	for c := range clients {
		dealer := t.Connected(zmq.DEALER, endpoint)
		group.Go(func() error {
			missing := map[string]bool{}
			for r := range requests {
				question := fmt.Sprintf("client %d, request %d", c, r)
				missing["answer to "+question] = true
				if err := dealer.Send(ctx, []byte(question)); err != nil {
					return err
				}
			}
			for len(missing) > 0 {
				m, err := dealer.Recv(ctx)
				if err != nil {
					return err
				}
				if len(m) != 1 || !missing[string(m[0])] {
					return fmt.Errorf("client %d received %q", c, m)
				}
				delete(missing, string(m[0]))
			}
			return nil
		})
	}
	var waiting [][]string
	for heard := 0; heard < clients*requests; {
		waiting = append(waiting, t.Recv(router))
		heard++
		for len(waiting) > 50 || heard == clients*requests && len(waiting) > 0 {
			i := rand.IntN(len(waiting))
			t.Send(router, waiting[i][0], "answer to "+waiting[i][1])
			waiting[i] = waiting[len(waiting)-1]
			waiting = waiting[:len(waiting)-1]
		}
	}
	group.Wait()
}

// flaps kills and restores a server again and again.
func flaps(t *T) {
	questions, news := testkit.FreeEndpoint(t, t.Transport), testkit.FreeEndpoint(t, t.Transport)
	req := t.Connected(zmq.REQ, questions, quickly,
		opt.ReqRelaxed.To(true), opt.ReqCorrelate.To(true), opt.RecvTimeout.To(50*time.Millisecond))
	sub := t.Connected(zmq.SUB, news, quickly, opt.Subscribe.To([]byte("life ")))
	for life := range 10 {
		name := fmt.Sprint("life ", life)
		rep, pub := t.Socket(zmq.REP), t.Socket(zmq.PUB)
		t.Eventually("the endpoints are free", func() bool { return rep.Bind(questions) == nil })
		t.Eventually("the endpoints are free", func() bool { return pub.Bind(news) == nil })
		serving := testkit.NewGroup(t)
		serving.Go(func() error { return answerAll(rep, name) })
		t.Eventually("the request is answered", func() bool {
			t.Send(req, "who are you?")
			m, err := req.Recv(context.Background())
			return err == nil && string(m[0]) == name
		})
		t.Eventually("the news come", func() bool {
			t.Send(pub, name)
			var m zmq.Msg
			return sub.TryRecv(&m) == nil && string(m.Frame(0)) == name
		})
		t.Drop(rep)
		t.Drop(pub)
		serving.Wait()
	}
}

// answerAll answers whatever is asked, until rep is closed.
func answerAll(rep *zmq.Socket, answer string) error {
	for {
		_, err := rep.Recv(context.Background())
		if err == nil {
			err = rep.Send(context.Background(), []byte(answer))
		}
		if errors.Is(err, zmq.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
