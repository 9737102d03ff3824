package security

import (
	"context"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// rawHandler answers ZAP requests without package zap, until stop. An answer of
// nil is none.
func rawHandler(t testing.TB, zctx *zmq.Context, answer func([][]byte) [][]byte) (stop func()) {
	t.Helper()
	s := testkit.Socket(t, zctx, zmq.ROUTER)
	if err := s.Bind(zap.Endpoint); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer close(done)
		for {
			frames, err := s.Recv(ctx)
			if err != nil {
				return
			}
			if reply := answer(frames[2:]); reply != nil {
				if err := s.Send(ctx, append(frames[:2:2], reply...)...); err != nil {
					return
				}
			}
		}
	}()
	return func() {
		cancel()
		<-done
		_ = s.Unbind(zap.Endpoint)
		_ = s.Close()
	}
}

// Replies that are no replies: nobody gets in, and the server's monitor says
// what is wrong.
func TestBadReplies(t *testing.T) {
	server, alice := newKeys(t), newKeys(t)
	mechanisms := map[string]struct{ server, client zmq.Setting }{
		"NULL":  {},
		"PLAIN": {opt.PlainServer.To(true), plain.Client("alice", "secret")},
		"CURVE": {zmq.Settings(curveSecret(t, server.secret), opt.CurveServer.To(true)), curve.Client(server.Public, alice.secret)},
	}
	replies := map[string]struct {
		reply func(id string) []string
		code  zmq.ProtocolError
	}{
		"bad version":    {func(id string) []string { return []string{"2.0", id, "200", "OK", "", ""} }, zmq.ProtocolZAPBadVersion},
		"bad request id": {func(string) []string { return []string{"1.0", "nope", "200", "OK", "", ""} }, zmq.ProtocolZAPBadRequestID},
		"bad status":     {func(id string) []string { return []string{"1.0", id, "201", "OK", "", ""} }, zmq.ProtocolZAPInvalidStatusCode},
		"too many parts": {func(id string) []string { return []string{"1.0", id, "200", "OK", "", "", "more"} }, zmq.ProtocolZAPMalformedReply},
		"bad metadata":   {func(id string) []string { return []string{"1.0", id, "200", "OK", "", "\x05abc"} }, zmq.ProtocolZAPInvalidMetadata},
	}
	for mechanism, m := range mechanisms {
		for name, r := range replies {
			t.Run("O19 "+mechanism+" "+name, func(t *testing.T) {
				zctx := testlib.Context(t)
				defer rawHandler(t, zctx, func(request [][]byte) [][]byte {
					return testkit.Bytes(r.reply(string(request[1]))...)
				})()
				s, _ := pair(t, zctx, zmq.Settings(m.server, zap.Domain("test")), m.client)
				s.expect(t, zmq.EventHandshakeProtocol, r.code)
			})
		}
		t.Run("O21 "+mechanism+" a handler that never answers", func(t *testing.T) {
			zctx := testlib.Context(t)
			stop := rawHandler(t, zctx, func([][]byte) [][]byte { return nil })
			s, _ := pair(t, zctx, zmq.Settings(m.server, zap.Domain("test"), impatient), zmq.Settings(m.client, soon))
			s.expect(t, zmq.EventHandshakeFailed, nil)
			// The server survives: with a handler that answers the next client gets in.
			stop()
			handler, _ := always(zap.Allow(""))
			serve(t, zctx, handler)
			next := watched(t, testkit.Socket(t, testlib.Context(t), zmq.DEALER, m.client))
			if err := next.Connect(s.LastEndpoint()); err != nil {
				t.Fatal(err)
			}
			testkit.Send(t, next.Socket, "hello")
			testkit.Expect(t, s.Socket, "hello")
		})
	}
}
