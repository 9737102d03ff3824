//go:build !race && !asan

package testkit

// Instrumented reports that the race detector or the address sanitizer is on:
// everything is slower then, and allocates by itself.
const Instrumented = false
