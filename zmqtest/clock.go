package zmqtest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// jumps answers every question for the time of day with another day. Clocks
// that nobody sets are answered as they are.
const jumps = `
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long jump(void)
{
    static long n;
    return (__atomic_add_fetch(&n, 1, __ATOMIC_RELAXED) * 7919 % 21 - 10) * 86400;
}

int clock_gettime(clockid_t id, struct timespec *ts)
{
    int rc = syscall(SYS_clock_gettime, id, ts);
    if (rc == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
        ts->tv_sec += jump();
    return rc;
}

int gettimeofday(struct timeval *tv, void *tz)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    tv->tv_sec = ts.tv_sec;
    tv->tv_usec = ts.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *t)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    if (t)
        *t = ts.tv_sec;
    return ts.tv_sec;
}
`

// jumpingClock runs in a process whose C library tells a time of day that
// jumps by days. Go's own is not touched, which has a monotonic reading.
func jumpingClock(t *T) {
	library := os.Getenv(preload)
	if library == "" {
		library = compileJumps(t)
	}
	if !t.Isolated(preload+"="+library, "ASAN_OPTIONS=verify_asan_link_order=0") {
		return
	}
	t.Run("timeouts", timeouts)
	t.Run("heartbeats", func(t *T) {
		_, endpoint := t.Bound(zmq.PULL, opt.HeartbeatInterval.To(10*time.Millisecond), opt.HeartbeatTimeout.To(testkit.Hang),
			opt.HandshakeInterval.To(testkit.Hang))
		p := wire.Dial(t, endpoint)
		p.Null("PUSH")
		for range 10 {
			_, text := p.ExpectPing()
			p.Pong(text)
		}
	})
	t.Run("reconnects", func(t *T) {
		endpoint := testkit.FreeEndpoint(t, t.Transport)
		push := t.Connected(zmq.PUSH, endpoint, quickly)
		for range 3 {
			pull := t.Socket(zmq.PULL)
			t.Eventually("the endpoint is free", func() bool { return pull.Bind(endpoint) == nil })
			t.Eventually("a message comes", func() bool { // the first may go down with the last connection
				t.Send(push, "x")
				return pull.TryRecv(new(zmq.Msg)) == nil
			})
			t.Drop(pull)
		}
	})
	t.Run("linger", func(t *T) {
		zctx := t.NewContext()
		push := testkit.Connected(t, zctx, zmq.PUSH, testkit.DeadEndpoint(t), opt.Linger.To(20*time.Millisecond))
		t.Send(push, "lost")
		ctx, cancel := context.WithTimeout(context.Background(), testkit.Hang)
		defer cancel()
		t.Refused(zctx.Shutdown(ctx), zmq.ErrLinger)
	})
}

const preload = "LD_PRELOAD"

func compileJumps(t *T) (library string) {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if runtime.GOOS != "linux" || err != nil {
		t.Skip("this needs Linux and a C compiler, to change what the C library says")
	}
	library = filepath.Join(t.TempDir(), "jumps.so")
	compile := exec.Command(cc, "-shared", "-fPIC", "-x", "c", "-o", library, "-")
	compile.Stdin = strings.NewReader(jumps)
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return library
}
