package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/examples/internal/run"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Files of all sizes around a piece arrive whole.
func TestTransfer(t *testing.T) {
	zctx, endpoint, dir := testlib.Context(t), testkit.Endpoint(t, "ipc"), t.TempDir()
	const piece = 64 << 10
	random := rand.NewChaCha8([32]byte{})
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		for _, size := range []int{0, 1, piece - 1, piece, piece + 1, 20*piece + 123} {
			name := fmt.Sprint(size)
			content := make([]byte, size)
			_, _ = random.Read(content) // never fails
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
				return err
			}
			var out strings.Builder
			copied := filepath.Join(t.TempDir(), "copy")
			if err := client(ctx, zctx, endpoint, name, copied, piece, 4, &out); err != nil {
				return err
			}
			if got, err := os.ReadFile(copied); err != nil || !bytes.Equal(got, content) {
				t.Errorf("the copy of %d bytes has %d, %v", size, len(got), err)
			}
			if want := fmt.Sprintf("%s: %d bytes, sha256 %x\n", name, size, sha256.Sum256(content)); out.String() != want {
				t.Errorf("printed %q, want %q", out.String(), want)
			}
		}
		return nil
	}, func(ctx context.Context) error { return server(ctx, zctx, endpoint, dir) })
	if err != nil {
		t.Fatal(err)
	}
}

// What is not there, or not in the folder, is an error that says so.
func TestForbiddenFiles(t *testing.T) {
	zctx, endpoint, dir := testlib.Context(t), testkit.Endpoint(t, "inproc"), t.TempDir()
	served := filepath.Join(dir, "served")
	if err := os.Mkdir(served, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		for _, name := range []string{"nothing", "../secret", filepath.Join(dir, "secret"), ""} {
			var got bytes.Buffer
			_, err := fetch(ctx, zctx, endpoint, name, &got, 100, 3)
			if err == nil || !strings.HasPrefix(err.Error(), "fetch ") || got.Len() > 0 {
				t.Errorf("%q gives %q, %v", name, got.String(), err)
			}
		}
		return nil
	}, func(ctx context.Context) error { return server(ctx, zctx, endpoint, served) })
	if err != nil {
		t.Fatal(err)
	}
}

// A client asks for as much as it has credit, and for one piece more with each
// that it gets.
func TestCredit(t *testing.T) {
	zctx := testlib.Context(t)
	router, endpoint := testkit.Bound(t, zctx, zmq.ROUTER, "inproc")
	const piece, credit = 10, 3
	answer := func(ctx context.Context, request [][]byte, size int) error {
		return router.Send(ctx, request[0], request[1], make([]byte, size))
	}
	err := run.With(testkit.Soon(t), func(ctx context.Context) error {
		n, err := fetch(ctx, zctx, endpoint, "file", io.Discard, piece, credit)
		if err == nil && n != 2*piece+1 {
			err = fmt.Errorf("the file has %d bytes, want %d", n, 2*piece+1)
		}
		return err
	}, func(ctx context.Context) error {
		var requests [][][]byte
		for answered := 0; answered < 3; answered++ {
			for len(requests) < answered+credit {
				m, err := router.Recv(ctx)
				if err != nil {
					return err
				}
				if got, want := binary.BigEndian.Uint64(m[1]), uint64(len(requests)*piece); got != want {
					return fmt.Errorf("the client asks for what is at %d, want %d", got, want)
				}
				requests = append(requests, m)
			}
			testkit.ExpectNone(t, router)
			size := piece
			if answered == 2 {
				size = 1 // the end
			}
			if err := answer(ctx, requests[answered], size); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
