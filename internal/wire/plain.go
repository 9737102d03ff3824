package wire

// HelloBody is the data of PLAIN's HELLO (RFC 24).
func HelloBody(username, password string) string { return short(username) + short(password) }

// PlainClient greets as ZMTP 3.1 and does a client's handshake of PLAIN. It
// returns the server's properties.
func (p *Peer) PlainClient(username, password, socketType string, more ...Property) Properties {
	p.t.Helper()
	p.Greet(V31("PLAIN"))
	p.Command("HELLO", HelloBody(username, password))
	if data := p.ExpectCommand("WELCOME"); data != "" {
		p.t.Fatalf("WELCOME has data: %q", data)
	}
	p.Command("INITIATE", About(socketType, more...).String())
	return p.ExpectReady()
}

// PlainServer greets as ZMTP 3.1 and does a server's handshake of PLAIN, which
// lets everybody in. It returns what the client says of itself.
func (p *Peer) PlainServer(socketType string, more ...Property) (username, password string, client Properties) {
	p.t.Helper()
	g := V31("PLAIN")
	g.AsServer = true
	p.Greet(g)
	username, password = p.ExpectHello()
	p.Command("WELCOME", "")
	client = p.properties(p.ExpectCommand("INITIATE"))
	p.Command("READY", About(socketType, more...).String())
	return username, password, client
}

// ExpectHello receives PLAIN's HELLO.
func (p *Peer) ExpectHello() (username, password string) {
	p.t.Helper()
	data := []byte(p.ExpectCommand("HELLO"))
	var ok bool
	if len(data) > 0 {
		username, data, ok = cut(data[1:], int(data[0]))
	}
	if ok = ok && len(data) > 0; ok {
		password, data, ok = cut(data[1:], int(data[0]))
	}
	if !ok || len(data) != 0 {
		p.t.Fatal("HELLO is malformed")
	}
	return username, password
}
