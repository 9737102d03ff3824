package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	zmq "gozmq"
	"gozmq/opt"
)

// proxyKind is what a proxy is for.
type proxyKind struct {
	name              string
	frontend, backend zmq.SocketType
	frontIs, backIs   string // who is at either side
}

var proxyKinds = []proxyKind{
	{name: "queue", frontend: zmq.ROUTER, backend: zmq.DEALER, frontIs: "clients", backIs: "workers"},
	{name: "forwarder", frontend: zmq.XSUB, backend: zmq.XPUB, frontIs: "publishers", backIs: "subscribers"},
	{name: "streamer", frontend: zmq.PULL, backend: zmq.PUSH, frontIs: "senders", backIs: "receivers"},
}

// proxyCommand is three sockets with what goes between them.
type proxyCommand struct {
	*app
	proxyKind
	shared           connection // options and security, without endpoints
	front, back, cap connection
	stats            time.Duration
	json             bool
}

func (a *app) proxyCommand() *cobra.Command {
	p := &proxyCommand{app: a}
	cmd := &cobra.Command{
		Use:   "proxy [flags] queue|forwarder|streamer",
		Short: "Pass messages on between two sides",
		Long: `Pass messages on between a frontend and a backend, until a signal ends it:

  queue      requests: clients (REQ, DEALER) at the frontend, workers (REP, DEALER)
             at the backend
  forwarder  publishers (PUB) at the frontend, subscribers (SUB) at the backend
  streamer   senders (PUSH) at the frontend, receivers (PULL) at the backend

A side that cannot take messages holds up those who send to it: nothing is
dropped but what PUB drops. With --capture, a copy of each message goes to who
subscribes there; copies that cannot be taken at once are dropped. Options and
security are the same for all its sockets, the capture too.

On a terminal a line shows what goes through.`,
		Example: `  zmq proxy queue --frontend :5559 --backend :5560
  zmq proxy forwarder --frontend-connect pub1:5556 --frontend-connect pub2:5556 --backend :5557
  zmq proxy streamer --frontend :5558 --backend :5559 --capture :5550 --stats 10s --format json`,
		ValidArgs: []string{"queue", "forwarder", "streamer"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.resolve(cmd, args); err != nil {
				return err
			}
			return p.run(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&p.front.bind, "frontend", nil, "accept the peers of the frontend at this `endpoint`; may be repeated")
	f.StringArrayVar(&p.front.connect, "frontend-connect", nil, "connect the frontend to this `endpoint`; may be repeated")
	f.StringArrayVar(&p.back.bind, "backend", nil, "accept the peers of the backend at this `endpoint`; may be repeated")
	f.StringArrayVar(&p.back.connect, "backend-connect", nil, "connect the backend to this `endpoint`; may be repeated")
	f.StringArrayVar(&p.cap.bind, "capture", nil, "publish a copy of each message at this `endpoint`; may be repeated")
	f.StringArrayVar(&p.cap.connect, "capture-connect", nil, "publish a copy to this `endpoint` (an XSUB or SUB that is bound); may be repeated")
	f.Var(waitFlag(&p.stats, 0), "stats", "say so often what went through, on stderr or with --format json on stdout; 0 is at the end only")
	f.VarP(&textOrJSON{&p.json}, "format", "f", "statistics as text, or as json: an object for each time")
	p.shared.addOptionFlags(f, time.Second)
	completeFlags(cmd)
	return cmd
}

func (p *proxyCommand) resolve(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("one argument says what to pass on: queue, forwarder or streamer; got %q", args)
	}
	for _, k := range proxyKinds {
		if k.name == args[0] {
			p.proxyKind = k
		}
	}
	if p.proxyKind.name == "" {
		return usagef("%q is none of queue, forwarder and streamer", args[0])
	}
	sides := map[string]*connection{"frontend": &p.front, "backend": &p.back}
	if len(p.cap.bind)+len(p.cap.connect) > 0 {
		sides["capture"] = &p.cap
	}
	for name, side := range sides {
		side.set, side.linger, side.security = p.shared.set, p.shared.linger, p.shared.security
		if err := side.resolve(cmd.Flags()); err != nil {
			return usagef("%s", strings.ReplaceAll(err.Error(), "--bind or --connect", "--"+name+" or --"+name+"-connect"))
		}
	}
	return nil
}

func (p *proxyCommand) run(ctx context.Context) (err error) {
	ctx, stop := watchOutput(ctx, p.json)
	defer stop()
	var sessions []*session
	defer func() {
		for _, s := range sessions {
			err = errors.Join(err, s.close(ctx, 0))
		}
	}()
	open := func(typ zmq.SocketType, c *connection, settings ...zmq.Setting) (*zmq.Socket, error) {
		s, err := p.open(typ, c, func(*zmq.Socket) error { return nil }, settings...)
		if err != nil {
			return nil, err
		}
		sessions = append(sessions, s)
		return s.sock, nil
	}
	var proxy zmq.Proxy
	if proxy.Frontend, err = open(p.frontend, &p.front); err != nil {
		return err
	}
	if proxy.Backend, err = open(p.backend, &p.back, p.backendSettings()...); err != nil {
		return err
	}
	if len(p.cap.bind)+len(p.cap.connect) > 0 {
		if proxy.Capture, err = open(zmq.PUB, &p.cap); err != nil {
			return err
		}
	}
	end := p.startStats(&proxy)
	err = proxy.Run(ctx)
	return errors.Join(p.ended(ctx, err), end())
}

// backendSettings make a slow subscriber hold up its publishers, instead of
// losing messages.
func (p *proxyCommand) backendSettings() []zmq.Setting {
	if p.backend == zmq.XPUB {
		return []zmq.Setting{opt.XPubNoDrop.To(true)}
	}
	return nil
}

func (p *proxyCommand) ended(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errOutputGone) {
		return errOutputGone
	}
	return untilStopped(ctx, err)
}

// startStats shows what goes through until end is called.
func (p *proxyCommand) startStats(proxy *zmq.Proxy) (end func() error) {
	s := &proxyStats{p: p, proxy: proxy, began: time.Now(), last: time.Now()}
	live := p.StartLive(time.Second, func() string { return s.rates(time.Now()) })
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- s.every(p.stats, stop) }()
	return func() error {
		live.Stop()
		close(stop)
		err := <-done
		if p.json {
			return errors.Join(err, s.print())
		}
		p.Say("%s", s.total())
		return err
	}
}
