package wire

import (
	"testing"

	"golang.org/x/crypto/nacl/box"
)

// CurveServer makes the commands of a CURVE server, one after the other (RFC 25
// and 26). It lets everybody in. As with CurveClient, every field can be
// changed before the command that it goes into.
type CurveServer struct {
	Own   CurveKeys // the server's permanent keys, S and s
	Short CurveKeys // those of this connection, S' and s'

	ClientShort Key    // the client's key of this connection, C', from HELLO
	Client      Key    // the client's permanent key, C, from INITIATE
	Cookie      string // 96 bytes for WELCOME, which INITIATE must bring back

	CurveMessages
}

// NewCurveServer makes a server for one connection.
func NewCurveServer(t testing.TB, own CurveKeys) *CurveServer {
	t.Helper()
	return &CurveServer{Own: own, Short: NewCurveKeys(t), Cookie: random(96),
		CurveMessages: CurveMessages{Nonce: 1, sends: "CurveZMQMESSAGES", expects: "CurveZMQMESSAGEC"}}
}

// Hello takes the data of HELLO, and reports whether it is right.
func (s *CurveServer) Hello(data string) bool {
	if len(data) != 194 || data[:2] != "\x01\x00" {
		return false
	}
	s.ClientShort = Key([]byte(data[74:106]))
	_, ok := box.Open(nil, []byte(data[114:]), nonce("CurveZMQHELLO---", data[106:114]), &s.ClientShort, &s.Own.Secret)
	return ok
}

// Welcome is the data of WELCOME.
func (s *CurveServer) Welcome() string {
	n := random(16)
	plain := string(s.Short.Public[:]) + s.Cookie
	box.Precompute(&s.shared, &s.ClientShort, &s.Short.Secret)
	return n + string(box.Seal(nil, []byte(plain), nonce("WELCOME-", n), &s.ClientShort, &s.Own.Secret))
}

// Initiate takes the data of INITIATE. ok reports whether it is right: cookie,
// box and vouch.
func (s *CurveServer) Initiate(data string) (metadata string, ok bool) {
	if len(data) < 96 || data[:96] != s.Cookie {
		return "", false
	}
	plain, ok := s.open("CurveZMQINITIATE", data[96:])
	if !ok || len(plain) < 128 {
		return "", false
	}
	s.Client = Key([]byte(plain[:32]))
	vouch, ok := box.Open(nil, []byte(plain[48:128]), nonce("VOUCH---", plain[32:48]), &s.Client, &s.Short.Secret)
	if !ok || string(vouch) != string(s.ClientShort[:])+string(s.Own.Public[:]) {
		return "", false
	}
	return plain[128:], true
}

// Ready is the data of READY.
func (s *CurveServer) Ready(metadata string) string { return s.seal("CurveZMQREADY---", metadata) }

// CurveServer greets as ZMTP 3.1 and does a server's handshake of CURVE. It
// returns the client's properties.
func (p *Peer) CurveServer(s *CurveServer, socketType string, more ...Property) Properties {
	p.t.Helper()
	g := V31("CURVE")
	g.AsServer = true
	p.Greet(g)
	return p.CurveServerHandshake(s, socketType, more...)
}

// CurveServerHandshake is CurveServer after the greeting.
func (p *Peer) CurveServerHandshake(s *CurveServer, socketType string, more ...Property) Properties {
	p.t.Helper()
	if !s.Hello(p.ExpectCommand("HELLO")) {
		p.t.Fatal("HELLO cannot be opened")
	}
	p.Command("WELCOME", s.Welcome())
	metadata, ok := s.Initiate(p.ExpectCommand("INITIATE"))
	if !ok {
		p.t.Fatal("INITIATE cannot be opened, or vouches for another key")
	}
	p.Command("READY", s.Ready(About(socketType, more...).String()))
	return p.properties(metadata)
}
