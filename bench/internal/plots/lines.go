package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/stats"
)

// rates draws messages per second by size.
func rates(title string, some []results.Figure) (*plot.Plot, error) {
	p := newPlot(title)
	p.Y.Label.Text = "msg/s"
	bySize(p, some)
	err := lines(p, contest.Names, some, size, func(f results.Figure, who string) stats.Summary {
		return stats.Of(f.Values(who, ""))
	})
	if err == nil {
		wholeDecades(&p.Y)
	}
	return p, err
}

// ratios draws what the rates are in terms of C's.
func ratios(title string, some []results.Figure) (*plot.Plot, error) {
	p := newPlot(title)
	p.Y.Label.Text = "times the msg/s of C"
	bySize(p, some)
	p.Y.Min, p.Y.Max = 0, 1.2
	one := plotter.NewFunction(func(float64) float64 { return 1 })
	one.LineStyle = draw.LineStyle{Color: looks[contest.C].colour, Width: vg.Points(1.5), Dashes: looks[contest.C].dashes}
	p.Add(one)
	p.Legend.Add(contest.C, one)
	return p, lines(p, contest.Names[1:], some, size, func(f results.Figure, who string) stats.Summary {
		return stats.Of(f.Ratios(who, contest.C, ""))
	})
}

// senders draws messages per second by the number of goroutines.
func senders(title string, some []results.Figure) (*plot.Plot, error) {
	p := newPlot(title)
	p.X.Label.Text = "goroutines (C: always one thread)"
	p.Y.Label.Text = "msg/s"
	p.X.Scale = plot.LogScale{}
	var ticks plot.ConstantTicks
	for _, f := range some {
		n := f.Work.Senders
		ticks = append(ticks, plot.Tick{Value: float64(n), Label: thousands(float64(n))})
	}
	p.X.Tick.Marker = ticks
	p.Y.Min, p.Y.Tick.Marker = 0, named{plot.DefaultTicks{}}
	at := func(f results.Figure) float64 { return float64(f.Work.Senders) }
	return p, lines(p, contest.Names, some, at, func(f results.Figure, who string) stats.Summary {
		return stats.Of(f.Values(who, ""))
	})
}

func size(f results.Figure) float64 { return float64(f.Work.Size) }

func bySize(p *plot.Plot, some []results.Figure) {
	p.X.Label.Text = "size of a message"
	p.X.Scale = plot.LogScale{}
	var ticks plot.ConstantTicks
	for _, f := range some {
		ticks = append(ticks, plot.Tick{Value: size(f), Label: figures.SizeName(f.Work.Size)})
	}
	p.X.Tick.Marker = ticks
}

// lines draws medians, and a bar across that holds the middle half of the runs:
// the lowest and the highest, which are in the table, would set the scale by
// the machine's worst moment. A
// logarithmic axis without a point on it cannot be drawn: that is errEmpty.
func lines(
	p *plot.Plot, names []string, some []results.Figure,
	at func(results.Figure) float64, value func(f results.Figure, who string) stats.Summary,
) error {
	empty := true
	for _, who := range names {
		var points spreads
		for _, f := range some {
			if s := value(f, who); s.N > 0 && s.Q1 > 0 {
				points.XYs = append(points.XYs, plotter.XY{X: at(f), Y: s.Median})
				points.YErrors = append(points.YErrors, struct{ Low, High float64 }{s.Median - s.Q1, s.Q3 - s.Median})
			}
		}
		if len(points.XYs) == 0 {
			continue
		}
		if err := line(p, who, points); err != nil {
			return err
		}
		empty = false
	}
	if empty {
		return errEmpty
	}
	widen(&p.X)
	return nil
}

// spreads are points with what is around them.
type spreads struct {
	plotter.XYs
	plotter.YErrors
}

func line(p *plot.Plot, who string, points spreads) error {
	look := looks[who]
	line, marks, err := plotter.NewLinePoints(points.XYs)
	if err != nil {
		return err
	}
	line.Color, line.Width, line.Dashes = look.colour, vg.Points(1.8), look.dashes
	marks.Color, marks.Shape, marks.Radius = look.colour, look.shape, vg.Points(3.2)
	across, err := plotter.NewYErrorBars(points)
	if err != nil {
		return err
	}
	r, g, b, _ := look.colour.RGBA()
	across.Color = color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 150}
	across.Width, across.CapWidth = vg.Points(1), vg.Points(6)
	p.Add(across, line, marks)
	p.Legend.Add(who, line, marks)
	return nil
}
