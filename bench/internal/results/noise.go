package results

import (
	"fmt"
	"slices"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/stats"
)

// What is too much noise to believe a figure.
const (
	mostSpread = 1.5  // C's own fastest run to its slowest, in one figure
	mostLoad   = 0.5  // programs for each core, before the first run
	mostStolen = 0.02 // of the time, by the machine's host
)

// Spread is C's fastest run to its slowest. C does the same in every round, so
// what differs is the machine.
func (f Figure) Spread() (spread float64, ok bool) {
	s := stats.Of(f.Values(contest.C, ""))
	if s.N < 2 || s.Min <= 0 || f.Rounds == 1 {
		return 0, false
	}
	return s.Max / s.Min, true
}

// Noisy reports whether the figure was measured on a machine that was busy.
func (f Figure) Noisy() bool {
	spread, ok := f.Spread()
	return ok && spread > mostSpread
}

// Noise says, a sentence each, why the results should not be trusted. It is
// empty when the machine was quiet.
func (r Results) Noise() (warnings []string) {
	if most := mostLoad * float64(r.Machine.Cores); r.LoadBefore > most {
		warnings = append(warnings, fmt.Sprintf(
			"The load was %.1f on %d cores before the first run: something else was running.", r.LoadBefore, r.Machine.Cores))
	}
	if r.Stolen > mostStolen {
		warnings = append(warnings, fmt.Sprintf(
			"The host took %.0f %% of the machine's time away for others.", 100*r.Stolen))
	}
	var spreads []float64
	noisy, compared := 0, 0
	for _, f := range r.Figures {
		if spread, ok := f.Spread(); ok {
			compared++
			spreads = append(spreads, spread)
			if f.Noisy() {
				noisy++
			}
		}
	}
	if noisy > 0 {
		warnings = append(warnings, fmt.Sprintf(
			"In %d of %d figures C's own fastest run was more than %.1f times its slowest, and up to %.1f times. They are marked ⚠.",
			noisy, compared, mostSpread, slices.Max(spreads)))
	}
	return warnings
}
