package zmq_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

func newContext(t testing.TB) *zmq.Context {
	t.Helper()
	zctx, err := libzmq.NewContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	return zctx
}

func newSocket(t testing.TB, zctx *zmq.Context, typ zmq.SocketType, settings ...zmq.Setting) *zmq.Socket {
	t.Helper()
	s, err := zctx.NewSocket(typ, append(settings, opt.Linger.To(0))...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func deadline(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// Frames of every kind must carry their peer's properties: copied ones, those
// that are lent, and multipart messages of both; also with more peers than an
// engine keeps apart at one time.
func TestPropertyTellsPeersApart(t *testing.T) {
	const peers = 100
	ctx := deadline(t)
	zctx := newContext(t)
	pull := newSocket(t, zctx, zmq.PULL)
	if err := pull.Bind("tcp://127.0.0.1:*"); err != nil {
		t.Fatal(err)
	}
	bodies := [][]byte{nil, []byte("x"), make([]byte, 40), make([]byte, 9000), make([]byte, 100_000)}
	pushers := make([]*zmq.Socket, peers)
	for i := range pushers {
		pushers[i] = newSocket(t, zctx, zmq.PUSH, opt.Metadata.To(fmt.Sprintf("X-Number:%d", i)))
		if err := pushers[i].Connect(pull.LastEndpoint()); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		for i, push := range pushers {
			for _, b := range bodies {
				if err := push.Send(ctx, fmt.Append(nil, i), b); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	batch := make([]zmq.Msg, 7)
	for got := 0; got < 2*peers*len(bodies); {
		n, err := pull.RecvBatch(ctx, batch)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			m := &batch[i]
			if want := string(m.Frame(0)); m.Property("X-Number") != want {
				t.Fatalf("message of peer %s with %d bytes says it is from %q", want, len(m.Frame(1)), m.Property("X-Number"))
			}
			if typ, addr := m.Property("Socket-Type"), m.Property("Peer-Address"); typ != "PUSH" || addr != "127.0.0.1" {
				t.Fatalf("Socket-Type %q, Peer-Address %q", typ, addr)
			}
			if p := m.Property("nothing"); p != "" {
				t.Fatalf("unknown property is %q", p)
			}
		}
		got += n
	}
	for i := range batch {
		batch[i].Reset()
		if p := batch[i].Property("Socket-Type"); p != "" {
			t.Fatalf("an empty message has Socket-Type %q", p)
		}
	}
}

func TestPropertyOutlivesItsSocket(t *testing.T) {
	ctx := deadline(t)
	zctx := newContext(t)
	rep, req := newSocket(t, zctx, zmq.REP), newSocket(t, zctx, zmq.REQ)
	if err := rep.Bind("ipc://*"); err != nil {
		t.Fatal(err)
	}
	if err := req.Connect(rep.LastEndpoint()); err != nil {
		t.Fatal(err)
	}
	if err := req.Send(ctx, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	var m zmq.Msg
	if err := rep.RecvMsg(ctx, &m); err != nil {
		t.Fatal(err)
	}
	if err := rep.Close(); err != nil {
		t.Fatal(err)
	}
	if p := m.Property("Socket-Type"); p != "REQ" || !bytes.Equal(m.Frame(0), []byte("hello")) {
		t.Fatalf("after Close the message is %q from %q", m.Frame(0), p)
	}
}
