package zap

import zmq "gozmq"

// What the tests and fuzz targets of the wire format need.
var (
	Parse          = parse
	EncodeMetadata = encodeMetadata
	DecodeMetadata = decodeMetadata
	CheckMetadata  = checkMetadata
)

func Frames(r Response, id string) ([][]byte, error) { return r.frames(id) }

// Domains is how many sockets of a context have a handler of their own.
func Domains(zctx *zmq.Context) int {
	h, err := hubOf(zctx)
	if err != nil {
		return -1
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.domains)
}
