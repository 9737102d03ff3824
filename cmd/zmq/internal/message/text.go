package message

import (
	"bytes"
	"cmp"
	"errors"
	"strings"
)

// newText makes text and escaped.
func newText(escaped bool, o Options) (codec, error) {
	delimiter := cmp.Or(o.Delimiter, "\n")
	separator := cmp.Or(o.Separator, "\t")
	switch {
	case escaped && strings.ContainsAny(separator+delimiter, `\ntrx0123456789abcdefABCDEF`):
		return nil, errors.New("what stands between escaped frames and messages cannot be part of an escape")
	case escaped:
		return lines{delimiter, escapedWords{separator, separator + delimiter}}, nil
	case o.Printable:
		return lines{delimiter, printableWords{plainWords{separator, o.Separator != ""}}}, nil
	}
	return lines{delimiter, plainWords{separator, o.Separator != ""}}, nil
}

// plainWords writes frames as they are, with a separator in between.
type plainWords struct {
	separator string
	split     bool // when reading
}

func (w plainWords) parse(line []byte) ([][]byte, error) {
	if !w.split {
		return [][]byte{line}, nil
	}
	return bytes.Split(line, []byte(w.separator)), nil
}

func (w plainWords) append(line []byte, frames [][]byte) []byte {
	for i, f := range frames {
		if i > 0 {
			line = append(line, w.separator...)
		}
		line = append(line, f...)
	}
	return line
}

// printableWords writes nothing that a terminal would obey.
type printableWords struct{ plainWords }

func (w printableWords) append(line []byte, frames [][]byte) []byte {
	for i, f := range frames {
		if i > 0 {
			line = append(line, w.separator...)
		}
		line = appendPrintable(line, f, func(r rune) bool { return r == '\n' || r == '\t' })
	}
	return line
}

// escapedWords escapes what does not print, and what has a meaning.
type escapedWords struct {
	separator string
	special   string // what stands between frames and messages
}

func (w escapedWords) parse(line []byte) ([][]byte, error) {
	frames := bytes.Split(line, []byte(w.separator))
	for i, f := range frames {
		var err error
		if frames[i], err = Unescape(f); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

func (w escapedWords) append(line []byte, frames [][]byte) []byte {
	for i, f := range frames {
		if i > 0 {
			line = append(line, w.separator...)
		}
		// Parts of a separator are escaped too, wherever they stand: simpler
		// than to find where they would be mistaken for one.
		for len(f) > 0 {
			n := bytes.IndexFunc(f, func(r rune) bool { return r == '\\' || strings.ContainsRune(w.special, r) })
			if n < 0 {
				line = appendPrintable(line, f, nil)
				break
			}
			line = appendPrintable(line, f[:n], nil)
			line = appendEscape(line, f[n])
			f = f[n+1:]
		}
	}
	return line
}
