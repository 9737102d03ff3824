package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gozmq/examples/internal/run"
	"gozmq/examples/majordomo/mdp"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

const (
	beat  = time.Second
	every = 5 * time.Millisecond
)

func TestTitanic(t *testing.T) {
	zctx, endpoint, dir := testlib.Context(t), testkit.Endpoint(t, "inproc"), t.TempDir()
	var out strings.Builder
	err := run.With(testkit.Soon(t),
		func(ctx context.Context) error { return client(ctx, zctx, endpoint, "iceberg", every, &out) },
		func(ctx context.Context) error { return mdp.Broker(ctx, zctx, endpoint, beat) },
		func(ctx context.Context) error { return titanic(ctx, zctx, endpoint, dir, beat, every) },
		func(ctx context.Context) error { return mdp.Work(ctx, zctx, endpoint, "shout", beat, shout) },
	)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "ICEBERG!\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v are left in the folder, %v", left, err)
	}
}

// A request outlives the client that sent it, the broker and Titanic itself.
func TestRequestSurvives(t *testing.T) {
	zctx, dir := testlib.Context(t), t.TempDir()
	var id []byte
	voyage := func(do func(ctx context.Context, endpoint string, c *mdp.Client) error) {
		t.Helper()
		endpoint := testkit.Endpoint(t, "inproc")
		err := run.With(testkit.Soon(t),
			func(ctx context.Context) error {
				c := mdp.NewClient(zctx, endpoint)
				defer c.Close()
				return do(ctx, endpoint, c)
			},
			func(ctx context.Context) error { return mdp.Broker(ctx, zctx, endpoint, beat) },
			func(ctx context.Context) error { return titanic(ctx, zctx, endpoint, dir, beat, every) },
		)
		if err != nil {
			t.Fatal(err)
		}
	}
	voyage(func(ctx context.Context, _ string, c *mdp.Client) (err error) {
		if id, err = submit(ctx, c, "shout", []byte("iceberg")); err != nil {
			return err
		}
		return expect(ctx, c, "titanic.reply", id, statusPending)
	})
	voyage(func(ctx context.Context, endpoint string, c *mdp.Client) error {
		return run.With(ctx, func(ctx context.Context) error {
			reply, err := await(ctx, c, id, every)
			if err != nil {
				return err
			}
			if string(reply[0]) != "ICEBERG!" {
				return fmt.Errorf("the reply is %q", reply)
			}
			for range 2 { // closing twice is as good
				if err := forget(ctx, c, id); err != nil {
					return err
				}
			}
			return expect(ctx, c, "titanic.reply", id, statusUnknown)
		}, func(ctx context.Context) error { return mdp.Work(ctx, zctx, endpoint, "shout", beat, shout) })
	})
}

func expect(ctx context.Context, c *mdp.Client, service string, id []byte, status string) error {
	answer, err := c.Request(ctx, service, id)
	if err == nil && string(answer[0]) != status {
		err = fmt.Errorf("%s: %q, want %s", service, answer, status)
	}
	return err
}

func TestStore(t *testing.T) {
	s, err := openStore(filepath.Join(t.TempDir(), "new"))
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.add(testkit.Bytes("service", "", "body\x00"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.add(testkit.Bytes("service", "body"))
	if err != nil {
		t.Fatal(err)
	}
	if frames, err := s.request(first); err != nil || !slices.Equal(testkit.Strings(frames), []string{"service", "", "body\x00"}) {
		t.Errorf("the request is %q, %v", frames, err)
	}
	if err := s.answer(first, testkit.Bytes("reply")); err != nil {
		t.Fatal(err)
	}
	if ids, err := s.pending(); err != nil || !slices.Equal(ids, []string{second}) {
		t.Errorf("pending are %q, %v, want %q", ids, err, second)
	}
	if err := s.remove(second); err != nil {
		t.Fatal(err)
	}
	testkit.WantError(t, s.answer(second, testkit.Bytes("late")), fs.ErrNotExist)
}

// An id is no way to other files.
func TestForeignIDs(t *testing.T) {
	dir := t.TempDir()
	s, err := openStore(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(dir, "secret"+replyFile)
	if err := os.WriteFile(outside, []byte(`["c2VjcmV0"]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "../secret", "..", strings.Repeat("x", 32), strings.Repeat("0", 31)} {
		if got := lookUp(s, id); string(got[0]) != statusUnknown {
			t.Errorf("%q is answered with %q, want %s", id, got, statusUnknown)
		}
		if got := closeRequest(s, id); string(got[0]) != statusOK {
			t.Errorf("closing %q is answered with %q, want %s", id, got, statusOK)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}
