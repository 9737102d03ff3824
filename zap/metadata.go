package zap

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Metadata travels as properties of ZMTP: a byte with the length of the name,
// the name, four bytes with the length of the value, the value.

const (
	maxName     = 255
	maxMetadata = 1 << 20 // in bytes as sent; ours, so that a mistake is noticed
)

// reserved names have a meaning in ZeroMQ, in lower case.
var reserved = []string{"user-id", "peer-address", "socket-type", "identity", "routing-id", "resource"}

// checkMetadata finds what cannot be sent as properties.
func checkMetadata(m map[string]string) error {
	size := 0
	seen := make(map[string]bool, len(m))
	for name, value := range m {
		if err := checkName(name); err != nil {
			return err
		}
		lower := strings.ToLower(name)
		if slices.Contains(reserved, lower) {
			return fmt.Errorf("metadata cannot be called %s, which is ZeroMQ's own", lower)
		}
		if seen[lower] {
			return errors.New("a name of metadata comes twice: case does not count")
		}
		seen[lower] = true
		// Not a sum that could overflow: the check is made for each.
		if len(value) > maxMetadata {
			return errLong
		}
		if size += 1 + len(name) + 4 + len(value); size > maxMetadata {
			return errLong
		}
	}
	return nil
}

var (
	errLong      = fmt.Errorf("the metadata is longer than %d bytes", maxMetadata)
	errName      = errors.New("a name of metadata is not 1 to 255 letters, digits and -_.+")
	errTruncated = errors.New("the metadata ends in the middle of a property")
)

func checkName(name string) error {
	if len(name) == 0 || len(name) > maxName {
		return errName
	}
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case strings.IndexByte("-_.+", c) >= 0:
		default:
			return errName
		}
	}
	return nil
}

// encodeMetadata encodes what checkMetadata has found good, in the order of
// the names.
func encodeMetadata(m map[string]string) []byte {
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(m)) {
		b = append(b, byte(len(name)))
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, uint32(len(m[name])))
		b = append(b, m[name]...)
	}
	return b
}

// decodeMetadata reads properties.
func decodeMetadata(b []byte) (map[string]string, error) {
	m := make(map[string]string)
	for len(b) > 0 {
		n := int(b[0])
		if len(b) < 1+n+4 {
			return nil, errTruncated
		}
		name := string(b[1 : 1+n])
		if err := checkName(name); err != nil {
			return nil, err
		}
		b = b[1+n:]
		size := uint64(binary.BigEndian.Uint32(b))
		b = b[4:]
		if uint64(len(b)) < size {
			return nil, errTruncated
		}
		m[name] = string(b[:size])
		b = b[size:]
	}
	return m, nil
}
