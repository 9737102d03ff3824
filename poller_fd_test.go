//go:build unix

package zmq_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// pipe is two raw descriptors, which block as those of other programs do.
func pipe(t *testing.T) (r, w int) {
	t.Helper()
	var fds [2]int
	if err := syscall.Pipe(fds[:]); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Close(fds[0])
		_ = syscall.Close(fds[1])
	})
	return fds[0], fds[1]
}

func addFD(t *testing.T, p *zmq.Poller, fd int, events zmq.Events) {
	t.Helper()
	if err := p.AddFD(uintptr(fd), events); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, fd int) {
	t.Helper()
	if _, err := syscall.Write(fd, []byte{1}); err != nil {
		t.Fatal(err)
	}
}

func TestPollerDescriptors(t *testing.T) {
	t.Run("the descriptor stays as it is", func(t *testing.T) {
		p := poller(t)
		r, _ := pipe(t)
		addFD(t, p, r, zmq.In)
		flags, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(r), syscall.F_GETFL, 0)
		if errno != 0 || flags&syscall.O_NONBLOCK != 0 {
			t.Errorf("flags %#x, %v", flags, errno)
		}
	})

	t.Run("Modify, a hang-up and Remove", func(t *testing.T) {
		p := poller(t)
		r, w := pipe(t)
		addFD(t, p, w, zmq.Out)
		addFD(t, p, r, zmq.In)
		if got := wait(t, p); len(got) != 1 || got[0].FD != uintptr(w) || got[0].Events != zmq.Out {
			t.Errorf("%v", got)
		}
		if err := p.ModifyFD(uintptr(w), zmq.In); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		defer cancel()
		_, err := p.Wait(ctx, make([]zmq.Ready, 2))
		testkit.WantError(t, err, context.DeadlineExceeded)
		if err := p.RemoveFD(uintptr(w)); err != nil {
			t.Error(err)
		}
		_ = syscall.Close(w)
		if got := wait(t, p); len(got) != 1 || got[0].FD != uintptr(r) || got[0].Events != zmq.In {
			t.Errorf("after a hang-up: %v", got)
		}
		if err := p.RemoveFD(uintptr(r)); err != nil {
			t.Error(err)
		}
		_, err = p.TryWait(make([]zmq.Ready, 1))
		testkit.WantError(t, err, zmq.ErrAgain)
		addFD(t, p, r, zmq.In) // again
		wait(t, p)
	})

	t.Run("what cannot be watched is an error", func(t *testing.T) {
		p := poller(t)
		name := filepath.Join(t.TempDir(), "file")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		testkit.WantError(t, p.AddFD(f.Fd(), zmq.In), zmq.ErrInvalid)
		r, _ := pipe(t)
		addFD(t, p, r, zmq.In)
		testkit.WantError(t, p.AddFD(uintptr(r), zmq.In), zmq.ErrInvalid)
		testkit.WantError(t, p.AddFD(^uintptr(0), zmq.In), syscall.EBADF)
		testkit.WantError(t, p.AddFD(1<<20, zmq.In), syscall.EBADF)
		testkit.WantError(t, p.AddFD(uintptr(r), 0), zmq.ErrInvalid)
	})

	t.Run("many, with Close under a Wait", func(t *testing.T) {
		p := new(zmq.Poller)
		for range 50 {
			r, _ := pipe(t)
			addFD(t, p, r, zmq.In)
		}
		r, w := pipe(t)
		addFD(t, p, r, zmq.In)
		write(t, w)
		if got := wait(t, p); len(got) != 1 || got[0].FD != uintptr(r) {
			t.Errorf("%v", got)
		}
		if err := p.RemoveFD(uintptr(r)); err != nil {
			t.Error(err)
		}
		g := testkit.NewGroup(t)
		g.Go(func() error {
			if _, err := p.Wait(testkit.Soon(t), make([]zmq.Ready, 1)); !errors.Is(err, zmq.ErrClosed) {
				return err
			}
			return nil
		})
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		g.Wait()
	})
}
