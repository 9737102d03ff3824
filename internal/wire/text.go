package wire

// Say sends text as it is, for peers of STREAM.
func (p *Peer) Say(text string) {
	p.t.Helper()
	p.Put([]byte(text)...)
}

// Hear receives exactly this text.
func (p *Peer) Hear(text string) {
	p.t.Helper()
	if got := string(p.Get(len(text))); got != text {
		p.t.Fatalf("received %.60q, want %.60q", got, text)
	}
}
