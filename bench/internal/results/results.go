// Package results is what was measured: every single value, and what they come
// to. It is kept as JSON, from which the report can be made again.
package results

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/machine"
	"gozmq/bench/internal/work"
)

// Results are those of one run of the benchmarks.
type Results struct {
	Machine     machine.Machine `json:"machine"`
	Started     time.Time       `json:"started"`
	Seconds     float64         `json:"seconds"`
	Full        bool            `json:"full"`
	Rounds      int             `json:"rounds"`
	Interrupted bool            `json:"interrupted,omitempty"`
	LoadBefore  float64         `json:"load_before"` // see machine.Load
	Stolen      float64         `json:"stolen"`      // see machine.StolenSince
	Figures     []Figure        `json:"figures"`
}

// Figure is one with what was measured.
type Figure struct {
	figures.Figure
	Samples []Sample `json:"samples"`
}

// Sample is one run of one who takes part: a process of its own.
type Sample struct {
	Round  int          `json:"round"`
	Place  int          `json:"place"` // in the order of the round
	Who    string       `json:"who"`
	Values work.Outcome `json:"values,omitempty"`
	CPU    float64      `json:"cpu_seconds"` // of the process
	Wall   float64      `json:"wall_seconds"`
	Err    string       `json:"error,omitempty"`
}

// Load reads a file that Save wrote.
func Load(path string) (r Results, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// Save writes the results as JSON.
func (r Results) Save(path string) error {
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// Failures are the runs that ended with an error.
func (r Results) Failures() (lines []string) {
	for _, f := range r.Figures {
		for _, s := range f.Samples {
			if s.Err != "" {
				lines = append(lines, fmt.Sprintf("%s, %s, round %d: %s", f.Title, s.Who, s.Round, s.Err))
			}
		}
	}
	return lines
}
