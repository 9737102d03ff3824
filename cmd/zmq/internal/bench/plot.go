package bench

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PlotFormats are the endings of files that Plot writes.
var PlotFormats = []string{".png", ".svg", ".pdf"}

// CheckPlot says beforehand whether Plot could write a file.
func CheckPlot(path string) error {
	if ending := filepath.Ext(path); !slices.Contains(PlotFormats, strings.ToLower(ending)) {
		return fmt.Errorf("%s: a plot ends in %s", path, strings.Join(PlotFormats, ", "))
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Plot draws results of one kind, a line for each: the rate over time, or the
// times of round trips by their share.
func Plot(path, title string, results []Result) error {
	p := newPlot(title)
	var err error
	if len(results) > 0 && results[0].Kind == Latency {
		err = plotTimes(p, results)
	} else {
		err = plotRates(p, results)
	}
	if err == nil {
		err = save(p, path)
	}
	if err != nil {
		return fmt.Errorf("plot %s: %w", path, err)
	}
	return nil
}

func newPlot(title string) *plot.Plot {
	p := plot.New()
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	for _, s := range []*draw.TextStyle{
		&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle,
		&p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle,
	} {
		s.Font = font.From(sans, s.Font.Size)
	}
	p.Title.Text = title
	p.Title.Padding = vg.Points(10)
	p.Legend.Top, p.Legend.Padding = true, vg.Points(3)
	p.Legend.YOffs = vg.Points(-4)
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = color.Gray{225}, color.Gray{225}
	p.Add(grid)
	return p
}

// save draws with a margin, which plot.Save leaves out.
func save(p *plot.Plot, path string) error {
	const width, height, margin = 20 * vg.Centimeter, 12 * vg.Centimeter, 12
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	c, err := draw.NewFormattedCanvas(width, height, format)
	if err != nil {
		return err
	}
	page := draw.New(c)
	page.FillPolygon(color.White, []vg.Point{{}, {Y: height}, {X: width, Y: height}, {X: width}})
	p.Draw(draw.Crop(page, margin, -margin, margin, -margin))
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = c.WriteTo(f)
	return errors.Join(err, f.Close())
}

var errNothing = errors.New("the measurement was too short to draw")

func plotRates(p *plot.Plot, results []Result) error {
	p.X.Label.Text = "seconds"
	p.Y.Label.Text = "messages per second"
	drawn := 0
	for i, r := range results {
		xys := smooth(r, 60)
		if len(xys) == 0 {
			continue
		}
		if err := addLine(p, i, sizeName(r.Size), xys); err != nil {
			return err
		}
		drawn++
	}
	if drawn == 0 {
		return errNothing
	}
	p.X.Min = 0
	if drawn == 1 {
		p.Y.Min, p.Y.Max, p.Y.Tick.Marker = 0, p.Y.Max*1.1, thousands{plot.DefaultTicks{}}
		return nil
	}
	// Rates of small and large messages differ by orders of magnitude.
	p.Y.Min, p.Y.Max = p.Y.Min/1.5, p.Y.Max*1.5
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, thousands{decades{}}
	return nil
}

// smooth gives the rates as at most so many points.
func smooth(r Result, most int) (xys plotter.XYs) {
	step := (len(r.Samples) + most - 1) / most
	for i := step; i > 0 && i < len(r.Samples); i += step {
		a, b := r.Samples[i-step], r.Samples[i]
		// A logarithm has no place for a rate of 0.
		rate := max(float64(b.Messages-a.Messages), 1) / (b.Seconds - a.Seconds)
		xys = append(xys, plotter.XY{X: b.Seconds, Y: rate})
	}
	return xys
}

func plotTimes(p *plot.Plot, results []Result) error {
	p.X.Label.Text = "round trip, µs"
	p.Y.Label.Text = "% of round trips that took no longer"
	p.Legend.Top, p.Legend.YOffs = false, vg.Points(4)
	for i, r := range results {
		var all, sum int64
		for _, b := range r.Times.Histogram {
			all += b.Count
		}
		var xys plotter.XYs
		for _, b := range r.Times.Histogram {
			sum += b.Count
			share := float64(sum) / float64(all)
			xys = append(xys, plotter.XY{X: float64(max(b.To, 1)) / 1e3, Y: 100 * share})
			if share >= 0.999 {
				break // one slow round trip would take half of the drawing
			}
		}
		if err := addLine(p, i, sizeName(r.Size), xys); err != nil {
			return err
		}
	}
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, decades{}
	if p.X.Max < p.X.Min*2 { // a line in one place has no width to draw
		p.X.Min, p.X.Max = p.X.Min/2, p.X.Max*2
	}
	p.Y.Min, p.Y.Max = 0, 100
	p.Y.Tick.Marker = percents{}
	return nil
}

func addLine(p *plot.Plot, i int, name string, xys plotter.XYs) error {
	line, err := plotter.NewLine(xys)
	if err != nil {
		return err
	}
	line.Color = plotutil.Color(i)
	line.Width = vg.Points(1.5)
	p.Add(line)
	p.Legend.Add(name, line)
	return nil
}

func sizeName(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// thousands writes ticks such as 200k and 1.5M.
type thousands struct{ plot.Ticker }

func (t thousands) Ticks(lo, hi float64) []plot.Tick {
	ticks := t.Ticker.Ticks(lo, hi)
	for i, t := range ticks {
		switch {
		case t.Label == "":
		case t.Value >= 1e6:
			ticks[i].Label = fmt.Sprintf("%gM", t.Value/1e6)
		case t.Value >= 1e3:
			ticks[i].Label = fmt.Sprintf("%gk", t.Value/1e3)
		}
	}
	return ticks
}

// decades are ticks of a logarithmic axis: 1, 2, 5, 10, 20, ...
type decades struct{}

func (decades) Ticks(lo, hi float64) (ticks []plot.Tick) {
	for decade := math.Pow(10, math.Floor(math.Log10(lo))); decade <= hi; decade *= 10 {
		for _, s := range []float64{1, 2, 5} {
			if v := s * decade; v >= lo && v <= hi {
				ticks = append(ticks, plot.Tick{Value: v, Label: fmt.Sprintf("%g", v)})
			}
		}
	}
	return ticks
}

// percents are the ticks of shares.
type percents struct{}

func (percents) Ticks(_, _ float64) (ticks []plot.Tick) {
	for _, v := range []float64{0, 10, 25, 50, 75, 90, 99} {
		ticks = append(ticks, plot.Tick{Value: v, Label: fmt.Sprintf("%g", v)})
	}
	return ticks
}
