//go:build cgo && libzmq_static

package capi

// The archive's own dependencies differ from build to build and come from CGO_LDFLAGS, which
// the linker sees after these.

/*
#cgo CFLAGS: -DGOZMQ_STATIC
#cgo LDFLAGS: -l:libzmq.a -lstdc++ -lm -lpthread
*/
import "C"

const static = true
