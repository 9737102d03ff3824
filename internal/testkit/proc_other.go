//go:build !linux

package testkit

import "time"

// Descriptors, Threads, Memory and CPU are not known here; tests that are
// about them run on Linux only.
func Descriptors() int { return 0 }

func Threads() int { return 0 }

func Memory() int { return 0 }

func CPU() time.Duration { return 0 }
