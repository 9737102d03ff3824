package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/stats"
)

// bars draws a group of bars for each figure, a bar for each who takes part.
func bars(title, metric string, some []results.Figure) (*plot.Plot, error) {
	p := newPlot(title)
	p.Y.Label.Text = "µs for a round trip"
	p.Y.Min = 0
	p.Y.Tick.Marker = named{plot.DefaultTicks{}}
	var names []string
	for _, f := range some {
		names = append(names, f.Work.Transport)
	}
	var part []string // who takes part in any of them
	for _, who := range contest.Names {
		for _, f := range some {
			if len(f.Values(who, metric)) > 0 {
				part = append(part, who)
				break
			}
		}
	}
	const width = 24
	for i, who := range part {
		values := make(plotter.Values, len(some))
		labels := plotter.XYLabels{}
		offset := vg.Points(width+3) * (vg.Length(i) - vg.Length(len(part)-1)/2)
		for j, f := range some {
			s := stats.Of(f.Values(who, metric))
			if s.N == 0 {
				continue
			}
			values[j] = s.Median
			labels.XYs = append(labels.XYs, plotter.XY{X: float64(j), Y: s.Median})
			labels.Labels = append(labels.Labels, thousands(s.Median))
		}
		bar, err := plotter.NewBarChart(values, vg.Points(width))
		if err != nil {
			return nil, err
		}
		bar.Color, bar.LineStyle.Width, bar.Offset = looks[who].colour, 0, offset
		text, err := plotter.NewLabels(labels)
		if err != nil {
			return nil, err
		}
		for j := range text.TextStyle {
			text.TextStyle[j].Font = p.Legend.TextStyle.Font
			text.TextStyle[j].Font.Size = 9
			text.TextStyle[j].XAlign = -0.5
		}
		text.Offset = vg.Point{X: offset, Y: vg.Points(3)}
		p.Add(bar, text)
		p.Legend.Add(who, bar)
	}
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.5, float64(len(some))-0.5
	p.Y.Max *= 1.08
	return p, nil
}
