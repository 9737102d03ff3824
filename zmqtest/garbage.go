package zmqtest

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/wire"
	"gozmq/opt"
	"gozmq/plain"
)

// seedVariable holds a seed, to repeat a run with random input.
const seedVariable = "GOZMQ_TEST_SEED"

// random is a source of random numbers. A failing test says with which seed.
func random(t *T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	if text := os.Getenv(seedVariable); text != "" {
		var err error
		seed, err = strconv.ParseUint(text, 10, 64)
		t.OK(err)
	}
	t.Logf("random numbers as with %s=%d", seedVariable, seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// mutations are what may be left of valid bytes: about n beginnings, 3n changes
// of single bytes, and 3n random changes.
func mutations(r *rand.Rand, valid []byte, n int) (found [][]byte) {
	for i := 0; i < len(valid); i += 1 + len(valid)/n {
		found = append(found, valid[:i])
		for _, b := range []byte{0, 0xff, valid[i] ^ 0x01} {
			changed := slices.Clone(valid)
			changed[i] = b
			found = append(found, changed)
		}
	}
	for range 3 * n {
		changed := slices.Clone(valid)
		for range 1 + r.IntN(5) {
			switch i := r.IntN(len(changed)); r.IntN(3) {
			case 0:
				changed[i] = byte(r.Uint32())
			case 1:
				changed = slices.Insert(changed, i, noise(r, r.IntN(20))...)
			case 2:
				changed = append(changed[:i], noise(r, 1+r.IntN(100))...)
			}
		}
		found = append(found, changed)
	}
	return found
}

func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// nonsense is what strangers send.
func nonsense(r *rand.Rand) [][]byte {
	found := [][]byte{
		{}, {0}, {0xff}, []byte("\r\n"), []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
		[]byte("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), // TLS
		[]byte(strings.Repeat("\x00", 200)), []byte(strings.Repeat("\xff", 200)),
		[]byte(strings.Repeat("\x7f", 200)), []byte("SSH-2.0-OpenSSH_9.2\r\n"),
	}
	for range 50 {
		found = append(found, noise(r, r.IntN(2000)))
	}
	return found
}

// A victim is a socket that garbage is sent to.
type victim struct {
	name       string
	own, other zmq.SocketType // other is -1 for a plain socket
	valid      []byte         // what it expects from a client
	answer     []byte         // what it expects from a server, if that is something else
	transport  string         // another than the row's
	server     zmq.Setting
	client     zmq.Setting
}

func victims(t *T) []victim {
	traffic := func(socketType string, more ...[]byte) []byte {
		ready := wire.CommandBytes("READY", wire.About(socketType, wire.Property{Name: "Identity", Value: "me"}).String())
		return slices.Concat(wire.V31("NULL").Bytes(), ready, wire.CommandBytes("PING", "\x00\x00context"), slices.Concat(more...))
	}
	found := []victim{
		{name: "PULL", own: zmq.PULL, other: zmq.PUSH, valid: traffic("PUSH", wire.MessageBytes("a", "b"))},
		{name: "ROUTER", own: zmq.ROUTER, other: zmq.DEALER, valid: traffic("DEALER", wire.MessageBytes("", "b"))},
		{name: "REP", own: zmq.REP, other: zmq.DEALER, valid: traffic("REQ", wire.MessageBytes("", "b"))},
		{name: "XPUB", own: zmq.XPUB, other: zmq.XSUB, valid: traffic("SUB", wire.MessageBytes("\x01a"),
			wire.CommandBytes("SUBSCRIBE", "b"), wire.CommandBytes("CANCEL", "a"))},
		{name: "ZMTP 2.0", own: zmq.PULL, other: zmq.PUSH,
			valid: slices.Concat(wire.Greeting2Bytes("PUSH", "me"), wire.MessageBytes("a", "b"))},
		{name: "ZMTP 1.0", own: zmq.PULL, other: zmq.PUSH,
			valid: slices.Concat(wire.Frame1Bytes(0, "me"), wire.Frame1Bytes(wire.More, "a"), wire.Frame1Bytes(0, "b"))},
		{name: "PLAIN", own: zmq.PULL, other: zmq.PUSH,
			server: plain.Server(plain.Passwords(map[string]string{"alice": "hush"})), client: plain.Client("alice", "hush"),
			valid: slices.Concat(wire.V31("PLAIN").Bytes(), wire.CommandBytes("HELLO", wire.HelloBody("alice", "hush")))},
		{name: "STREAM", own: zmq.STREAM, other: -1, valid: []byte("whatever")},
	}
	if secured := mechanisms(t); len(secured) > 1 {
		c := wire.NewCurveClient(t, secured[1].key, wire.NewCurveKeys(t))
		found = append(found, victim{name: "CURVE", own: zmq.PULL, other: zmq.PUSH, server: secured[1].server, client: secured[1].client,
			valid: slices.Concat(wire.V31("CURVE").Bytes(), wire.CommandBytes("HELLO", c.Hello()))})
	}
	if t.Zctx().Has("WS") {
		hello := "\x02\x05READY" + wire.About("PUSH").String()
		found = append(found, victim{name: "WebSocket", own: zmq.PULL, other: zmq.PUSH, transport: "ws",
			valid: []byte("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ZWS2.0/NULL,ZWS2.0\r\n" +
				"Sec-WebSocket-Version: 13\r\n\r\n" +
				"\x82" + string([]byte{0x80 | byte(len(hello))}) + "\x00\x00\x00\x00" + hello + "\x82\x82\x00\x00\x00\x00\x00a"),
			answer: []byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: ZWS2.0/NULL\r\n\r\n" +
				"\x82" + string([]byte{byte(len(hello))}) + hello + "\x82\x02\x00a")})
	}
	return found
}

func garbage(t *T) {
	for part, send := range map[string]func(*T, victim){"bound": garbageToBound, "connecting": garbageToConnecting} {
		t.Run(part, func(t *T) {
			if !t.Isolated(noAbortOfASan) {
				return
			}
			for _, v := range victims(t) {
				t.Run(v.name, func(t *T) { send(t, v) })
			}
		})
	}
}

func garbageToBound(t *T, v victim) {
	r := random(t)
	s, endpoint := v.bound(t)
	var strangers []*wire.Peer
	for _, bytes := range append(nonsense(r), mutations(r, v.valid, 50)...) {
		p := wire.Dial(t, plainSocket(endpoint))
		p.Offer(bytes...)
		p.CloseWrite()
		strangers = append(strangers, p)
	}
	v.cutOff(strangers)
	v.drain(s)
	v.greet(t, s, endpoint)
}

func garbageToConnecting(t *T, v victim) {
	r := random(t)
	l := wire.Listen(t, "tcp")
	endpoint := l.Endpoint
	if v.transport != "" {
		endpoint = strings.Replace(endpoint, "tcp", v.transport, 1) + "/"
	}
	if v.answer == nil {
		v.answer = v.valid
	}
	var strangers []*wire.Peer
	for _, bytes := range append(nonsense(r), mutations(r, v.answer, 15)...) {
		t.Connected(v.own, endpoint, v.client, opt.ReconnectInterval.To(-1), notForLong)
		p := l.Accept()
		p.Offer(bytes...)
		p.CloseWrite()
		strangers = append(strangers, p)
	}
	v.cutOff(strangers)
	s, endpoint := v.bound(t)
	v.greet(t, s, endpoint)
}

// cutOff waits until all strangers are cut off, which they are when all that
// they sent has been read. Nothing says that of WebSocket, where ZMTP begins
// only after another handshake.
func (v victim) cutOff(strangers []*wire.Peer) {
	for _, p := range strangers {
		if v.transport == "" {
			p.Closed()
		}
	}
}

// notForLong ends handshakes that strangers do not finish. Without it an engine
// may wait for more of one who has stopped to send.
var notForLong = opt.HandshakeInterval.To(200 * time.Millisecond)

// bound is the victim's socket.
func (v victim) bound(t *T) (*zmq.Socket, string) {
	t.Helper()
	if v.transport == "" {
		return t.Bound(v.own, v.server, notForLong)
	}
	s := t.Socket(v.own, v.server, notForLong)
	t.OK(s.Bind(v.transport + "://127.0.0.1:*"))
	return s, s.LastEndpoint()
}

// plainSocket is the endpoint of tcp below that of another transport.
func plainSocket(endpoint string) string {
	_, address, _ := strings.Cut(endpoint, "://")
	return "tcp://" + strings.TrimSuffix(address, "/")
}

// greet is a message to the socket from a peer that means well.
func (v victim) greet(t *T, s *zmq.Socket, endpoint string) {
	t.Helper()
	if v.other < 0 {
		wire.Dial(t, plainSocket(endpoint)).Put([]byte("well")...)
	} else {
		t.Send(t.Connected(v.other, endpoint, v.client), example(v.own, "well")...)
	}
	for m := t.Recv(s); !strings.HasSuffix(m[len(m)-1], "well"); m = t.Recv(s) {
		v.reply(s)
	}
}

// drain takes what is there: garbage may be a message by accident.
func (v victim) drain(s *zmq.Socket) {
	var m zmq.Msg
	for s.TryRecv(&m) == nil {
		v.reply(s)
	}
}

// reply makes a REP ready for the next request.
func (v victim) reply(s *zmq.Socket) {
	if v.own == zmq.REP {
		_ = s.TrySend(zmq.NewMsg([]byte("well"))) // whoever asked has gone
	}
}
