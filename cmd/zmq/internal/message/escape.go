package message

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// appendPrintable appends b with \xHH for the bytes of what does not print and
// is not spared.
func appendPrintable(dst, b []byte, spared func(rune) bool) []byte {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		plain := unicode.IsPrint(r) && (r != utf8.RuneError || n > 1)
		if plain || spared != nil && spared(r) {
			dst = append(dst, b[:n]...)
		} else {
			for _, c := range b[:n] {
				dst = appendEscape(dst, c)
			}
		}
		b = b[n:]
	}
	return dst
}

const hexDigits = "0123456789abcdef"

// appendEscape appends the escape of one byte.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '\\':
		return append(dst, `\\`...)
	case '\n':
		return append(dst, `\n`...)
	case '\t':
		return append(dst, `\t`...)
	case '\r':
		return append(dst, `\r`...)
	}
	return append(dst, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
}

// Unescape reads \n, \t, \r, \0, \\ and \xHH. What it returns may be b.
func Unescape(b []byte) ([]byte, error) {
	if bytes.IndexByte(b, '\\') < 0 {
		return b, nil
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		if b[0] != '\\' {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		c, n, err := unescape(b)
		if err != nil {
			return nil, err
		}
		out, b = append(out, c), b[n:]
	}
	return out, nil
}

// unescape reads the escape at the start of b and says how long it is.
func unescape(b []byte) (c byte, n int, err error) {
	if len(b) < 2 {
		return 0, 0, fmt.Errorf(`a \ at the end escapes nothing`)
	}
	switch b[1] {
	case 'n':
		return '\n', 2, nil
	case 't':
		return '\t', 2, nil
	case 'r':
		return '\r', 2, nil
	case '0':
		return 0, 2, nil
	case '\\':
		return '\\', 2, nil
	case 'x':
		if len(b) >= 4 {
			if v, err := strconv.ParseUint(string(b[2:4]), 16, 8); err == nil {
				return byte(v), 4, nil
			}
		}
		return 0, 0, fmt.Errorf(`\x stands before two hexadecimal digits`)
	}
	return 0, 0, fmt.Errorf(`%q is no escape: \n \t \r \0 \\ \xHH`, b[:2])
}
