package report

import (
	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/stats"
)

// sideBySide are the columns of Glance. Where a pattern has only one way, it
// is one by one.
var sideBySide = []struct{ title, who, or string }{
	{"C", contest.C, ""},
	{"gozmq, batches", contest.Batches, ""},
	{"gozmq, one by one", contest.OneByOne, contest.Gozmq},
	{contest.Pebbe, contest.Pebbe, ""},
	{contest.PureGo, contest.PureGo, ""},
}

// Glance is a table of medians with all who take part side by side: streams
// and round trips. It is empty when there are none.
func Glance(all []results.Figure) string {
	titles := []string{"medians"}
	for _, column := range sideBySide {
		titles = append(titles, column.title+":")
	}
	t := newTable(titles...)
	rows := 0
	for _, f := range all {
		if f.Group != figures.Throughput && f.Group != figures.Latency || len(f.Samples) == 0 {
			continue
		}
		cells := []string{f.Title + ", " + f.Unit}
		for _, column := range sideBySide {
			s := stats.Of(f.Values(column.who, ""))
			if s.N == 0 && column.or != "" {
				s = stats.Of(f.Values(column.or, ""))
			}
			cells = append(cells, number(s.Median))
		}
		t.row(cells...)
		rows++
	}
	if rows == 0 {
		return ""
	}
	return t.String()
}
