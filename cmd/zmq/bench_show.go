package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gozmq/cmd/zmq/internal/bench"
	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/units"
)

// show prints the results.
func (b *benchCommand) show(results []bench.Result, title string) error {
	if b.json {
		j, err := json.MarshalIndent(results, "", "  ")
		if err != nil {
			return err
		}
		return b.printLine(string(j))
	}
	var out strings.Builder
	fmt.Fprintln(&out, b.out.Paint(console.Bold, title))
	if b.kind == bench.Latency {
		b.latencyTable(&out, results)
	} else {
		b.throughputTable(&out, results)
	}
	_, err := b.out.WriteString(out.String())
	return writing(err)
}

func (b *benchCommand) throughputTable(out *strings.Builder, results []bench.Result) {
	const columns = "%10s %14s %9s %12s %12s  "
	fmt.Fprintf(out, columns+"%s\n", "size", "messages", "time", "msg/s", "rate", "over time")
	for _, r := range results {
		fmt.Fprintf(out, columns, units.Size(float64(r.Size)), units.Count(float64(r.Messages)), took(r.Seconds),
			units.Count(r.PerSecond), units.Size(r.BytesPerSecond)+"/s")
		_, rates := r.Rates()
		fmt.Fprintln(out, b.out.Paint(console.Cyan, bench.Spark(rates, max(min(b.out.Width()-64, 60), 10))))
	}
}

func (b *benchCommand) latencyTable(out *strings.Builder, results []bench.Result) {
	const columns = "%10s %12s %8s %8s %8s %8s %8s %8s %8s\n"
	fmt.Fprintf(out, columns, "size", "round trips", "min", "mean", "50 %", "90 %", "99 %", "99.9 %", "max")
	for _, r := range results {
		t := r.Times
		row := []any{units.Size(float64(r.Size)), units.Count(float64(r.Messages))}
		for _, ns := range []int64{t.Min, t.Mean, t.P50, t.P90, t.P99, t.P999, t.Max} {
			row = append(row, units.Took(time.Duration(ns)))
		}
		fmt.Fprintf(out, columns, row...)
	}
	for _, r := range results {
		b.histogram(out, r)
	}
}

// histogram draws how long round trips took.
func (b *benchCommand) histogram(out *strings.Builder, r bench.Result) {
	fmt.Fprintf(out, "\n%s\n", units.Size(float64(r.Size)))
	rows := r.Times.Rows(16)
	var top float64
	for _, row := range rows {
		top = max(top, row.Share)
	}
	width := max(min(b.out.Width(), 100)-34, 10)
	for _, row := range rows {
		to := "more"
		if row.To > 0 {
			to = units.Took(time.Duration(row.To))
		}
		bar := bench.Bar(row.Share/top, width)
		fmt.Fprintf(out, "%9s – %-9s %6.2f %% %s\n", units.Took(time.Duration(row.From)), to, 100*row.Share,
			b.out.Paint(console.Cyan, bar))
	}
}

func took(seconds float64) string { return units.Took(time.Duration(seconds * float64(time.Second))) }
