//go:build cgo

package capi

/*
#cgo noescape gozmq_z85_encode
#cgo nocallback gozmq_z85_encode
#cgo noescape gozmq_z85_decode
#cgo nocallback gozmq_z85_decode
#cgo noescape gozmq_curve_keypair
#cgo nocallback gozmq_curve_keypair
#cgo noescape gozmq_curve_public
#cgo nocallback gozmq_curve_public
#include "shims_util.h"
*/
import "C"

import (
	"math"
	"unsafe"
)

// Z85Encode returns data in the Z85 encoding of ZeroMQ's RFC 32: five characters for four bytes.
// It wraps zmq_z85_encode. Errors: [EINVAL] when the length is not a multiple of 4,
// [*LoadError].
func Z85Encode(data []byte) (string, error) {
	if err := ensureLoaded(); err != nil {
		return "", err
	}
	if len(data)%4 != 0 || len(data) > math.MaxInt32/5*4 {
		return "", EINVAL
	}
	dest := make([]byte, len(data)/4*5+1)
	rc := C.gozmq_z85_encode((*C.char)(unsafe.Pointer(&dest[0])), (*C.uint8_t)(bytesPtr(data)), C.size_t(len(data)))
	if err := resultErr("zmq_z85_encode", int(rc)); err != nil {
		return "", err
	}
	return string(dest[:len(dest)-1]), nil
}

// Z85Decode returns the bytes that [Z85Encode] made text of. It wraps zmq_z85_decode. Errors:
// [EINVAL] when s is empty, its length is not a multiple of 5, or it has other characters than the
// encoding's; [*LoadError].
func Z85Decode(s string) ([]byte, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	if len(s) == 0 || len(s)%5 != 0 || len(s) > math.MaxInt32 {
		return nil, EINVAL
	}
	// Old versions of libzmq use each character as an index without looking at it.
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return nil, EINVAL
		}
	}
	c, err := cstring(s)
	if err != nil {
		return nil, err
	}
	dest := make([]byte, len(s)/5*4)
	if err := resultErr("zmq_z85_decode", int(C.gozmq_z85_decode((*C.uint8_t)(unsafe.Pointer(&dest[0])), c))); err != nil {
		return nil, err
	}
	return dest, nil
}

// CurveKeypair returns a new pair of CURVE keys, as 40 characters of Z85 each. It
// wraps zmq_curve_keypair. Errors: [ENOTSUP] when libzmq was built without CURVE, [*LoadError].
func CurveKeypair() (public, secret string, err error) {
	if err := ensureLoaded(); err != nil {
		return "", "", err
	}
	var pub, sec [41]byte
	rc := C.gozmq_curve_keypair((*C.char)(unsafe.Pointer(&pub[0])), (*C.char)(unsafe.Pointer(&sec[0])))
	if err := resultErr("zmq_curve_keypair", int(rc)); err != nil {
		return "", "", err
	}
	return goString(pub[:]), goString(sec[:]), nil
}

// CurvePublic returns the public key that belongs to secret, both as 40 characters of Z85. It
// wraps zmq_curve_public. Errors: [EINVAL] for anything that is not a key, [ENOTSUP] when libzmq
// was built without CURVE, [*MissingError] before libzmq 4.2, [*LoadError].
func CurvePublic(secret string) (string, error) {
	if err := ensureLoaded(); err != nil {
		return "", err
	}
	if len(secret) != 40 {
		return "", EINVAL
	}
	c, err := cstring(secret)
	if err != nil {
		return "", err
	}
	var pub [41]byte
	rc := C.gozmq_curve_public((*C.char)(unsafe.Pointer(&pub[0])), c)
	if err := resultErr("zmq_curve_public", int(rc)); err != nil {
		return "", err
	}
	return goString(pub[:]), nil
}
