//go:build cgo && libzmq_static

package capi

// What an archive needs beside the C++ library depends on how it was built, and comes from
// CGO_LDFLAGS. The linker sees CGO_LDFLAGS before the flags below, so the archive is named
// there too, in front of its needs. Apple's linker cannot be told to prefer an archive: there
// CGO_LDFLAGS gives its path.

/*
#cgo CFLAGS: -DGOZMQ_STATIC
#cgo !darwin LDFLAGS: -l:libzmq.a -lstdc++ -lm -lpthread
#cgo darwin LDFLAGS: -lc++
#cgo windows LDFLAGS: -lws2_32 -liphlpapi -lrpcrt4
*/
import "C"

const static = true
