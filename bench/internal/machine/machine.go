// Package machine says on what the benchmarks run, and how quiet it is there.
package machine

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"gozmq/libzmq"
)

// Machine is what results depend on.
type Machine struct {
	OS     string  `json:"os"`
	Arch   string  `json:"arch"`
	System string  `json:"system,omitempty"` // its name and version
	CPU    string  `json:"cpu,omitempty"`
	Cores  int     `json:"cores"`
	Memory float64 `json:"memory_gib,omitempty"`
	Go     string  `json:"go"`
	Libzmq string  `json:"libzmq"`
}

// Describe looks at this machine. What it cannot find out is left empty.
func Describe() (Machine, error) {
	major, minor, patch, err := libzmq.Version()
	if err != nil {
		return Machine{}, err
	}
	m := Machine{
		OS: runtime.GOOS, Arch: runtime.GOARCH, Cores: runtime.NumCPU(), Go: runtime.Version(),
		Libzmq: fmt.Sprintf("%d.%d.%d", major, minor, patch),
		CPU:    value("/proc/cpuinfo", "model name", ":"),
		System: strings.Trim(value("/etc/os-release", "PRETTY_NAME", "="), `"`),
	}
	var kib float64
	if _, err := fmt.Sscan(value("/proc/meminfo", "MemTotal", ":"), &kib); err == nil {
		m.Memory = kib / (1 << 20)
	}
	return m, nil
}

// value is the first one of a key in a file of keys and values.
func value(file, key, separator string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if k, v, ok := strings.Cut(line, separator); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// String is one line.
func (m Machine) String() string {
	parts := []string{fmt.Sprintf("%d cores", m.Cores)}
	if m.CPU != "" {
		parts[0] += " of " + m.CPU
	}
	if m.Memory > 0 {
		parts = append(parts, fmt.Sprintf("%.0f GiB", m.Memory))
	}
	system := m.System
	if system == "" {
		system = m.OS
	}
	return strings.Join(append(parts, system+" "+m.Arch, "libzmq "+m.Libzmq, m.Go), ", ")
}
