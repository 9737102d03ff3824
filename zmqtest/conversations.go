package zmqtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Requests and replies on longer ways, and in worse conditions.
var conversations = []row{
	{
		id: "A23", over: all,
		must: "requests and replies find their way through ROUTER and DEALER, one behind the other",
		test: throughBrokers,
	},
	{
		id:   "A24",
		must: "REQ asks over tcp, IPv4 and IPv6, from source ports of its choice; then Disconnect and Unbind succeed",
		test: func(t *T) {
			for _, host := range []string{"127.0.0.1", "[::1]"} {
				t.Run(host, func(t *T) { overTCP(t, host) })
			}
		},
	},
	{
		id: "A25", over: all, alone: true,
		must: "REQ and REP that are closed with requests and replies on their way leave no memory behind",
		test: closedMidway,
	},
	{
		id: "A26", over: all,
		must: "when the peer dies after the request no reply comes; a new REQ reaches the next peer at the same endpoint",
		test: peerDies,
	},
	{
		id: "A27", over: all,
		must: "a request and a reply may be empty",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			t.Send(req, "")
			t.Expect(rep, "")
			t.Send(rep, "")
			t.Expect(req, "")
		},
	},
	{
		id: "A28", over: all,
		must: "a request and a reply may be longer than a megabyte, and of any bytes",
		test: func(t *T) {
			rep, req := t.Pair(zmq.REP, zmq.REQ)
			var every strings.Builder
			for b := range 256 {
				every.WriteByte(byte(b))
			}
			for _, n := range []int{1 << 20, 1<<20 + 1, 2 << 20} {
				body := strings.Repeat(every.String(), n/256+1)[:n]
				t.Send(req, body)
				same(t, rep, body)
				t.Send(rep, body)
				same(t, req, body)
			}
		},
	},
}

// same is Expect for bodies that are too long to be shown.
func same(t *T, s *zmq.Socket, body string) {
	t.Helper()
	m := t.Recv(s)
	if len(m) != 1 || m[0] != body {
		t.Fatalf("%d bytes came as %d frames, or changed", len(body), len(m))
	}
}

func throughBrokers(t *T) {
	ctx, stop := context.WithCancel(context.Background())
	brokers := testkit.NewGroup(t)
	t.Cleanup(func() { stop(); brokers.Wait() })
	broker := func(backend *zmq.Socket) (endpoint string) {
		frontend, endpoint := t.Bound(zmq.ROUTER)
		brokers.Go(func() error {
			proxy := zmq.Proxy{Frontend: frontend, Backend: backend}
			if err := proxy.Run(ctx); ctx.Err() == nil {
				return fmt.Errorf("the proxy ended: %w", err)
			}
			return nil
		})
		return endpoint
	}
	near, work := t.Bound(zmq.DEALER)
	far := t.Connected(zmq.DEALER, broker(near))
	entrance := broker(far)
	var clients, workers [2]*zmq.Socket
	for i := range 2 {
		clients[i] = t.Connected(zmq.REQ, entrance)
		workers[i] = t.Connected(zmq.REP, work)
	}
	served := testkit.NewGroup(t)
	const each = 10
	for _, worker := range workers {
		served.Go(func() error {
			for {
				m, err := worker.Recv(ctx)
				if err != nil {
					return nil // the test is over
				}
				if err := worker.Send(ctx, append([][]byte{[]byte("re")}, m...)...); err != nil {
					return err
				}
			}
		})
	}
	for i := range each {
		for c, client := range clients {
			t.Send(client, testkit.Numbered(i), fmt.Sprint("client ", c), "")
		}
		for c, client := range clients {
			t.Expect(client, "re", testkit.Numbered(i), fmt.Sprint("client ", c), "")
		}
	}
	stop()
	served.Wait()
}

func overTCP(t *T, host string) {
	l, err := net.Listen("tcp", host+":0")
	if err != nil {
		t.Skipf("this machine has no %s: %v", host, err)
	}
	t.OK(l.Close())
	var reps [2]*zmq.Socket
	var endpoints, ports [2]string
	for i := range reps {
		reps[i] = t.Socket(zmq.REP, opt.IPv6.To(true))
		t.OK(reps[i].Bind("tcp://" + host + ":*"))
		endpoints[i] = reps[i].LastEndpoint()
		free := testkit.FreeEndpoint(t, "tcp")
		ports[i] = free[strings.LastIndex(free, ":"):]
	}
	from := func(port, endpoint string) string {
		return "tcp://" + host + port + ";" + strings.TrimPrefix(endpoint, "tcp://")
	}
	var reqs []*zmq.Socket
	allWays := [][]string{
		{endpoints[0]},
		{endpoints[0], endpoints[1]},
		{from(ports[0], endpoints[0]), from(ports[1], endpoints[1])},
		{from(ports[1], endpoints[0]), from(ports[0], endpoints[1])}, // the same ports at the same time
	}
	for _, ways := range allWays {
		req := t.Socket(zmq.REQ, opt.IPv6.To(true))
		for _, way := range ways {
			t.Connect(req, way)
		}
		for i := range 5 {
			ask(t, req, reps[i%len(ways)], testkit.Numbered(i))
		}
		reqs = append(reqs, req)
	}
	for i, ways := range allWays {
		for _, way := range ways {
			t.OK(reqs[i].Disconnect(way))
		}
	}
	for i, rep := range reps {
		t.OK(rep.Unbind(endpoints[i]))
	}
}

func closedMidway(t *T) {
	if !t.Isolated(freesAtOnce...) {
		return
	}
	const size, rounds = 4 << 20, 24
	body := make([]byte, size)
	round := func(answered bool) {
		zctx := t.NewContext()
		rep, req := testkit.Pair(t, zctx, t.Transport, zmq.REP, zmq.REQ)
		t.OK(req.Send(testkit.Soon(t), body))
		if answered {
			var m zmq.Msg
			t.OK(rep.RecvMsg(testkit.Soon(t), &m))
			t.OK(rep.SendMsg(testkit.Soon(t), &m))
			m.Release()
		}
		t.Drop(req)
		t.Drop(rep)
		t.OK(zctx.Close())
	}
	round(false)
	round(true)
	before := memoryInUse()
	for i := range rounds {
		round(i%2 == 0)
	}
	if grown := memoryInUse() - before; grown > rounds*size/2 {
		t.Errorf("%d requests of %d bytes leave %d bytes behind", rounds, size, grown)
	}
}

func peerDies(t *T) {
	endpoint := testkit.FreeEndpoint(t, t.Transport)
	for _, dies := range []bool{true, true, true, false} {
		rep, req := t.Socket(zmq.REP), t.Socket(zmq.REQ, opt.RecvTimeout.To(20*time.Millisecond))
		t.Eventually("the endpoint is free", func() bool { return rep.Bind(endpoint) == nil })
		t.Connect(req, endpoint)
		t.Send(req, "question")
		t.Expect(rep, "question")
		if !dies {
			t.OK(req.Set(opt.RecvTimeout.To(-1)))
			t.Send(rep, "answer")
			t.Expect(req, "answer")
			return
		}
		t.Drop(rep)
		_, err := req.Recv(context.Background())
		t.Refused(err, os.ErrDeadlineExceeded)
		t.Refused(t.TrySend(req, "another"), zmq.ErrState)
		t.Drop(req)
	}
}
