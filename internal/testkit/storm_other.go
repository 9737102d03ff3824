//go:build !linux

package testkit

import "testing"

// Storm is for Linux, where a thread can be sent a signal by its id.
func Storm(t testing.TB) { t.Skip("signals to chosen threads are sent on Linux only") }
