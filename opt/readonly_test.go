package opt_test

import (
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Options that can only be read, by what they tell.
func TestReadOptions(t *testing.T) {
	tests := map[string]func(t *testing.T, zctx *zmq.Context){
		"Type": func(t *testing.T, zctx *zmq.Context) {
			for typ := zmq.PAIR; typ <= zmq.STREAM; typ++ {
				if got, err := opt.Type.Get(testkit.Socket(t, zctx, typ)); err != nil || got != typ {
					t.Errorf("type of a %v is %v, %v", typ, got, err)
				}
			}
		},
		"LastEndpoint": func(t *testing.T, zctx *zmq.Context) {
			s, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp")
			if got, err := opt.LastEndpoint.Get(s); err != nil || got != endpoint || len(got) < len("tcp://127.0.0.1:1") {
				t.Errorf("got %q, %v, want %q", got, err, endpoint)
			}
		},
		"Events": func(t *testing.T, zctx *zmq.Context) {
			pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			if got, err := opt.Events.Get(pull); err != nil || got != 0 {
				t.Errorf("events are %d, %v", got, err)
			}
			if got, err := opt.Events.Get(push); err != nil || got != 2 {
				t.Errorf("events are %d, %v, want 2", got, err)
			}
			testkit.Send(t, push, "x")
			testkit.Eventually(t, "a message can be received", func() bool {
				got, err := opt.Events.Get(pull)
				return err == nil && got == 1
			})
		},
		"FD": func(t *testing.T, zctx *zmq.Context) {
			fd, err := opt.FD.Get(testkit.Socket(t, zctx, zmq.PULL))
			if err != nil || fd == 0 {
				t.Errorf("the descriptor is %d, %v", fd, err)
			}
		},
		"RecvMore": func(t *testing.T, zctx *zmq.Context) {
			pull, push := testkit.Pair(t, zctx, "inproc", zmq.PULL, zmq.PUSH)
			testkit.Send(t, push, "a", "b")
			testkit.Expect(t, pull, "a", "b")
			if more, err := opt.RecvMore.Get(pull); err != nil || more {
				t.Errorf("more is %v, %v", more, err)
			}
		},
		"ThreadSafe": func(t *testing.T, zctx *zmq.Context) {
			if got, err := opt.ThreadSafe.Get(testkit.Socket(t, zctx, zmq.PULL)); err != nil || got {
				t.Errorf("thread-safe is %v, %v", got, err)
			}
			if zctx.Has("draft") {
				if got, err := opt.ThreadSafe.Get(testkit.Socket(t, zctx, zmq.CLIENT)); err != nil || !got {
					t.Errorf("thread-safe is %v, %v", got, err)
				}
			}
		},
		"TopicsCount": func(t *testing.T, zctx *zmq.Context) {
			s := testkit.Socket(t, zctx, zmq.SUB)
			if spec, _ := options.Socket(int(opt.TopicsCount)); lacks(t, spec) {
				_, err := opt.TopicsCount.Get(s)
				wantLacking(t, spec, err)
				return
			}
			if err := s.Subscribe("a", "b"); err != nil {
				t.Fatal(err)
			}
			if got, err := opt.TopicsCount.Get(s); err != nil || got != 2 {
				t.Errorf("%d topics, %v, want 2", got, err)
			}
		},
		"Mechanism": func(t *testing.T, zctx *zmq.Context) {
			for want, set := range map[opt.SecurityMechanism]zmq.Setting{
				opt.MechanismNull:  {},
				opt.MechanismPlain: opt.PlainServer.To(true),
				opt.MechanismCurve: opt.CurveServer.To(true),
			} {
				if want == opt.MechanismCurve && !zctx.Has("curve") {
					continue
				}
				if got, err := opt.Mechanism.Get(testkit.Socket(t, zctx, zmq.PULL, set)); err != nil || got != want {
					t.Errorf("mechanism is %v, %v, want %v", got, err, want)
				}
			}
		},
	}
	for name := range named(t, "ReadOption") {
		test, ok := tests[name]
		if !ok {
			t.Errorf("%s has no test", name)
			continue
		}
		t.Run(name, func(t *testing.T) { test(t, testlib.Context(t)) })
	}
}

// The names of values, for logs.
func TestStrings(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{opt.KeepAliveDefault.String(), "default"},
		{opt.KeepAlive(7).String(), "KeepAlive(7)"},
		{opt.StopReason(0).String(), "none"},
		{(opt.StopConnectionRefused | opt.StopAfterDisconnect).String(), "refused|disconnect"},
		{opt.RouterEvents(3).String(), "connect|disconnect"},
		{opt.NormCCEECNOnly.String(), "CCE ECN only"},
		{opt.NormMode(9).String(), "NormMode(9)"},
		{opt.MechanismGSSAPI.String(), "GSSAPI"},
		{opt.SecurityMechanism(-1).String(), "SecurityMechanism(-1)"},
		{opt.NameKRB5Principal.String(), "Kerberos principal"},
		{opt.GSSAPINameType(9).String(), "GSSAPINameType(9)"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
