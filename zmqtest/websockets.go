package zmqtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

func webSockets(t *T) {
	t.Run("without a path", func(t *T) { talk(t, "ws://127.0.0.1:*") })
	t.Run("with a path", func(t *T) { talk(t, "ws://127.0.0.1:*/roundtrip") })
	t.Run("heartbeats", func(t *T) {
		beats := zmq.Settings(opt.HeartbeatInterval.To(5*time.Millisecond), opt.HeartbeatTimeout.To(testkit.Hang))
		talk(t, "ws://127.0.0.1:*", beats)
	})
	t.Run("CURVE", func(t *T) {
		if !t.Zctx().Has("curve") {
			t.Skip("the library has no CURVE")
		}
		server, client := newKeys(t), newKeys(t)
		talkBetween(t, "ws://127.0.0.1:*", curve.Server(server.secret, curve.Allow(client.Public)), curve.Client(server.Public, client.secret))
	})
	t.Run("TLS", func(t *T) {
		if !t.Zctx().Has("WSS") {
			t.Skip("the library has no WSS")
		}
		cert, key := certificate(t, "zeromq.example")
		talkBetween(t, "wss://127.0.0.1:*/secure", zmq.Settings(opt.WSSCertPEM.To(cert), opt.WSSKeyPEM.To(key)),
			zmq.Settings(opt.WSSTrustPEM.To(cert), opt.WSSHostname.To("zeromq.example")))
	})
	t.Run("PUB and SUB", sharedBytes)
}

func talk(t *T, endpoint string, settings ...zmq.Setting) {
	t.Helper()
	talkBetween(t, endpoint, zmq.Settings(settings...), zmq.Settings(settings...))
}

// talkBetween exchanges messages of all sizes between a REP and a REQ.
func talkBetween(t *T, endpoint string, serves, asks zmq.Setting) {
	t.Helper()
	rep := t.Socket(zmq.REP, serves)
	t.OK(rep.Bind(endpoint))
	req := t.Connected(zmq.REQ, rep.LastEndpoint(), asks)
	// Around where the length of a WebSocket frame takes more bytes.
	for _, n := range []int{0, 1, 123, 124, 125, 126, 127, 8192, 65_533, 65_534, 65_535, 65_536, 300_000} {
		body := varied(n)
		t.Send(req, body, "second")
		t.Expect(rep, body, "second")
		t.Send(rep, "first", body)
		t.Expect(req, "first", body)
	}
}

// sharedBytes: what goes to a server is masked; what others get of the same
// message must not be.
func sharedBytes(t *T) {
	pub := t.Socket(zmq.XPUB, opt.XPubVerbose.To(true))
	var subs []*zmq.Socket
	for _, endpoint := range []string{"ws://127.0.0.1:*", "tcp://127.0.0.1:*", "ws://127.0.0.1:*", testkit.Endpoint(t, "inproc")} {
		sub := t.Socket(zmq.SUB, opt.Subscribe.To(nil))
		t.OK(sub.Bind(endpoint))
		t.Connect(pub, sub.LastEndpoint())
		t.Expect(pub, "\x01")
		subs = append(subs, sub)
	}
	for _, n := range []int{10, 100, 10_000, 1 << 20} {
		for range 3 {
			body := varied(n)
			t.Send(pub, "topic", body)
			for _, sub := range subs {
				t.Expect(sub, "topic", body)
			}
		}
	}
}

// certificate makes one for a host that signs itself.
func certificate(t *T, host string) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	t.OK(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	t.OK(err)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	t.OK(err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})
}

// rareTransports tries those that take a library and a kernel with them.
func rareTransports(t *T) {
	var missing []string
	tried := 0
	for _, c := range []struct{ capability, binds, connects string }{
		{"tipc", "tipc://{5560,0,0}", "tipc://{5560,0}"},
		{"tipc", "tipc://<*>", ""},
		{"vsock", "vsock://*:*", "vsock://1:*"},
		{"vmci", "vmci://*:*", ""},
	} {
		if !t.Zctx().Has(c.capability) {
			missing = append(missing, "the library has no "+c.capability)
			continue
		}
		pull := t.Socket(zmq.PULL)
		if err := pull.Bind(c.binds); err != nil {
			missing = append(missing, fmt.Sprintf("%s: %v", c.binds, err))
			continue
		}
		tried++
		to := c.connects
		if to == "" {
			to = pull.LastEndpoint()
		} else if port, ok := strings.CutSuffix(to, "*"); ok {
			to = port + pull.LastEndpoint()[strings.LastIndexByte(pull.LastEndpoint(), ':')+1:]
		}
		push := t.Connected(zmq.PUSH, to)
		t.alone(push, pull, "hello")
	}
	if tried == 0 {
		t.Skip(strings.Join(missing, "; "))
	}
}
