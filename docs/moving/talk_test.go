package moving

import (
	"os/exec"
	"testing"
)

// The programs of these libraries talk with gozmq's in a go test of their own:
// the race detector finds a race in pebbe's Term, and the others need a build
// tag or a library in C.
func TestProgramsTalk(t *testing.T) {
	for _, l := range []struct{ folder, tags, needs string }{
		{"pebbe", "talk", "libzmq"},
		{"goczmq", "talk,czmq", "libczmq"},
		{"alecthomas", "talk,zmq_4_x", "libzmq"},
	} {
		t.Run(l.folder, func(t *testing.T) {
			if err := exec.Command("pkg-config", "--exists", l.needs).Run(); err != nil {
				t.Skipf("pkg-config finds no %s: %v", l.needs, err)
			}
			out, err := exec.Command("go", "test", "-count=1", "-tags", l.tags, "./"+l.folder).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
