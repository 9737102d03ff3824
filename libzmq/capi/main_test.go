//go:build cgo

package capi

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("GOZMQ_TEST_LOAD"); path != "" {
		// A process started by TestLoad: one attempt, its result on standard output.
		_, _, _, err := Version()
		var le *LoadError
		fmt.Printf("%v\nunsupported=%v notexist=%v typed=%v\n", err,
			errors.Is(err, errors.ErrUnsupported), errors.Is(err, os.ErrNotExist), errors.As(err, &le))
		os.Exit(0)
	}
	code := m.Run()
	if code == 0 {
		if left := leaked(); left != "" {
			fmt.Fprintln(os.Stderr, "goroutines are left:\n"+left)
			code = 1
		}
	}
	os.Exit(code)
}

// leaked waits for goroutines that are ending and returns the stacks of those that do not.
func leaked() string {
	var left []string
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		buf := make([]byte, 1<<20)
		left = nil
		for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			if !strings.Contains(g, "TestMain") && !strings.Contains(g, "os/signal.") &&
				!strings.Contains(g, "runtime.ensureSigM") {
				left = append(left, g)
			}
		}
		if left == nil {
			return ""
		}
	}
	return strings.Join(left, "\n\n")
}

// newCtx returns a context that ends with the test. Its sockets, made with newSocket, end first.
func newCtx(t testing.TB) *Ctx {
	t.Helper()
	c, err := CtxNew()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Term(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// newSocket returns a socket that ends with the test and waits ten seconds at most, so that a
// broken test fails and does not hang.
func newSocket(t testing.TB, c *Ctx, typ int) *Socket {
	t.Helper()
	s, err := SocketNew(c, typ)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil && err != ENOTSOCK {
			t.Error(err)
		}
	})
	for _, o := range []struct{ opt, value int }{{LINGER, 0}, {RCVTIMEO, 10_000}, {SNDTIMEO, 10_000}} {
		ok(t, s.SetInt(o.opt, o.value))
	}
	return s
}

// pair returns two connected sockets.
func pair(t testing.TB, a, b int) (*Socket, *Socket) {
	t.Helper()
	c := newCtx(t)
	x, y := newSocket(t, c, a), newSocket(t, c, b)
	ok(t, x.Bind("inproc://"+t.Name()))
	ok(t, y.Connect("inproc://"+t.Name()))
	return x, y
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("error is %v, want %v", err, target)
	}
}

func send(t testing.TB, s *Socket, text string, flags int) {
	t.Helper()
	n, err := s.Send([]byte(text), flags)
	if err != nil || n != len(text) {
		t.Fatalf("sent %d of %q: %v", n, text, err)
	}
}

func recv(t testing.TB, s *Socket) string {
	t.Helper()
	buf := make([]byte, 256)
	n, err := s.Recv(buf, 0)
	if err != nil {
		t.Fatal(err)
	}
	return string(buf[:min(n, len(buf))])
}

// needDraft skips the test unless the loaded libzmq has the draft API; missing functions are
// tested in TestMissing.
func needDraft(t testing.TB) {
	t.Helper()
	if !Has("draft") {
		t.Skip("the loaded libzmq was built without drafts: zmq_has says so")
	}
}
