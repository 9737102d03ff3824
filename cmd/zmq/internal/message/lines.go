package message

import (
	"bufio"
	"bytes"
	"io"
)

// lines is a format with a delimiter after each message.
type lines struct {
	delimiter string
	words
}

// words is how the frames of one line are written.
type words interface {
	parse(line []byte) ([][]byte, error)
	append(line []byte, frames [][]byte) []byte
}

func (l lines) read(in *bufio.Reader) ([][]byte, error) {
	line, err := l.line(in)
	if err != nil {
		return nil, err
	}
	return l.words.parse(line)
}

// line reads up to the delimiter. The last line may lack it.
func (l lines) line(in *bufio.Reader) ([]byte, error) {
	var line []byte
	last := l.delimiter[len(l.delimiter)-1]
	for {
		part, err := in.ReadSlice(last)
		line = append(line, part...)
		switch {
		case err == io.EOF && len(line) > 0:
			return line, nil
		case err != nil && err != bufio.ErrBufferFull:
			return nil, err
		case bytes.HasSuffix(line, []byte(l.delimiter)):
			return line[:len(line)-len(l.delimiter)], nil
		}
	}
}

// parse takes a delimiter at the end off: the output of commands has one.
func (l lines) parse(b []byte) ([][]byte, error) {
	return l.words.parse(bytes.TrimSuffix(b, []byte(l.delimiter)))
}

func (l lines) write(out *bufio.Writer, frames [][]byte, _ *About) error {
	line := l.words.append(out.AvailableBuffer(), frames)
	_, err := out.Write(append(line, l.delimiter...))
	return err
}
