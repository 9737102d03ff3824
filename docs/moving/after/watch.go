package after

import (
	"context"
	"time"

	zmq "gozmq"

	"golang.org/x/sync/errgroup"
)

// Watch handles what comes from two sockets, until ctx ends. Each has a
// goroutine, so handle may be called by both at once.
func Watch(ctx context.Context, sub, pull *zmq.Socket, handle func(string)) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, sock := range []*zmq.Socket{sub, pull} {
		group.Go(func() error {
			for m, err := range sock.Messages(ctx) {
				if err != nil {
					return err
				}
				handle(string(m.Frame(0)))
			}
			return nil
		})
	}
	return group.Wait()
}

// React handles messages and looks at the clock, one thing at a time, until
// ctx ends.
func React(ctx context.Context, sub, pull *zmq.Socket, handle func(string), tick func()) error {
	news, tasks := make(chan *zmq.Msg), make(chan *zmq.Msg)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return sub.RecvTo(ctx, news) })
	group.Go(func() error { return pull.RecvTo(ctx, tasks) })
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case m := <-news:
			handle(string(m.Frame(0)))
		case m := <-tasks:
			handle(string(m.Frame(0)))
		case <-ticker.C:
			tick()
		case <-ctx.Done():
			return group.Wait()
		}
	}
}

// Poll is Watch with a poller, in one goroutine.
func Poll(ctx context.Context, sub, pull *zmq.Socket, handle func(string)) error {
	var poller zmq.Poller
	defer poller.Close()
	for _, sock := range []*zmq.Socket{sub, pull} {
		if err := poller.Add(sock, zmq.In); err != nil {
			return err
		}
	}
	ready := make([]zmq.Ready, 2)
	for {
		n, err := poller.Wait(ctx, ready)
		if err != nil {
			return err
		}
		for _, r := range ready[:n] {
			m, err := r.Socket.Recv(ctx)
			if err != nil {
				return err
			}
			handle(string(m[0]))
		}
	}
}

// Echo sends back what comes, by way of a channel, until ctx ends.
func Echo(ctx context.Context, zctx *zmq.Context, endpoint string) error {
	router, err := zctx.NewSocket(zmq.ROUTER)
	if err != nil {
		return err
	}
	defer router.Close()
	if err := router.Bind(endpoint); err != nil {
		return err
	}
	messages := make(chan *zmq.Msg)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return router.RecvTo(ctx, messages) })
	group.Go(func() error { return router.SendFrom(ctx, messages) })
	return group.Wait()
}
