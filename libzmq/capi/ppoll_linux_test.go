//go:build cgo

package capi

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// TestDraftPPollSignals: a signal that is blocked for the wait stays pending until it is over, and
// one that the thread keeps away otherwise ends the wait.
func TestDraftPPollSignals(t *testing.T) {
	needDraft(t)
	const sig = syscall.SIGUSR1
	received := make(chan os.Signal, 1)
	signal.Notify(received, sig)
	defer signal.Stop(received)
	arrives := func() {
		t.Helper()
		select {
		case <-received:
		case <-time.After(10 * time.Second):
			t.Error("the signal does not arrive")
		}
	}
	x, y := pair(t, PAIR, PAIR)
	items := []PollItem{{Socket: x, Events: POLLIN}}
	// Go's runtime interrupts its threads with SIGURG.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	tid := syscall.Gettid()

	sent := make(chan error, 1)
	go func() {
		err := waitPending(tid, sig) // it can be only in the wait
		select {
		case <-received: // one from before that
		default:
		}
		if _, failed := y.Send([]byte("enough"), 0); err == nil {
			err = failed
		}
		sent <- err
	}()
	if n, err := PPoll(items, 20_000, []syscall.Signal{sig, syscall.SIGURG}); err != nil || n != 1 {
		t.Errorf("%d, %v; want the message", n, err)
	}
	ok(t, <-sent)
	arrives()

	var set, old [8]byte // bit n-1 is signal n
	binary.NativeEndian.PutUint64(set[:], 1<<(sig-1))
	mask(t, &set, &old)
	defer mask(t, &old, nil)
	ok(t, kill(tid, sig))
	ok(t, waitPending(tid, sig))
	buf := make([]byte, 10)
	_, err := x.Recv(buf, 0)
	ok(t, err)
	want(t, second(PPoll(items, 20_000, []syscall.Signal{syscall.SIGURG})), EINTR)
	arrives()
}

// waitPending sends a signal to a thread until it is pending there.
func waitPending(tid int, sig syscall.Signal) error {
	pending := regexp.MustCompile(`SigPnd:\s*([0-9a-f]+)`)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if err := kill(tid, sig); err != nil {
			return err
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/status", tid))
		if err != nil {
			return err
		}
		bits, err := strconv.ParseUint(string(pending.FindSubmatch(status)[1]), 16, 64)
		if err != nil {
			return err
		}
		if bits&(1<<(sig-1)) != 0 {
			return nil
		}
	}
	return fmt.Errorf("%v is never pending", sig)
}

// mask sets the thread's signal mask. old, if there is one, becomes what it was.
func mask(t *testing.T, set, old *[8]byte) {
	t.Helper()
	const setMask = 2
	if _, _, errno := syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, setMask, uintptr(unsafe.Pointer(set)),
		uintptr(unsafe.Pointer(old)), uintptr(len(set)), 0, 0); errno != 0 {
		t.Fatal(errno)
	}
}

func kill(tid int, sig syscall.Signal) error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(os.Getpid()), uintptr(tid), uintptr(sig)); errno != 0 {
		return errno
	}
	return nil
}
