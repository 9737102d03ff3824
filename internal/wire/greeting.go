package wire

import "bytes"

// Greeting is how ZMTP 3 begins (RFC 23 and 37: 64 bytes).
type Greeting struct {
	Major, Minor byte
	Mechanism    string // up to 20 bytes, "NULL"
	AsServer     bool   // PLAIN and CURVE; libzmq sends false always
}

// V30 is the greeting of ZMTP 3.0.
func V30(mechanism string) Greeting { return Greeting{Major: 3, Mechanism: mechanism} }

// V31 is the greeting of ZMTP 3.1.
func V31(mechanism string) Greeting { return Greeting{Major: 3, Minor: 1, Mechanism: mechanism} }

const greetingSize = 64

// Bytes is the greeting as it is sent.
func (g Greeting) Bytes() []byte {
	b := make([]byte, greetingSize)
	b[0], b[8], b[9] = 0xff, 0x01, 0x7f
	b[10], b[11] = g.Major, g.Minor
	copy(b[12:32], g.Mechanism)
	if g.AsServer {
		b[32] = 1
	}
	return b
}

// Greet exchanges greetings, and returns the other side's.
func (p *Peer) Greet(g Greeting) Greeting {
	p.t.Helper()
	p.Put(g.Bytes()...)
	return p.Greeting()
}

// Greeting receives a greeting of ZMTP 3.
func (p *Peer) Greeting() Greeting {
	p.t.Helper()
	b := p.Get(greetingSize)
	if b[0] != 0xff || b[9] != 0x7f {
		p.t.Fatalf("the greeting is %x", b)
	}
	return Greeting{Major: b[10], Minor: b[11], Mechanism: string(bytes.TrimRight(b[12:32], "\x00")), AsServer: b[32] == 1}
}
