package bench

import "time"

// Sample is how many messages had come after some time.
type Sample struct {
	Seconds  float64 `json:"seconds"`
	Messages int64   `json:"messages"`
}

// samples are taken at intervals, which get longer as a measurement does.
type samples struct {
	list  []Sample
	every time.Duration
	next  time.Duration
}

const (
	firstInterval = 20 * time.Millisecond
	mostSamples   = 400
)

func (s *samples) add(at time.Duration, messages int64) {
	if at < s.next {
		return
	}
	if s.every == 0 {
		s.every = firstInterval
	}
	if len(s.list) == mostSamples {
		for i := range mostSamples / 2 {
			s.list[i] = s.list[2*i]
		}
		s.list = s.list[:mostSamples/2]
		s.every *= 2
	}
	s.list = append(s.list, Sample{at.Seconds(), messages})
	s.next = at + s.every
}

// Rates are the messages a second between one sample and the next, and the
// times of the later ones.
func (r Result) Rates() (seconds, rates []float64) {
	for i := 1; i < len(r.Samples); i++ {
		a, b := r.Samples[i-1], r.Samples[i]
		seconds = append(seconds, b.Seconds)
		rates = append(rates, float64(b.Messages-a.Messages)/(b.Seconds-a.Seconds))
	}
	return seconds, rates
}
