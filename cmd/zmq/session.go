package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/option"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/libzmq"
	"gozmq/opt"
)

// connection is the flags that say where a socket is and how it is set.
type connection struct {
	bind, connect []string
	set           []string
	linger        time.Duration
	lingerGiven   bool
	security
}

func (c *connection) addFlags(f *pflag.FlagSet, linger time.Duration) {
	f.StringArrayVarP(&c.bind, "bind", "b", nil, "accept peers at this `endpoint`; may be repeated")
	f.StringArrayVarP(&c.connect, "connect", "c", nil, "look for a peer at this `endpoint`; may be repeated")
	c.addOptionFlags(f, linger)
}

func (c *connection) addOptionFlags(f *pflag.FlagSet, linger time.Duration) {
	f.StringArrayVarP(&c.set, "set", "o", nil, "set a socket `option`, such as sndhwm=10 or heartbeat_ivl=1s (zmq info options); may be repeated")
	f.Var(waitFlag(&c.linger, linger), "linger", "how long, at the end, to wait until what was sent is handed over")
	c.security.addFlags(f)
}

// resolve writes endpoints out.
func (c *connection) resolve(flags *pflag.FlagSet) error {
	c.lingerGiven = flags.Changed("linger")
	for _, list := range []struct {
		endpoints []string
		bind      bool
	}{{c.bind, true}, {c.connect, false}} {
		for i, text := range list.endpoints {
			var err error
			if list.endpoints[i], err = endpoint(text, list.bind); err != nil {
				return err
			}
		}
	}
	if len(c.bind)+len(c.connect) == 0 {
		return usagef("no endpoint: give --bind or --connect")
	}
	return nil
}

// session is one socket at work, with a context of its own.
type session struct {
	app    *app
	zctx   *zmq.Context
	sock   *zmq.Socket
	where  string
	report *reporter

	linger      time.Duration // after a signal
	lingerGiven bool          // by the user
	peersLeft   bool          // and nobody is going to take the rest
}

// graceAfterSignal is how long a signal leaves for handing over what was sent,
// where nobody said how long.
const graceAfterSignal = 5 * time.Second

// graceForNobody is the same where nobody has ever been: just enough to end.
const graceForNobody = 200 * time.Millisecond

// open makes the socket. Before it is bound and connected, prepare may set it
// up. What the user sets goes last.
func (a *app) open(typ zmq.SocketType, c *connection, prepare func(*zmq.Socket) error, settings ...zmq.Setting) (*session, error) {
	own, err := option.Parse(c.set)
	if err != nil {
		return nil, usageError{err}
	}
	secure, err := c.security.setting()
	if err != nil {
		return nil, err
	}
	zctx, err := libzmq.NewContext(own.Context...)
	if err != nil {
		return nil, err
	}
	settings = append(settings, zmq.TrackPeers(), opt.Linger.To(c.linger), secure)
	s := &session{app: a, zctx: zctx, where: at(c.bind, c.connect), linger: graceAfterSignal, lingerGiven: c.lingerGiven}
	if c.lingerGiven {
		s.linger = c.linger
	}
	if err := s.start(typ, c, prepare, append(settings, own.Socket...)); err != nil {
		return nil, errors.Join(err, zctx.Close())
	}
	return s, nil
}

func (s *session) start(typ zmq.SocketType, c *connection, prepare func(*zmq.Socket) error, settings []zmq.Setting) (err error) {
	if s.sock, err = s.zctx.NewSocket(typ, settings...); err != nil {
		return err
	}
	if s.report, err = s.app.startReport(s.sock); err != nil {
		return err
	}
	if err := prepare(s.sock); err != nil {
		return err
	}
	return s.app.attach(s.sock, c.bind, c.connect)
}

// attach binds and connects.
func (a *app) attach(sock *zmq.Socket, bind, connect []string) error {
	for _, e := range bind {
		if err := sock.Bind(e); err != nil {
			return err
		}
		say := a.Detail
		if strings.Contains(e, ":*") || e == "ipc://*" {
			say = a.Say // the system has chosen the port: nobody knows it otherwise
		}
		say("bound to %s", sock.LastEndpoint())
	}
	for _, e := range connect {
		if err := sock.Connect(e); err != nil {
			return err
		}
		a.Detail("connecting to %s", e)
	}
	return nil
}

// close ends the socket and waits until what was sent is handed over: for
// LINGER, or timeout if that is shorter and not 0.
func (s *session) close(ctx context.Context, timeout time.Duration) error {
	err := s.sock.Close()
	handing, cancel := context.WithCancel(context.Background())
	defer cancel()
	if timeout > 0 {
		// Less than a second says more about the machine than about the peer.
		handing, cancel = context.WithTimeout(handing, max(timeout, time.Second))
		defer cancel()
	}
	stop := context.AfterFunc(ctx, func() {
		switch {
		case s.linger == units.Forever:
		case !s.lingerGiven && !s.report.seen():
			time.AfterFunc(graceForNobody, cancel)
		default:
			time.AfterFunc(s.linger, cancel)
		}
	})
	defer stop()
	defer s.patience(ctx)()
	end := s.zctx.Shutdown(handing)
	if end == nil {
		end = s.report.waitUntilRead(handing)
	}
	return errors.Join(err, s.unsent(ctx, end))
}

// unsent is why not everything was handed over, if it is so.
func (s *session) unsent(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return unsentError{s.where}
	case errors.Is(err, context.DeadlineExceeded):
		return timeoutf("not everything that was sent has reached %s within --timeout%s", s.where, s.report.because())
	case errors.Is(err, zmq.ErrLinger) && s.peersLeft:
		return fmt.Errorf("the receiver at %s has gone before it had taken everything", s.where)
	case errors.Is(err, zmq.ErrLinger):
		return timeoutf("not everything that was sent has reached %s within --linger%s", s.where, s.report.because())
	}
	return err
}

// patience says, after a moment, what is being waited for at the end.
func (s *session) patience(ctx context.Context) (stop func()) {
	over := make(chan struct{})
	go func() {
		select {
		case <-over:
			return
		case <-time.After(time.Second):
			s.app.Note("waiting until what was sent has reached %s%s; Ctrl-C ends that", s.where, s.report.because())
		case <-ctx.Done():
		}
		select {
		case <-over:
			return
		case <-ctx.Done():
		}
		select {
		case <-over:
		case <-time.After(300 * time.Millisecond):
			s.app.Note("handing over what was sent; another Ctrl-C quits at once")
		}
	}()
	return func() { close(over) }
}
