package zmqtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

func serverCannotSend(t *T) {
	t.Transport = "inproc" // whose queues hold no more than they say
	server, endpoint := t.Bound(zmq.SERVER, opt.SendHWM.To(1))
	t.Refused(t.TrySend(server, "x"), zmq.ErrNoPeer)
	m := zmq.NewMsg([]byte("y"))
	m.SetRoutingID(123456)
	t.Refused(server.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
	client := t.Connected(zmq.CLIENT, endpoint, opt.RecvHWM.To(1))
	t.Send(client, "x")
	id := t.recvFrom(server, "x")
	m.SetRoutingID(id)
	var err error
	for n := 0; err == nil; n++ {
		if err = server.TrySend(m); n > 100 {
			t.Fatal("a client that does not read is never full")
		}
	}
	t.Refused(err, zmq.ErrAgain)
	g := testkit.NewGroup(t)
	g.Go(func() error { return server.SendMsg(testkit.Soon(t), m) }) // waits for room
	t.Expect(client, "y")
	t.Expect(client, "y")
	t.Expect(client, "y")
	g.Wait()
	t.Drop(client)
	t.Eventually("the client's number is unknown", func() bool {
		return errors.Is(server.TrySend(m), zmq.ErrHostUnreachable)
	})
}

func severalFramesAreDropped(t *T) {
	for typ, peer := range map[zmq.SocketType]string{
		zmq.SERVER: "CLIENT", zmq.CLIENT: "SERVER", zmq.GATHER: "SCATTER", zmq.CHANNEL: "CHANNEL", zmq.PEER: "PEER",
	} {
		s, endpoint := t.Bound(typ)
		p := wire.Dial(t, endpoint)
		p.Null(peer)
		p.Send("alone")
		t.Expect(s, "alone")
		p.Send("a", "b")
		p.Send("", "", "")
		p.Send("next")
		t.Expect(s, "next")
		p.Send("a", strings.Repeat("b", 100_000))
		p.Send("last")
		t.Expect(s, "last")
	}
}

func manyOnOne(t *T) {
	server, client := t.Pair(zmq.SERVER, zmq.CLIENT)
	const each, workers = 200, 4
	g := testkit.NewGroup(t)
	ctx, cancel := context.WithCancel(testkit.Soon(t))
	defer cancel()
	replies := make(chan string, each*workers)
	for k := range workers {
		g.Go(func() error {
			for i := range each {
				if err := client.Send(ctx, fmt.Append(nil, k, " ", i)); err != nil {
					return err
				}
			}
			return nil
		})
		g.Go(func() error {
			var m zmq.Msg
			for range each {
				if err := errors.Join(server.RecvMsg(ctx, &m), server.SendMsg(ctx, &m)); err != nil {
					return err
				}
			}
			return nil
		})
		g.Go(func() error {
			for range each {
				frames, err := client.Recv(ctx)
				if err != nil {
					return err
				}
				replies <- string(frames[0])
			}
			return nil
		})
	}
	g.Wait()
	close(replies)
	seen := map[string]bool{}
	for reply := range replies {
		seen[reply] = true
	}
	if len(seen) != each*workers {
		t.Errorf("%d of %d messages came back", len(seen), each*workers)
	}
}

func scatterGather(t *T) {
	a, endA := t.Bound(zmq.GATHER)
	b, endB := t.Bound(zmq.GATHER)
	scatter := t.Socket(zmq.SCATTER)
	t.Refused(t.TrySend(scatter, "to nobody"), zmq.ErrAgain)
	t.Connect(scatter, endA)
	t.Connect(scatter, endB)
	for i := range 6 {
		t.Send(scatter, testkit.Numbered(i))
	}
	for i := 0; i < 6; i += 2 {
		t.Expect(a, testkit.Numbered(i))
		t.Expect(b, testkit.Numbered(i+1))
	}
	other := t.Connected(zmq.SCATTER, endA)
	t.Send(other, "from another")
	t.Expect(a, "from another")
	t.Refused(scatter.RecvMsg(testkit.Soon(t), new(zmq.Msg)), zmq.ErrNotSupported)
	t.Refused(t.TrySend(a, "x"), zmq.ErrNotSupported)
}

func peersByNumber(t *T) {
	a, endpoint := t.Bound(zmq.PEER)
	b := t.Socket(zmq.PEER)
	ids := map[uint32]bool{0: true}
	for i := range 2 {
		id, err := b.ConnectPeer(endpoint)
		t.OK(err)
		if ids[id] {
			t.Errorf("the number is %d, which is none or another's", id)
		}
		ids[id] = true
		hello := fmt.Sprint("hello ", i)
		t.sendTo(b, id, hello) // at once
		t.sendTo(a, t.recvFrom(a, hello), "back")
		if from := t.recvFrom(b, "back"); from != id {
			t.Errorf("the reply came from %d, want %d", from, id)
		}
	}
	hurried := t.Socket(zmq.PEER, opt.Immediate.To(true))
	_, err := hurried.ConnectPeer(endpoint)
	t.Refused(err, zmq.ErrInvalid)
	_, err = t.Socket(zmq.DEALER).ConnectPeer(endpoint)
	t.Refused(err, zmq.ErrNotSupported)
	m := zmq.NewMsg([]byte("x"))
	t.Refused(b.SendMsg(testkit.Soon(t), m), zmq.ErrNoPeer)
	m.SetRoutingID(123456)
	t.Refused(b.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
}

func peerIsDisconnected(t *T) {
	a, endpoint := t.Bound(zmq.PEER)
	b := t.Socket(zmq.PEER)
	gone, err := b.ConnectPeer(endpoint)
	t.OK(err)
	stays, err := b.ConnectPeer(endpoint)
	t.OK(err)
	t.sendTo(b, gone, "hello")
	t.recvFrom(a, "hello")
	t.OK(b.DisconnectPeer(gone))
	m := zmq.NewMsg([]byte("x"))
	m.SetRoutingID(gone)
	t.Refused(b.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
	t.Refused(b.DisconnectPeer(gone), zmq.ErrHostUnreachable)
	t.sendTo(b, stays, "still here")
	t.recvFrom(a, "still here")

	server, endpoint := t.Bound(zmq.SERVER)
	client := t.Connected(zmq.CLIENT, endpoint)
	t.Send(client, "hello")
	id := t.recvFrom(server, "hello")
	t.OK(server.DisconnectPeer(id))
	m.SetRoutingID(id)
	t.Refused(server.SendMsg(testkit.Soon(t), m), zmq.ErrHostUnreachable)
	t.Refused(t.Socket(zmq.DEALER).DisconnectPeer(1), zmq.ErrNotSupported)
}

// draftTypesAreSafe binds and connects all types that there are.
func draftTypesAreSafe(t *T) {
	zctx := t.Zctx()
	for typ := zmq.SERVER; typ <= zmq.CHANNEL; typ++ {
		s, err := zctx.NewSocket(typ, opt.Linger.To(0))
		if !zctx.Has("draft") {
			t.Refused(err, errors.ErrUnsupported)
			if err == nil || !strings.Contains(err.Error(), "draft") {
				t.Errorf("%v: the error %v does not name drafts", typ, err)
			}
			continue
		}
		t.OK(err)
		for _, transport := range all {
			if s.Bind(testkit.Endpoint(t, transport)) != nil {
				continue // not over this one
			}
			for _, other := range []zmq.SocketType{typ, zmq.DEALER, zmq.CLIENT} {
				_ = t.TrySend(t.Connected(other, s.LastEndpoint()), "x")
			}
		}
		t.Drop(s)
	}
	for _, number := range []zmq.SocketType{-1, zmq.CHANNEL + 1, 1 << 20} {
		_, err := zctx.NewSocket(number)
		t.Refused(err, zmq.ErrInvalid)
	}
	if router := t.Socket(zmq.ROUTER); !zctx.Has("draft") {
		_, err := router.PeerWritable([]byte("x"))
		t.Refused(err, errors.ErrUnsupported)
	}
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.alone(push, pull, "the process lives")
}
