package zmqtest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

// Section F: STREAM.
var stream = []row{
	{
		id:   "F1",
		must: "a STREAM exchanges bytes with plain TCP clients as [id][bytes], each under one id while it is connected",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			var clients [2]*wire.Peer
			var lines [2]*line
			for i := range clients {
				clients[i], lines[i] = wire.Dial(t, endpoint), t.noticed(s)
			}
			if a, b := lines[0].id, lines[1].id; a == b || len(a) != 5 || a[0] != 0 || len(b) != 5 || b[0] != 0 {
				t.Errorf("the ids are %q and %q", a, b)
			}
			for range 3 {
				for i := range clients {
					lines[i].sends("hello")
					clients[i].Hear("hello")
					clients[i].Say("back")
					lines[i].hears("back")
				}
			}
		},
	},
	{
		id:   "F2",
		must: "a STREAM is told by [id][nothing] of each connection that comes and goes, and of none with STREAM_NOTIFY off",
		test: noticesOfConnections,
	},
	{
		id:   "F3",
		must: "sending [id][nothing] closes that connection and no other",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			a := wire.Dial(t, endpoint)
			lineA := t.noticed(s)
			b := wire.Dial(t, endpoint)
			lineB := t.noticed(s)
			lineA.sends("goodbye")
			lineA.sends("")
			a.Hear("goodbye")
			if rest := a.Closed(); len(rest) > 0 {
				t.Errorf("%q comes too", rest)
			}
			lineB.sends("still there")
			b.Hear("still there")
			t.Eventually("the id of the closed connection is nobody's", func() bool {
				return errors.Is(t.TrySend(s, lineA.id, "x"), zmq.ErrHostUnreachable)
			})
		},
	},
	{
		id:   "F4",
		must: "a message for an id that a STREAM does not have is ErrHostUnreachable, and the next message goes",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			c := wire.Dial(t, endpoint)
			line := t.noticed(s)
			for _, unknown := range []string{"nobody", "", line.id + "\x00"} {
				t.Refused(t.TrySend(s, unknown, "x"), zmq.ErrHostUnreachable)
				t.Refused(s.Send(testkit.Soon(t), []byte(unknown), []byte("x")), zmq.ErrHostUnreachable)
				line.sends("next")
				c.Hear("next")
			}
		},
	},
	{
		id:   "F5",
		must: "a STREAM that connects knows its peer by ROUTING_ID, by the first notice, or by the name given with CONNECT_ROUTING_ID",
		test: streamAsClient,
	},
	{
		id:   "F6",
		must: "a DEALER can be served by hand through a STREAM: greeting, READY and frames are ZMTP's bytes exactly",
		test: dealerByHand,
	},
	{
		id:   "F7",
		must: "notices and data of a STREAM have the Peer-Address",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			c := wire.Dial(t, endpoint)
			var m zmq.Msg
			for _, body := range []string{"", "small", varied(100_000)} { // the first is the notice
				c.Say(body)
				t.OK(s.RecvMsg(testkit.Soon(t), &m))
				if address := m.Property("Peer-Address"); address != "127.0.0.1" {
					t.Errorf("%d bytes come from %q", len(m.Frame(1)), address)
				}
			}
		},
	},
	{
		id:   "F8",
		must: "what a peer sends at once arrives uncorrupted, also when it exceeds the receive buffer",
		test: func(t *T) {
			for _, n := range []int{8191, 8192, 8193, 100_000} {
				l := wire.Listen(t, "tcp")
				s := t.Connected(zmq.STREAM, l.Endpoint)
				l.Accept().Say(varied(n))
				t.noticed(s).hears(varied(n))
			}
		},
	},
	{
		id:   "F9",
		must: "closing a connection with [id][nothing] does no harm to the STREAM, whatever the peer was",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			dealer := t.Socket(zmq.DEALER, opt.ReconnectInterval.To(-1), opt.Linger.To(0))
			w := t.Watch(dealer)
			t.Connect(dealer, endpoint)
			t.Send(dealer, "")
			t.noticed(s).sends("")
			w.Expect(zmq.EventConnected, zmq.EventDisconnected)
			t.OK(dealer.Close())

			c := wire.Dial(t, endpoint)
			for {
				if m := t.Recv(s); m[1] == "" { // not what is left of the DEALER's
					t.Send(s, m[0], "next")
					break
				}
			}
			c.Hear("next")
			t.OK(s.Close())
		},
	},
	{
		id:   "F10",
		must: "a message to a STREAM is an id and bytes, of any size and in order; any other number of frames is ErrInvalid and does no harm",
		test: chunksOfAllSizes,
	},
	{
		id:   "F11",
		must: "a STREAM waits for no handshake, and a ZMTP peer that meets a silent one gives up after HANDSHAKE_IVL, connecting or bound",
		test: silentStream,
	},
	{
		id:   "F12",
		must: "a small HTTP server on a STREAM works with a usual client",
		test: func(t *T) {
			s, endpoint := t.Bound(zmq.STREAM)
			page := varied(200_000)
			g := testkit.NewGroup(t)
			g.Go(func() error { return getPage(strings.Replace(endpoint, "tcp", "http", 1), page) })
			line := t.noticed(s)
			for request := ""; !strings.HasSuffix(request, "\r\n\r\n"); {
				request += line.takes(1)
			}
			line.sends("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")
			line.sends(page)
			line.sends("") // the end of the page
			g.Wait()
		},
	},
}

func noticesOfConnections(t *T) {
	s, endpoint := t.Bound(zmq.STREAM)
	a := wire.Dial(t, endpoint)
	lineA := t.noticed(s)
	b := wire.Dial(t, endpoint)
	lineB := t.noticed(s)
	b.Say("last words")
	t.OK(b.Close())
	lineB.hears("last words")
	lineB.ends()
	a.Say("still here")
	lineA.hears("still here")
	t.OK(a.Close())
	lineA.ends()
	other := t.Connected(zmq.STREAM, endpoint)
	lineC := t.noticed(s)
	t.noticed(other).sends("")
	lineC.ends()

	quiet, endpoint := t.Bound(zmq.STREAM, opt.StreamNotify.To(false))
	c := wire.Dial(t, endpoint)
	c.Say("first")
	id := t.Recv(quiet)[0]
	t.OK(c.Close())
	t.Eventually("the connection has gone", func() bool { return t.TrySend(quiet, id, "x") != nil })
	wire.Dial(t, endpoint).Say("second")
	if m := t.Recv(quiet); m[0] == id || m[1] != "second" {
		t.Errorf("received %q, want the data of the second client", m)
	}
}

func streamAsClient(t *T) {
	server, endpoint := t.Bound(zmq.STREAM)
	talk := func(c *line) {
		t.Helper()
		line := t.noticed(server)
		c.sends("hello")
		line.hears("hello")
		line.sends("back")
		c.hears("back")
	}
	talk(t.noticed(t.Connected(zmq.STREAM, endpoint)))

	asked := t.Connected(zmq.STREAM, endpoint)
	id, err := opt.RoutingID.Get(asked)
	t.OK(err)
	t.Expect(asked, id, "")
	talk(&line{t: t, s: asked, id: id})

	named := t.Connected(zmq.STREAM, endpoint, opt.ConnectRoutingID.To("server"))
	t.Send(named, "server", "at once")
	line := t.noticed(server)
	line.hears("at once")
	line.sends("back")
	client := t.noticed(named)
	client.hears("back")
	if client.id != "server" {
		t.Errorf("the peer's name is %q", client.id)
	}
}

// dealerByHand speaks ZMTP with a DEALER, byte by byte.
func dealerByHand(t *T) {
	const greeting = "\x03\x01NULL" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	s, endpoint := t.Bound(zmq.STREAM)
	dealer := t.Connected(zmq.DEALER, endpoint)
	t.Send(dealer, "Hello")
	line := t.noticed(s)

	// A peer may send ten bytes first, and wait for ours.
	if signature := line.takes(10); signature[0] != 0xff || signature[9] != 0x7f {
		t.Errorf("the signature is %x", signature)
	}
	line.sends("\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f" + greeting)
	if rest := line.takes(len(greeting)); rest[0] != 3 || rest[2:] != greeting[2:] {
		t.Errorf("the greeting is %q", rest)
	}
	line.hears("\x04\x29\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x00")
	line.sends("\x04\x29\x05READY\x0bSocket-Type\x00\x00\x00\x06ROUTER\x08Identity\x00\x00\x00\x00")
	line.hears("\x00\x05Hello")
	line.sends("\x00\x05World")
	t.Expect(dealer, "World")
	line.sends("\x01\x03two\x00\x00")
	t.Expect(dealer, "two", "")

	large := varied(64_000)
	t.Send(dealer, "first", large)
	line.hears("\x01\x05first\x02\x00\x00\x00\x00\x00\x00\xfa\x00" + large)
	for _, b := range []byte("\x02\x00\x00\x00\x00\x00\x00\x00\x05World") {
		line.sends(string([]byte{b}))
	}
	t.Expect(dealer, "World")
}

func chunksOfAllSizes(t *T) {
	s, endpoint := t.Bound(zmq.STREAM)
	c := wire.Dial(t, endpoint)
	line := t.noticed(s)
	for _, frames := range [][]string{{line.id}, {""}, {line.id, "a", "b"}, {line.id, "", ""}} {
		t.Refused(t.TrySend(s, frames...), zmq.ErrInvalid)
	}
	all := varied(200_000)
	g := testkit.NewGroup(t)
	g.Go(func() error { _, err := io.WriteString(c, all); return err })
	line.hears(all)
	g.Wait()
	g.Go(func() error {
		got := make([]byte, len(all))
		if _, err := io.ReadFull(c, got); err != nil || string(got) != all {
			return fmt.Errorf("the client receives other bytes, %v", err)
		}
		return nil
	})
	for rest, n := all, 1; rest != ""; n++ {
		part := rest[:min(n, len(rest))]
		rest = rest[len(part):]
		line.sends(part)
	}
	g.Wait()
}

func silentStream(t *T) {
	const soon = 20 * time.Millisecond
	s, endpoint := t.Bound(zmq.STREAM, opt.HandshakeInterval.To(time.Millisecond))
	c := wire.Dial(t, endpoint)
	id := t.noticed(s).id

	connecting := t.Socket(zmq.DEALER, opt.HandshakeInterval.To(soon))
	w := t.Watch(connecting)
	t.Connect(connecting, endpoint)
	w.Expect(zmq.EventConnected, zmq.EventHandshakeFailed, zmq.EventDisconnected)

	bound := t.Socket(zmq.DEALER, opt.HandshakeInterval.To(soon))
	w = t.Watch(bound)
	t.Connected(zmq.STREAM, t.Bind(bound))
	w.Expect(zmq.EventAccepted, zmq.EventHandshakeFailed, zmq.EventDisconnected)

	// Much later than its own HANDSHAKE_IVL the STREAM still has the client.
	c.Say("at last")
	m := t.Recv(s)
	for m[0] != id { // the DEALER's
		m = t.Recv(s)
	}
	if !slices.Equal(m, []string{id, "at last"}) {
		t.Errorf("the silent client's message is %q", m)
	}
}

// getPage gets a page by HTTP, as any client would.
func getPage(url, want string) error {
	client := http.Client{Timeout: testkit.Hang, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && string(body) != want {
		err = errors.New("the page is another")
	}
	return err
}
