package wire

import (
	"crypto/rand"
	"encoding/binary"
	"testing"

	"golang.org/x/crypto/nacl/box"
)

// Key is a public or secret key of CURVE.
type Key = [32]byte

// CurveKeys is a key pair of CURVE.
type CurveKeys struct{ Public, Secret Key }

// NewCurveKeys makes a key pair.
func NewCurveKeys(t testing.TB) CurveKeys {
	t.Helper()
	public, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return CurveKeys{*public, *secret}
}

// CurveMessages makes and opens MESSAGE commands (RFC 26) when the keys of the
// connection are known.
type CurveMessages struct {
	Nonce uint64 // the next to be sent; a test may repeat or skip some

	shared         Key
	sends, expects string // the first 16 bytes of the nonces of MESSAGE
}

// The flags within MESSAGE. Those of the frame around it are 0.
const (
	SealedMore    = 1
	SealedCommand = 2
)

// Seal has all frames from here on go through MESSAGE: after the handshake of
// CURVE a Peer is used like one of NULL.
func (p *Peer) Seal(m *CurveMessages) { p.sealed = m }

// sealedFlags are a frame's flags within MESSAGE, and openFlags the other way
// round.
func sealedFlags(flags byte) byte {
	sealed := flags & More
	if flags&Command != 0 {
		sealed |= SealedCommand
	}
	return sealed
}

func openFlags(sealed byte) byte {
	flags := sealed & SealedMore
	if sealed&SealedCommand != 0 {
		flags |= Command
	}
	return flags
}

// Message is a MESSAGE as the body of a frame.
func (m *CurveMessages) Message(flags byte, body string) string {
	return CommandBody("MESSAGE", m.seal(m.sends, string([]byte{flags})+body))
}

// Open opens the body of a frame with a MESSAGE.
func (m *CurveMessages) Open(body string) (flags byte, plain string, ok bool) {
	name := CommandBody("MESSAGE", "")
	if len(body) < len(name) || body[:len(name)] != name {
		return 0, "", false
	}
	plain, ok = m.open(m.expects, body[len(name):])
	if !ok || plain == "" {
		return 0, "", false
	}
	return plain[0], plain[1:], true
}

// seal is the next nonce's eight bytes and the box.
func (m *CurveMessages) seal(prefix, plain string) string {
	short := binary.BigEndian.AppendUint64(nil, m.Nonce)
	m.Nonce++
	return string(box.SealAfterPrecomputation(short, []byte(plain), nonce(prefix, string(short)), &m.shared))
}

func (m *CurveMessages) open(prefix, sealed string) (plain string, ok bool) {
	if len(sealed) < 8 {
		return "", false
	}
	b, ok := box.OpenAfterPrecomputation(nil, []byte(sealed[8:]), nonce(prefix, sealed[:8]), &m.shared)
	return string(b), ok
}

func nonce(prefix, rest string) *[24]byte {
	return (*[24]byte)([]byte(prefix + rest))
}

// random is n bytes that nobody can guess.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return string(b)
}
