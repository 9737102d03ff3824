package opt_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// What can only be set cannot be read back: each such option has a test of its
// effect, here or among the rows of zmqtest, or is in TestWSS.
func TestEveryWriteOptionHasATest(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := filepath.Glob("../zmqtest/*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, rows...)
	var tests []byte
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests = append(tests, b...)
	}
	for name := range named(t, "WriteOption", "ContextWriteOption", "ContextReadOption") {
		if !regexp.MustCompile(`opt\.` + name + `\b`).Match(tests) {
			t.Errorf("no test uses opt.%s", name)
		}
	}
}

// Without certificates there is nothing to see of these but that they are
// taken, or what they need.
func TestWSS(t *testing.T) {
	zctx := testlib.Context(t)
	for num, set := range map[int]zmq.Setting{
		int(opt.WSSKeyPEM):      opt.WSSKeyPEM.To([]byte("key")),
		int(opt.WSSCertPEM):     opt.WSSCertPEM.To([]byte("certificate")),
		int(opt.WSSTrustPEM):    opt.WSSTrustPEM.To([]byte("certificates")),
		int(opt.WSSHostname):    opt.WSSHostname.To("host"),
		int(opt.WSSTrustSystem): opt.WSSTrustSystem.To(true),
	} {
		spec, _ := options.Socket(num)
		_, err := zctx.NewSocket(zmq.PUSH, set)
		switch {
		case lacks(t, spec):
			wantLacking(t, spec, err)
		case err != nil:
			t.Error(err)
		}
	}
}

// An option of another type of socket says which types have it.
func TestOptionsOfOtherTypes(t *testing.T) {
	s := testkit.Socket(t, testlib.Context(t), zmq.PAIR)
	for num, set := range map[int]zmq.Setting{
		6:  opt.Subscribe.To(nil),
		33: opt.RouterMandatory.To(true),
		40: opt.XPubVerbose.To(true),
		52: opt.ReqCorrelate.To(true),
		61: opt.ConnectRoutingID.To("x"),
		73: opt.StreamNotify.To(false),
	} {
		if spec, _ := options.Socket(num); lacks(t, spec) {
			t.Errorf("%s is lacking", spec.Name)
		}
		testkit.WantError(t, s.Set(set), zmq.ErrNotSupported)
	}
}

// A number that package opt does not know goes to libzmq as its Go type says.
func TestUnknownOption(t *testing.T) {
	s := testkit.Socket(t, testlib.Context(t), zmq.PAIR)
	testkit.WantError(t, s.Set(zmq.Option[int](9999).To(1)), zmq.ErrInvalid)
	testkit.WantError(t, s.Set(zmq.Option[string](9999).To("x")), zmq.ErrInvalid)
	_, err := zmq.Option[string](9999).Get(s)
	testkit.WantError(t, err, zmq.ErrInvalid)
	// The right number with the wrong type is refused here, not in libzmq.
	testkit.WantError(t, s.Set(zmq.Option[string](int(opt.XSubVerboseUnsubscribe)).To("x")), zmq.ErrInvalid)
	testkit.WantError(t, s.Set(zmq.Option[int](int(opt.PlainPassword)).To(1)), zmq.ErrInvalid)
}
