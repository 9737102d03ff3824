package wire

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// The flags of a frame (RFC 15, 23 and 37). All others are reserved.
const (
	More    = 1 // another frame of the message follows
	Long    = 2 // the length has eight bytes
	Command = 4 // the frame is a command; not in ZMTP 2.0
)

// Frame is a message's frame, or a command.
type Frame struct {
	Flags byte
	Body  string
}

// String shortens long bodies.
func (f Frame) String() string {
	if len(f.Body) > 100 {
		return fmt.Sprintf("%#x, %d bytes: %q...", f.Flags, len(f.Body), f.Body[:100])
	}
	return fmt.Sprintf("%#x %q", f.Flags, f.Body)
}

// maxFrame is more than tests send: what is said to be longer is a mistake.
const maxFrame = 1 << 28

// Header is what comes before a frame's body: flags as given, and a length in
// eight bytes if they have Long, else in one.
func Header(flags byte, length uint64) []byte {
	if flags&Long == 0 {
		return []byte{flags, byte(length)}
	}
	return binary.BigEndian.AppendUint64([]byte{flags}, length)
}

// FrameBytes is a frame. Long is added to the flags where the length needs it.
func FrameBytes(flags byte, body string) []byte {
	if len(body) > 0xff {
		flags |= Long
	}
	return append(Header(flags, uint64(len(body))), body...)
}

// Frame sends a frame. After Seal it goes in a MESSAGE.
func (p *Peer) Frame(flags byte, body string) {
	p.t.Helper()
	if p.sealed != nil {
		flags, body = 0, p.sealed.Message(sealedFlags(flags), body)
	}
	p.Put(FrameBytes(flags, body)...)
}

// Next receives a frame, of a message or a command. After Seal it comes out of
// a MESSAGE.
func (p *Peer) Next() Frame {
	p.t.Helper()
	f := p.next()
	if p.sealed == nil {
		return f
	}
	flags, body, ok := p.sealed.Open(f.Body)
	if !ok {
		p.t.Fatalf("the frame %v is no MESSAGE that can be opened", f)
	}
	return Frame{Flags: openFlags(flags), Body: body}
}

func (p *Peer) next() Frame {
	p.t.Helper()
	f := Frame{Flags: p.Get(1)[0]}
	n := uint64(0)
	if f.Flags&Long == 0 {
		n = uint64(p.Get(1)[0])
	} else {
		n = binary.BigEndian.Uint64(p.Get(8))
	}
	if n > maxFrame {
		p.t.Fatalf("a frame with flags %#x says that it has %d bytes", f.Flags, n)
	}
	f.Body = string(p.Get(int(n)))
	return f
}

// MessageBytes is a whole message.
func MessageBytes(frames ...string) (b []byte) {
	for i, f := range frames {
		b = append(b, FrameBytes(more(i, frames), f)...)
	}
	return b
}

// Send sends a whole message.
func (p *Peer) Send(frames ...string) {
	p.t.Helper()
	for i, f := range frames {
		p.Frame(more(i, frames), f)
	}
}

// more are the flags of frame i of a message.
func more(i int, frames []string) byte {
	if i < len(frames)-1 {
		return More
	}
	return 0
}

// Recv receives a whole message. A command is a failure.
func (p *Peer) Recv() (frames []string) {
	p.t.Helper()
	for {
		f := p.Next()
		if f.Flags&Command != 0 {
			p.t.Fatalf("received the command %v, want a message", f)
		}
		frames = append(frames, f.Body)
		if f.Flags&More == 0 {
			return frames
		}
	}
}

// Expect receives a message, which must have these frames.
func (p *Peer) Expect(frames ...string) {
	p.t.Helper()
	if got := p.Recv(); !slices.Equal(got, frames) {
		p.t.Fatalf("received %q, want %q", got, frames)
	}
}
