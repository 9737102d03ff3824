package machine

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// Process is what a process uses.
type Process struct {
	Threads  int
	CPU      time.Duration // since it began
	Resident int64         // bytes of memory
}

// Self is this process, as Linux tells it. Elsewhere Threads and Resident are
// 0.
func Self() (p Process, err error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return p, fmt.Errorf("getrusage: %w", err)
	}
	p.CPU = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	status, err := os.ReadFile("/proc/self/status")
	if os.IsNotExist(err) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(line, ":")
		switch key {
		case "Threads":
			_, err = fmt.Sscan(value, &p.Threads)
		case "VmRSS":
			_, err = fmt.Sscan(value, &p.Resident)
			p.Resident *= 1024
		}
		if err != nil {
			return p, fmt.Errorf("/proc/self/status: %q: %w", line, err)
		}
	}
	return p, nil
}
