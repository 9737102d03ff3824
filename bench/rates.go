package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// figure is something to measure: messages one way, or round trips.
type figure struct {
	pattern   string // push or req
	transport string // tcp or inproc
	size      int
	messages  int
}

var figures = []figure{
	{"push", "tcp", 16, 1_000_000},
	{"push", "tcp", 1024, 300_000},
	{"push", "inproc", 16, 1_000_000},
	{"push", "inproc", 1024, 300_000},
	{"req", "tcp", 16, 20_000},
}

// contestants run in this order, in turn.
var contestants = []string{"C", "pebbe/zmq4", "gozmq one by one", "gozmq batches"}

func (f figure) args() []string {
	return []string{f.pattern, f.transport, strconv.Itoa(f.size), strconv.Itoa(f.messages)}
}

// does reports whether a contestant has this figure: a round trip cannot be
// batched.
func (f figure) does(who string) bool { return f.pattern != "req" || who != "gozmq batches" }

// rates prints the median of n runs of everybody, and what it is in terms of
// the others. For push the unit is messages per second, for req the median
// time of a round trip.
func rates(n int) error {
	dir, err := os.MkdirTemp("", "gozmq-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cProgram := filepath.Join(dir, "loop")
	if out, err := exec.Command("cc", "-O2", "-o", cProgram, "c/loop.c", "-lzmq", "-lpthread").CombinedOutput(); err != nil {
		return fmt.Errorf("compile c/loop.c: %w: %s", err, out)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Println("| what | who | median | of C | of pebbe/zmq4 |")
	fmt.Println("|---|---|---|---|---|")
	for _, f := range figures {
		results := map[string][]float64{}
		for range n {
			for _, who := range contestants {
				if !f.does(who) {
					continue
				}
				cmd := exec.Command(self, append([]string{"one", who}, f.args()...)...)
				if who == "C" {
					cmd = exec.Command(cProgram, f.args()...)
				}
				cmd.Stderr = os.Stderr
				out, err := cmd.Output()
				if err != nil {
					return fmt.Errorf("%v: %w", cmd.Args, err)
				}
				x, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
				if err != nil {
					return fmt.Errorf("%v: %w", cmd.Args, err)
				}
				results[who] = append(results[who], x)
			}
		}
		f.print(results)
	}
	return nil
}

func (f figure) print(results map[string][]float64) {
	c, pebbe := median(results["C"]), median(results["pebbe/zmq4"])
	for _, who := range contestants {
		if !f.does(who) {
			continue
		}
		m := median(results[who])
		name, value := fmt.Sprintf("PUSH/PULL %s %d B", f.transport, f.size), fmt.Sprintf("%.0f msg/s", m)
		if f.pattern == "req" {
			name, value = fmt.Sprintf("REQ/REP %s %d B", f.transport, f.size), fmt.Sprintf("%.1f µs", m)
		}
		fmt.Printf("| %s | %s | %s | %.2f | %.2f |\n", name, who, value, m/c, m/pebbe)
	}
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
