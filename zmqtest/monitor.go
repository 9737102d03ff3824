package zmqtest

import (
	"fmt"
	"net"
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section N: what a Monitor reports.
var monitor = slices.Concat(reports, monitors)

var reports = []row{
	{
		id: "N1", over: remote,
		must: "who connects sees CONNECTED, HANDSHAKE_SUCCEEDED; DISCONNECTED, CONNECT_RETRIED at a loss; MONITOR_STOPPED last",
		test: connectingSide,
	},
	{
		id: "N2", over: remote,
		must: "who binds sees LISTENING, ACCEPTED, HANDSHAKE_SUCCEEDED; DISCONNECTED at a loss, CLOSED at Unbind; MONITOR_STOPPED last",
		test: bindingSide,
	},
	{
		id: "N3", needs: "draft",
		must: "events carry both ends of the connection, the same at either side",
		test: bothEnds,
	},
	{
		id:    "N4",
		must:  "zmq_socket_monitor refuses other transports than inproc, and event bits and socket types that do not exist",
		proof: "libzmq/capi.TestMonitor libzmq/capi.TestDraftMonitor",
	},
	{
		id:    "N5",
		must:  "zmq_socket_monitor_pipes_stats reports how many messages are queued for each peer: none where all are taken",
		proof: "libzmq/capi.TestDraftPipesStats",
	},
}

func connectingSide(t *T) {
	server, endpoint := t.Bound(zmq.REP)
	client := t.Socket(zmq.REQ, quickly)
	w := t.Watch(client)
	t.Connect(client, endpoint)
	order := w.Order(zmq.EventHandshakeSucceeded)
	// A try may succeed at once, most often over ipc.
	if strings.TrimPrefix(order, "CONNECT_DELAYED ") != "CONNECTED HANDSHAKE_SUCCEEDED" {
		t.Errorf("the order is %s", order)
	}
	t.Drop(server)
	if order := w.Order(zmq.EventConnectRetried); order != "DISCONNECTED CONNECT_RETRIED" {
		t.Errorf("the order at a loss is %s", order)
	}
	t.Drop(client)
	stopsOnce(t, w)
}

func bindingSide(t *T) {
	server := t.Socket(zmq.REP)
	w := t.Watch(server)
	endpoint := t.Bind(server)
	client := t.Connected(zmq.REQ, endpoint)
	if order := w.Order(zmq.EventHandshakeSucceeded); order != "LISTENING ACCEPTED HANDSHAKE_SUCCEEDED" {
		t.Errorf("the order is %s", order)
	}
	t.Drop(client)
	t.OK(server.Unbind(fmt.Sprint(w.Expect(zmq.EventDisconnected)[0].Endpoint)))
	if order := w.Order(zmq.EventClosed); order != "CLOSED" {
		t.Errorf("the order at the end is %s", order)
	}
	t.Drop(server)
	stopsOnce(t, w)
}

// stopsOnce wants MONITOR_STOPPED as the last event, and ErrClosed after it.
func stopsOnce(t *T, w *Watch) {
	t.Helper()
	rest := w.Rest()
	for i, ev := range rest {
		if (ev.Type == zmq.EventMonitorStopped) != (i == len(rest)-1) {
			t.Errorf("the last events are %v, want MONITOR_STOPPED at the end", rest)
		}
	}
	if len(rest) == 0 {
		t.Error("there is no MONITOR_STOPPED")
	}
	_, err := w.Recv(soon(t))
	t.Refused(err, zmq.ErrClosed)
	t.Refused(err, net.ErrClosed)
}

func bothEnds(t *T) {
	type ends struct{ local, remote string }
	see := func(endpoint string) (binds, connects ends) {
		six := opt.IPv6.To(strings.Contains(endpoint, "::"))
		server, client := t.Socket(zmq.PULL, six), t.Socket(zmq.PUSH, six)
		atServer, atClient := t.Watch(server), t.Watch(client)
		t.OK(server.Bind(endpoint))
		t.Connect(client, server.LastEndpoint())
		a, c := atServer.Expect(zmq.EventAccepted)[0], atClient.Expect(zmq.EventConnected)[0]
		if a.Local != server.LastEndpoint() || a.Endpoint != a.Local {
			t.Errorf("accepted at %q (%q), want %q", a.Local, a.Endpoint, server.LastEndpoint())
		}
		if c.Remote != server.LastEndpoint() || c.Endpoint != c.Remote {
			t.Errorf("connected to %q (%q), want %q", c.Remote, c.Endpoint, server.LastEndpoint())
		}
		return ends{a.Local, a.Remote}, ends{c.Local, c.Remote}
	}
	endpoints := map[string]string{"tcp://127.0.0.1:*": "tcp://127.0.0.1:", testkit.Endpoint(t, "ipc"): "ipc://"}
	if t.hasIPv6() {
		endpoints["tcp://[::1]:*"] = "tcp://[::1]:"
	}
	for endpoint, prefix := range endpoints {
		binds, connects := see(endpoint)
		if binds.remote != connects.local || !strings.HasPrefix(connects.local, prefix) {
			t.Errorf("%s: the client is %q to the server, and %q to itself", endpoint, binds.remote, connects.local)
		}
	}
}
