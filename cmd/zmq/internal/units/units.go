// Package units reads and writes numbers as people do: sizes, rates, times.
package units

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var factors = []struct {
	suffix string
	factor float64
}{
	// The longer suffix first: "KiB" ends in "B" too.
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12},
	{"K", 1 << 10}, {"k", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"T", 1 << 40},
	{"B", 1},
}

// ParseSize reads a number of bytes: "4096", "64KiB", "1.5MB", "2G" (which is
// 2 GiB).
func ParseSize(s string) (int64, error) {
	number, factor := s, 1.0
	for _, f := range factors {
		if rest, ok := strings.CutSuffix(s, f.suffix); ok {
			number, factor = strings.TrimSpace(rest), f.factor
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(n) || n < 0 || n*factor >= math.MaxInt64 {
		return 0, fmt.Errorf("%q is no size, such as 4096, 64KiB or 1.5MB", s)
	}
	return int64(n * factor), nil
}

// Size writes a number of bytes: "17 B", "64 KiB", "1.5 GiB".
func Size(n float64) string {
	const step = 1024
	if n < step {
		return fmt.Sprintf("%.0f B", n)
	}
	unit := -1
	for n >= step && unit < len("KMGTPE")-1 {
		n /= step
		unit++
	}
	digits := strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0")
	return fmt.Sprintf("%s %ciB", digits, "KMGTPE"[unit])
}

// Count writes a number with commas: "1,234,567".
func Count(n float64) string {
	s := strconv.FormatFloat(math.Round(n), 'f', 0, 64)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// ParseRate reads how often something happens, as events per second: "100",
// "2.5/s", "10/m", "1/h".
func ParseRate(s string) (float64, error) {
	number, per, found := strings.Cut(s, "/")
	seconds, known := map[string]float64{"": 1, "s": 1, "m": 60, "h": 3600}[per]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || n < 0 || !known || found && per == "" {
		return 0, fmt.Errorf("%q is no rate, such as 100, 2.5/s, 10/m or 1/h", s)
	}
	return n / seconds, nil
}

// Forever is a wait without an end, in the way of libzmq.
const Forever time.Duration = -1

// ParseWait reads a time to wait: "250ms", "1m30s", or "forever".
func ParseWait(s string) (time.Duration, error) {
	if s == "forever" || s == "-1" {
		return Forever, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no time, such as 250ms, 1m30s or forever", s)
	}
	return d, nil
}

// Took writes a time with three figures: "1.23 ms".
func Took(d time.Duration) string {
	for _, u := range []struct {
		name string
		unit time.Duration
	}{{"s", time.Second}, {"ms", time.Millisecond}, {"µs", time.Microsecond}} {
		if d >= u.unit {
			return figures(float64(d)/float64(u.unit)) + " " + u.name
		}
	}
	return strconv.FormatInt(int64(d), 10) + " ns"
}

func figures(v float64) string {
	switch {
	case v >= 99.95:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 9.995:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}
