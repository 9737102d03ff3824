package bench

import (
	"math"
	"strings"
)

// Row is a bar of a histogram: how many of all are between two times.
type Row struct {
	From, To int64   // nanoseconds; To 0 is everything above From
	Share    float64 // of all, 0 to 1
}

// series are preferred numbers, coarser and coarser: every row of a histogram
// is wider than the last by about the same factor.
var series = [][]float64{
	{1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8},
	{1, 1.6, 2.5, 4, 6.3},
	{1, 2, 5},
	{1},
}

// Rows makes a histogram of at most so many rows, with the slowest thousandth
// in the last.
func (t *Times) Rows(most int) []Row {
	var bounds []int64
	for _, steps := range series {
		bounds = between(steps, t.Min, t.P999)
		if len(bounds) <= most {
			break
		}
	}
	rows := make([]Row, len(bounds))
	for i, from := range bounds {
		rows[i].From = from
		if i+1 < len(bounds) {
			rows[i].To = bounds[i+1]
		}
	}
	var all int64
	for _, b := range t.Histogram {
		all += b.Count
	}
	for _, b := range t.Histogram {
		i := 0
		for i+1 < len(rows) && b.From >= rows[i].To {
			i++
		}
		rows[i].Share += float64(b.Count) / float64(all)
	}
	if last := len(rows) - 1; rows[last].Share == 0 {
		rows = rows[:last]
	}
	return rows
}

// between gives the numbers of a series from the last one that is not above lo
// to the first one that is not below hi.
func between(steps []float64, lo, hi int64) (bounds []int64) {
	lo = max(lo, 1)
	for decade := math.Pow(10, math.Floor(math.Log10(float64(lo)))); ; decade *= 10 {
		for _, s := range steps {
			v := int64(math.Round(s * decade))
			if v <= lo {
				bounds = bounds[:0]
			}
			bounds = append(bounds, v)
			if v >= hi {
				return bounds
			}
		}
	}
}

var eighths = []rune(" ▏▎▍▌▋▊▉█")

// Bar is a bar of at most so many characters, to an eighth of one.
func Bar(share float64, width int) string {
	n := int(math.Round(share * float64(width) * 8))
	bar := strings.Repeat("█", n/8)
	if n%8 > 0 {
		bar += string(eighths[n%8])
	}
	if bar == "" && share > 0 {
		bar = string(eighths[1])
	}
	return bar
}

var levels = []rune("▁▂▃▄▅▆▇█")

// Spark is a line of at most so many characters that go up and down with
// values, from 0 to the highest.
func Spark(values []float64, width int) string {
	n := min(width, len(values))
	if n == 0 {
		return ""
	}
	means := make([]float64, n)
	var top float64
	for i := range means {
		part := values[i*len(values)/n : (i+1)*len(values)/n]
		for _, v := range part {
			means[i] += v / float64(len(part))
		}
		top = max(top, means[i])
	}
	line := make([]rune, n)
	for i, m := range means {
		line[i] = levels[0]
		if top > 0 {
			line[i] = levels[min(int(m/top*float64(len(levels))), len(levels)-1)]
		}
	}
	return string(line)
}
