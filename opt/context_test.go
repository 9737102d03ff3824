package opt_test

import (
	"reflect"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/opt"
)

// A contextTrip is a trip for an option of a context.
type contextTrip func(t *testing.T, c *zmq.Context)

func contextSpan[T any](o zmq.ContextOption[T], def T, good, bad []T) contextTrip {
	return func(t *testing.T, c *zmq.Context) {
		if spec, _ := options.Context(int(o)); lacks(t, spec) {
			wantLacking(t, spec, c.Set(o.To(good[0])))
			return
		}
		if got, err := o.Get(c); err != nil || !reflect.DeepEqual(got, def) {
			t.Errorf("a new context has %v, %v, want %v", got, err, def)
		}
		for _, v := range good {
			if err := c.Set(o.To(v)); err != nil {
				t.Error(err)
			}
			if got, err := o.Get(c); err != nil || !reflect.DeepEqual(got, v) {
				t.Errorf("set %v, got %v, %v", v, got, err)
			}
		}
		for _, v := range bad {
			wantRange(t, "", c.Set(o.To(v)))
		}
	}
}

func TestContextRoundTrip(t *testing.T) {
	names := []string{"7", "-7", "2147483647"}
	if libzmq.Has("draft") {
		names = append(names, "io", "name", "07", strings.Repeat("n", 16))
	}
	all := map[string]contextTrip{
		"IOThreads":         contextSpan(opt.IOThreads, 1, []int{0, most, 1}, []int{-1, most + 1}),
		"MaxSockets":        contextSpan(opt.MaxSockets, 1023, []int{1, 65535, 1023}, []int{0, 65536}),
		"ContextIPv6":       contextSpan(opt.ContextIPv6, false, []bool{true, false}, nil),
		"Blocky":            contextSpan(opt.Blocky, true, []bool{false, true}, nil),
		"ZeroCopyRecv":      contextSpan(opt.ZeroCopyRecv, true, []bool{false, true}, nil),
		"ContextMaxMsgSize": contextSpan(opt.ContextMaxMsgSize, most, []int{0, most}, []int{-1, most + 1}),
		"ThreadSchedPolicy": contextSpan(opt.ThreadSchedPolicy, -1, []int{0}, []int{-1, most + 1}),
		"ThreadNamePrefix":  contextSpan(opt.ThreadNamePrefix, "", names, []string{"", strings.Repeat("n", 17)}),
	}
	for name := range named(t, "ContextOption") {
		trip, ok := all[name]
		if !ok {
			t.Errorf("%s has no trip", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			// Without a socket: the values at the bounds are not for use.
			trip(t, testlib.Context(t))
		})
	}
}

func TestContextReadAndWrite(t *testing.T) {
	zctx := testlib.Context(t)
	if limit, err := opt.SocketLimit.Get(zctx); err != nil || limit < 1023 {
		t.Errorf("the limit is %d, %v", limit, err)
	}
	if size, err := opt.MsgTSize.Get(zctx); err != nil || size != 64 {
		t.Errorf("the size is %d, %v", size, err)
	}
	for _, o := range []zmq.ContextWriteOption[int]{opt.ThreadPriority, opt.ThreadAffinityCPUAdd, opt.ThreadAffinityCPURemove} {
		wantRange(t, "", zctx.Set(o.To(-1)))
	}
	if err := zctx.Set(opt.ThreadPriority.To(0), opt.ThreadAffinityCPUAdd.To(0), opt.ThreadAffinityCPURemove.To(0)); err != nil {
		t.Error(err)
	}
	testkit.WantError(t, zctx.Set(opt.ThreadAffinityCPURemove.To(0)), zmq.ErrInvalid)
}
