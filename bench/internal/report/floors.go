package report

import (
	"fmt"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/stats"
)

// Floors is a table of what has to be reached, and whether it is. It is empty
// when no figure has a floor.
func Floors(all []results.Figure) string {
	t := newTable("figure", "who", "compared with", "median:", "spread:", "pairs:", "floor:", "")
	rows := 0
	for _, f := range all {
		for _, floor := range f.Floors {
			s := stats.Of(f.Compared(floor))
			if s.N == 0 {
				continue
			}
			format := number
			if floor.Against != "" {
				format = ratio
			}
			t.row(name(f), floor.Who, comparison(f, floor), format(s.Median), spread(s.Min, s.Max, format),
				fmt.Sprint(s.N), bound(floor), verdict(floor, s.Median))
			rows++
		}
	}
	if rows == 0 {
		return ""
	}
	return t.String()
}

// name is a figure's, with a mark when the machine was busy.
func name(f results.Figure) string {
	if f.Noisy() {
		return f.Title + " ⚠"
	}
	return f.Title
}

func comparison(f results.Figure, floor figures.Floor) string {
	if floor.Against != "" {
		return floor.Against
	}
	if floor.Metric != "" {
		return heading(floor.Metric)
	}
	return f.Unit
}

func bound(floor figures.Floor) string {
	if floor.AtMost {
		return "≤ " + short(floor.Bound)
	}
	return "≥ " + short(floor.Bound)
}

func short(v float64) string { return fmt.Sprintf("%g", v) }

// verdict is on the median itself, of which the table shows two decimals.
func verdict(floor figures.Floor, median float64) string {
	switch {
	case floor.AtMost && median <= floor.Bound, !floor.AtMost && median >= floor.Bound:
		return "met"
	case floor.AtMost:
		return "**over**"
	}
	return "**under**"
}
