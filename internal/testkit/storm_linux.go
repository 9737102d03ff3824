package testkit

import (
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Storm sends SIGURG, Go's own signal for preemption, to every thread of the
// process over and over until the test ends.
func Storm(t testing.TB) {
	var over atomic.Bool
	group := NewGroup(t)
	group.Go(func() error {
		pid := os.Getpid()
		for !over.Load() {
			threads, err := os.ReadDir("/proc/self/task")
			if err != nil {
				return err
			}
			for _, thread := range threads {
				id, _ := strconv.Atoi(thread.Name())
				// A thread may have ended meanwhile.
				_, _, _ = syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(pid), uintptr(id), uintptr(syscall.SIGURG))
			}
			time.Sleep(50 * time.Microsecond)
		}
		return nil
	})
	t.Cleanup(func() { over.Store(true); group.Wait() })
}
