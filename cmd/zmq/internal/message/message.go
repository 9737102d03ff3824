// Package message turns messages into bytes of a stream, and back: the formats
// of the command line.
package message

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Format is a way to write messages.
type Format string

// The formats. Those of text write one message a line.
const (
	Text    Format = "text"    // frames as they are
	Escaped Format = "escaped" // text in which bytes that do not print are \xHH; reversible
	Hex     Format = "hex"     // frames in hexadecimal
	Base64  Format = "base64"  // frames in base64
	JSON    Format = "json"    // an array of strings
	MsgPack Format = "msgpack" // an array of binaries
	ZMTP    Format = "zmtp"    // length-prefixed frames, as ZMTP 3 has them on the wire (RFC 23)
	Raw     Format = "raw"     // bytes and nothing else
)

// Formats are all of them.
var Formats = []Format{Text, Escaped, Hex, Base64, JSON, MsgPack, ZMTP, Raw}

// Options adjust a format.
type Options struct {
	// Delimiter ends each message of text and escaped; "" is a newline.
	Delimiter string
	// Separator stands between the frames of a message of text and escaped. ""
	// is a tab, but text that is read is then not split at all.
	Separator string
	// Block cuts what raw reads into messages of this many bytes; 0 makes all
	// of it one message.
	Block int
	// Max bounds the bytes of one message that is read, roughly; 0 is no bound.
	Max int64
	// Printable makes text safe for terminals: bytes that do not print are
	// written as \xHH.
	Printable bool
}

// About is what is known of a received message besides its frames. JSON
// writes it.
type About struct {
	Time       time.Time `json:"time"`
	Peer       string    `json:"peer,omitempty"`        // its address
	SocketType string    `json:"socket_type,omitempty"` // of the peer
	UserID     string    `json:"user_id,omitempty"`     // as authentication found it
}

// codec is one format.
type codec interface {
	// read reads the next message; io.EOF is the end between two.
	read(in *bufio.Reader) ([][]byte, error)
	// parse reads b, which is one message as a whole. It may keep b.
	parse(b []byte) ([][]byte, error)
	// write may leave its error to a later Flush.
	write(out *bufio.Writer, frames [][]byte, about *About) error
}

func newCodec(f Format, o Options) (codec, error) {
	if f != Text && f != Escaped && (o.Delimiter != "" || o.Separator != "") {
		return nil, fmt.Errorf("delimiter and separator are for the formats text and escaped, not for %s", f)
	}
	switch f {
	case Text, Escaped:
		return newText(f == Escaped, o)
	case Hex:
		return lines{"\n", hexWords}, nil
	case Base64:
		return lines{"\n", base64Words}, nil
	case JSON:
		return jsonCodec{}, nil
	case MsgPack:
		return msgpackCodec{}, nil
	case ZMTP:
		return zmtpCodec{}, nil
	case Raw:
		return rawCodec{block: o.Block}, nil
	}
	return nil, fmt.Errorf("%q is no format: %s", f, Names())
}

// Names are the formats, for people.
func Names() string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// Parse reads one message that is b as a whole, such as an argument. It may
// keep b.
func Parse(f Format, o Options, b []byte) ([][]byte, error) {
	c, err := newCodec(f, o)
	if err != nil {
		return nil, err
	}
	return atLeastOne(c.parse(b))
}

func atLeastOne(frames [][]byte, err error) ([][]byte, error) {
	if err == nil && len(frames) == 0 {
		err = errors.New("a message has one frame at least")
	}
	return frames, err
}

// Reader reads messages from a stream.
type Reader struct {
	codec  codec
	in     *bufio.Reader
	bound  *bound
	format Format
	n      int
}

// NewReader reads in the format f.
func NewReader(in io.Reader, f Format, o Options) (*Reader, error) {
	c, err := newCodec(f, o)
	if err != nil {
		return nil, err
	}
	b := &bound{in: in, max: o.Max}
	return &Reader{codec: c, in: bufio.NewReaderSize(b, 64<<10), bound: b, format: f}, nil
}

// Read gives the next message, whose bytes are the caller's; io.EOF at the end.
func (r *Reader) Read() ([][]byte, error) {
	r.bound.next()
	r.n++
	frames, err := atLeastOne(r.codec.read(r.in))
	switch {
	case err == nil:
		return frames, nil
	case err == io.EOF:
		return nil, io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the input ends in the middle of it")
	}
	return nil, fmt.Errorf("message %d of the input, as %s: %w", r.n, r.format, err)
}

// bound ends a stream whose messages are too long for memory.
type bound struct {
	in        io.Reader
	max, left int64
}

// next begins a message. It may be a bit longer, for what a format adds.
func (b *bound) next() { b.left = b.max + 4096 }

func (b *bound) Read(p []byte) (int, error) {
	if b.max > 0 {
		if b.left <= 0 {
			return 0, fmt.Errorf("it is longer than %d bytes (--max-size)", b.max)
		}
		p = p[:min(int64(len(p)), b.left)]
	}
	n, err := b.in.Read(p)
	b.left -= int64(n)
	return n, err
}

// Writer writes messages to a stream, through a buffer.
type Writer struct {
	codec codec
	out   *bufio.Writer
}

// NewWriter writes in the format f.
func NewWriter(out io.Writer, f Format, o Options) (*Writer, error) {
	c, err := newCodec(f, o)
	if err != nil {
		return nil, err
	}
	return &Writer{c, bufio.NewWriterSize(out, 64<<10)}, nil
}

// Write writes a message; about may be nil. Errors may come as late as from
// Flush.
func (w *Writer) Write(frames [][]byte, about *About) error {
	return w.codec.write(w.out, frames, about)
}

// Flush writes what is in the buffer.
func (w *Writer) Flush() error { return w.out.Flush() }

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	if f := Format(name); slices.Contains(Formats, f) {
		return f, nil
	}
	return "", fmt.Errorf("%q is no format: %s", name, Names())
}
