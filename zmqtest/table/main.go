// Command table makes docs/conformance.md from reports of the conformance
// suite:
//
//	go run ./zmqtest/table stock.json drafts.json >docs/conformance.md
//
// The first report decides the order of the rows; each report is a column.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"gozmq/zmqtest"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(files []string, w io.Writer) error {
	if len(files) == 0 {
		return errors.New("name the files that hold reports, as go test ./libzmq -conformance writes them")
	}
	var reports []*zmqtest.Report
	for _, name := range files {
		r, err := read(name)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	out := bufio.NewWriter(w)
	write(out, reports)
	return out.Flush()
}

func read(name string) (*zmqtest.Report, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	r := new(zmqtest.Report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(r.Results) == 0 {
		return nil, fmt.Errorf("%s has no results", name)
	}
	return r, nil
}

// write writes the page. A bufio.Writer keeps its first error for Flush.
func write(w *bufio.Writer, reports []*zmqtest.Report) {
	rows := reports[0].Results
	fmt.Fprint(w, "# Conformance\n\n",
		"Made by `make conformance`; do not edit. One row is one behaviour of ZeroMQ, with a test in package\n",
		"[zmqtest](../zmqtest) that runs on any engine; here on libzmq. A star marks the rows that separate\n",
		"implementations most.\n\n")
	summary(w, reports)
	fmt.Fprint(w, "\n| row | what must hold |")
	for _, r := range reports {
		fmt.Fprintf(w, " %s |", title(r))
	}
	fmt.Fprint(w, "\n|---|---|", strings.Repeat("---|", len(reports)), "\n")
	for _, row := range rows {
		star := ""
		if row.Key {
			star = " ★"
		}
		fmt.Fprintf(w, "| %s%s | %s%s |", row.Row, star, cell(row.Must), note(reports, row.Row))
		for _, r := range reports {
			fmt.Fprintf(w, " %s |", outcome(r, row.Row))
		}
		fmt.Fprintln(w)
	}
}

// summary counts outcomes per report, and the rows that some report tested.
func summary(w *bufio.Writer, reports []*zmqtest.Report) {
	outcomes := []string{zmqtest.Passed, zmqtest.Proven, zmqtest.Deviates, zmqtest.Failed, zmqtest.Skipped, zmqtest.Untested}
	fmt.Fprint(w, "| library | ", strings.Join(outcomes, " | "), " | rows |\n|---|", strings.Repeat("---|", len(outcomes)+1), "\n")
	for _, r := range reports {
		fmt.Fprintf(w, "| libzmq %s |", title(r))
		for _, o := range outcomes {
			n := 0
			for _, result := range r.Results {
				if result.Outcome == o {
					n++
				}
			}
			fmt.Fprintf(w, " %d |", n)
		}
		fmt.Fprintf(w, " %d |\n", len(r.Results))
	}
	tested, keys, testedKeys := 0, 0, 0
	for _, row := range reports[0].Results {
		done := slices.ContainsFunc(reports, func(r *zmqtest.Report) bool {
			o := outcome(r, row.Row)
			return o != zmqtest.Untested && o != zmqtest.Skipped && o != ""
		})
		if done {
			tested++
		}
		if row.Key {
			keys++
			if done {
				testedKeys++
			}
		}
	}
	fmt.Fprintf(w, "\nTested on at least one of them: %d of %d rows, %d of the %d with a star.\n",
		tested, len(reports[0].Results), testedKeys, keys)
	fmt.Fprint(w, "\n*pass*: the test passes. *proven*: by a test outside the suite, named in the row. *deviates*: libzmq is known to\n",
		"behave otherwise; the row says how, and where one can be had a test holds it to that. *skipped*: the library lacks the\n",
		"capability. *untested*: the row says why.\n")
}

func title(r *zmqtest.Report) string {
	t := fmt.Sprintf("%d.%d.%d", r.Version/10000, r.Version/100%100, r.Version%100)
	if r.Drafts {
		t += " with drafts"
	}
	return t
}

func find(r *zmqtest.Report, row string) (zmqtest.Result, bool) {
	i := slices.IndexFunc(r.Results, func(x zmqtest.Result) bool { return x.Row == row })
	if i < 0 {
		return zmqtest.Result{}, false
	}
	return r.Results[i], true
}

func outcome(r *zmqtest.Report, row string) string {
	result, _ := find(r, row)
	return result.Outcome
}

// note is what the reports say about a row beyond its outcome: each once. Why
// it was skipped they say when all have skipped it.
func note(reports []*zmqtest.Report, row string) string {
	tried := slices.ContainsFunc(reports, func(r *zmqtest.Report) bool { return outcome(r, row) != zmqtest.Skipped })
	var notes []string
	for _, r := range reports {
		result, _ := find(r, row)
		n := result.Note
		switch {
		case n == "" || tried && result.Outcome == zmqtest.Skipped:
			continue
		case result.Outcome == zmqtest.Proven:
			n = "`" + strings.Join(strings.Fields(n), "`, `") + "`"
		case result.Outcome == zmqtest.Deviates:
			n = "libzmq: " + n
		}
		if !slices.Contains(notes, n) {
			notes = append(notes, n)
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return "<br>*" + cell(strings.Join(notes, "; ")) + "*"
}

// cell is text that does not end a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}
