//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package zmq

import "runtime"

// fdWatch does not exist here: newFDWatch says so, and nothing else is called.
type fdWatch struct{}

func newFDWatch(chan<- struct{}) (*fdWatch, error) {
	return nil, lacking("watching raw file descriptors is not supported on " + runtime.GOOS)
}

func (*fdWatch) add(uintptr, Events) error                 { return nil }
func (*fdWatch) modify(uintptr, Events) error              { return nil }
func (*fdWatch) remove(uintptr)                            {}
func (*fdWatch) look([]*polled, map[uintptr]*polled) error { return nil }
func (*fdWatch) close()                                    {}
