package progress

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar is for terminals.
type bar struct {
	out  *os.File
	bar  *progressbar.ProgressBar
	runs int
}

// Begin draws an empty bar.
func (b *bar) Begin(runs int) {
	b.bar = progressbar.NewOptions(runs,
		progressbar.OptionSetWriter(b.out), // whose width it asks for
		progressbar.OptionFullWidth(),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetTheme(progressbar.Theme{
			Saucer: "█", SaucerPadding: "░", BarStart: "▕", BarEnd: "▏",
		}),
		progressbar.OptionThrottle(50*time.Millisecond),
		// Nothing draws but Step: a goroutine that turned a spinner would
		// take time from what is measured.
		progressbar.OptionSetSpinnerChangeInterval(0),
		progressbar.OptionClearOnFinish(),
	)
}

// Step draws. A terminal that is gone changes nothing, here and below.
func (b *bar) Step(round, rounds int, figure, who string) {
	b.bar.Describe(fmt.Sprintf("round %d/%d  %s  %s", round, rounds, figure, who))
	_ = b.bar.Set(b.runs)
	b.runs++
}

// Failed writes above the bar.
func (b *bar) Failed(figure, who string, err error) {
	_ = b.bar.Clear()
	fmt.Fprintf(b.out, "FAILED: %s, %s: %v\n", figure, who, err)
}

// End takes the bar away.
func (b *bar) End() {
	_ = b.bar.Finish()
}
