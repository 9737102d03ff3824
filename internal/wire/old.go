package wire

import "encoding/binary"

// Old is how peers of a version before ZMTP 3 talk. They have no security.
type Old struct {
	Version string
	Greet   func(p *Peer, socketType, identity string) (otherIdentity string)
	Send    func(p *Peer, frames ...string)
	Recv    func(p *Peer) []string
}

// Olds are the old versions.
var Olds = []Old{
	{
		Version: "2.0",
		Greet: func(p *Peer, socketType, identity string) string {
			_, other := p.Greet2(socketType, identity)
			return other
		},
		Send: (*Peer).Send,
		Recv: (*Peer).Recv,
	},
	{
		Version: "1.0",
		Greet:   func(p *Peer, _, identity string) string { return p.Greet1(identity) },
		Send:    (*Peer).Send1,
		Recv:    (*Peer).Recv1,
	},
}

// The numbers by which ZMTP 2.0 names socket types in its greeting (RFC 15),
// which are those of libzmq's API.
var oldTypes = map[string]byte{
	"PAIR": 0, "PUB": 1, "SUB": 2, "REQ": 3, "REP": 4, "DEALER": 5, "ROUTER": 6, "PULL": 7, "PUSH": 8, "XPUB": 9, "XSUB": 10,
}

// OldType is the number of a socket type in ZMTP 2.0.
func OldType(socketType string) byte { return oldTypes[socketType] }

// Greeting2Bytes is how a peer of ZMTP 2.0 begins (RFC 15): signature, revision
// 1, socket type, then the identity as a frame.
func Greeting2Bytes(socketType, identity string) []byte {
	return append([]byte{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, OldType(socketType)}, FrameBytes(0, identity)...)
}

// Greet2 greets and introduces itself as a peer of ZMTP 2.0 does, and
// returns the other side's number of its socket type and its identity. Frames
// are those of ZMTP 3 from here on, without commands.
func (p *Peer) Greet2(socketType, identity string) (otherType byte, otherIdentity string) {
	p.t.Helper()
	p.Put(Greeting2Bytes(socketType, identity)...)
	b := p.Get(12) // signature, revision, socket type
	if b[0] != 0xff || b[9] != 0x7f {
		p.t.Fatalf("the greeting is %x", b)
	}
	f := p.Next()
	if f.Flags&^Long != 0 {
		p.t.Fatalf("the identity is the frame %v", f)
	}
	return b[11], f.Body
}

// Greet1 introduces itself as a peer of ZMTP 1.0 does (RFC 13: the identity as
// a frame is all), and returns the other side's identity. Frames are those of
// Frame1 and Next1 from here on.
func (p *Peer) Greet1(identity string) (otherIdentity string) {
	p.t.Helper()
	p.Frame1(0, identity)
	// The signature of a newer peer is the header of such a frame, a long one.
	return p.Next1().Body
}

// Frame1Bytes is a frame of ZMTP 1.0: a length that counts the flags, the
// flags, the body.
func Frame1Bytes(flags byte, body string) []byte {
	n := len(body) + 1
	var b []byte
	if n < 0xff {
		b = append(b, byte(n))
	} else {
		b = binary.BigEndian.AppendUint64([]byte{0xff}, uint64(n))
	}
	return append(append(b, flags), body...)
}

// Frame1 sends a frame of ZMTP 1.0.
func (p *Peer) Frame1(flags byte, body string) {
	p.t.Helper()
	p.Put(Frame1Bytes(flags, body)...)
}

// Next1 receives a frame of ZMTP 1.0.
func (p *Peer) Next1() Frame {
	p.t.Helper()
	n := uint64(p.Get(1)[0])
	if n == 0xff {
		n = binary.BigEndian.Uint64(p.Get(8))
	}
	if n == 0 || n > maxFrame {
		p.t.Fatalf("a frame of ZMTP 1.0 says that it has %d bytes", n)
	}
	flags := p.Get(1)[0]
	return Frame{Flags: flags, Body: string(p.Get(int(n) - 1))}
}

// Send1 sends a whole message of ZMTP 1.0.
func (p *Peer) Send1(frames ...string) {
	p.t.Helper()
	for i, f := range frames {
		p.Frame1(more(i, frames), f)
	}
}

// Recv1 receives a whole message of ZMTP 1.0.
func (p *Peer) Recv1() (frames []string) {
	p.t.Helper()
	for {
		f := p.Next1()
		frames = append(frames, f.Body)
		if f.Flags&More == 0 {
			return frames
		}
	}
}
