package machine

import (
	"fmt"
	"os"
	"strings"
)

// Load is how many programs wanted a core, on the average of the last minute.
// It is 0 where the system does not say.
func Load() (load float64) {
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		_, _ = fmt.Sscan(string(text), &load)
	}
	return load
}

// Ticks are times of all cores together, since the machine started.
type Ticks struct{ All, Stolen float64 }

// ReadTicks gives zeroes where the system does not say.
func ReadTicks() (t Ticks) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return t
	}
	line, _, _ := strings.Cut(string(text), "\n")
	const stolen = 8 // cpu user nice system idle iowait irq softirq steal
	for i, word := range strings.Fields(line) {
		if i == 0 || i > stolen {
			continue // what guests had is part of user
		}
		var n float64
		_, _ = fmt.Sscan(word, &n)
		t.All += n
		if i == stolen {
			t.Stolen = n
		}
	}
	return t
}

// StolenSince is the share of the time in which the host gave this machine's
// cores to others, 0 to 1.
func StolenSince(before Ticks) float64 {
	now := ReadTicks()
	if now.All <= before.All {
		return 0
	}
	return (now.Stolen - before.Stolen) / (now.All - before.All)
}
