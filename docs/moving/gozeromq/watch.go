package gozeromq

import (
	"context"
	"time"

	"github.com/go-zeromq/zmq4"
	"golang.org/x/sync/errgroup"
)

// Watch handles what comes from two sockets, until ctx, which is also
// theirs, ends. Each has
// a goroutine, so handle may be called by both at once.
func Watch(ctx context.Context, sub, pull zmq4.Socket, handle func(string)) error {
	var group errgroup.Group
	for _, sock := range []zmq4.Socket{sub, pull} {
		group.Go(func() error {
			for {
				m, err := recv(ctx, sock)
				if err != nil {
					return err
				}
				handle(string(m.Frames[0]))
			}
		})
	}
	return group.Wait()
}

// React handles messages and looks at the clock, one thing at a time, until
// ctx, which is also the sockets', ends.
func React(ctx context.Context, sub, pull zmq4.Socket, handle func(string), tick func()) error {
	messages := make(chan zmq4.Msg)
	var group errgroup.Group
	for _, sock := range []zmq4.Socket{sub, pull} {
		group.Go(func() error {
			for {
				m, err := recv(ctx, sock)
				if err != nil {
					return err
				}
				select {
				case messages <- m:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
	}
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case m := <-messages:
			handle(string(m.Frames[0]))
		case <-ticker.C:
			tick()
		case <-ctx.Done():
			return group.Wait()
		}
	}
}
