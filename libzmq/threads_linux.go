package libzmq

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"gozmq/internal/engine"
	"gozmq/internal/options"
)

// threads follows what was asked for libzmq's threads. When the system refuses
// that, libzmq aborts the process, so it is tried on a thread of Go's first,
// which is then thrown away. It is guarded by its context's mu.
type threads struct {
	policy, priority int // -1 is the system's
	cpus             map[int]bool
	asked            bool // there is something to try
}

func newThreads() threads { return threads{policy: -1, priority: -1, cpus: map[int]bool{}} }

// option follows an option that libzmq has taken.
func (th *threads) option(num int, value []byte) {
	if len(value) != 4 {
		return
	}
	v := int(int32(binary.NativeEndian.Uint32(value)))
	switch num {
	case options.ThreadSchedPolicy:
		th.policy = v
	case options.ThreadPriority:
		th.priority = v
	case options.ThreadCPUAdd:
		th.cpus[v] = true
	case options.ThreadCPURemove:
		delete(th.cpus, v)
	default:
		return
	}
	th.asked = true
}

// check tries what was asked, once, before libzmq starts its threads.
func (th *threads) check() error {
	if !th.asked {
		return nil
	}
	result := make(chan error)
	go func() {
		// Never unlocked: the thread ends with the goroutine.
		runtime.LockOSThread()
		result <- th.try()
	}()
	err := <-result
	th.asked = err != nil
	return err
}

// Linux's scheduling policies that have priorities.
const schedFIFO, schedRR = 1, 2

// try does what libzmq's threads do first.
func (th *threads) try() error {
	policy, priority := th.policy, int32(0)
	if policy < 0 {
		now, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_GETSCHEDULER, 0, 0, 0)
		if errno != 0 {
			return errno
		}
		policy = int(now)
	}
	realtime := policy == schedFIFO || policy == schedRR
	if realtime {
		priority = int32(max(th.priority, 0))
	}
	_, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETSCHEDULER, 0, uintptr(policy), uintptr(unsafe.Pointer(&priority)))
	if errno != 0 {
		return refused{engine.ErrInvalid, fmt.Sprintf("libzmq's threads cannot have scheduling policy %d with priority %d: %v", policy, priority, errno)}
	}
	if !realtime && th.priority > 0 {
		if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, -20); err != nil {
			return refused{engine.ErrInvalid, fmt.Sprintf("libzmq's threads cannot have a priority above that of others: %v", err)}
		}
	}
	if len(th.cpus) == 0 {
		return nil
	}
	var set [1024 / 64]uint64 // cpu_set_t
	for cpu := range th.cpus {
		if cpu < 1024 {
			set[cpu/64] |= 1 << (cpu % 64)
		}
	}
	_, _, errno = syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
	if errno != 0 {
		return refused{engine.ErrInvalid, fmt.Sprintf("libzmq's threads can run on none of the CPUs asked for: %v", errno)}
	}
	return nil
}
