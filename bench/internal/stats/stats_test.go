package stats

import (
	"math"
	"testing"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Summary
	}{
		{[]float64{3}, Summary{1, 3, 3, 3, 3, 3}},
		{[]float64{2, 1}, Summary{2, 1.5, 1, 2, 1.25, 1.75}},
		{[]float64{5, 1, 4, 2, 3}, Summary{5, 3, 1, 5, 2, 4}},
		// One bad run moves the maximum and nothing else.
		{[]float64{5000, 1, 4, 2, 3}, Summary{5, 3, 1, 5000, 2, 4}},
	} {
		if got := Of(c.values); got != c.want {
			t.Errorf("%v: got %+v, want %+v", c.values, got, c.want)
		}
	}
	if none := Of(nil); none.N != 0 || !math.IsNaN(none.Median) {
		t.Errorf("of nothing: %+v", none)
	}
}
