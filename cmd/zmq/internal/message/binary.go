package message

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/vmihailenco/msgpack/v5"
)

// rawCodec is bytes and nothing else.
type rawCodec struct{ block int }

func (c rawCodec) read(in *bufio.Reader) ([][]byte, error) {
	if c.block > 0 {
		b := make([]byte, c.block)
		n, err := io.ReadFull(in, b)
		if err == io.ErrUnexpectedEOF {
			err = nil
		}
		return [][]byte{b[:n]}, err
	}
	b, err := io.ReadAll(in)
	if err == nil && len(b) == 0 {
		err = io.EOF
	}
	return [][]byte{b}, err
}

func (rawCodec) parse(b []byte) ([][]byte, error) { return [][]byte{b}, nil }

func (rawCodec) write(out *bufio.Writer, frames [][]byte, _ *About) error {
	for _, f := range frames {
		if _, err := out.Write(f); err != nil {
			return err
		}
	}
	return nil
}

// whole reads b with read, which must leave nothing.
func whole(b []byte, read func(*bufio.Reader) ([][]byte, error)) ([][]byte, error) {
	in := bufio.NewReader(bytes.NewReader(b))
	frames, err := read(in)
	if err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	if _, more := in.Peek(1); err == nil && more == nil {
		err = errors.New("something follows the message")
	}
	return frames, err
}

// msgpackCodec writes a message as an array of binaries. Strings are read too.
type msgpackCodec struct{}

func (msgpackCodec) read(in *bufio.Reader) ([][]byte, error) {
	if _, err := in.Peek(1); err != nil {
		return nil, err
	}
	d := msgpack.NewDecoder(in) // reads no further than it must: in is a ByteScanner
	n, err := d.DecodeArrayLen()
	if err != nil || n < 0 {
		return nil, notA("no array", err)
	}
	var frames [][]byte // grows with what comes: n is what somebody claims
	for range n {
		size, err := d.DecodeBytesLen()
		if err != nil || size < 0 {
			return nil, notA(fmt.Sprintf("frame %d is no binary", len(frames)+1), err)
		}
		f, err := body(in, int64(size))
		if err != nil {
			return nil, err
		}
		frames = append(frames, f)
	}
	return frames, nil
}

// notA is an error of the package msgpack, which is nil for a nil.
func notA(what string, err error) error {
	if err == nil {
		return errors.New(what)
	}
	return fmt.Errorf("%s: %w", what, midway(err))
}

// body reads n bytes, which somebody claims to be there: memory grows with
// what comes.
func body(in *bufio.Reader, n int64) ([]byte, error) {
	var b bytes.Buffer
	_, err := io.CopyN(&b, in, n)
	return b.Bytes(), midway(err)
}

// midway is an end of the input where more was due.
func midway(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (c msgpackCodec) parse(b []byte) ([][]byte, error) { return whole(b, c.read) }

func (msgpackCodec) write(out *bufio.Writer, frames [][]byte, _ *About) error {
	e := msgpack.NewEncoder(out)
	if err := e.EncodeArrayLen(len(frames)); err != nil {
		return err
	}
	for _, f := range frames {
		if err := e.EncodeBytesLen(len(f)); err != nil {
			return err
		}
		if _, err := out.Write(f); err != nil {
			return err
		}
	}
	return nil
}

// zmtpCodec writes a message as its frames on the wire: flags, length in 1 or
// 8 bytes, body. Source: RFC 23, "Framing".
type zmtpCodec struct{}

const (
	zmtpMore = 1 << iota
	zmtpLong
	zmtpKnown = zmtpMore | zmtpLong
)

func (zmtpCodec) read(in *bufio.Reader) ([][]byte, error) {
	var frames [][]byte
	for {
		flags, err := in.ReadByte()
		if err != nil {
			if len(frames) > 0 {
				err = midway(err)
			}
			return nil, err
		}
		if flags&^zmtpKnown != 0 {
			return nil, fmt.Errorf("frame %d has the flags %#02x, which are not those of a message", len(frames)+1, flags)
		}
		size, err := zmtpSize(in, flags&zmtpLong != 0)
		if err != nil {
			return nil, midway(err)
		}
		f, err := body(in, size)
		if err != nil {
			return nil, err
		}
		frames = append(frames, f)
		if flags&zmtpMore == 0 {
			return frames, nil
		}
	}
}

func zmtpSize(in *bufio.Reader, long bool) (int64, error) {
	var size [8]byte
	field := size[7:]
	if long {
		field = size[:]
	}
	if _, err := io.ReadFull(in, field); err != nil {
		return 0, err
	}
	n := binary.BigEndian.Uint64(size[:])
	if n > math.MaxInt64 {
		return 0, fmt.Errorf("a frame cannot have %d bytes", n)
	}
	return int64(n), nil
}

func (c zmtpCodec) parse(b []byte) ([][]byte, error) { return whole(b, c.read) }

func (zmtpCodec) write(out *bufio.Writer, frames [][]byte, _ *About) error {
	for i, f := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags |= zmtpMore
		}
		head := []byte{flags, byte(len(f))}
		if len(f) > 255 {
			head = binary.BigEndian.AppendUint64([]byte{flags | zmtpLong}, uint64(len(f)))
		}
		if _, err := out.Write(head); err != nil {
			return err
		}
		if _, err := out.Write(f); err != nil {
			return err
		}
	}
	return nil
}
