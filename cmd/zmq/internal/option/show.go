package option

import (
	"encoding/hex"
	"strconv"
	"time"
	"unicode/utf8"

	zmq "gozmq"
	"gozmq/internal/options"
)

// Type says what values an option has.
func (o Info) Type() string {
	switch {
	case o.spec.Unit != 0:
		return "time"
	case isSwitch(o.spec):
		return "on/off"
	}
	switch o.spec.Wire {
	case options.Int, options.Int64, options.Uint64, options.Uint32, options.FD:
		return "number"
	case options.Key:
		return "key"
	case options.Bytes:
		return "bytes"
	}
	return "text"
}

// Show reads the value of an option of a socket or of its context, for people.
// Secrets are not shown. An error means that there is nothing to read.
func (o Info) Show(zctx *zmq.Context, sock *zmq.Socket) (string, error) {
	switch kind := o.Type(); {
	case o.spec.Secret:
		return "(secret)", nil
	case kind == "time":
		d, err := get[time.Duration](o, zctx, sock)
		if d < 0 {
			return "forever", err
		}
		return d.String(), err
	case kind == "on/off":
		on, err := get[bool](o, zctx, sock)
		if on {
			return "on", err
		}
		return "off", err
	case o.spec.Wire == options.Uint64:
		n, err := get[uint64](o, zctx, sock)
		return strconv.FormatUint(n, 10), err
	case kind == "number":
		n, err := get[int64](o, zctx, sock)
		return strconv.FormatInt(n, 10), err
	}
	b, err := get[[]byte](o, zctx, sock)
	return quoted(b), err
}

// quoted is text, or hexadecimal where it is none.
func quoted(b []byte) string {
	if utf8.Valid(b) {
		return strconv.Quote(string(b))
	}
	return "hex:" + hex.EncodeToString(b)
}

func get[T any](o Info, zctx *zmq.Context, sock *zmq.Socket) (T, error) {
	if o.Context {
		return zmq.ContextOption[T](o.number).Get(zctx)
	}
	return zmq.Option[T](o.number).Get(sock)
}
