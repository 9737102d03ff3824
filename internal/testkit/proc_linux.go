package testkit

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Descriptors is how many file descriptors the process has open.
func Descriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// Threads is how many threads the process has.
func Threads() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if n, ok := strings.CutPrefix(line, "Threads:"); ok {
			threads, _ := strconv.Atoi(strings.TrimSpace(n))
			return threads
		}
	}
	return 0
}

// Memory is how many bytes of memory the process has.
func Memory() int {
	pages, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	_, resident, _ := strings.Cut(string(pages), " ")
	resident, _, _ = strings.Cut(resident, " ")
	n, _ := strconv.Atoi(resident)
	return n * os.Getpagesize()
}

// CPU is the processor time that the process has used.
func CPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
