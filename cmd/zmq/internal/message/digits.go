package message

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
)

// digits writes frames in an alphabet of letters and digits, with a space in
// between. An empty frame is a word without letters, so a message of two of
// them is a single space.
type digits struct {
	encode func(dst, frame []byte) []byte
	decode func(word []byte) ([]byte, error)
}

var (
	hexWords = digits{
		encode: hex.AppendEncode,
		decode: func(word []byte) ([]byte, error) { return hex.AppendDecode(nil, word) },
	}
	base64Words = digits{
		encode: base64.StdEncoding.AppendEncode,
		decode: func(word []byte) ([]byte, error) { return base64.StdEncoding.AppendDecode(nil, word) },
	}
)

func (d digits) parse(line []byte) ([][]byte, error) {
	frames := bytes.Split(bytes.TrimSuffix(line, []byte("\r")), []byte(" "))
	for i, word := range frames {
		var err error
		if frames[i], err = d.decode(word); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

func (d digits) append(line []byte, frames [][]byte) []byte {
	for i, f := range frames {
		if i > 0 {
			line = append(line, ' ')
		}
		line = d.encode(line, f)
	}
	return line
}
