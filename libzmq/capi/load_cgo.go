//go:build cgo

package capi

/*
#cgo linux LDFLAGS: -ldl
#include <stdlib.h>
#include "table.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// The one library of this process. loaded is set last: who sees it true may read gozmq_fn and
// the other variables without the lock.
var (
	loaded  atomic.Bool
	loadMu  sync.Mutex
	version [3]int
	libPath string
)

// Load loads libzmq from the file at path, for the whole process and for good. Programs need
// it only to choose a file: without it the first call that needs libzmq loads the one in
// the environment variable ZMQ_LIBRARY or, when that is not set, the system's. An empty path
// does the same at once.
//
// A name without a folder is looked for by the system's loader. A failed Load leaves nothing
// behind: it may be called again, with the same path or another. When a library is
// loaded already, Load returns nil if path names the same file and an error otherwise. In a
// program built with the tag libzmq_static the library is part of the program, and any path
// is an error. Errors: [*LoadError]. Load may be called from any goroutine.
func Load(path string) error {
	if path == "" {
		return ensureLoaded()
	}
	if strings.IndexByte(path, 0) >= 0 {
		return EINVAL
	}
	loadMu.Lock()
	defer loadMu.Unlock()
	if loaded.Load() {
		if sameLibrary(path) {
			return nil
		}
		return &LoadError{Tried: []string{path}, Reason: fmt.Sprintf(
			"libzmq %s is already loaded from %s, and a process can use only one", versionString(), libPath)}
	}
	if static {
		return &LoadError{Tried: []string{path}, kind: errors.ErrUnsupported,
			Reason: "this program was built with the tag libzmq_static and contains its libzmq"}
	}
	return open([]string{path})
}

// ensureLoaded loads the default library unless one is loaded. Every function that does not
// take a handle calls it first; a handle proves that it was called.
func ensureLoaded() error {
	if loaded.Load() {
		return nil
	}
	loadMu.Lock()
	defer loadMu.Unlock()
	if loaded.Load() {
		return nil
	}
	if static {
		return open([]string{"the linked libzmq"})
	}
	if p := os.Getenv("ZMQ_LIBRARY"); p != "" {
		return open([]string{p})
	}
	return open(defaultNames)
}

// open tries names in turn. A name that no file answers to is passed over; a file that is there
// and cannot be used ends the search, because silently taking another would hide it. The
// caller holds loadMu.
func open(names []string) error {
	reason := "the library was not found"
	for _, name := range names {
		cname := C.CString(name)
		var v [3]C.int
		why := make([]byte, 512)
		rc := C.gozmq_open(cname, &v[0], (*C.char)(unsafe.Pointer(&why[0])), C.size_t(len(why)))
		C.free(unsafe.Pointer(cname))
		for i := range version {
			version[i] = int(v[i])
		}
		switch rc {
		case C.GOZMQ_OPEN_OK:
			buf := make([]byte, 4096)
			C.gozmq_path((*C.char)(unsafe.Pointer(&buf[0])), C.size_t(len(buf)))
			libPath = goString(buf)
			loaded.Store(true)
			return nil
		case C.GOZMQ_OPEN_NOT_ZMQ:
			return &LoadError{Tried: []string{name}, Reason: "it is not a libzmq", kind: errors.ErrUnsupported}
		case C.GOZMQ_OPEN_TOO_OLD:
			return &LoadError{Tried: []string{name}, kind: errors.ErrUnsupported,
				Reason: fmt.Sprintf("it is libzmq %s, and this package needs 4.1.2 or a later 4.x", versionString())}
		}
		if _, err := os.Stat(name); err == nil {
			return &LoadError{Tried: []string{name}, Reason: goString(why)}
		}
		if len(names) == 1 {
			reason = "the library was not found: " + goString(why)
		}
	}
	return &LoadError{Tried: names, Reason: reason, kind: fs.ErrNotExist}
}

// sameLibrary reports whether path names the loaded library. The caller holds loadMu.
func sameLibrary(path string) bool {
	if static {
		return false
	}
	cpath := C.CString(path)
	defer C.free(unsafe.Pointer(cpath))
	if C.gozmq_is_open(cpath) != 0 {
		return true
	}
	a, err := os.Stat(path)
	if err != nil {
		return false
	}
	b, err := os.Stat(libPath)
	return err == nil && os.SameFile(a, b)
}

// LibraryPath returns the file that libzmq was loaded from, or "" when none is loaded. With
// the tag libzmq_static that file is the program itself. It loads nothing.
func LibraryPath() string {
	if !loaded.Load() {
		return ""
	}
	return libPath
}

func versionString() string {
	return fmt.Sprintf("%d.%d.%d", version[0], version[1], version[2])
}

// goString returns the bytes of buf up to the first NUL.
func goString(buf []byte) string {
	for i, b := range buf {
		if b == 0 {
			return string(buf[:i])
		}
	}
	return string(buf)
}

// resultErr turns the result of a shim into an error: nil for rc >= 0, a *MissingError when the
// library lacks fn, and an Errno otherwise.
func resultErr(fn string, rc int) error {
	if rc >= 0 {
		return nil
	}
	if rc == -C.GOZMQ_EMISSING {
		return &MissingError{Func: fn, Version: versionString()}
	}
	return canonical(Errno(-rc))
}
