package zmq

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"gozmq/internal/options"
	"gozmq/internal/z85"
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

// encode gives v as libzmq takes it, or says why it cannot. Nil is C's NULL.
func encode(spec options.Spec, v any) ([]byte, error) {
	if d, ok := v.(time.Duration); ok {
		return encodeDuration(spec, d)
	}
	// By kind, because enumerations and keys have types of their own.
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Bool:
		if r.Bool() {
			return encodeNumber(spec, 1)
		}
		return encodeNumber(spec, 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeNumber(spec, r.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return encodeUnsigned(spec, r.Uint())
	case reflect.String:
		return encodeBytes(spec, []byte(r.String()))
	case reflect.Slice:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			return encodeBytes(spec, r.Bytes())
		}
	case reflect.Array:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			b := make([]byte, r.Len())
			reflect.Copy(reflect.ValueOf(b), r)
			return encodeBytes(spec, b)
		}
	}
	return nil, because{ErrInvalid, fmt.Sprintf("a %T is no value of an option", v)}
}

func encodeUnsigned(spec options.Spec, v uint64) ([]byte, error) {
	if spec.Wire == options.Uint64 {
		return native.AppendUint64(nil, v), nil
	}
	if v > math.MaxInt64 {
		return nil, outOfRange(spec, v)
	}
	return encodeNumber(spec, int64(v))
}

func encodeNumber(spec options.Spec, v int64) ([]byte, error) {
	if lo, hi := bounds(spec); v < lo || v > hi {
		return nil, outOfRange(spec, v)
	}
	switch spec.Wire {
	case options.Int, options.Uint32:
		return native.AppendUint32(nil, uint32(v)), nil
	case options.Int64, options.Uint64:
		return native.AppendUint64(nil, uint64(v)), nil
	}
	return nil, because{ErrInvalid, "the option is no number"}
}

// bounds is the range of a number, in C's unit.
func bounds(spec options.Spec) (lo, hi int64) {
	switch {
	case spec.Min != spec.Max:
		return spec.Min, spec.Max
	case spec.Wire == options.Int64:
		return math.MinInt64, math.MaxInt64
	case spec.Wire == options.Uint64:
		return 0, math.MaxInt64
	}
	return math.MinInt32, math.MaxInt32
}

func outOfRange(spec options.Spec, v any) error {
	lo, hi := bounds(spec)
	return because{ErrInvalid, fmt.Sprintf("%v is not between %d and %d", v, lo, hi)}
}

// encodeDuration rounds up, so that a small timeout never becomes none. Any
// negative duration is C's -1.
func encodeDuration(spec options.Spec, d time.Duration) ([]byte, error) {
	if spec.Unit == 0 {
		return nil, because{ErrInvalid, "the option is no time"}
	}
	lo, hi := bounds(spec)
	n := int64(-1)
	if d >= 0 {
		n = ceil(int64(d), int64(spec.Unit))
	}
	if n < lo || n > hi {
		least, also := time.Duration(lo)*spec.Unit, ""
		if lo < 0 {
			least, also = 0, ", nor negative"
		}
		return nil, because{ErrInvalid, fmt.Sprintf("%v is not between %v and %v%s", d, least, time.Duration(hi)*spec.Unit, also)}
	}
	if spec.Step != 0 {
		n = min(ceil(n, spec.Step), hi/spec.Step) * spec.Step
	}
	return native.AppendUint32(nil, uint32(n)), nil
}

// ceil is n/unit, rounded up.
func ceil(n, unit int64) int64 {
	if n%unit != 0 {
		return n/unit + 1
	}
	return n / unit
}

// encodeBytes copies b: the caller may reuse the slice before Set runs.
func encodeBytes(spec options.Spec, b []byte) ([]byte, error) {
	n := int64(len(b))
	if spec.Min != spec.Max && (n < spec.Min || n > spec.Max) {
		if spec.Secret {
			return nil, because{ErrInvalid, fmt.Sprintf("the length is not between %d and %d bytes", spec.Min, spec.Max)}
		}
		return nil, because{ErrInvalid, fmt.Sprintf("%d bytes are not between %d and %d", n, spec.Min, spec.Max)}
	}
	switch spec.Wire {
	case options.Bytes:
	case options.Text, options.Metadata, options.ThreadName:
		if bytes.IndexByte(b, 0) >= 0 {
			return nil, because{ErrInvalid, "the text holds a NUL"}
		}
		if spec.Wire == options.Metadata {
			return encodeMetadata(b)
		}
		if spec.Wire == options.ThreadName {
			return encodeThreadName(string(b)), nil
		}
	case options.Key:
		return encodeKey(b)
	default:
		return nil, because{ErrInvalid, "the option is a number"}
	}
	if n == 0 && spec.Clears {
		return nil, nil
	}
	return append(make([]byte, 0, n), b...), nil
}

// encodeKey reads Z85 itself: libzmq writes over the key that it has before it
// finds a text to be none.
func encodeKey(b []byte) ([]byte, error) {
	key := bytes.Clone(b)
	if len(b) == 40 {
		key, _ = z85.Decode(string(b)) // whose errors would add nothing
	}
	if len(key) != 32 {
		return nil, because{ErrInvalid, "a key has 32 bytes, or 40 characters of Z85"}
	}
	return key, nil
}

// encodeMetadata says what is wrong, where libzmq has one EINVAL for all.
func encodeMetadata(b []byte) ([]byte, error) {
	key, value, ok := strings.Cut(string(b), ":")
	switch {
	case !ok || !strings.HasPrefix(key, "X-") || value == "":
		return nil, because{ErrInvalid, `metadata is "X-key:value"`}
	case len(key) > 255:
		return nil, because{ErrInvalid, fmt.Sprintf("a key of %d bytes is longer than 255", len(key))}
	case len(b) == 4: // libzmq takes it for an int
		return nil, because{ErrInvalid, "metadata of 4 bytes is not possible"}
	}
	return bytes.Clone(b), nil
}

// encodeThreadName makes a number an int, which every libzmq takes. Other text
// needs drafts, and four bytes would be an int too, so they get their NUL.
func encodeThreadName(s string) []byte {
	if n, err := strconv.ParseInt(s, 10, 32); err == nil && strconv.FormatInt(n, 10) == s {
		return native.AppendUint32(nil, uint32(n))
	}
	if len(s) == 4 {
		s += "\x00"
	}
	return []byte(s)
}
