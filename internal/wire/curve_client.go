package wire

import (
	"encoding/binary"
	"testing"

	"golang.org/x/crypto/nacl/box"
)

// CurveClient makes the commands of a CURVE client, one after the other (RFC
// 25 and 26). Every field can be changed before the command that it goes into:
// that is how a command is made wrong and still has its form.
type CurveClient struct {
	Server  Key       // the server's permanent key, S
	Own     CurveKeys // the client's permanent keys, C and c
	Short   CurveKeys // those of this connection, C' and c'
	Vouched Key       // the key that INITIATE vouches for, C'
	For     Key       // the server that it vouches to, S

	ServerShort Key    // the server's key of this connection, S', from WELCOME
	Cookie      string // 96 bytes from WELCOME, for INITIATE

	CurveMessages
}

// NewCurveClient makes a client of the server with that public key.
func NewCurveClient(t testing.TB, server Key, own CurveKeys) *CurveClient {
	t.Helper()
	short := NewCurveKeys(t)
	return &CurveClient{Server: server, Own: own, Short: short, Vouched: short.Public, For: server,
		CurveMessages: CurveMessages{Nonce: 1, sends: "CurveZMQMESSAGEC", expects: "CurveZMQMESSAGES"}}
}

// Hello is the data of HELLO.
func (c *CurveClient) Hello() string {
	short := binary.BigEndian.AppendUint64(nil, c.Nonce)
	c.Nonce++
	padding := string(make([]byte, 72))
	return "\x01\x00" + padding + string(c.Short.Public[:]) +
		string(box.Seal(short, make([]byte, 64), nonce("CurveZMQHELLO---", string(short)), &c.Server, &c.Short.Secret))
}

// Welcome takes the data of WELCOME, and reports whether it is right.
func (c *CurveClient) Welcome(data string) bool {
	if len(data) != 160 {
		return false
	}
	plain, ok := box.Open(nil, []byte(data[16:]), nonce("WELCOME-", data[:16]), &c.Server, &c.Short.Secret)
	if !ok {
		return false
	}
	c.ServerShort, c.Cookie = Key(plain[:32]), string(plain[32:])
	box.Precompute(&c.shared, &c.ServerShort, &c.Short.Secret)
	return true
}

// Initiate is the data of INITIATE.
func (c *CurveClient) Initiate(metadata string) string {
	vouchNonce := random(16)
	vouch := box.Seal(nil, append(c.Vouched[:], c.For[:]...), nonce("VOUCH---", vouchNonce), &c.ServerShort, &c.Own.Secret)
	return c.Cookie + c.seal("CurveZMQINITIATE", string(c.Own.Public[:])+vouchNonce+string(vouch)+metadata)
}

// Ready opens the data of READY, and gives its metadata.
func (c *CurveClient) Ready(data string) (metadata string, ok bool) {
	return c.open("CurveZMQREADY---", data)
}

// CurveClient greets as ZMTP 3.1 and does a client's handshake of CURVE. It
// returns the server's properties.
func (p *Peer) CurveClient(c *CurveClient, socketType string, more ...Property) Properties {
	p.t.Helper()
	p.Greet(V31("CURVE"))
	return p.CurveClientHandshake(c, socketType, more...)
}

// CurveClientHandshake is CurveClient after the greeting.
func (p *Peer) CurveClientHandshake(c *CurveClient, socketType string, more ...Property) Properties {
	p.t.Helper()
	p.Command("HELLO", c.Hello())
	if !c.Welcome(p.ExpectCommand("WELCOME")) {
		p.t.Fatal("WELCOME cannot be opened")
	}
	p.Command("INITIATE", c.Initiate(About(socketType, more...).String()))
	metadata, ok := c.Ready(p.ExpectCommand("READY"))
	if !ok {
		p.t.Fatal("READY cannot be opened")
	}
	return p.properties(metadata)
}
