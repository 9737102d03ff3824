package security

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Keys change while a thousand clients come: who may always come gets in, who
// may never does not.
func TestThousandClients(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 100
	}
	server := newKeys(t)
	clients := curve.Allow()
	all := make([]keys, n)
	for i := range all {
		all[i] = newKeys(t)
		if i%3 == 0 {
			clients.Add(all[i].Public)
		}
	}
	sctx, cctx := testlib.Context(t), testlib.Context(t, opt.MaxSockets.To(4096))
	s, endpoint := testkit.Bound(t, sctx, zmq.PULL, "tcp", curve.Server(server.secret, clients), opt.Backlog.To(1000))

	done := make(chan struct{})
	var changing sync.WaitGroup
	changing.Add(1)
	go func() { // those of i%3 == 1 come and go
		defer changing.Done()
		for {
			for i := 1; i < n; i += 3 {
				select {
				case <-done:
					return
				default:
				}
				clients.Add(all[i].Public)
				clients.Remove(all[i].Public)
			}
		}
	}()

	came := make(chan error, 1)
	go func() {
		seen := make(map[string]bool)
		for len(seen) < (n+2)/3 {
			var m zmq.Msg
			if err := s.RecvMsg(testkit.Soon(t), &m); err != nil {
				came <- fmt.Errorf("after %d clients: %w", len(seen), err)
				return
			}
			var i int
			if _, err := fmt.Sscan(string(m.Frame(0)), &i); err != nil || m.Property("User-Id") != all[i].String() {
				came <- fmt.Errorf("message %q from %q: %v", m.Frames(), m.Property("User-Id"), err)
				return
			}
			switch i % 3 {
			case 0:
				seen[m.Property("User-Id")] = true
			case 2:
				came <- fmt.Errorf("client %d got in", i)
				return
			}
		}
		came <- nil
	}()

	g := testkit.NewGroup(t)
	next := make(chan int)
	for range 16 {
		g.Go(func() error {
			for i := range next {
				if err := visit(cctx, endpoint, server.Public, all[i], i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	g.Wait()
	close(done)
	changing.Wait()
	if err := <-came; err != nil {
		t.Error(err)
	}
}

// visit connects, and waits until the client is let in or refused.
func visit(zctx *zmq.Context, endpoint string, server curve.Public, k keys, i int) error {
	c, err := zctx.NewSocket(zmq.PUSH, curve.Client(server, k.secret), opt.Linger.To(10*time.Second))
	if err != nil {
		return err
	}
	defer c.Close()
	m, err := c.Monitor(handshakes)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := c.Connect(endpoint); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), testkit.Hang)
	defer cancel()
	for {
		e, err := m.Recv(ctx)
		switch {
		case err != nil:
			return fmt.Errorf("client %d: %w", i, err)
		case e.Type == zmq.EventHandshakeSucceeded && i%3 == 2, e.Type == zmq.EventHandshakeAuth && i%3 == 0:
			return fmt.Errorf("client %d: %v", i, e)
		case e.Type == zmq.EventHandshakeAuth:
			return c.Set(opt.Linger.To(0))
		case e.Type == zmq.EventHandshakeSucceeded:
			return c.Send(ctx, fmt.Append(nil, i))
		}
	}
}
