package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gozmq/libzmq/capi"
)

// figures are what a scenario has to say.
type figures struct {
	scenario    scenario
	began       time.Time
	descriptors int

	ops      atomic.Int64 // calls that were made
	faults   atomic.Int64 // injected: kills, cuts, signals, lines taken down
	promised atomic.Int64 // messages that had to arrive
	received atomic.Int64 // those of them that did

	mu    sync.Mutex
	notes []string
}

const header = "| scenario | seconds | calls | faults | promised | received | leaks | also |\n|---|---|---|---|---|---|---|---|\n"

func begin(s scenario) *figures {
	return &figures{scenario: s, began: time.Now(), descriptors: descriptors()}
}

// note adds a remark to the table.
func (f *figures) note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notes = append(f.notes, fmt.Sprintf(format, args...))
}

// kept fails unless everything that was promised has arrived.
func (f *figures) kept() error {
	if p, r := f.promised.Load(), f.received.Load(); p != r {
		return fmt.Errorf("%d messages were promised, %d arrived", p, r)
	}
	return nil
}

// leaks fails when something stays of a scenario that has ended.
func (f *figures) leaks() error {
	const patience = 10 * time.Second
	var left string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		runtime.GC()
		var stays []string
		if n := strangers(); n > 0 {
			stays = append(stays, fmt.Sprintf("%d goroutines", n))
		}
		if n := descriptors(); n > f.descriptors {
			stays = append(stays, fmt.Sprintf("%d descriptors, where %d were before", n, f.descriptors))
		}
		if n := capi.Lent(); n > 0 {
			stays = append(stays, fmt.Sprintf("%d messages of C", n))
		}
		if left = strings.Join(stays, ", "); left == "" {
			return nil
		}
	}
	return fmt.Errorf("left behind: %s", left)
}

func (f *figures) print(table *strings.Builder, err error) {
	leaks := "0"
	if err != nil {
		f.notes = append(f.notes, "BROKEN: "+err.Error())
		leaks = "?"
	}
	fmt.Fprintf(table, "| %s | %.0f | %d | %d | %d | %d | %s | %s |\n", f.scenario.name, time.Since(f.began).Seconds(),
		f.ops.Load(), f.faults.Load(), f.promised.Load(), f.received.Load(), leaks, strings.Join(f.notes, "; "))
}

// strangers counts goroutines that belong neither to main nor to the runtime's
// signals.
func strangers() int {
	buf := make([]byte, 1<<20)
	n := 0
	for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		switch {
		case strings.Contains(g, "main.main("), strings.Contains(g, "os/signal."), strings.Contains(g, "runtime.ensureSigM"),
			strings.Contains(g, "runtime.runCleanups"):
		default:
			n++
		}
	}
	return n
}

// descriptors counts open files; 0 where that cannot be known.
func descriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// resident is the process's memory in MiB; 0 where that cannot be known.
func resident() int {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int
	if _, err := fmt.Sscan(string(statm), &size, &pages); err != nil {
		return 0
	}
	return pages * os.Getpagesize() >> 20
}
