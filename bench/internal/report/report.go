// Package report writes what was measured: Markdown and plots.
package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gozmq/bench/internal/plots"
	"gozmq/bench/internal/results"
)

// Write makes table.md and the plots in a folder.
func Write(dir string, r results.Results) error {
	drawn, err := plots.Write(dir, r)
	return errors.Join(os.WriteFile(filepath.Join(dir, "table.md"), []byte(Markdown(r, drawn)), 0o644), err)
}

// Markdown is the whole page, which shows the plots that lie beside it.
func Markdown(r results.Results, drawn []plots.Drawn) string {
	var b strings.Builder
	b.WriteString("# Benchmarks\n\n")
	b.WriteString(Head(r))
	if table := Glance(r.Figures); table != "" {
		b.WriteString("\n## Side by side\n\n" + table)
	}
	if len(drawn) > 0 {
		b.WriteString("\n## Plots\n\nPoints are medians; the middle half of the runs lies within the bars across.\n")
	}
	for _, d := range drawn {
		fmt.Fprintf(&b, "\n![%s](%s.svg)\n", d.Title, d.Name)
	}
	b.WriteString("\n## All figures\n\n" + legend + "\n")
	for _, group := range groups(r.Figures) {
		fmt.Fprintf(&b, "\n### %s\n\n%s", capital(group[0].Group), Group(group))
	}
	return b.String()
}

const legend = `Values are medians of all rounds, with the lowest and the highest. "of C" and "of pebbe/zmq4" are medians
of the ratios of pairs that ran in one round, with the lowest and the highest: above 1 is faster where the unit is msg/s,
and slower where it is µs.
`

// Head is on what was measured, how quiet it was, and the floors.
func Head(r results.Results) string {
	var b strings.Builder
	form, command := "short", "bench run"
	if r.Full {
		form, command = "full", "bench run --full"
	}
	fmt.Fprintf(&b, "%s. %s: the %s form (`%s`), %d rounds in %v.\n", r.Machine, r.Started.UTC().Format("2 January 2006"),
		form, command, r.Rounds, time.Duration(r.Seconds*float64(time.Second)).Round(time.Second))
	if r.Interrupted {
		b.WriteString("\n**Interrupted**: not all rounds are there.\n")
	}
	if noise := r.Noise(); len(noise) > 0 {
		b.WriteString("\n**The machine was noisy**, do not trust single values:\n\n")
		for _, line := range noise {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	if failures := r.Failures(); len(failures) > 0 {
		b.WriteString("\n**Failed**:\n\n")
		for _, line := range failures {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	if table := Floors(r.Figures); table != "" {
		b.WriteString("\n## Floors\n\nMedians are shown rounded, and judged as they are.\n\n" + table)
	}
	return b.String()
}

// groups are the figures by group, in their order.
func groups(all []results.Figure) (groups [][]results.Figure) {
	at := map[string]int{}
	for _, f := range all {
		i, ok := at[f.Group]
		if !ok {
			i = len(groups)
			at[f.Group] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
