package plots

import (
	"errors"
	"image/color"
	"os"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gozmq/bench/internal/contest"
)

// look is how one who takes part is drawn, the same in all plots. Colours
// are those of Okabe and Ito, which colour-blind people tell apart; the shapes
// tell them apart without any.
type look struct {
	colour color.Color
	shape  draw.GlyphDrawer
	dashes []vg.Length
}

var looks = map[string]look{
	contest.C:        {color.Gray{40}, draw.SquareGlyph{}, []vg.Length{vg.Points(5), vg.Points(3)}},
	contest.Gozmq:    {color.RGBA{0, 114, 178, 255}, draw.CircleGlyph{}, nil},
	contest.OneByOne: {color.RGBA{0, 114, 178, 255}, draw.CircleGlyph{}, nil},
	contest.Batches:  {color.RGBA{0, 158, 115, 255}, draw.PyramidGlyph{}, nil},
	contest.Pebbe:    {color.RGBA{213, 94, 0, 255}, draw.BoxGlyph{}, nil},
	contest.PureGo:   {color.RGBA{204, 121, 167, 255}, draw.CrossGlyph{}, nil},
}

// newPlot is an empty one with fonts and a grid.
func newPlot(title string) *plot.Plot {
	p := plot.New()
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	for _, s := range []*draw.TextStyle{
		&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle,
		&p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle,
	} {
		s.Font = font.From(sans, 11)
	}
	p.Title.Text = title
	p.Title.TextStyle.Font.Size, p.Title.Padding = 14, vg.Points(8)
	p.X.Label.Padding, p.Y.Label.Padding = vg.Points(4), vg.Points(4)
	p.Legend.Padding = vg.Points(3)
	p.Legend.ThumbnailWidth = vg.Points(26)
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = color.Gray{225}, color.Gray{225}
	p.Add(grid)
	return p
}

// save draws with a margin, and the legend in a column of its own at the right,
// where no data are.
func save(p *plot.Plot, path, format string) error {
	const width, height, margin = 22 * vg.Centimeter, 12 * vg.Centimeter, 10
	c, err := draw.NewFormattedCanvas(width, height, format)
	if err != nil {
		return err
	}
	page := draw.New(c)
	page.FillPolygon(color.White, []vg.Point{{}, {Y: height}, {X: width, Y: height}, {X: width}})
	page = draw.Crop(page, margin, -margin, margin, -margin)
	legend := p.Legend
	p.Legend = plot.NewLegend()
	column := legend.Rectangle(page).Size().X + vg.Points(12)
	p.Draw(draw.Crop(page, 0, -column, 0, 0))
	legend.Top = true
	legend.YOffs = -vg.Points(30) // below the title
	legend.Draw(page)
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = c.WriteTo(f)
	return errors.Join(err, f.Close())
}
