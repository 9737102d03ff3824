package zmq

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"gozmq/internal/options"
)

// read gets the value of an option into *v. What has no fixed length goes into
// a buffer that grows: the engine says ErrInvalid when a value does not fit,
// with no word of how long it is.
func read(spec options.Spec, v any, get func([]byte) (int, error)) error {
	if spec.Wire == options.ThreadName {
		return readThreadName(v, get)
	}
	fixed := size(spec)
	room := fixed
	if fixed == 0 {
		room = 256
	}
	buf := make([]byte, room)
	for {
		n, err := get(buf)
		switch {
		case err == nil:
			return decode(spec, buf[:n], v)
		case fixed > 0 || !errors.Is(err, ErrInvalid) || len(buf) >= 1<<16:
			return err
		}
		buf = make([]byte, 4*len(buf))
	}
}

// size is how many bytes to ask for; 0 when nobody knows.
func size(spec options.Spec) int {
	switch spec.Wire {
	case options.Int, options.Uint32:
		return 4
	case options.Int64, options.Uint64:
		return 8
	case options.FD:
		return fdSize
	case options.Key:
		return 32
	}
	return 0
}

// readThreadName gets text where the library has drafts, else the number that
// it makes of it.
func readThreadName(v any, get func([]byte) (int, error)) error {
	text := options.Spec{Wire: options.Text}
	var buf [17]byte
	_, err := get(buf[:])
	if err == nil {
		return decode(text, buf[:], v)
	}
	if !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if _, err := get(buf[:4]); err != nil {
		return err
	}
	name := ""
	if n := int32(native.Uint32(buf[:4])); n != 0 {
		name = strconv.Itoa(int(n))
	}
	return decode(text, []byte(name), v)
}

// decode reads what libzmq gave into *v, which has the option's Go type.
func decode(spec options.Spec, b []byte, v any) error {
	if spec.Wire == options.Text {
		if i := bytes.IndexByte(b, 0); i >= 0 {
			b = b[:i]
		}
	}
	if d, ok := v.(*time.Duration); ok {
		*d = duration(spec, number(spec, b))
		return nil
	}
	switch r := reflect.ValueOf(v).Elem(); r.Kind() {
	case reflect.Bool:
		r.SetBool(number(spec, b) != 0)
		return nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		r.SetInt(number(spec, b))
		return nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		r.SetUint(uint64(number(spec, b)))
		return nil
	case reflect.String:
		r.SetString(string(b))
		return nil
	case reflect.Slice:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			r.SetBytes(bytes.Clone(b))
			return nil
		}
	case reflect.Array:
		if r.Type().Elem().Kind() == reflect.Uint8 && r.Len() == len(b) {
			reflect.Copy(r, reflect.ValueOf(b))
			return nil
		}
	}
	return because{ErrInvalid, fmt.Sprintf("a %T cannot hold the option", v)}
}

func number(spec options.Spec, b []byte) int64 {
	switch {
	case len(b) == 4 && spec.Wire == options.Uint32:
		return int64(native.Uint32(b))
	case len(b) == 4:
		return int64(int32(native.Uint32(b)))
	case len(b) == 8:
		return int64(native.Uint64(b))
	}
	return 0
}

// duration gives -1 ns for C's -1: negative means for ever, or the default.
func duration(spec options.Spec, n int64) time.Duration {
	switch {
	case n < 0:
		return -1
	case spec.Unit == 0:
		return time.Duration(n) * time.Millisecond
	}
	return time.Duration(n) * spec.Unit
}

// milliseconds reads an encoded duration option back, in nanoseconds;
// negative is none.
func milliseconds(b []byte) int64 {
	return int64(duration(options.Spec{}, int64(int32(native.Uint32(b)))))
}
