package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"

	zmq "gozmq"
)

// fileMessage is what a correct sender makes of a file.
func fileMessage(name, content string) *zmq.Msg {
	sum := sha256.Sum256([]byte(content))
	return zmq.NewMsg([]byte(name), []byte("644"), []byte(hex.EncodeToString(sum[:])), []byte(content))
}

func TestStore(t *testing.T) {
	dir := t.TempDir()
	if err := store(dir, fileMessage("a/b.txt", "hello")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "a", "b.txt"))
	if err != nil || string(got) != "hello" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := store(dir, fileMessage("a/b.txt", "again")); !errors.Is(err, os.ErrExist) {
		t.Errorf("the same name twice: got %v, want an error", err)
	}
}

func TestStoreRefusesNamesThatLeadOut(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "in")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../out", "a/../../out", "/out", "", "..", filepath.Join(top, "out")} {
		if err := store(dir, fileMessage(name, "x")); !errors.Is(err, errName) {
			t.Errorf("store(%q) = %v, want %v", name, err, errName)
		}
	}
	left, err := os.ReadDir(top)
	if err != nil || len(left) != 1 {
		t.Errorf("the folder above holds %v (%v), want only %q", left, err, "in")
	}
}

func TestStoreFindsOneWrongByte(t *testing.T) {
	m := fileMessage("f", "hello")
	changed := zmq.NewMsg(m.Frame(0), m.Frame(1), m.Frame(2), []byte("hellp"))
	if err := store(t.TempDir(), changed); !errors.Is(err, errSum) {
		t.Errorf("got %v, want %v", err, errSum)
	}
}

func TestVerifyReadsTheDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	content := bytes.Repeat([]byte{7}, 100_000)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	sum, size, err := sumFile(path)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("sumFile: %d bytes, %v", size, err)
	}
	if err := verify(path, sum); err != nil {
		t.Error(err)
	}
	content[99_999] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := verify(path, sum); !errors.Is(err, errSum) {
		t.Errorf("one bit changed on disk: got %v, want %v", err, errSum)
	}
}

func TestStoreRefusesOtherMessages(t *testing.T) {
	for _, m := range []*zmq.Msg{
		zmq.NewMsg([]byte("one")),
		zmq.NewMsg([]byte("name"), []byte("9z"), []byte("sum"), []byte("x")),
		zmq.NewMsg([]byte("name"), []byte("7777"), []byte("sum"), []byte("x")),
	} {
		if err := store(t.TempDir(), m); err == nil {
			t.Errorf("store(%q) = nil, want an error", m.Frames())
		}
	}
}
