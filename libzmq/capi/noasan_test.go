//go:build cgo && !asan

package capi

const sanitized = false
