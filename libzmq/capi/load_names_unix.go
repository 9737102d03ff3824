//go:build !windows && !darwin

package capi

// defaultNames are tried in this order; the system's loader searches its own folders. The
// versioned name comes first: it is the ABI this package knows.
var defaultNames = []string{"libzmq.so.5", "libzmq.so"}
