package zmq

import "unsafe"

// fdSize is the size of ZMQ_FD's value: a SOCKET, which is a pointer's size.
const fdSize = int(unsafe.Sizeof(uintptr(0)))
