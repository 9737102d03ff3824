package zmq

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"gozmq/internal/options"
)

// native is the byte order of option values: the host's, as in C.
var native = binary.NativeEndian

// guess describes an option that this library does not know, by its Go type.
func guess(num int, v any) options.Spec {
	s := options.Spec{Name: fmt.Sprintf("option %d", num)}
	switch v.(type) {
	case int64:
		s.Wire = options.Int64
	case uint64:
		s.Wire = options.Uint64
	case []byte:
		s.Wire = options.Bytes
	case string:
		s.Wire = options.Text
	case time.Duration:
		s.Unit = time.Millisecond
	}
	return s
}

// encode gives v as libzmq takes it, or says why it cannot.
func encode(spec options.Spec, v any) ([]byte, error) {
	switch v := v.(type) {
	case []byte:
		return encodeBytes(spec, v)
	case string:
		return encodeBytes(spec, []byte(v))
	case bool:
		if v {
			return encodeNumber(spec, 1)
		}
		return encodeNumber(spec, 0)
	case time.Duration:
		return encodeDuration(spec, v)
	case uint64:
		if spec.Wire == options.Uint64 {
			return native.AppendUint64(nil, v), nil
		}
		if v > math.MaxInt64 {
			return nil, outOfRange(spec, v)
		}
		return encodeNumber(spec, int64(v))
	}
	switch r := reflect.ValueOf(v); r.Kind() { // named types: enumerations, keys
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeNumber(spec, r.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return encodeNumber(spec, int64(r.Uint()))
	case reflect.String:
		return encodeBytes(spec, []byte(r.String()))
	case reflect.Array:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			b := make([]byte, r.Len())
			reflect.Copy(reflect.ValueOf(b), r)
			return encodeBytes(spec, b)
		}
	}
	return nil, because{ErrInvalid, fmt.Sprintf("a %T is no value of an option", v)}
}

func encodeNumber(spec options.Spec, v int64) ([]byte, error) {
	if spec.Min != spec.Max && (v < spec.Min || v > spec.Max) {
		return nil, outOfRange(spec, v)
	}
	switch spec.Wire {
	case options.Int64, options.Uint64:
		return native.AppendUint64(nil, uint64(v)), nil
	}
	if v < math.MinInt32 || v > math.MaxInt32 {
		return nil, outOfRange(spec, v)
	}
	return native.AppendUint32(nil, uint32(v)), nil
}

// encodeDuration rounds up, so that a small timeout never becomes none. Any
// negative duration is C's -1.
func encodeDuration(spec options.Spec, d time.Duration) ([]byte, error) {
	unit := spec.Unit
	if unit == 0 {
		unit = time.Millisecond
	}
	n := int64(-1)
	if d >= 0 {
		n = int64(d / unit)
		if d%unit != 0 {
			n++
		}
	}
	if spec.Min != spec.Max && (n < spec.Min || n > spec.Max) || n > math.MaxInt32 {
		least := time.Duration(spec.Min) * unit
		most := int64(math.MaxInt32)
		if spec.Max != 0 {
			most = min(most, spec.Max)
		}
		why := fmt.Sprintf("%v is not between %v and %v", d, least, time.Duration(most)*unit)
		if spec.Min == -1 {
			why = fmt.Sprintf("%v is over %v", d, time.Duration(most)*unit)
		}
		return nil, because{ErrInvalid, why}
	}
	return encodeNumber(options.Spec{Wire: spec.Wire}, n)
}

func encodeBytes(spec options.Spec, b []byte) ([]byte, error) {
	n := int64(len(b))
	if spec.Min != spec.Max && (n < spec.Min || n > spec.Max) {
		if spec.Secret {
			return nil, because{ErrInvalid, fmt.Sprintf("the value must have %d to %d bytes", spec.Min, spec.Max)}
		}
		return nil, because{ErrInvalid, fmt.Sprintf("%d bytes are not between %d and %d", n, spec.Min, spec.Max)}
	}
	switch spec.Wire {
	case options.Text:
		if bytes.IndexByte(b, 0) >= 0 {
			return nil, because{ErrInvalid, "the text holds a NUL"}
		}
	case options.Key:
		if n != 32 && n != 40 {
			return nil, because{ErrInvalid, "a key has 32 bytes, or 40 characters of Z85"}
		}
	case options.Bytes:
	default:
		return nil, because{ErrInvalid, "the option is a number"}
	}
	// A private copy: the caller may reuse the slice before Set runs.
	return append(make([]byte, 0, n), b...), nil
}

func outOfRange(spec options.Spec, v any) error {
	lo, hi := spec.Min, spec.Max
	if lo == hi {
		lo, hi = math.MinInt32, math.MaxInt32
	}
	return because{ErrInvalid, fmt.Sprintf("%v is not between %d and %d", v, lo, hi)}
}

// size is how many bytes to ask for.
func size(spec options.Spec) int {
	switch spec.Wire {
	case options.Int:
		return 4
	case options.Int64, options.Uint64:
		return 8
	case options.FD:
		return fdSize
	case options.Key:
		return 32
	}
	return 256
}

// decode reads what libzmq gave into *v, which has the option's Go type.
func decode(spec options.Spec, b []byte, v any) error {
	switch v := v.(type) {
	case *[]byte:
		*v = bytes.Clone(b)
		return nil
	case *string:
		*v = strings.TrimSuffix(string(b), "\x00")
		return nil
	}
	var n int64
	switch len(b) {
	case 4:
		n = int64(int32(native.Uint32(b)))
	case 8:
		n = int64(native.Uint64(b))
	}
	switch r := reflect.ValueOf(v).Elem(); r.Kind() {
	case reflect.Bool:
		r.SetBool(n != 0)
		return nil
	case reflect.Int64:
		if d, ok := v.(*time.Duration); ok {
			*d = duration(spec, n)
			return nil
		}
		r.SetInt(n)
		return nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32:
		r.SetInt(n)
		return nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		r.SetUint(uint64(n))
		return nil
	case reflect.String:
		r.SetString(strings.TrimSuffix(string(b), "\x00"))
		return nil
	case reflect.Array:
		if r.Type().Elem().Kind() == reflect.Uint8 && r.Len() == len(b) {
			reflect.Copy(r, reflect.ValueOf(b))
			return nil
		}
	}
	return because{ErrInvalid, fmt.Sprintf("a %T cannot hold the option", v)}
}

// duration gives -1 ns for C's -1: negative means for ever, or the default.
func duration(spec options.Spec, n int64) time.Duration {
	if n < 0 {
		return -1
	}
	if spec.Unit == 0 {
		return time.Duration(n) * time.Millisecond
	}
	return time.Duration(n) * spec.Unit
}

// milliseconds reads an encoded duration option back, in nanoseconds;
// negative is none.
func milliseconds(b []byte) int64 {
	return int64(duration(options.Spec{}, int64(int32(native.Uint32(b)))))
}
