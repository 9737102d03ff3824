package capi

// Forwarded is what a call of Forward passed on. The layout is C's struct
// gozmq_forwarded.
type Forwarded struct {
	// Frames and Bytes are those of the messages that were passed on.
	Frames, Bytes uint64
	// Back is not 0 when one more message was received, and refused by the
	// other socket: it is in the buffer, as RecvBatch would have put it there,
	// or its first frames are. Lost is not 0 when there was no memory for that.
	Back, Lost int32
	// Full is not 0 when the other socket was not ready to send.
	Full int32
	_    int32
}
