//go:build cgo

package capi

import (
	"bytes"
	"sync"
	"testing"
	"time"
)

func TestZ85(t *testing.T) {
	// The two vectors of RFC 32.
	for text, raw := range map[string][]byte{
		"HelloWorld": {0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B},
		"JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6": {0x8E, 0x0B, 0xDD, 0x69, 0x76, 0x28, 0xB9, 0x1D, 0x8F, 0x24, 0x55, 0x87, 0xEE, 0x95, 0xC5, 0xB0,
			0x4D, 0x48, 0x96, 0x3F, 0x79, 0x25, 0x98, 0x77, 0xB4, 0x9C, 0xD9, 0x06, 0x3A, 0xEA, 0xD3, 0xB7},
	} {
		if got, err := Z85Encode(raw); err != nil || got != text {
			t.Errorf("%q %v", got, err)
		}
		if got, err := Z85Decode(text); err != nil || !bytes.Equal(got, raw) {
			t.Errorf("%x %v", got, err)
		}
	}
	if got, err := Z85Encode(nil); err != nil || got != "" {
		t.Errorf("%q %v", got, err)
	}
	for _, bad := range []string{"", "abcd", "abcdef", "ab\x00de", "abc e", "abc\xffe", "abc\"e", "#####"} {
		want(t, second(Z85Decode(bad)), EINVAL)
	}
	want(t, second(Z85Encode([]byte{1, 2, 3})), EINVAL)
}

func TestCurveKeys(t *testing.T) {
	public, secret, err := CurveKeypair()
	if !Has("curve") {
		want(t, err, ENOTSUP)
		return
	}
	ok(t, err)
	if len(public) != 40 || len(secret) != 40 {
		t.Errorf("%d and %d characters", len(public), len(secret))
	}
	if got, err := CurvePublic(secret); err != nil || got != public {
		t.Errorf("%q %v", got, err)
	}
	// A pair that was published by others.
	if got, err := CurvePublic("JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"); err != nil || got != "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" {
		t.Errorf("%q %v", got, err)
	}
	for _, bad := range []string{"", "short", secret + "x", secret[:39] + "\x00", secret[:39] + " "} {
		want(t, second(CurvePublic(bad)), EINVAL)
	}
}

func TestAtomicCounter(t *testing.T) {
	c, err := AtomicCounterNew()
	ok(t, err)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 1000 {
				if _, err := c.Inc(); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	if n, err := c.Value(); err != nil || n != 4000 {
		t.Errorf("%d %v", n, err)
	}
	ok(t, c.Set(2))
	if n, err := c.Inc(); err != nil || n != 2 {
		t.Errorf("inc returns %d: %v", n, err)
	}
	for _, more := range []bool{true, true, false} {
		if got, err := c.Dec(); err != nil || got != more {
			t.Errorf("dec returns %v: %v", got, err)
		}
	}
	ok(t, c.Set(-7))
	if n, err := c.Value(); err != nil || n != -7 {
		t.Errorf("%d %v", n, err)
	}
	want(t, c.Set(1<<40), EINVAL)
	ok(t, c.Destroy())
	want(t, c.Destroy(), EFAULT)
}

func TestStopwatch(t *testing.T) {
	w, err := StopwatchStart()
	ok(t, err)
	time.Sleep(2 * time.Millisecond)
	a, err := w.Intermediate()
	ok(t, err)
	b, err := w.Stop()
	ok(t, err)
	if a < 2000 || b < a {
		t.Errorf("%d, then %d microseconds", a, b)
	}
	ok(t, Sleep(0))
}

func TestThread(t *testing.T) {
	ran := false
	th, err := ThreadStart(func() { ran = true })
	ok(t, err)
	ok(t, th.Close())
	if !ran {
		t.Error("Close did not wait for the function")
	}
}

func TestTimers(t *testing.T) {
	timers, err := TimersNew()
	ok(t, err)
	if ms, err := timers.Timeout(); err != nil || ms != -1 {
		t.Errorf("%d %v", ms, err)
	}
	var fired []int
	id, err := timers.Add(1, func(id int) { fired = append(fired, id) })
	ok(t, err)
	far, err := timers.Add(3_600_000, func(int) { t.Error("fired too early") })
	ok(t, err)
	for len(fired) < 3 {
		ms, err := timers.Timeout()
		ok(t, err)
		if ms < 0 || ms > 1 {
			t.Fatalf("next in %d ms", ms)
		}
		_, err = Poll(nil, ms)
		ok(t, err)
		ok(t, timers.Execute())
	}
	if fired[0] != id {
		t.Errorf("called with %d, want %d", fired[0], id)
	}
	ok(t, timers.Cancel(id))
	want(t, timers.Cancel(id), EINVAL)
	want(t, timers.Reset(id), EINVAL)
	want(t, timers.SetInterval(id, 1), EINVAL)
	ok(t, timers.Reset(far))
	ok(t, timers.SetInterval(far, 1_800_000))
	want(t, timers.SetInterval(far, -1), EINVAL)
	if ms, err := timers.Timeout(); err != nil || ms <= 1_700_000 || ms > 1_800_000 {
		t.Errorf("next in %d ms: %v", ms, err)
	}
	want(t, second(timers.Add(-1, func(int) {})), EINVAL)
	want(t, second(timers.Add(1, nil)), EINVAL)
	ok(t, timers.Destroy())
	want(t, timers.Destroy(), EFAULT)
}

// TestTimersInCallback: what libzmq does not survive is refused, the rest works, and a panic comes
// out of Execute.
func TestTimersInCallback(t *testing.T) {
	timers, err := TimersNew()
	ok(t, err)
	defer timers.Destroy()
	calls := 0
	_, err = timers.Add(0, func(id int) {
		calls++
		want(t, timers.Execute(), EBUSY)
		want(t, timers.Destroy(), EBUSY)
		want(t, timers.Reset(id), EBUSY)
		want(t, timers.SetInterval(id, 5), EBUSY)
		ok(t, timers.Cancel(id))
		_, err := timers.Add(1, func(int) { panic("out") })
		ok(t, err)
	})
	ok(t, err)
	ok(t, timers.Execute())
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
	var value any
	for end := time.Now().Add(10 * time.Second); value == nil && time.Now().Before(end); {
		func() {
			defer func() { value = recover() }()
			_, _ = Poll(nil, 1)
			ok(t, timers.Execute())
		}()
	}
	if value != "out" {
		t.Errorf("Execute panics with %v", value)
	}
	if timers.executing {
		t.Error("not usable after a panic")
	}
}
