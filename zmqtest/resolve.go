package zmqtest

import (
	"net"
	"os"
	"strings"
	"sync"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// NameServer makes a private process ask a name server that does not answer
// until answer is called; from then on it knows no name. asked is closed at
// the first question.
func (t *T) NameServer() (asked <-chan struct{}, answer func()) {
	t.Helper()
	t.replace("/etc/nsswitch.conf", "hosts: dns\n")
	t.replace("/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:30 attempts:1\n")
	conn, err := net.ListenPacket("udp", "127.0.0.1:53")
	t.allowed(err)
	first, answered := make(chan struct{}), make(chan struct{})
	answer = sync.OnceFunc(func() { close(answered) })
	serving := testkit.NewGroup(t)
	serving.Go(func() error {
		once := sync.OnceFunc(func() { close(first) })
		question := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(question)
			if err != nil {
				return nil // the test is over
			}
			once()
			<-answered
			question[2], question[3] = 0x81, 0x83   // a response: no such name
			_, _ = conn.WriteTo(question[:n], from) // fails when the test is over
		}
	})
	t.Cleanup(func() { answer(); _ = conn.Close(); serving.Wait() })
	return first, answer
}

// allowed skips the test where it cannot be done, most often for want of a
// privilege.
func (t *T) allowed(err error) {
	t.Helper()
	if err != nil {
		t.Skipf("not possible here: %v", err)
	}
}

func connectToNames(t *T) {
	t.Run("known", func(t *T) {
		pull, endpoint := t.Bound(zmq.PULL)
		push := t.Socket(zmq.PUSH)
		t.Connect(push, strings.Replace(endpoint, "127.0.0.1", "localhost", 1))
		t.Send(push, "by name")
		t.Expect(pull, "by name")
	})
	t.Run("unknown", func(t *T) {
		push := t.Socket(zmq.PUSH, quickly)
		w := t.Watch(push, zmq.EventConnectRetried)
		// A name that cannot be is not asked for on the network.
		t.Connect(push, "tcp://"+strings.Repeat("x", 100)+":5555")
		w.Expect(zmq.EventConnectRetried, zmq.EventConnectRetried, zmq.EventConnectRetried)
	})
	t.Run("again at every try", resolvedAgain)
}

func resolvedAgain(t *T) {
	if !t.Private() {
		return
	}
	t.replace("/etc/nsswitch.conf", "hosts: files\n")
	hosts := t.replace("/etc/hosts", "")
	push := t.Socket(zmq.PUSH, quickly)
	w := t.Watch(push, zmq.EventConnectRetried|zmq.EventDisconnected)
	t.Connect(push, "tcp://moves.test:5555") // the ports are all ours
	w.Expect(zmq.EventConnectRetried)
	for _, address := range []string{"127.0.0.1", "127.0.0.2"} {
		pull := t.Socket(zmq.PULL)
		t.OK(pull.Bind("tcp://" + address + ":5555"))
		t.OK(os.WriteFile(hosts, []byte(address+" moves.test\n"), 0o644))
		t.Send(push, "to "+address)
		t.Expect(pull, "to "+address)
		t.Drop(pull)
		w.Expect(zmq.EventDisconnected)
	}
}

func slowNameServer(t *T) {
	if !t.Private() {
		return
	}
	asked, _ := t.NameServer()
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "before")
	t.Expect(pull, "before")
	t.Connect(t.Socket(zmq.PUSH), "tcp://slow.test:5555")
	<-asked
	t.Send(push, "meanwhile")
	t.Expect(pull, "meanwhile")
}

func selfConnect(t *T) {
	client, endpoint := t.SelfConnected()
	if client == nil {
		return
	}
	server := t.Socket(zmq.DEALER)
	t.BindAt(server, endpoint)
	t.Send(client, "who is there?")
	t.Expect(server, "who is there?")
	t.Send(server, "the server")
	t.Expect(client, "the server")
}

// SelfConnected makes, in a private process, a DEALER that tries to connect to
// an endpoint where nobody is, until the system once gives it that very port
// to connect from. It is nil outside of the private process.
func (t *T) SelfConnected() (client *zmq.Socket, endpoint string) {
	t.Helper()
	if !t.Private() {
		return nil, ""
	}
	// Half of the ports to choose from.
	t.allowed(os.WriteFile("/proc/sys/net/ipv4/ip_local_port_range", []byte("40000 40001"), 0))
	endpoint = "tcp://127.0.0.1:40000"
	client = t.Socket(zmq.DEALER, quickly)
	w := t.Watch(client, zmq.EventConnectRetried, zmq.EventConnected)
	t.Connect(client, endpoint)
	// An engine that notices has to try again, one that does not is connected.
	for range 10 {
		ev, err := w.Recv(testkit.Soon(t))
		t.OK(err)
		if ev.Type == zmq.EventConnected {
			break
		}
	}
	return client, endpoint
}
