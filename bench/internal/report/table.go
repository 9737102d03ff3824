package report

import (
	"fmt"
	"math"
	"strings"
)

// table is one of Markdown.
type table struct{ b strings.Builder }

// newTable begins one. Titles that end in ":" stand over numbers.
func newTable(titles ...string) *table {
	t := &table{}
	var line []string
	for i, title := range titles {
		right := strings.HasSuffix(title, ":")
		titles[i] = strings.TrimSuffix(title, ":")
		if right {
			line = append(line, "--:")
		} else {
			line = append(line, "---")
		}
	}
	t.row(titles...)
	fmt.Fprintf(&t.b, "|%s|\n", strings.Join(line, "|"))
	return t
}

func (t *table) row(cells ...string) {
	fmt.Fprintf(&t.b, "| %s |\n", strings.Join(cells, " | "))
}

func (t *table) String() string { return t.b.String() }

// none stands where there is no value.
const none = "–"

// number is one with three or four digits that count, and thousands apart.
func number(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return none
	case v == math.Trunc(v) && a < 1000:
		return fmt.Sprintf("%.0f", v)
	case a < 10:
		return fmt.Sprintf("%.2f", v)
	case a < 1000:
		return fmt.Sprintf("%.1f", v)
	}
	digits := fmt.Sprintf("%.0f", v)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, groups...), " ")
}

// spread is from the lowest to the highest.
func spread(lo, hi float64, format func(float64) string) string {
	if math.IsNaN(lo) {
		return none
	}
	if a, b := format(lo), format(hi); a != b {
		return a + " – " + b
	}
	return format(lo)
}

func ratio(v float64) string {
	if math.IsNaN(v) {
		return none
	}
	return fmt.Sprintf("%.2f", v)
}
