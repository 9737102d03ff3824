//go:build cgo

package capi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A program may have a second libzmq, which another binding was linked with. Its
// functions stand before those of the library loaded here, which must not call
// them.
func TestAnotherLibzmqInTheProcess(t *testing.T) {
	switch musl, err := filepath.Glob("/lib/ld-musl-*"); {
	case static:
		t.Skip("built with libzmq_static: nothing is loaded")
	case sanitized:
		t.Skip("the address sanitizer wants to be the first library")
	case err != nil || len(musl) > 0:
		t.Skip("musl has no RTLD_DEEPBIND")
	}
	src := "void abort(void);\n"
	for name := range wrapped(t) {
		src += "void " + name + "(void) { abort(); }\n"
	}
	cmd := exec.Command(os.Args[0], "-test.run=^(TestContext|TestSendAndReceive|TestIov|TestPoll|TestMonitor|TestProxy)$")
	cmd.Env = append(os.Environ(), "LD_PRELOAD="+compile(t, src))
	if out, err := cmd.CombinedOutput(); err != nil || !strings.HasSuffix(string(out), "PASS\n") {
		t.Errorf("%v\n%s", err, out)
	}
}
