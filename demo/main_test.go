package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMain makes the test binary the second process when the demo under test
// starts itself again.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == senderRole {
		os.Exit(senderMain(context.Background(), os.Args[2], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// makeTree writes a small tree: empty, odd, executable and large files.
func makeTree(t *testing.T) string {
	t.Helper()
	tree := t.TempDir()
	for name, content := range map[string]string{
		"empty":                 "",
		"a/b/c/deep.txt":        "deep",
		"with space and ü.txt":  "text",
		"large.bin":             strings.Repeat("0123456789abcdef", 1<<17),
		"-looks-like-an-option": "x",
	} {
		path := filepath.Join(tree, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return tree
}

// ownTemp gives the demo a temp folder that can be looked into afterwards.
func ownTemp(t *testing.T) string {
	t.Helper()
	// Short, because the path of an ipc socket has room for about 100 bytes.
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	t.Setenv("TMPDIR", dir)
	return dir
}

func TestWholeProgram(t *testing.T) {
	tree, temp := makeTree(t), ownTemp(t)
	var out bytes.Buffer
	err := receiver(context.Background(), append(slices.Clone(few), tree), &out)
	t.Logf("%s", &out)
	if code := exitCode(context.Background(), err); code != 0 {
		t.Errorf("exit code %d (%v), want 0", code, err)
	}
	if !strings.Contains(out.String(), "every message arrived once and unchanged") {
		t.Error("the summary does not say that all is well")
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// few keeps the conversations short.
var few = []string{"-requests", "1000", "-feed", "3000"}

// twoInOne runs both sides in this process, the sender with a scan of its own.
func twoInOne(t *testing.T, tree string, entries []entry, size int64) (string, error) {
	t.Helper()
	ownTemp(t)
	dir, err := os.MkdirTemp("", "r")
	if err != nil {
		t.Fatal(err)
	}
	p := newPeer(context.Background())
	ordersOut, ordersIn := io.Pipe()
	reportsOut, reportsIn := io.Pipe()
	p.talk(reportsOut, ordersIn)
	obeyed := make(chan error, 1)
	go func() {
		err := obey(p.ctx, &sending{tree: tree, entries: entries, size: size}, ordersOut, reportsIn)
		reportsIn.CloseWithError(err)
		obeyed <- err
	}()
	var out bytes.Buffer
	r := &run{peer: p, dir: dir, requests: 100, feed: 300, out: &out}
	err = r.show(tree)
	p.ending.Store(true)
	ordersIn.Close()
	p.fail(nil)
	return out.String(), errors.Join(err, <-obeyed)
}

func TestFileChangedUnderfoot(t *testing.T) {
	tree := makeTree(t)
	entries, size, err := scan(context.Background(), tree)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tree, "a/b/c/deep.txt"), []byte("DEEP"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := twoInOne(t, tree, entries, size)
	if code := exitCode(context.Background(), err); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	for _, want := range []string{"4 of 5 WRONG", `deep.txt": ` + errSum.Error()} {
		if !strings.Contains(out, want) {
			t.Errorf("the output does not say %q:\n%s", want, out)
		}
	}
}

func TestFileGone(t *testing.T) {
	tree := makeTree(t)
	entries, size, err := scan(context.Background(), tree)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(tree, "empty")); err != nil {
		t.Fatal(err)
	}
	if _, err := twoInOne(t, tree, entries, size); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that the file does not exist", err)
	}
}

func TestNoSuchTree(t *testing.T) {
	ownTemp(t)
	err := receiver(context.Background(), []string{filepath.Join(t.TempDir(), "none")}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("got %v, want an error that names the tree", err)
	}
}

// stopAt cancels when the output has come to a word.
type stopAt struct {
	word   string
	cancel context.CancelFunc
}

func (s stopAt) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(s.word)) {
		s.cancel()
	}
	return len(b), nil
}

func TestInterrupted(t *testing.T) {
	for _, word := range []string{"reading", "PUSH/PULL tcp: 2", "REQ/REP tcp: 250", "PUB/SUB tcp: 500"} {
		t.Run(word, func(t *testing.T) {
			tree, temp := makeTree(t), ownTemp(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			err := receiver(ctx, append(slices.Clone(few), tree), stopAt{word, cancel})
			if code := exitCode(ctx, err); code != 130 {
				t.Errorf("exit code %d (%v), want 130", code, err)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}
