// Package plots draws results, each plot as SVG and as PNG.
package plots

import (
	"errors"
	"fmt"
	"path/filepath"

	"gonum.org/v1/plot"

	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/work"
)

// Drawn is a plot that Write has drawn: Name.svg and Name.png.
type Drawn struct{ Name, Title string }

// Write draws all plots that the results have something for.
func Write(dir string, r results.Results) (drawn []Drawn, err error) {
	for _, d := range drawings(r.Figures) {
		title, err := d.write(dir)
		if errors.Is(err, errEmpty) {
			continue
		}
		if err != nil {
			return drawn, fmt.Errorf("plot %s: %w", filepath.Join(dir, d.name), err)
		}
		drawn = append(drawn, Drawn{d.name, title})
	}
	return drawn, nil
}

// write draws into both files: a plot can be drawn once.
func (d drawing) write(dir string) (title string, err error) {
	for _, format := range []string{"svg", "png"} {
		p, err := d.draw()
		if err == nil {
			err = save(p, filepath.Join(dir, d.name+"."+format), format)
		}
		if err != nil {
			return "", err
		}
		title = p.Title.Text
	}
	return title, nil
}

// errEmpty says that nothing was measured of what a plot shows.
var errEmpty = errors.New("nothing to draw")

// drawing is a plot that is yet to be drawn.
type drawing struct {
	name string
	draw func() (*plot.Plot, error)
}

func drawings(all []results.Figure) (list []drawing) {
	add := func(name string, some []results.Figure, draw func(some []results.Figure) (*plot.Plot, error)) {
		if len(some) > 0 {
			list = append(list, drawing{name, func() (*plot.Plot, error) { return draw(some) }})
		}
	}
	for _, transport := range []string{"inproc", "ipc", "tcp"} {
		of := func(group string) (some []results.Figure) {
			for _, f := range all {
				if f.Group == group && f.Work.Transport == transport && len(f.Samples) > 0 {
					some = append(some, f)
				}
			}
			return some
		}
		add("throughput-"+transport, of(figures.Throughput), func(some []results.Figure) (*plot.Plot, error) {
			return rates("PUSH to PULL over "+transport, some)
		})
		add("ratio-"+transport, of(figures.Throughput), func(some []results.Figure) (*plot.Plot, error) {
			return ratios("PUSH to PULL over "+transport+", beside C", some)
		})
		add("concurrency-"+transport, of(figures.Concurrency), func(some []results.Figure) (*plot.Plot, error) {
			return senders("Goroutines that send on one PUSH, "+transport+", 16 B", some)
		})
	}
	var trips []results.Figure
	for _, f := range all {
		if f.Group == figures.Latency && f.Work.Size == 16 && len(f.Samples) > 0 {
			trips = append(trips, f)
		}
	}
	add("latency-median", trips, func(some []results.Figure) (*plot.Plot, error) {
		return bars("REQ to REP and back, 16 B: median", work.Median, some)
	})
	add("latency-p99", trips, func(some []results.Figure) (*plot.Plot, error) {
		return bars("REQ to REP and back, 16 B: 99 of 100 were as fast", work.P99, some)
	})
	return list
}
