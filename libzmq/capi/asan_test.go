//go:build cgo && asan

package capi

// sanitized: the instrumentation of the address sanitizer allocates memory of its own.
const sanitized = true
