package opt_test

import (
	"fmt"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// wantRange wants an error that tells the range.
func wantRange(t *testing.T, err error) {
	t.Helper()
	testkit.WantError(t, err, zmq.ErrInvalid)
	if !strings.Contains(fmt.Sprint(err), "between ") {
		t.Errorf("no range in %v", err)
	}
}

func TestThreadOptions(t *testing.T) {
	zctx := testlib.Context(t)
	for _, o := range []zmq.ContextWriteOption[int]{opt.ThreadPriority, opt.ThreadAffinityCPUAdd, opt.ThreadAffinityCPURemove} {
		wantRange(t, zctx.Set(o.To(-1)))
	}
	if err := zctx.Set(opt.ThreadPriority.To(0), opt.ThreadAffinityCPUAdd.To(0), opt.ThreadAffinityCPURemove.To(0)); err != nil {
		t.Error(err)
	}
	testkit.WantError(t, zctx.Set(opt.ThreadAffinityCPURemove.To(0)), zmq.ErrInvalid)
}
