// Package stats has the few statistics that the report needs. All of them are
// about order, none about means: one bad run must not move a result.
package stats

import (
	"math"
	"slices"
)

// Summary is what many values come to.
type Summary struct {
	N                int
	Median, Min, Max float64
	Q1, Q3           float64 // quartiles
}

// Of sums values up. Of none, all is NaN.
func Of(values []float64) Summary {
	v := slices.Sorted(slices.Values(values))
	return Summary{
		N: len(v), Median: quantile(v, 0.5), Min: quantile(v, 0), Max: quantile(v, 1),
		Q1: quantile(v, 0.25), Q3: quantile(v, 0.75),
	}
}

// quantile is between two values where none stands at the place.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
