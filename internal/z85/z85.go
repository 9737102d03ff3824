// Package z85 writes binary data as text that is safe in source code and
// configuration: five characters for four bytes. Source: ZeroMQ's RFC 32.
package z85

import (
	"encoding/binary"
	"errors"
	"math"
)

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// digits has the value of each character, plus one; 0 is none.
var digits = func() (d [256]byte) {
	for i := range len(alphabet) {
		d[alphabet[i]] = byte(i + 1)
	}
	return d
}()

// The errors hold nothing of the text, which may be a secret.
var (
	ErrLength    = errors.New("z85: bytes come in fours, characters in fives")
	ErrCharacter = errors.New("z85: a character that is none of the encoding")
	ErrRange     = errors.New("z85: five characters that stand for no four bytes")
)

// Encode gives data as text. The only error is ErrLength.
func Encode(data []byte) (string, error) {
	if len(data)%4 != 0 {
		return "", ErrLength
	}
	text := make([]byte, len(data)/4*5)
	for i := range len(data) / 4 {
		v := binary.BigEndian.Uint32(data[4*i:])
		for k := 4; k >= 0; k-- {
			text[5*i+k] = alphabet[v%85]
			v /= 85
		}
	}
	return string(text), nil
}

// Decode gives the data of text. There is exactly one text for each data.
func Decode(text string) ([]byte, error) {
	if len(text)%5 != 0 {
		return nil, ErrLength
	}
	data := make([]byte, 0, len(text)/5*4)
	for i := 0; i < len(text); i += 5 {
		var v uint64
		for k := range 5 {
			d := digits[text[i+k]]
			if d == 0 {
				return nil, ErrCharacter
			}
			v = 85*v + uint64(d-1)
		}
		if v > math.MaxUint32 {
			return nil, ErrRange
		}
		data = binary.BigEndian.AppendUint32(data, uint32(v))
	}
	return data, nil
}
