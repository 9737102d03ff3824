package moving

import (
	"os/exec"
	"testing"
)

// The programs of these libraries talk with gozmq's in a go test of their own:
// the race detector finds a race in pebbe's Term, and the others need a build
// tag or a library in C.
func TestProgramsTalk(t *testing.T) {
	t.Run("pebbe and alecthomas", func(t *testing.T) {
		runTests(t, "talk,zmq_4_x", "./pebbe", "./alecthomas")
	})
	t.Run("goczmq", func(t *testing.T) {
		if err := exec.Command("pkg-config", "--exists", "libczmq").Run(); err != nil {
			t.Skipf("pkg-config finds no libczmq: %v", err)
		}
		runTests(t, "talk,czmq", "./goczmq")
	})
}

func runTests(t *testing.T, tags string, packages ...string) {
	t.Helper()
	out, err := exec.Command("go", append([]string{"test", "-count=1", "-tags", tags}, packages...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
