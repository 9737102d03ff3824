package libzmq_test

import (
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// What publishers are told the beginning of cannot be inverted: they would
// withhold too much. Neither may come first.
func TestLongTopicsAndInvertMatching(t *testing.T) {
	sub := testkit.Socket(t, testlib.Context(t), zmq.SUB)
	long := strings.Repeat("x", 1025)
	if err := sub.Subscribe(long, long, long[:245]); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		testkit.WantError(t, sub.Set(opt.InvertMatching.To(true)), zmq.ErrNotSupported)
		if err := sub.Unsubscribe(long, "never"+long); err != nil {
			t.Fatal(err)
		}
	}
	if err := sub.Set(opt.InvertMatching.To(true)); err != nil {
		t.Fatal(err)
	}
	testkit.WantError(t, sub.Subscribe(long), zmq.ErrNotSupported)
	if err := sub.Subscribe(long[:1024]); err != nil {
		t.Fatal(err)
	}
}
