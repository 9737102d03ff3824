package main

import (
	"strconv"
	"time"

	"gozmq/cmd/zmq/internal/message"
	"gozmq/cmd/zmq/internal/units"
)

// parsed is a flag whose text means something: a size, a rate, a format.
type parsed[T any] struct {
	to    *T
	parse func(string) (T, error)
	show  func(T) string
	kind  string // for the help
}

func (p parsed[T]) Set(text string) error {
	v, err := p.parse(text)
	if err == nil {
		*p.to = v
	}
	return err
}

func (p parsed[T]) String() string {
	if p.to == nil { // cobra asks the zero value
		return ""
	}
	return p.show(*p.to)
}

func (p parsed[T]) Type() string { return p.kind }

func sizeFlag(to *int64, value int64) parsed[int64] {
	*to = value
	return parsed[int64]{to, units.ParseSize, showSize, "size"}
}

func showSize(n int64) string {
	for _, u := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= u.size && n%u.size == 0 {
			return strconv.FormatInt(n/u.size, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}

func rateFlag(to *float64) parsed[float64] {
	return parsed[float64]{to, units.ParseRate, func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }, "rate"}
}

func waitFlag(to *time.Duration, value time.Duration) parsed[time.Duration] {
	*to = value
	return parsed[time.Duration]{to, units.ParseWait, showWait, "time"}
}

func showWait(d time.Duration) string {
	if d == units.Forever {
		return "forever"
	}
	return d.String()
}

func formatFlag(to *message.Format, value message.Format) parsed[message.Format] {
	*to = value
	return parsed[message.Format]{to, message.ParseFormat, func(f message.Format) string { return string(f) }, "format"}
}

// escapedFlag is text in which \n, \t, \0 and \xHH can be written.
func escapedFlag(to *string) parsed[string] {
	parse := func(s string) (string, error) {
		b, err := message.Unescape([]byte(s))
		return string(b), err
	}
	return parsed[string]{to, parse, func(s string) string { return s }, "text"}
}
