package security

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/zap"
)

func TestStatuses(t *testing.T) {
	for name, c := range map[string]struct {
		handler zap.HandlerFunc
		options []zap.Option
		want    zmq.AuthError
		said    bool // by the handler itself: that is nothing to log
	}{
		"400": {func(context.Context, *zap.Request) zap.Response { return zap.Deny("no") }, nil, zmq.AuthDenied, true},
		"500": {func(context.Context, *zap.Request) zap.Response { return zap.Fail("broken") }, nil, zmq.AuthInternal, true},
		"a handler that panics": {func(context.Context, *zap.Request) zap.Response { panic("deliberate") },
			nil, zmq.AuthInternal, false},
		"a handler that ends its goroutine": {func(context.Context, *zap.Request) zap.Response {
			runtime.Goexit()
			return zap.Allow("")
		}, nil, zmq.AuthInternal, false},
		"a handler that is too slow": {func(ctx context.Context, _ *zap.Request) zap.Response {
			<-ctx.Done()
			return zap.Allow("")
		}, []zap.Option{zap.Timeout(50 * time.Millisecond)}, zmq.AuthInternal, false},
		"the zero response": {func(context.Context, *zap.Request) zap.Response { return zap.Response{} }, nil, zmq.AuthInternal, false},
		"a status that is none": {func(context.Context, *zap.Request) zap.Response { return zap.Response{Status: 201} },
			nil, zmq.AuthInternal, false},
		"a user id that is too long": {func(context.Context, *zap.Request) zap.Response {
			return zap.Allow(strings.Repeat("x", 256))
		}, nil, zmq.AuthInternal, false},
		"a user id with a NUL": {func(context.Context, *zap.Request) zap.Response { return zap.Allow("admin\x00eve") },
			nil, zmq.AuthInternal, false},
		"metadata that cannot be": {func(context.Context, *zap.Request) zap.Response {
			return zap.Response{Status: zap.StatusAllow, Metadata: map[string]string{"User-Id": "admin"}}
		}, nil, zmq.AuthInternal, false},
	} {
		t.Run(name, func(t *testing.T) {
			var log lines
			options := append(c.options, zap.Logger(slog.New(slog.NewTextHandler(&log, nil))))
			s, client := pair(t, testlib.Context(t), zap.With(c.handler, options...), zmq.Setting{})
			s.expect(t, zmq.EventHandshakeAuth, c.want)
			client.expect(t, zmq.EventHandshakeAuth, c.want)
			if logged := log.String(); (logged == "") != c.said {
				t.Errorf("logged %q", logged)
			}
		})
	}
}

// lines is a buffer for a logger that several goroutines write to.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestServe(t *testing.T) {
	allow, _ := always(zap.Allow(""))

	t.Run("a second server is an error", func(t *testing.T) {
		zctx := testlib.Context(t)
		first := serve(t, zctx, allow)
		_, err := zap.Serve(zctx, allow)
		testkit.WantError(t, err, syscall.EADDRINUSE)
		if err := errors.Join(first.Close(), first.Close()); err != nil {
			t.Error(err)
		}
		second := serve(t, zctx, allow)
		if err := first.Close(); err != nil { // must not end the second
			t.Error(err)
		}
		_, err = zap.Serve(zctx, allow)
		testkit.WantError(t, err, syscall.EADDRINUSE)
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("what cannot be served", func(t *testing.T) {
		zctx := testlib.Context(t)
		for name, f := range map[string]func() (*zap.Server, error){
			"nil context":  func() (*zap.Server, error) { return zap.Serve(nil, allow) },
			"zero context": func() (*zap.Server, error) { return zap.Serve(new(zmq.Context), allow) },
			"nil handler":  func() (*zap.Server, error) { return zap.Serve(zctx, nil) },
			"no time":      func() (*zap.Server, error) { return zap.Serve(zctx, allow, zap.Timeout(0)) },
			"no calls":     func() (*zap.Server, error) { return zap.Serve(zctx, allow, zap.Calls(-1)) },
		} {
			if _, err := f(); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if err := new(zap.Server).Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("a domain that nobody serves is denied", func(t *testing.T) {
		zctx := testlib.Context(t)
		testkit.Socket(t, zctx, zmq.PULL, zap.With(allow)) // starts the server
		s, _ := pair(t, zctx, zap.Domain("x"), zmq.Setting{})
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthDenied)
	})
	t.Run("malformed requests are answered", func(t *testing.T) {
		zctx := testlib.Context(t)
		serve(t, zctx, allow)
		asks := testkit.Connected(t, zctx, zmq.DEALER, zap.Endpoint)
		for _, request := range [][]string{
			{"", "1.0", "7", "d", "a", "i", "CURVE", "short"}, {"", "1.0", "7", "d", "a", "i", "PLAIN", "u"},
			{"", "1.0", "7", "d", "a", "i", "NULL", "x"}, {"", "2.0", "7", "d", "a", "i", "NULL"}, {"", "1.0", "7"},
		} {
			testkit.Send(t, asks, request...)
			got := testkit.Recv(t, asks)
			if len(got) != 7 || got[1] != "1.0" || got[2] != "7" || got[3] != "500" {
				t.Errorf("%q is answered with %q", request, got)
			}
		}
		for _, junk := range [][]string{{""}, {"no delimiter"}, {"", ""}} {
			testkit.Send(t, asks, junk...)
		}
		testkit.Recv(t, asks) // for the third and, first of all, the first
		testkit.Recv(t, asks)
		testkit.Send(t, asks, "", "1.0", "8", "d", "a", "i", "NULL")
		testkit.Expect(t, asks, "", "1.0", "8", "200", "", "", "")
	})
	t.Run("a slow handler does not hold up others", func(t *testing.T) {
		zctx := testlib.Context(t)
		entered := make(chan struct{})
		slow, slowClient := pair(t, zctx, zap.With(zap.HandlerFunc(func(ctx context.Context, _ *zap.Request) zap.Response {
			close(entered)
			<-ctx.Done()
			return zap.Deny("late")
		}), zap.Calls(1)), zmq.Setting{})
		<-entered
		s, c := pair(t, zctx, zap.With(allow), zmq.Setting{})
		bounce(t, s, c)
		slow.quiet(t)
		slowClient.quiet(t)
	})
	t.Run("Close ends handlers that run, and waits for them", func(t *testing.T) {
		zctx := testlib.Context(t)
		entered, left := make(chan struct{}), make(chan struct{})
		srv := serve(t, zctx, func(ctx context.Context, _ *zap.Request) zap.Response {
			close(entered)
			<-ctx.Done()
			close(left)
			return zap.Allow("")
		})
		s, _ := pair(t, zctx, zap.Domain("x"), impatient)
		<-entered
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		select {
		case <-left:
		default:
			t.Error("the handler still runs")
		}
		s.expect(t, zmq.EventHandshakeAuth, zmq.AuthTemporary)
	})
	t.Run("the end of the context waits for handlers", func(t *testing.T) {
		zctx := testlib.Context(t)
		entered, let := make(chan struct{}), make(chan struct{})
		serve(t, zctx, func(context.Context, *zap.Request) zap.Response {
			close(entered)
			<-let
			return zap.Allow("")
		})
		pair(t, zctx, zap.Domain("x"), zmq.Setting{})
		<-entered
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		testkit.WantError(t, zctx.Shutdown(ctx), context.DeadlineExceeded)
		close(let)
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("calls beyond the limit wait for their turn", func(t *testing.T) {
		zctx := testlib.Context(t)
		var now, most atomic.Int32
		s, endpoint := testkit.Bound(t, zctx, zmq.PULL, "tcp",
			zap.With(zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response {
				most.Store(max(most.Load(), now.Add(1)))
				defer now.Add(-1)
				runtime.Gosched()
				return zap.Allow("")
			}), zap.Calls(2)))
		const n = 50
		for range n {
			testkit.Send(t, testkit.Connected(t, zctx, zmq.PUSH, endpoint), "x")
		}
		for range n {
			testkit.Expect(t, s, "x")
		}
		if most.Load() > 2 {
			t.Errorf("%d calls at a time", most.Load())
		}
	})
}
