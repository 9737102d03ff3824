package work

// Outcome is what a process measured, by name.
type Outcome map[string]float64

// Names in an Outcome.
const (
	Rate   = "rate"   // messages, deliveries or round trips per second
	Median = "median" // µs
	P99    = "p99"    // µs
	Max    = "max"    // µs

	Count      = "sockets"    // parked
	Goroutines = "goroutines" // while they are parked
	Threads    = "threads"    // of the operating system
	CPU        = "cpu"        // percent of a core
	Memory     = "memory"     // resident KiB for each socket
)
