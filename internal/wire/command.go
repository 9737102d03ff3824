package wire

import (
	"encoding/binary"
	"strings"
)

// CommandBody is the body of a command: its name with a length before, and its
// data (RFC 23).
func CommandBody(name, data string) string { return short(name) + data }

// CommandBytes is a command as it is sent.
func CommandBytes(name, data string) []byte { return FrameBytes(Command, CommandBody(name, data)) }

// Command sends a command: Command("SUBSCRIBE", "topic").
func (p *Peer) Command(name, data string) {
	p.t.Helper()
	p.Frame(Command, CommandBody(name, data))
}

// ExpectCommand receives a command of this name, and returns its data.
func (p *Peer) ExpectCommand(name string) (data string) {
	p.t.Helper()
	f := p.Next()
	data, ok := strings.CutPrefix(f.Body, CommandBody(name, ""))
	if f.Flags&^Long != Command || !ok {
		p.t.Fatalf("received %v, want the command %s", f, name)
	}
	return data
}

// Ping sends PING: the time to live in tenths of a second, and a context that
// PONG brings back (RFC 37).
func (p *Peer) Ping(ttl uint16, context string) {
	p.t.Helper()
	p.Command("PING", string(binary.BigEndian.AppendUint16(nil, ttl))+context)
}

// ExpectPing receives PING.
func (p *Peer) ExpectPing() (ttl uint16, context string) {
	p.t.Helper()
	data := p.ExpectCommand("PING")
	if len(data) < 2 {
		p.t.Fatalf("PING has no time to live: %q", data)
	}
	return binary.BigEndian.Uint16([]byte(data)), data[2:]
}

// Pong answers a PING.
func (p *Peer) Pong(context string) {
	p.t.Helper()
	p.Command("PONG", context)
}

// Subscribe subscribes to a topic at a publisher of ZMTP 3.1.
func (p *Peer) Subscribe(topic string) {
	p.t.Helper()
	p.Command("SUBSCRIBE", topic)
}

// Cancel takes Subscribe back.
func (p *Peer) Cancel(topic string) {
	p.t.Helper()
	p.Command("CANCEL", topic)
}

// Subscribe30 subscribes to a topic as peers before ZMTP 3.1 do, by a message.
func (p *Peer) Subscribe30(topic string) {
	p.t.Helper()
	p.Send("\x01" + topic)
}

// Cancel30 takes Subscribe30 back.
func (p *Peer) Cancel30(topic string) {
	p.t.Helper()
	p.Send("\x00" + topic)
}

// Property is one property of a peer's metadata (RFC 23). Names are without
// case: engines send Socket-Type and Identity.
type Property struct{ Name, Value string }

// Properties are the metadata of READY and INITIATE, in the order they were
// sent.
type Properties []Property

// Get is the value of the first property of that name, "" without one.
func (ps Properties) Get(name string) string {
	for _, p := range ps {
		if strings.EqualFold(p.Name, name) {
			return p.Value
		}
	}
	return ""
}

// String is the properties as they are sent.
func (ps Properties) String() string {
	var b []byte
	for _, p := range ps {
		b = append(append(b, byte(len(p.Name))), p.Name...)
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(p.Value))), p.Value...)
	}
	return string(b)
}

// About are the properties of a socket of a type, and more.
func About(socketType string, more ...Property) Properties {
	return append(Properties{{"Socket-Type", socketType}}, more...)
}

// properties reads metadata.
func (p *Peer) properties(data string) (ps Properties) {
	p.t.Helper()
	for rest := []byte(data); len(rest) > 0; {
		name, after, ok := cut(rest[1:], int(rest[0]))
		if !ok || len(after) < 4 {
			p.t.Fatalf("the metadata %q breaks off", data)
		}
		value, after, ok := cut(after[4:], int(binary.BigEndian.Uint32(after)))
		if !ok {
			p.t.Fatalf("the metadata %q breaks off", data)
		}
		ps, rest = append(ps, Property{name, value}), after
	}
	return ps
}

// cut takes n bytes off b.
func cut(b []byte, n int) (head string, rest []byte, ok bool) {
	if n > len(b) {
		return "", nil, false
	}
	return string(b[:n]), b[n:], true
}
