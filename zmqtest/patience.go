package zmqtest

import (
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// patiently tries attempt with ever more time, until it succeeds: for what must
// hold in time on every machine. An engine that is wrong fails whatever the
// time; a machine that is slow does not.
func patiently(t *T, attempt func(t *T, unit time.Duration) error) {
	t.Helper()
	var err error
	for unit := 50 * time.Millisecond; unit < testkit.Hang/3; unit *= 4 {
		if err = attempt(t, unit); err == nil {
			return
		}
		t.Logf("with %v: %v", unit, err)
	}
	t.Fatal(err)
}

// repeatedly sends a message again and again, until stop.
func repeatedly(t *T, s *zmq.Socket, message string) (stop func()) {
	t.Helper()
	return again(t, func() error { return t.TrySend(s, message) })
}

// again does something every millisecond, until stop: for what has an effect
// only when the other side is ready, of which there is no sign.
func again(t *T, do func() error) (stop func()) {
	enough, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-enough:
				done <- nil
				return
			case <-time.After(time.Millisecond):
				if err := do(); err != nil {
					done <- err
					return
				}
			}
		}
	}()
	return func() {
		t.Helper()
		close(enough)
		t.OK(<-done)
	}
}
