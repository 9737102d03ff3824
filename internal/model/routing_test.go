package model

import (
	"slices"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// routing models a ROUTER and the DEALERs it knows: what is sent to a name
// comes to its socket in order, what a socket sends comes with its name, and
// a name that nobody has is an error, or nothing at all.
type routing struct {
	*play
	router    *zmq.Socket
	endpoint  string
	mandatory bool
	peers     [3]*peer // nil: not connected
	n         int
}

type peer struct {
	name     string
	s        *zmq.Socket
	up, down []string // bodies on their way
}

func newRouting(p *play) game {
	r := &routing{play: p}
	r.router, r.endpoint = testkit.Bound(p.TB, p.zctx, zmq.ROUTER, "inproc")
	return r
}

func (r *routing) move(b byte) {
	i := int(b>>4) % len(r.peers)
	switch b % 8 {
	case 0:
		r.appear(i)
	case 1, 2:
		r.down(i)
	case 3:
		r.collect(i)
	case 4:
		r.up(i)
	case 5:
		r.gather()
	case 6:
		r.mandatory = !r.mandatory
		r.did("RouterMandatory %v", r.mandatory)
		r.agree(r.router.Set(opt.RouterMandatory.To(r.mandatory)), nil)
	case 7:
		r.stray(b)
	}
}

// appear connects a peer that is not there, and waits until ROUTER knows it.
func (r *routing) appear(i int) {
	if r.peers[i] != nil {
		return
	}
	p := &peer{name: string(rune('a' + i))}
	r.did("DEALER %s connects", p.name)
	p.s = testkit.Connected(r.TB, r.zctx, zmq.DEALER, r.endpoint, opt.RoutingID.To(p.name))
	testkit.Send(r.TB, p.s, "hello")
	p.up = append(p.up, "hello")
	r.peers[i] = p
	for len(p.up) > 0 {
		r.gather()
	}
}

func (r *routing) down(i int) {
	name, body := string(rune('a'+i)), testkit.Numbered(r.n)
	r.n++
	r.did("ROUTER sends %s to %s", body, name)
	err := r.trySend(r.router, name, body)
	switch p := r.peers[i]; {
	case p != nil:
		r.agree(err, nil)
		p.down = append(p.down, body)
	case r.mandatory:
		r.agree(err, zmq.ErrHostUnreachable)
	default:
		r.agree(err, nil)
	}
}

func (r *routing) collect(i int) {
	p := r.peers[i]
	if p == nil {
		return
	}
	r.did("DEALER %s receives", p.name)
	if len(p.down) == 0 {
		r.receive(p.s, zmq.ErrAgain)
		return
	}
	if got := r.receive(p.s, nil); !slices.Equal(got, p.down[:1]) {
		r.disagree("it received %q, want %q", got, p.down[0])
	}
	p.down = p.down[1:]
}

func (r *routing) up(i int) {
	p := r.peers[i]
	if p == nil {
		return
	}
	body := testkit.Numbered(r.n)
	r.n++
	r.did("DEALER %s sends %s", p.name, body)
	r.agree(r.trySend(p.s, body), nil)
	p.up = append(p.up, body)
}

// gather receives at ROUTER: any peer's next.
func (r *routing) gather() {
	r.did("ROUTER receives")
	there := func(p *peer) bool { return p != nil && len(p.up) > 0 }
	if !slices.ContainsFunc(r.peers[:], there) {
		r.receive(r.router, zmq.ErrAgain)
		return
	}
	got := r.receive(r.router, nil)
	for _, p := range r.peers {
		if there(p) && slices.Equal(got, []string{p.name, p.up[0]}) {
			p.up = p.up[1:]
			return
		}
	}
	r.disagree("it received %q, which is nobody's next", got)
}

// stray sends what is no message for anybody.
func (r *routing) stray(b byte) {
	switch b >> 3 % 3 {
	case 0:
		r.did("ROUTER sends to nobody")
		want := error(nil)
		if r.mandatory {
			want = zmq.ErrHostUnreachable
		}
		r.agree(r.trySend(r.router, "nobody", "body"), want)
	case 1:
		r.did("ROUTER sends a name alone")
		// Nothing may come of it; what the call answers differs with the option.
		_ = r.trySend(r.router, "nobody")
	case 2:
		r.did("ROUTER sends no frames")
		_ = r.trySend(r.router)
	}
}
