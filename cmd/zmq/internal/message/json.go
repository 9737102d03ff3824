package message

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// jsonCodec writes a message as an array, a line each. A frame that is UTF-8
// is a string, another one is {"base64": "..."}.
//
// What is read may also be a string, which is a message of one frame; an
// object with the array as "frames", which is what is written with About; and
// values that need not be one a line.
type jsonCodec struct{}

func (jsonCodec) read(in *bufio.Reader) ([][]byte, error) {
	value, err := jsonValue(in)
	if err != nil {
		return nil, err
	}
	return jsonCodec{}.parse(value)
}

func (jsonCodec) parse(b []byte) ([][]byte, error) {
	b = bytes.TrimSpace(b)
	if bytes.HasPrefix(b, []byte("{")) {
		var whole struct {
			Frames []jsonFrame `json:"frames"`
		}
		if err := json.Unmarshal(b, &whole); err != nil {
			return nil, jsonError(err)
		}
		if whole.Frames != nil {
			return framesOf(whole.Frames), nil
		}
	}
	if bytes.HasPrefix(b, []byte("[")) {
		var list []jsonFrame
		if err := json.Unmarshal(b, &list); err != nil {
			return nil, jsonError(err)
		}
		return framesOf(list), nil
	}
	var one jsonFrame
	if err := json.Unmarshal(b, &one); err != nil {
		return nil, jsonError(err)
	}
	return [][]byte{one}, nil
}

// jsonValue reads one value of JSON, with a newline after it or not. A
// json.Decoder would read on and keep what it has read.
func jsonValue(in *bufio.Reader) ([]byte, error) {
	var value []byte
	depth, quoted := 0, false
	for {
		c, err := in.ReadByte()
		switch {
		case err == io.EOF && len(value) > 0:
			return value, nil
		case err != nil:
			return nil, err
		case len(value) == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			continue
		}
		value = append(value, c)
		switch {
		case quoted && c == '\\':
			if c, err = in.ReadByte(); err == nil {
				value = append(value, c)
			}
			continue
		case c == '"':
			quoted = !quoted
		case quoted:
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case depth == 0 && c == '\n':
			return value, nil
		}
		if depth <= 0 && !quoted && (c == '"' || c == ']' || c == '}') {
			return value, nil
		}
	}
}

func framesOf(list []jsonFrame) [][]byte {
	frames := make([][]byte, len(list))
	for i, f := range list {
		frames[i] = f
	}
	return frames
}

// jsonFrame is a string, or an object that says how it is encoded.
type jsonFrame []byte

func (f *jsonFrame) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		var s string
		err := json.Unmarshal(b, &s)
		*f = []byte(s)
		return err
	case '{':
		var o struct {
			Base64 *[]byte `json:"base64"`
		}
		if err := json.Unmarshal(b, &o); err != nil {
			return err
		}
		if o.Base64 != nil {
			*f = *o.Base64
			return nil
		}
	}
	return errFrame
}

var errFrame = errors.New(`a frame is a string or {"base64": "..."}`)

func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%w (at byte %d)", err, syntax.Offset)
	case errors.As(err, &kind):
		return errFrame
	}
	return err
}

func (jsonCodec) write(out *bufio.Writer, frames [][]byte, about *About) error {
	list := make([]any, len(frames))
	for i, f := range frames {
		if utf8.Valid(f) {
			list[i] = string(f)
		} else {
			list[i] = map[string][]byte{"base64": f}
		}
	}
	var v any = list
	if about != nil {
		v = struct {
			*About
			Frames []any `json:"frames"`
		}{about, list}
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
