package zmqtest

import (
	"slices"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section H: connecting, reconnecting, backing off.
var connect = slices.Concat(reconnecting, givingUp, endpoints, connections)

var reconnecting = []row{
	{
		id: "H1", key: true, over: all,
		must: "Connect returns at once where nobody is bound; what is sent waits, and arrives in order when somebody binds",
		test: connectBeforeBind,
	},
	{
		id: "H2", over: remote,
		must: "a client connects again by itself when its server restarts, and nothing that it sent meanwhile is lost",
		test: serverRestarts,
	},
	{
		id:   "H3",
		must: "a refused connection is tried again after 100 ms and a random part of up to as much; CONNECT_RETRIED says after how long",
		test: retriesAfter100ms,
	},
	{
		id: "H4", over: remote,
		must: "with RECONNECT_IVL -1 a lost connection is not made again, but by another Connect",
		test: neverAgain,
	},
	{
		id:   "H5",
		must: "with RECONNECT_IVL_MAX the wait doubles from try to try up to that, and begins small again after a success",
		test: backsOff,
	},
}

func connectBeforeBind(t *T) {
	for _, types := range [][2]zmq.SocketType{{zmq.PUSH, zmq.PULL}, {zmq.PAIR, zmq.PAIR}, {zmq.DEALER, zmq.DEALER}} {
		endpoint := t.Free()
		sender := t.Socket(types[0], quickly)
		tries := t.Watch(sender, zmq.EventConnectRetried)
		t.Connect(sender, endpoint)
		for i := range 100 {
			t.Send(sender, testkit.Numbered(i), "tail")
		}
		if t.Transport != "inproc" {
			tries.Expect(zmq.EventConnectRetried) // so at least one has failed
		}
		receiver := t.Socket(types[1])
		t.OK(receiver.Bind(endpoint))
		for i := range 100 {
			t.Expect(receiver, testkit.Numbered(i), "tail")
		}
	}
}

func serverRestarts(t *T) {
	for _, types := range [][2]zmq.SocketType{{zmq.PUSH, zmq.PULL}, {zmq.PAIR, zmq.PAIR}, {zmq.DEALER, zmq.DEALER}} {
		endpoint := t.Free()
		server := t.Socket(types[1])
		t.OK(server.Bind(endpoint))
		client := t.Socket(types[0], quickly)
		lost := t.Watch(client, zmq.EventDisconnected)
		t.Connect(client, endpoint)
		for round := range 3 {
			t.Send(client, "round", testkit.Numbered(round))
			t.Expect(server, "round", testkit.Numbered(round))
			t.Drop(server)
			lost.Expect(zmq.EventDisconnected)
			for i := range 10 {
				t.Send(client, "meanwhile", testkit.Numbered(i))
			}
			server = t.Socket(types[1])
			t.BindAt(server, endpoint)
			for i := range 10 {
				t.Expect(server, "meanwhile", testkit.Numbered(i))
			}
		}
	}
}

func retriesAfter100ms(t *T) {
	const interval = 100 * time.Millisecond
	const clock = 5 * time.Millisecond // an engine's may be coarse
	dead := testkit.DeadEndpoint(t)
	var waits []time.Duration
	for range 20 {
		s := t.Socket(zmq.PUSH)
		if got, err := opt.ReconnectInterval.Get(s); err != nil || got != interval {
			t.Fatalf("the interval is %v, %v", got, err)
		}
		w := t.Watch(s)
		began := time.Now()
		t.Connect(s, dead)
		retry := w.Expect(zmq.EventConnectRetried)[0].Retry
		if retry < interval || retry >= 2*interval {
			t.Errorf("it tries again after %v, want 100ms and up to as much again", retry)
		}
		waits = append(waits, retry)
		if len(waits) == 1 { // that it waits so long takes as long to see
			w.Expect(zmq.EventConnectDelayed)
			if took := time.Since(began); took < retry-clock {
				t.Errorf("it said %v, and tried after %v", retry, took)
			}
		}
	}
	if slices.Max(waits) == slices.Min(waits) {
		t.Errorf("20 sockets try all at the same time, after %v", waits[0])
	}
}

func neverAgain(t *T) {
	for typ, peer := range map[zmq.SocketType]string{zmq.PUSH: "PULL", zmq.DEALER: "ROUTER"} {
		l := wire.Listen(t, t.Transport)
		client := t.Socket(typ, opt.ReconnectInterval.To(-1))
		w := t.Watch(client)
		t.Connect(client, l.Endpoint)
		p := l.Accept()
		p.Null(peer)
		w.Expect(zmq.EventHandshakeSucceeded)
		_ = p.Close()
		w.Expect(zmq.EventDisconnected)
		t.othersRetry()

		t.Connect(client, l.Endpoint)
		p = l.Accept()
		p.Null(peer)
		t.Send(client, "again")
		p.Expect("again")
		t.Drop(client)
		tries := attempts(w.Rest())
		if n := len(tries); n == 0 || tries[n-1] != zmq.EventConnected || slices.Contains(tries[:n-1], zmq.EventConnected) {
			t.Errorf("%v: the second Connect ought to be all that connects; there were %v", typ, tries)
		}
		if slices.Contains(tries, zmq.EventConnectRetried) {
			t.Errorf("%v: it was going to try again: %v", typ, tries)
		}
	}
}

func backsOff(t *T) {
	const interval, most = 4 * time.Millisecond, 32 * time.Millisecond
	endpoint := t.Free()
	s := t.Socket(zmq.PUSH, opt.ReconnectInterval.To(interval), opt.ReconnectIntervalMax.To(most))
	w := t.Watch(s)
	grows := func(tries int) {
		want := interval
		for i := range tries {
			got := w.Expect(zmq.EventConnectRetried)[0].Retry
			// A part of up to the interval may be random.
			if got < want || got >= want+interval {
				t.Errorf("wait %d is %v, want %v", i+1, got, want)
			}
			want = min(2*want, most)
		}
	}
	t.Connect(s, endpoint)
	grows(6)
	server := t.Socket(zmq.PULL)
	t.OK(server.Bind(endpoint))
	w.Expect(zmq.EventHandshakeSucceeded)
	t.Drop(server)
	grows(3)
}
