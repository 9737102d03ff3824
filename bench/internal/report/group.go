package report

import (
	"slices"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/stats"
	"gozmq/bench/internal/work"
)

// Group is the table of figures of one group.
func Group(all []results.Figure) string {
	if all[0].Rounds == 1 {
		return costs(all)
	}
	return compared(all)
}

// compared has a row for each figure and who takes part.
func compared(all []results.Figure) string {
	titles := []string{"figure", "who", all[0].Unit + ":", "spread:"}
	slow := all[0].Metric == work.Median
	if slow {
		titles = append(titles, "99 %:")
	}
	t := newTable(append(titles, "of C:", "spread:", "of pebbe/zmq4:", "spread:")...)
	for _, f := range all {
		for _, who := range contest.Names {
			s := stats.Of(f.Values(who, ""))
			if s.N == 0 {
				continue
			}
			cells := []string{name(f), who, number(s.Median), spread(s.Min, s.Max, number)}
			if slow {
				cells = append(cells, number(stats.Of(f.Values(who, work.P99)).Median))
			}
			for _, base := range []string{contest.C, contest.Pebbe} {
				r := stats.Of(f.Ratios(who, base, ""))
				if who == base {
					cells = append(cells, "1", none)
				} else {
					cells = append(cells, ratio(r.Median), spread(r.Min, r.Max, ratio))
				}
			}
			t.row(cells...)
		}
	}
	return t.String()
}

// costs has a column for each value.
func costs(all []results.Figure) string {
	var metrics []string
	for _, f := range all {
		for _, s := range f.Samples {
			for m := range s.Values {
				if !slices.Contains(metrics, m) {
					metrics = append(metrics, m)
				}
			}
		}
	}
	slices.SortFunc(metrics, func(a, b string) int { return place(a) - place(b) })
	titles := []string{"figure", "who"}
	for _, m := range metrics {
		titles = append(titles, heading(m)+":")
	}
	t := newTable(titles...)
	for _, f := range all {
		for _, who := range contest.Names {
			cells := []string{f.Title, who}
			found := false
			for _, m := range metrics {
				s := stats.Of(f.Values(who, m))
				found = found || s.N > 0
				cells = append(cells, number(s.Median))
			}
			if found {
				t.row(cells...)
			}
		}
	}
	return t.String()
}

// columns are the values in the order of tables, with their headings.
var columns = []struct{ metric, heading string }{
	{work.Count, "sockets"}, {work.Goroutines, "goroutines"}, {work.Threads, "OS threads"},
	{work.CPU, "% of a core"}, {work.Memory, "KiB a socket"},
	{work.Median, "median µs"}, {work.P99, "99 % µs"}, {work.Max, "max µs"},
	{"Send", "Send"}, {"SendMsg", "SendMsg"}, {"TrySend", "TrySend"}, {"SendBatch of 32", "SendBatch of 32"},
	{"Recv", "Recv"}, {"RecvMsg", "RecvMsg"}, {"TryRecv", "TryRecv"}, {"RecvBatch of 32", "RecvBatch of 32"},
}

func place(metric string) int {
	for i, c := range columns {
		if c.metric == metric {
			return i
		}
	}
	return len(columns)
}

func heading(metric string) string {
	if i := place(metric); i < len(columns) {
		return columns[i].heading
	}
	return metric
}
