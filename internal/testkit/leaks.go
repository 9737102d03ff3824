package testkit

import "sync/atomic"

var leaked atomic.Int64

// Leaks says that the test leaves descriptors open which are not this module's
// to close: a bug of a library, which the test shows.
func Leaks(descriptors int) { leaked.Add(int64(descriptors)) }

// Leaked is how many descriptors the tests leave open by what they say.
func Leaked() int { return int(leaked.Load()) }
