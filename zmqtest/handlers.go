package zmqtest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// O19 to O22: what handlers of ZAP answer.

// guards are a server's and a client's settings for each mechanism, with a
// handler that is not set here.
func guards(t *T) map[string]struct{ server, client zmq.Setting } {
	t.Helper()
	found := map[string]struct{ server, client zmq.Setting }{
		"NULL":  {zap.Domain("test"), zmq.Setting{}},
		"PLAIN": {zmq.Settings(opt.PlainServer.To(true), zap.Domain("test")), plain.Client("alice", "secret")},
	}
	if t.Zctx().Has("curve") {
		server, client := newKeys(t), newKeys(t)
		found["CURVE"] = struct{ server, client zmq.Setting }{
			zmq.Settings(curveSecret(server.secret), opt.CurveServer.To(true), zap.Domain("test")),
			curve.Client(server.Public, client.secret),
		}
	}
	return found
}

func wrongReplies(t *T) {
	replies := map[string]struct {
		reply func(id string) []string
		want  zmq.ProtocolError
	}{
		"another version":    {func(id string) []string { return []string{"2.0", id, "200", "OK", "", ""} }, zmq.ProtocolZAPBadVersion},
		"no version":         {func(id string) []string { return []string{"", id, "200", "OK", "", ""} }, zmq.ProtocolZAPBadVersion},
		"another request id": {func(string) []string { return []string{"1.0", "nope", "200", "OK", "", ""} }, zmq.ProtocolZAPBadRequestID},
		"no request id":      {func(string) []string { return []string{"1.0", "", "200", "OK", "", ""} }, zmq.ProtocolZAPBadRequestID},
		"another status":     {func(id string) []string { return []string{"1.0", id, "201", "OK", "", ""} }, zmq.ProtocolZAPInvalidStatusCode},
		"a status too long":  {func(id string) []string { return []string{"1.0", id, "2000", "OK", "", ""} }, zmq.ProtocolZAPInvalidStatusCode},
		"no status":          {func(id string) []string { return []string{"1.0", id, "", "OK", "", ""} }, zmq.ProtocolZAPInvalidStatusCode},
		"a frame too many":   {func(id string) []string { return []string{"1.0", id, "200", "OK", "", "", "more"} }, zmq.ProtocolZAPMalformedReply},
		"a frame too few":    {func(id string) []string { return []string{"1.0", id, "200", "OK", ""} }, zmq.ProtocolZAPMalformedReply},
		"one frame":          {func(string) []string { return []string{"1.0"} }, zmq.ProtocolZAPMalformedReply},
		"broken metadata":    {func(id string) []string { return []string{"1.0", id, "200", "OK", "", "\x05abc"} }, zmq.ProtocolZAPInvalidMetadata},
	}
	for mechanism, m := range guards(t) {
		for name, r := range replies {
			t.Run(mechanism+" "+name, func(t *T) {
				defer t.rawHandler(t.Zctx(), func(request []string) []string { return r.reply(request[1]) })()
				s, c := t.guarded(m.server, m.client)
				s.expect(zmq.EventHandshakeProtocol, r.want)
				t.ExpectNone(c.Socket)
			})
		}
	}
}

func statuses(t *T) {
	t.Run("300", func(t *T) {
		var asked atomic.Int32
		s, c := t.guarded(zap.With(zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response {
			if asked.Add(1) < 3 {
				return zap.TryLater("not now")
			}
			return zap.Allow("")
		})), zmq.Settings(briefHandshake, retriesSoon))
		s.refuses(zmq.AuthTemporary)
		c.eventually()
		t.Send(c.Socket, "hello")
		t.Expect(s.Socket, "hello")
	})
	for mechanism, m := range guards(t) {
		for want, response := range map[zmq.AuthError]zap.Response{zmq.AuthDenied: zap.Deny("no"), zmq.AuthInternal: zap.Fail("broken")} {
			t.Run(fmt.Sprintf("%s %d", mechanism, want), func(t *T) {
				handler, _ := always(response)
				t.serve(t.Zctx(), handler)
				s, c := t.guarded(m.server, m.client)
				denied(s, c, want)
			})
		}
	}
}

func handlersThatFail(t *T) {
	failures := map[string]func(t *T) (stop func()){
		"does not answer": func(t *T) func() {
			return t.rawHandler(t.Zctx(), func([]string) []string { return nil })
		},
		"does not receive": func(t *T) func() {
			router := t.Socket(zmq.ROUTER)
			t.OK(router.Bind(zap.Endpoint))
			return func() { t.OK(router.Close()) }
		},
		"goes away": func(t *T) func() {
			rep := t.Socket(zmq.REP)
			t.OK(rep.Bind(zap.Endpoint))
			gone := make(chan error, 1)
			go func() {
				_, err := rep.Recv(soon(t))
				if err == nil {
					err = rep.Close()
				}
				gone <- err
			}()
			return func() { t.OK(<-gone) }
		},
	}
	for mechanism, m := range guards(t) {
		for name, fail := range failures {
			t.Run(mechanism+" a handler that "+name, func(t *T) {
				stop := fail(t)
				s, _ := t.guarded(zmq.Settings(m.server, opt.HandshakeInterval.To(100*time.Millisecond)), m.client)
				s.expect(zmq.EventHandshakeFailed, nil)
				stop()
				// With a handler that answers the next client gets in.
				handler, _ := always(zap.Allow(""))
				t.Eventually("there is a handler again", func() bool {
					_, err := zap.Serve(t.Zctx(), handler)
					return err == nil
				})
				next := testkit.Connected(t, t.NewContext(), zmq.DEALER, s.LastEndpoint(), m.client)
				t.Send(next, "hello")
				t.Expect(s.Socket, "hello")
			})
		}
	}
}

func metadataOfReplies(t *T) {
	id := strings.Repeat("u", 255)
	handler, _ := always(zap.Response{Status: zap.StatusAllow, UserID: id,
		Metadata: map[string]string{"Role": "admin", "x-hello": "world", "Empty": ""}})
	t.serve(t.Zctx(), handler)
	for mechanism, m := range guards(t) {
		s, c := t.guarded(m.server, m.client)
		for range 3 {
			t.Send(c.Socket, "a", "b", "c")
			var got zmq.Msg
			t.OK(s.RecvMsg(soon(t), &got))
			for name, want := range map[string]string{"User-Id": id, "Role": "admin", "x-hello": "world", "Empty": ""} {
				if value := got.Property(name); value != want {
					t.Errorf("%s: %s is %q, want %q", mechanism, name, value, want)
				}
			}
		}
	}
}
