//go:build cgo && !libzmq_static

package capi

const static = false
