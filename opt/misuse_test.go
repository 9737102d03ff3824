package opt_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What does not fit does not compile: a value of another type, To on what can
// only be read, Get on what can only be set, a socket's option for a context.
func TestMisuseDoesNotCompile(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to compile with")
	}
	src, err := os.ReadFile("testdata/misuse/misuse.go")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(goTool, "build", "-gcflags=-e", "./testdata/misuse").CombinedOutput()
	if err == nil {
		t.Fatal("it compiles")
	}
	errors := map[int]string{}
	for _, m := range regexp.MustCompile(`(?m)misuse\.go:(\d+):\d+: (.*)$`).FindAllStringSubmatch(string(out), -1) {
		line, _ := strconv.Atoi(m[1])
		errors[line] += m[2] + "\n"
	}
	if len(errors) == 0 {
		t.Fatalf("go build failed otherwise:\n%s", out)
	}
	wanted := 0
	for i, line := range strings.Split(string(src), "\n") {
		got := errors[i+1]
		want := regexp.MustCompile("// want `(.*)`").FindStringSubmatch(line)
		switch {
		case want == nil && got != "":
			t.Errorf("line %d must compile: %s", i+1, got)
		case want == nil:
		case got == "":
			t.Errorf("line %d must not compile: %s", i+1, strings.TrimSpace(line))
		case !regexp.MustCompile(want[1]).MatchString(got):
			t.Errorf("line %d: error is %q, want %q", i+1, got, want[1])
		}
		if want != nil {
			wanted++
		}
	}
	t.Logf("%d lines do not compile", wanted)
}
