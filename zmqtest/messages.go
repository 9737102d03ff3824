package zmqtest

import (
	"errors"
	"math/rand/v2"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section S: messages, metadata, options, capabilities.
var messages = []row{
	{
		id: "S1", over: all,
		must: "a message of 100,000 frames arrives as one message, with its frames in order",
		test: func(t *T) {
			pull, push := t.Pair(zmq.PULL, zmq.PUSH)
			frames := make([]string, 100_000)
			for i := range frames {
				frames[i] = testkit.Numbered(i)
			}
			t.Send(push, frames...)
			t.Send(push, "next")
			t.Expect(pull, frames...)
			t.Expect(pull, "next")
			if more, err := opt.RecvMore.Get(pull); err != nil || more {
				t.Errorf("RCVMORE is %v, %v", more, err)
			}
		},
	},
	{
		id: "S2", over: all,
		must: "frames of all sizes arrive bit by bit, alone, in company and in batches",
		test: framesOfAllSizes,
	},
	{
		id:    "S3",
		must:  "zmq_msg_copy shares the bytes and zmq_msg_move takes them, and ZMQ_SHARED tells which",
		proof: "libzmq/capi.TestMsgMoveAndCopy",
	},
	{
		id:    "S4",
		must:  "the free function of a message is called once, when the last of message, copies and what was sent is gone",
		proof: "libzmq/capi.TestMsgInitData",
	},
	{
		id:    "S5",
		must:  "zmq_msg_init makes no bytes, zmq_msg_init_size that many, zmq_msg_init_buffer a copy, also of NULL and 0",
		proof: "libzmq/capi.TestMsgInit",
	},
	{
		id:   "S6",
		must: "a message tells Socket-Type, Routing-Id and Peer-Address of its peer and what a ZAP handler said, and nothing of other names",
		test: propertiesOfPeers,
	},
	{
		id: "S7", since: 40204,
		must: "METADATA properties reach the peer, both ways and with any bytes but NUL; the first of a name counts, malformed ones are ErrInvalid",
		test: propertiesOfOnesOwn,
	},
	{
		id: "S8", over: all,
		must: "received bytes are the receiver's: those of Recv for good, those of a Msg until Reset, whatever comes later and after Close",
		test: receivedBytesStay,
	},
	{
		id: "S9", key: true, over: all,
		must: "when Send returns its bytes may be used again, and a Msg that was sent is as it was",
		test: sentBytesAreFree,
	},
	{
		id:    "S10",
		must:  "zmq_sendiov and zmq_recviov carry the frames of one message",
		proof: "libzmq/capi.TestIov",
	},
	{
		id:    "S11",
		must:  "ZMQ_SRCFD of a message is the descriptor it came by, for as long as that is connected",
		proof: "libzmq/capi.TestMsgSource",
	},
	{
		id:   "S12",
		must: "every option has its default, comes back as it was set, takes its bounds and refuses what is beyond them",
		test: optionsComeBack,
	},
	{
		id:   "S13",
		must: "no option with whatever value ends the process, and a socket that took some still works or says why not",
		test: isolated(randomOptions),
	},
	{
		id:   "S14",
		must: "Has tells what the library can do, and is false for names it does not know",
		test: capabilitiesAreTrue,
	},
	{
		id:   "S15",
		must: "failures have a text that names what was tried, and errors.Is knows their meaning, by ZeroMQ's words and by Go's",
		test: failuresHaveNames,
	},
	{
		id:   "S16",
		must: "SNDBUF and RCVBUF are set on the system's sockets, of both sides",
		test: func(t *T) {
			sizes := zmq.Settings(opt.SendBuffer.To(40_000), opt.RecvBuffer.To(30_000))
			pull, endpoint := t.Bound(zmq.PULL, sizes)
			t.Send(t.Connected(zmq.PUSH, endpoint, sizes), "x")
			t.Expect(pull, "x")
			for _, fd := range t.kernelSockets(endpoint) {
				send, recv := bufferSizes(t, fd)
				if send != 2*40_000 || recv != 2*30_000 { // Linux doubles what is asked for
					t.Errorf("the buffers have %d and %d bytes", send, recv)
				}
			}
		},
	},
	{
		id: "S17", key: true, over: remote,
		must: "a frame larger than MAXMSGSIZE costs its sender the connection, and nobody else anything",
		test: oversizedFrames,
	},
	{
		id:    "S18",
		must:  "zmq_atomic_counter_, zmq_stopwatch_ and zmq_sleep count and measure",
		proof: "libzmq/capi.TestAtomicCounter libzmq/capi.TestStopwatch",
	},
	{
		id:    "S19",
		must:  "zmq_timers_ fire when they are due, can be reset and changed, and are cancelled once, also while they fire",
		proof: "libzmq/capi.TestTimers libzmq/capi.TestTimersInCallback",
	},
	{
		id: "S20", over: all,
		must: "the messages of one connection arrive in the order they were sent in",
		test: orderOfEachConnection,
	},
}

// around are sizes near to where messages are treated otherwise.
var around = []int{0, 1, 29, 30, 31, 32, 33, 34, 35, 63, 64, 65, 255, 256, 257, 2047, 2048, 2049, 8191, 8192, 8193, 65_535, 65_536, 1 << 20, 1<<20 + 1}

func framesOfAllSizes(t *T) {
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	ctx := testkit.Soon(t)
	random := rand.NewChaCha8([32]byte{})
	bytes := func(n int) string {
		b := make([]byte, n)
		_, _ = random.Read(b) // never fails
		return string(b)
	}
	var batch []zmq.Msg
	var want [][]string
	for _, n := range around {
		for _, frames := range [][]string{{bytes(n)}, {bytes(n), ""}, {"head", bytes(n), bytes(n)}} {
			t.Send(push, frames...)
			t.Expect(pull, frames...)
			batch = append(batch, zmq.Msg{})
			batch[len(batch)-1].Append(testkit.Bytes(frames...)...)
			want = append(want, frames)
		}
	}
	g := testkit.NewGroup(t)
	g.Go(func() error { _, err := push.SendBatch(ctx, batch); return err })
	got := make([]zmq.Msg, 7)
	for len(want) > 0 {
		n, err := pull.RecvBatch(ctx, got)
		t.OK(err)
		for i := range n {
			if s := testkit.Strings(got[i].Frames()); strings.Join(s, "|") != strings.Join(want[0], "|") {
				t.Fatalf("received %d frames, %.40q; want %.40q", len(s), s, want[0])
			}
			want = want[1:]
		}
	}
	g.Wait()
}

func capabilitiesAreTrue(t *T) {
	zctx := t.Zctx()
	for _, name := range []string{"", "tcp", "inproc", "no such thing", "ipc\x00", "IPC", "curve "} {
		if zctx.Has(name) {
			t.Errorf("it has %q", name)
		}
	}
	tries := map[string]func() error{
		"ipc":   func() error { return t.Socket(zmq.PULL).Bind(testkit.Endpoint(t, "ipc")) },
		"curve": func() error { return t.Socket(zmq.PULL).Set(opt.CurveServer.To(true)) },
		"draft": func() error { _, err := zctx.NewSocket(zmq.CLIENT); return err },
		"WS":    func() error { return t.Socket(zmq.PULL).Bind("ws://127.0.0.1:*") },
		"tipc":  func() error { return t.Socket(zmq.PULL).Bind("tipc://<*>") },
	}
	for name, try := range tries {
		if err := try(); zctx.Has(name) == errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%s: Has says %v, a try %v", name, zctx.Has(name), err)
		}
	}
	if v := zctx.Version(); v < 40102 {
		t.Errorf("the version is %d", v)
	}
}

func oversizedFrames(t *T) {
	const most = 1000
	pull, endpoint := t.Bound(zmq.PULL, opt.MaxMsgSize.To(most))
	w := t.Watch(pull, zmq.EventDisconnected)
	good := t.Connected(zmq.PUSH, endpoint)
	for _, bad := range []string{
		string(wire.FrameBytes(0, strings.Repeat("x", most+1))),
		string(wire.Header(wire.Long, most+1)),
		string(wire.Header(wire.Long, 1<<31)),
		string(wire.Header(wire.Long, 1<<63-1)),
		string(wire.Header(wire.Long, 1<<64-1)),
		string(wire.FrameBytes(wire.More, "begun")) + string(wire.Header(wire.Long, most+1)),
	} {
		p := wire.Dial(t, endpoint)
		p.Null("PUSH")
		p.Send(strings.Repeat("x", most))
		t.Expect(pull, strings.Repeat("x", most))
		p.Say(bad)
		p.Closed()
		w.Expect(zmq.EventDisconnected)
		t.Send(good, "still here", strings.Repeat("y", most), strings.Repeat("z", most))
		t.Expect(pull, "still here", strings.Repeat("y", most), strings.Repeat("z", most))
	}
}

func orderOfEachConnection(t *T) {
	const senders, each = 3, 1000
	pull, endpoint := t.Bound(zmq.PULL)
	g := testkit.NewGroup(t)
	ctx := testkit.Soon(t)
	for k := range senders {
		push := t.Connected(zmq.PUSH, endpoint)
		g.Go(func() error {
			// Alone and in batches, with frames of different treatment.
			for i := 0; i < each; {
				batch := make([]zmq.Msg, 1+i%5)
				for j := range batch {
					batch[j].Append([]byte{byte(k)}, []byte(testkit.Numbered(i)), make([]byte, around[i%20]))
					i++
				}
				if _, err := push.SendBatch(ctx, batch); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var next [senders]int
	batch := make([]zmq.Msg, 8)
	for left := senders * each; left > 0; {
		n, err := pull.RecvBatch(ctx, batch[:1+left%len(batch)])
		t.OK(err)
		for i := range n {
			k := batch[i].Frame(0)[0]
			if got := string(batch[i].Frame(1)); got != testkit.Numbered(next[k]) {
				t.Fatalf("sender %d's message %s comes after %d", k, got, next[k]-1)
			}
			next[k]++
		}
		left -= n
	}
	g.Wait()
}
