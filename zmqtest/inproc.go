package zmqtest

import (
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

var onlyInproc = []string{"inproc"}

// Section L: inproc.
var inproc = []row{
	{
		id: "L1", over: onlyInproc,
		must: "messages are delivered whether Bind or Connect comes first, with every pair of types",
		test: bindOrConnectFirst,
	},
	{
		id: "L2", over: onlyInproc,
		must: "any number of sockets connect and send before somebody binds; all that they sent arrives",
		test: manyBeforeBind,
	},
	{
		id: "L3", over: onlyInproc,
		must: "Bind and Connect at the same moment find each other",
		test: atTheSameMoment,
	},
	{
		id: "L4", over: onlyInproc,
		must: "routing ids are exchanged too when DEALER connects before ROUTER binds",
		test: func(t *T) {
			endpoint := t.Free()
			dealer := t.Connected(zmq.DEALER, endpoint, opt.RoutingID.To("name"))
			t.Send(dealer, "question")
			router := t.Socket(zmq.ROUTER)
			t.OK(router.Bind(endpoint))
			t.Expect(router, "name", "question")
			t.Send(router, "name", "answer")
			t.Expect(dealer, "answer")
		},
	},
	{
		id: "L5", over: onlyInproc,
		must: "a socket that connected where nobody binds can be closed, with messages too, and nothing waits for it",
		test: func(t *T) {
			for typ := zmq.PAIR; typ <= zmq.XSUB; typ++ {
				s := t.Connected(typ, t.Free(), opt.Linger.To(-1))
				_ = t.TrySend(s, "pending") // as far as the type sends
				t.OK(s.Close())
			}
			t.OK(t.Zctx().Close())
		},
	},
	{
		id: "L6", over: onlyInproc,
		must: "Unbind frees the name for another socket at once; connections that were made by it stay",
		test: func(t *T) {
			first, endpoint := t.Bound(zmq.PULL)
			push := t.Connected(zmq.PUSH, endpoint)
			t.Send(push, "to the first")
			t.Expect(first, "to the first")
			t.OK(first.Unbind(endpoint))
			second := t.Socket(zmq.PULL)
			t.OK(second.Bind(endpoint))
			t.Send(t.Connected(zmq.PUSH, endpoint), "to the second")
			t.Expect(second, "to the second")
			t.Send(push, "still to the first")
			t.Expect(first, "still to the first")
		},
	},
	{
		id: "L7", over: onlyInproc,
		must: "a name that is bound is EADDRINUSE; in another context it is another name",
		test: func(t *T) {
			here, endpoint := t.Bound(zmq.PULL)
			t.Refused(t.Socket(zmq.PULL).Bind(endpoint), syscall.EADDRINUSE)
			t.Refused(here.Bind(endpoint), syscall.EADDRINUSE)
			other := t.NewContext()
			there := testkit.Socket(t, other, zmq.PULL)
			t.OK(there.Bind(endpoint))
			t.Send(t.Connected(zmq.PUSH, endpoint), "here")
			t.Send(testkit.Connected(t, other, zmq.PUSH, endpoint), "there")
			t.Expect(here, "here")
			t.Expect(there, "there")
		},
	},
	{
		id: "L8", over: onlyInproc,
		must: "IO_THREADS 0 is enough for inproc; other transports are ErrNoIOThread then",
		test: func(t *T) {
			zctx := t.NewContext(opt.IOThreads.To(0))
			pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			t.Send(push, "x")
			t.Expect(pull, "x")
			for _, transport := range remote {
				t.Refused(pull.Bind(testkit.Endpoint(t, transport)), zmq.ErrNoIOThread)
				t.Refused(pull.Connect(testkit.FreeEndpoint(t, transport)), zmq.ErrNoIOThread)
			}
		},
	},
	{
		id: "L9", over: onlyInproc,
		must: "Disconnect ends a connection on both sides, and one may connect again",
		test: func(t *T) {
			xpub, endpoint := t.Bound(zmq.XPUB)
			sub := t.Socket(zmq.SUB, opt.Subscribe.To([]byte("topic")))
			for i := range 3 {
				t.Connect(sub, endpoint)
				t.Expect(xpub, "\x01topic")
				t.Send(xpub, "topic", testkit.Numbered(i))
				t.Expect(sub, "topic", testkit.Numbered(i))
				t.OK(sub.Disconnect(endpoint))
				t.Expect(xpub, "\x00topic")
				t.Send(xpub, "topic", "to nobody")
			}
		},
	},
	{
		id: "L10", over: onlyInproc,
		must: "whether types fit is not checked: any two connect, and neither breaks",
		test: unfitTypes,
	},
	{
		id: "L11", over: onlyInproc,
		must: "sender and receivers share no memory that one of them could see the other write to",
		test: nothingIsShared,
	},
	{
		id: "L12", over: onlyInproc,
		must: "a name has up to 256 bytes of any kind but NUL, and every byte counts",
		test: namesOfAllKinds,
	},
}

func bindOrConnectFirst(t *T) {
	for _, types := range [][2]zmq.SocketType{
		{zmq.PUSH, zmq.PULL}, {zmq.PAIR, zmq.PAIR}, {zmq.DEALER, zmq.DEALER}, {zmq.REQ, zmq.REP}, {zmq.XSUB, zmq.XPUB}, {zmq.PUB, zmq.SUB},
	} {
		for _, connectFirst := range []bool{false, true} {
			endpoint := t.Free()
			sender, receiver := t.Socket(types[0]), t.Socket(types[1])
			if types[1] == zmq.SUB {
				t.OK(receiver.Subscribe(""))
			}
			if connectFirst {
				t.Connect(sender, endpoint)
				if types[0] != zmq.PUB { // which drops what nobody has asked for
					t.Send(sender, "\x01early")
				}
				t.OK(receiver.Bind(endpoint))
			} else {
				t.OK(receiver.Bind(endpoint))
				t.Connect(sender, endpoint)
				if types[0] != zmq.PUB {
					t.Send(sender, "\x01early")
				}
			}
			if types[0] != zmq.PUB {
				t.Expect(receiver, "\x01early")
				continue
			}
			t.Eventually("the subscriber is known", func() bool {
				t.Send(sender, "x")
				return receiver.TryRecv(new(zmq.Msg)) == nil
			})
		}
	}
}

func manyBeforeBind(t *T) {
	endpoint := t.Free()
	const sockets, each = 30, 5
	connecting := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	for i := range sockets {
		push := t.Socket(zmq.PUSH)
		connecting.Go(func() error {
			if err := push.Connect(endpoint); err != nil {
				return err
			}
			for j := range each {
				if err := push.Send(ctx, []byte(testkit.Numbered(i)), []byte(testkit.Numbered(j))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	connecting.Wait()
	pull := t.Socket(zmq.PULL)
	t.OK(pull.Bind(endpoint))
	next := map[string]int{}
	for range sockets * each {
		m := t.Recv(pull)
		if m[1] != testkit.Numbered(next[m[0]]) {
			t.Errorf("socket %s: %s came, want %d", m[0], m[1], next[m[0]])
		}
		next[m[0]]++
	}
	if len(next) != sockets {
		t.Errorf("messages of %d sockets came, want %d", len(next), sockets)
	}
}

func atTheSameMoment(t *T) {
	ctx := testkit.Soon(t)
	all := testkit.NewGroup(t)
	for range 50 {
		endpoint := t.Free()
		pull, push := t.Socket(zmq.PULL), t.Socket(zmq.PUSH)
		all.Go(func() error {
			if err := pull.Bind(endpoint); err != nil {
				return err
			}
			_, err := pull.Recv(ctx)
			return err
		})
		all.Go(func() error {
			if err := push.Connect(endpoint); err != nil {
				return err
			}
			return push.Send(ctx, []byte("x"))
		})
	}
	all.Wait()
}

func unfitTypes(t *T) {
	if !t.Isolated() {
		return
	}
	for binds := zmq.PAIR; binds <= zmq.XSUB; binds++ {
		for connects := zmq.PAIR; connects <= zmq.XSUB; connects++ {
			b, c := t.Pair(binds, connects)
			for range 3 {
				for _, s := range []*zmq.Socket{b, c} {
					_ = t.TrySend(s, "id", "", "body")
					_ = s.TryRecv(new(zmq.Msg))
				}
			}
			t.Drop(b)
			t.Drop(c)
		}
	}
	t.OK(t.Zctx().Close())
}

func nothingIsShared(t *T) {
	ctx := testkit.Soon(t)
	pub, endpoint := t.Bound(zmq.XPUB, opt.XPubVerbose.To(true))
	var subs []*zmq.Socket
	for range 3 {
		subs = append(subs, t.Connected(zmq.SUB, endpoint, opt.Subscribe.To(nil)))
		t.Expect(pub, "\x01")
	}
	for _, size := range []int{1, 33, 34, 2047, 2048, 8191, 8192, 100_000} {
		want := varied(size)
		for name, send := range map[string]func(body []byte) error{
			"Send":    func(body []byte) error { return pub.Send(ctx, body, body) },
			"SendMsg": func(body []byte) error { return pub.SendMsg(ctx, zmq.NewMsg(body, body)) },
			"TrySend": func(body []byte) error { return pub.TrySend(zmq.NewMsg(body, body)) },
			"SendBatch": func(body []byte) error {
				_, err := pub.SendBatch(ctx, []zmq.Msg{*zmq.NewMsg(body, body)})
				return err
			},
		} {
			body := []byte(want)
			t.OK(send(body))
			clear(body) // the sender may write to it again
			for i, sub := range subs {
				frames, err := sub.Recv(ctx)
				t.OK(err)
				if string(frames[0]) != want || string(frames[1]) != want {
					t.Errorf("%s of %d bytes: receiver %d sees what others wrote", name, size, i)
				}
				clear(frames[0]) // and so may each receiver
				if string(frames[1]) != want {
					t.Errorf("%s of %d bytes: two frames share memory", name, size)
				}
				clear(frames[1])
			}
		}
	}
}

func namesOfAllKinds(t *T) {
	var every strings.Builder
	for b := 1; b < 256; b++ {
		every.WriteByte(byte(b))
	}
	names := []string{
		"a", "A", "a ", " a", "a/", "/a", "a://b", "tcp://127.0.0.1:1", "*", "a*", "@", "äöü", "\xff", "\x01",
		every.String(), strings.Repeat("x", 255), strings.Repeat("x", 255) + "y", strings.Repeat("x", 255) + "z",
	}
	pulls := map[string]*zmq.Socket{}
	for _, name := range names {
		pulls[name] = t.Socket(zmq.PULL)
		t.OK(pulls[name].Bind("inproc://" + name))
		if got := pulls[name].LastEndpoint(); got != "inproc://"+name {
			t.Errorf("LastEndpoint is %q, want %q", got, "inproc://"+name)
		}
	}
	for _, name := range names {
		t.Send(t.Connected(zmq.PUSH, "inproc://"+name), name)
		t.Expect(pulls[name], name)
	}
}
