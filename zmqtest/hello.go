package zmqtest

import (
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

var (
	helloNote = opt.HelloMsg.To([]byte("hello"))
	goneNote  = opt.DisconnectMsg.To([]byte("gone"))
)

// Section W: HELLO_MSG, DISCONNECT_MSG, HICCUP_MSG.
var hello = []row{
	{
		id: "W1", needs: "draft", over: all,
		must: "HELLO_MSG is the first that each new peer hears, whoever binds and whoever comes first",
		test: func(t *T) {
			for greeter, greeted := range map[zmq.SocketType]zmq.SocketType{
				zmq.ROUTER: zmq.DEALER, zmq.DEALER: zmq.ROUTER, zmq.SERVER: zmq.CLIENT, zmq.CLIENT: zmq.SERVER, zmq.PEER: zmq.PEER,
			} {
				t.Run(greeter.String()+" binds", func(t *T) {
					_, endpoint := t.Bound(greeter, helloNote)
					for range 2 {
						last(t, t.Connected(greeted, endpoint), "hello")
					}
				})
				t.Run(greeter.String()+" connects", func(t *T) {
					s, endpoint := t.Bound(greeted)
					t.Connected(greeter, endpoint, helloNote)
					last(t, s, "hello")
				})
			}
			if t.Transport != "inproc" {
				return
			}
			t.Run("bound late", func(t *T) {
				endpoint := testkit.Endpoint(t, "inproc")
				dealer := t.Connected(zmq.DEALER, endpoint, opt.HelloMsg.To([]byte("from DEALER")))
				router := t.Socket(zmq.ROUTER, helloNote)
				t.OK(router.Bind(endpoint))
				last(t, dealer, "hello")
				last(t, router, "from DEALER")
			})
		},
	},
	{
		id: "W2", needs: "draft", over: all,
		must: "DISCONNECT_MSG comes, as if from the peer, when an accepted peer has gone: closed, or disconnected",
		test: func(t *T) {
			for server, client := range map[zmq.SocketType]zmq.SocketType{zmq.SERVER: zmq.CLIENT, zmq.ROUTER: zmq.DEALER} {
				s, endpoint := t.Bound(server, goneNote)
				for _, leave := range []func(c *zmq.Socket){
					func(c *zmq.Socket) { t.Drop(c) },
					func(c *zmq.Socket) { t.OK(c.Disconnect(endpoint)) },
				} {
					c := t.Connected(client, endpoint)
					t.Send(c, "x")
					id := last(t, s, "x")
					leave(c)
					if from := last(t, s, "gone"); from != id {
						t.Errorf("%s: %q has gone, want %q", server, from, id)
					}
				}
			}
		},
	},
	{
		id: "W3", needs: "draft", over: remote,
		must: "no DISCONNECT_MSG for a peer whose handshake was never complete",
		test: func(t *T) {
			server, endpoint := t.Bound(zmq.SERVER, goneNote)
			w := t.Watch(server, zmq.EventDisconnected)
			p := wire.Dial(t, endpoint)
			p.Greet(wire.V31("NULL"))
			p.Close()
			w.Expect(zmq.EventDisconnected)
			t.Send(t.Connected(zmq.CLIENT, endpoint), "x")
			last(t, server, "x")
			t.ExpectNone(server)
		},
	},
	{
		id: "W4", needs: "draft", over: remote,
		must: "HICCUP_MSG comes to the side that connects when its link drops",
		test: func(t *T) {
			server, endpoint := t.Bound(zmq.SERVER)
			client := t.Connected(zmq.CLIENT, endpoint, opt.HiccupMsg.To([]byte("hiccup")), opt.ReconnectInterval.To(time.Millisecond))
			t.Send(client, "x")
			last(t, server, "x")
			t.OK(server.Unbind(endpoint))
			last(t, client, "hiccup")
		},
	},
	{
		id: "W5", needs: "draft", over: remote,
		must: "what a peer left unfinished is taken back before DISCONNECT_MSG comes",
		test: func(t *T) {
			router, endpoint := t.Bound(zmq.ROUTER, goneNote)
			p := wire.Dial(t, endpoint)
			p.Null("DEALER")
			p.Send("whole")
			id := last(t, router, "whole")
			p.Frame(wire.More, "the beginning of a message")
			p.Close()
			if from := last(t, router, "gone"); from != id {
				t.Errorf("%q has gone, want %q", from, id)
			}
		},
	},
	{
		id: "W6", needs: "draft", over: remote,
		must: "HELLO_MSG is said again on each new connection",
		test: func(t *T) {
			server, endpoint := t.Bound(zmq.SERVER)
			t.Connected(zmq.CLIENT, endpoint, helloNote, opt.ReconnectInterval.To(time.Millisecond))
			for range 3 {
				last(t, server, "hello")
				t.OK(server.Unbind(endpoint))
				t.Eventually("the endpoint is free", func() bool { return server.Bind(endpoint) == nil })
			}
			last(t, server, "hello")
		},
	},
}

// last receives a message whose last frame must be body, and returns whom it
// is from where the socket's type says so.
func last(t *T, s *zmq.Socket, body string) (from string) {
	t.Helper()
	var m zmq.Msg
	t.OK(s.RecvMsg(testkit.Soon(t), &m))
	frames := testkit.Strings(m.Frames())
	if len(frames) == 0 || frames[len(frames)-1] != body || len(frames) > 2 {
		t.Fatalf("%s received %q, want %q", s.Type(), frames, body)
	}
	if len(frames) == 2 {
		return frames[0]
	}
	return string(rune(m.RoutingID()))
}
