package wire

// Ready does the handshake of NULL (RFC 23): it sends READY with the socket
// type and more properties, and returns those of the other side's READY.
func (p *Peer) Ready(socketType string, more ...Property) Properties {
	p.t.Helper()
	p.Command("READY", About(socketType, more...).String())
	return p.ExpectReady()
}

// ExpectReady receives READY of NULL or PLAIN.
func (p *Peer) ExpectReady() Properties {
	p.t.Helper()
	return p.properties(p.ExpectCommand("READY"))
}

// Null greets as ZMTP 3.1 and does the handshake of NULL.
func (p *Peer) Null(socketType string, more ...Property) Properties {
	p.t.Helper()
	p.Greet(V31("NULL"))
	return p.Ready(socketType, more...)
}

// ErrorBody is the data of ERROR: a reason with its length before.
func ErrorBody(reason string) string { return short(reason) }

// ExpectError receives ERROR, and returns its reason.
func (p *Peer) ExpectError() (reason string) {
	p.t.Helper()
	data := p.ExpectCommand("ERROR")
	if data == "" || len(data) != 1+int(data[0]) {
		p.t.Fatalf("the reason of ERROR is malformed: %q", data)
	}
	return data[1:]
}

// short is text with a byte of length before.
func short(s string) string { return string([]byte{byte(len(s))}) + s }
