package results

import "gozmq/bench/internal/figures"

// Values are what one who takes part measured, one for each round. The empty
// metric is the figure's own.
func (f Figure) Values(who, metric string) (values []float64) {
	if metric == "" {
		metric = f.Metric
	}
	for _, s := range f.Samples {
		if v, ok := s.Values[metric]; ok && s.Who == who {
			values = append(values, v)
		}
	}
	return values
}

// Ratios are those of one to another, pair by pair within a round: what the
// machine did at that time, it did to both.
func (f Figure) Ratios(who, to, metric string) (ratios []float64) {
	if metric == "" {
		metric = f.Metric
	}
	base := map[int]float64{}
	for _, s := range f.Samples {
		if v, ok := s.Values[metric]; ok && s.Who == to {
			base[s.Round] = v
		}
	}
	for _, s := range f.Samples {
		v, ok := s.Values[metric]
		if b := base[s.Round]; ok && s.Who == who && b > 0 {
			ratios = append(ratios, v/b)
		}
	}
	return ratios
}

// Compared are the values that a floor is about: ratios, or values as such.
func (f Figure) Compared(floor figures.Floor) []float64 {
	if floor.Against == "" {
		return f.Values(floor.Who, floor.Metric)
	}
	return f.Ratios(floor.Who, floor.Against, floor.Metric)
}
