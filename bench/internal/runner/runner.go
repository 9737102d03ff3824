// Package runner measures: round by round, every run in a process of its own.
package runner

import (
	"context"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
)

// Runner starts the processes.
type Runner struct {
	C        string   // the program in C
	Go       []string // the command that measures with the library named next
	Progress Progress
}

// Progress is told what happens.
type Progress interface {
	Begin(runs int)
	Step(round, rounds int, figure, who string) // before each run
	Failed(figure, who string, err error)
	End()
}

// Run measures all figures once in each round, all who take part one after the
// other, so that ratios compare what ran within seconds, and the rounds of a
// figure are spread over the whole time: a bad minute spoils one pair of some
// figures, and no median. Who begins changes from round to round.
//
// When ctx ends, what is there is returned with its error. A run that fails is
// a sample that says so, and the others go on.
func (r *Runner) Run(ctx context.Context, all []figures.Figure, rounds int) ([]results.Figure, error) {
	measured := make([]results.Figure, len(all))
	runs := 0
	for i, f := range all {
		measured[i].Figure = f
		runs += roundsOf(f, rounds) * len(f.Contestants)
	}
	r.Progress.Begin(runs)
	defer r.Progress.End()
	for round := 1; round <= rounds; round++ {
		for i, f := range all {
			if round > roundsOf(f, rounds) {
				continue
			}
			for place, who := range rotated(f.Contestants, round-1) {
				r.Progress.Step(round, rounds, f.Title, who)
				s := r.once(ctx, f, who)
				if ctx.Err() != nil {
					return measured, ctx.Err()
				}
				if s.err != nil {
					r.Progress.Failed(f.Title, who, s.err)
					s.Err = s.err.Error()
				}
				s.Round, s.Place = round, place+1
				measured[i].Samples = append(measured[i].Samples, s.Sample)
			}
		}
	}
	return measured, nil
}

func roundsOf(f figures.Figure, rounds int) int {
	if f.Rounds > 0 {
		return min(f.Rounds, rounds)
	}
	return rounds
}

// rotated is a list that begins n further on.
func rotated(list []string, n int) []string {
	n %= max(len(list), 1)
	return append(append([]string{}, list[n:]...), list[:n]...)
}
