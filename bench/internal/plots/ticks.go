package plots

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// thousands writes numbers such as 200k and 1.5M, with three digits.
func thousands(v float64) string {
	switch {
	case v >= 1e6:
		return threeDigits(v/1e6) + "M"
	case v >= 1e4:
		return threeDigits(v/1e3) + "k"
	case v >= 1e3:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return threeDigits(v)
}

func threeDigits(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// named are ticks with short labels.
type named struct{ plot.Ticker }

func (n named) Ticks(lo, hi float64) []plot.Tick {
	ticks := n.Ticker.Ticks(lo, hi)
	for i, t := range ticks {
		if t.Label != "" {
			ticks[i].Label = thousands(t.Value)
		}
	}
	return ticks
}

// decades are ticks of a logarithmic axis: 1, 10, 100, and marks between.
type decades struct{}

func (decades) Ticks(lo, hi float64) (ticks []plot.Tick) {
	for decade := math.Pow(10, math.Floor(math.Log10(lo))); decade <= hi; decade *= 10 {
		for s := 1.0; s < 10; s++ {
			v := s * decade
			if v < lo || v > hi {
				continue
			}
			tick := plot.Tick{Value: v}
			if s == 1 {
				tick.Label = thousands(decade)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}

// wholeDecades makes an axis a logarithmic one that begins and ends with a
// power of ten, so that it has labels enough.
func wholeDecades(a *plot.Axis) {
	a.Scale, a.Tick.Marker = plot.LogScale{}, decades{}
	a.Min = math.Pow(10, math.Floor(math.Log10(a.Min)))
	a.Max = math.Pow(10, math.Ceil(math.Log10(a.Max)))
	if a.Max <= a.Min {
		a.Max = a.Min * 10
	}
}

// widen leaves room at both ends of a logarithmic axis, for marks and labels.
func widen(a *plot.Axis) {
	const room = 1.25
	a.Min, a.Max = a.Min/room, a.Max*room
	if a.Max <= a.Min {
		a.Max = a.Min * 10
	}
}
