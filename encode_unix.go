//go:build !windows

package zmq

// fdSize is the size of ZMQ_FD's value: an int.
const fdSize = 4
