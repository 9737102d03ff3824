package opt_test

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// supported makes a socket with a setting, or wants the error that tells what
// the library lacks, and returns nil.
func supported(t *testing.T, zctx *zmq.Context, typ zmq.SocketType, num int, setting zmq.Setting) *zmq.Socket {
	t.Helper()
	spec, _ := options.Socket(num)
	if !lacks(t, spec) {
		return testkit.Socket(t, zctx, typ, setting)
	}
	_, err := zctx.NewSocket(typ, setting)
	wantLacking(t, spec, err)
	return nil
}

func TestRoutingID(t *testing.T) {
	zctx := testlib.Context(t)
	router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
	dealer := testkit.Connected(t, zctx, zmq.DEALER, endpoint, opt.RoutingID.To("worker\x00"))
	testkit.Send(t, dealer, "x")
	testkit.Expect(t, router, "worker\x00", "x")
}

func TestRouterMandatory(t *testing.T) {
	zctx := testlib.Context(t)
	router := testkit.Socket(t, zctx, zmq.ROUTER)
	testkit.Send(t, router, "nobody", "x") // dropped
	if err := router.Set(opt.RouterMandatory.To(true)); err != nil {
		t.Fatal(err)
	}
	testkit.WantError(t, router.Send(testkit.Soon(t), testkit.Bytes("nobody", "x")...), zmq.ErrHostUnreachable)
}

// The second peer of a name is let in instead of the first.
func TestRouterHandover(t *testing.T) {
	zctx := testlib.Context(t)
	router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp", opt.RouterHandover.To(true))
	for range 2 {
		dealer := testkit.Connected(t, zctx, zmq.DEALER, endpoint, opt.RoutingID.To("same"))
		testkit.Send(t, dealer, "x")
		testkit.Expect(t, router, "same", "x")
		testkit.Send(t, router, "same", "y")
		testkit.Expect(t, dealer, "y")
	}
}

func TestProbeRouter(t *testing.T) {
	for _, typ := range []zmq.SocketType{zmq.DEALER, zmq.ROUTER, zmq.REQ} {
		zctx := testlib.Context(t)
		router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
		testkit.Connected(t, zctx, typ, endpoint, opt.RoutingID.To("probe"), opt.ProbeRouter.To(true))
		testkit.Expect(t, router, "probe", "")
	}
}

func TestConnectRoutingID(t *testing.T) {
	zctx := testlib.Context(t)
	dealer, endpoint := testkit.Bound(t, zctx, zmq.DEALER, "tcp")
	router := testkit.Connected(t, zctx, zmq.ROUTER, endpoint, opt.ConnectRoutingID.To("chosen"), opt.RouterMandatory.To(true))
	testkit.Send(t, router, "chosen", "x")
	testkit.Expect(t, dealer, "x")
	// A name that is taken would make libzmq abort the process.
	err := router.Set(opt.ConnectRoutingID.To("chosen"))
	if err == nil {
		err = router.Connect(endpoint)
	}
	testkit.WantError(t, err, zmq.ErrInvalid)
}

// Raw bytes go out and come in, after the name of the connection.
func TestRouterRaw(t *testing.T) {
	router, endpoint := testkit.Bound(t, testlib.Context(t), zmq.ROUTER, "tcp", opt.RouterRaw.To(true))
	peer := wire.Dial(t, endpoint)
	peer.Put([]byte("hello")...)
	m := testkit.Recv(t, router)
	for len(m) == 2 && m[1] == "" { // the connection came
		m = testkit.Recv(t, router)
	}
	if len(m) != 2 || m[1] != "hello" {
		t.Fatalf("received %q", m)
	}
	testkit.Send(t, router, m[0], "answer")
	if got := string(peer.Get(6)); got != "answer" {
		t.Errorf("the peer got %q", got)
	}
}

func TestRouterNotify(t *testing.T) {
	zctx := testlib.Context(t)
	router := supported(t, zctx, zmq.ROUTER, int(opt.RouterNotify), opt.RouterNotify.To(opt.NotifyConnect|opt.NotifyDisconnect))
	if router == nil {
		return
	}
	endpoint := testkit.Bind(t, router, "tcp")
	dealer := testkit.Connected(t, zctx, zmq.DEALER, endpoint, opt.RoutingID.To("peer"))
	testkit.Expect(t, router, "peer", "")
	testkit.Drop(dealer)
	testkit.Expect(t, router, "peer", "")
}

// With numbers, a request has one more frame; a late reply is dropped.
func TestReqCorrelateRelaxed(t *testing.T) {
	zctx := testlib.Context(t)
	router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "tcp")
	req := testkit.Connected(t, zctx, zmq.REQ, endpoint, opt.ReqCorrelate.To(true), opt.ReqRelaxed.To(true))
	testkit.Send(t, req, "one")
	first := testkit.Recv(t, router)
	if len(first) != 4 || len(first[1]) != 4 || first[2] != "" || first[3] != "one" {
		t.Fatalf("the request is %q", first)
	}
	testkit.Send(t, req, "two")
	second := testkit.Recv(t, router)
	for _, m := range [][]string{first, second} {
		testkit.Send(t, router, append(m[:3:3], "reply to "+m[3])...)
	}
	testkit.Expect(t, req, "reply to two")
	// Without, a second request is out of turn.
	strict := testkit.Connected(t, zctx, zmq.REQ, endpoint)
	testkit.Send(t, strict, "one")
	testkit.WantError(t, strict.Send(testkit.Soon(t), []byte("two")), zmq.ErrState)
}
