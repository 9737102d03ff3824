package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// goroutines is how many use one socket at once.
const goroutines = 64

// pairs are a socket under stress and one that keeps it company.
var pairs = [][2]zmq.SocketType{
	{zmq.PAIR, zmq.PAIR}, {zmq.PUB, zmq.SUB}, {zmq.SUB, zmq.PUB}, {zmq.REQ, zmq.REP}, {zmq.REP, zmq.REQ},
	{zmq.DEALER, zmq.ROUTER}, {zmq.ROUTER, zmq.DEALER}, {zmq.PULL, zmq.PUSH}, {zmq.PUSH, zmq.PULL},
	{zmq.XPUB, zmq.XSUB}, {zmq.XSUB, zmq.XPUB}, {zmq.STREAM, zmq.STREAM},
	{zmq.SERVER, zmq.CLIENT}, {zmq.CLIENT, zmq.SERVER}, {zmq.SCATTER, zmq.GATHER}, {zmq.GATHER, zmq.SCATTER},
	{zmq.RADIO, zmq.DISH}, {zmq.DISH, zmq.RADIO}, {zmq.CHANNEL, zmq.CHANNEL}, {zmq.PEER, zmq.PEER},
}

// mixed promises that no mixture of calls does anything but succeed or fail
// with an error that says so: no abort, no race, no hang.
func mixed(ctx context.Context, f *figures) error {
	deadline, _ := ctx.Deadline()
	each := time.Until(deadline) / time.Duration(len(pairs))
	types := 0
	for _, p := range pairs {
		err := mixedType(ctx, f, p[0], p[1], each)
		if errors.Is(err, errors.ErrUnsupported) {
			continue // a draft type, on a library without
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p[0], err)
		}
		types++
	}
	f.note("%d socket types", types)
	return nil
}

func mixedType(ctx context.Context, f *figures, typ, other zmq.SocketType, long time.Duration) (err error) {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	defer func() {
		if e := zctx.Close(); err == nil && !errors.Is(e, zmq.ErrLinger) {
			err = e
		}
	}()
	s, err := zctx.NewSocket(typ, opt.Linger.To(0))
	if err != nil {
		return err
	}
	company, err := zctx.NewSocket(other, opt.Linger.To(0))
	if err != nil {
		return err
	}
	endpoints := []string{"tcp://127.0.0.1:*", "inproc://mixed"}
	if typ == zmq.STREAM {
		endpoints = endpoints[:1] // a STREAM is refused over inproc
	}
	for _, endpoint := range endpoints {
		if err := s.Bind(endpoint); err != nil {
			return err
		}
		if err := company.Connect(s.LastEndpoint()); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	errs := make(chan error, goroutines+4)
	var all sync.WaitGroup
	for i := range goroutines + 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			m := &mixer{f: f, s: s, r: rand.New(rand.NewPCG(1, uint64(i))), hwm: zctx.Version() >= 40306}
			if i >= goroutines {
				m.s = company
			}
			for ctx.Err() == nil {
				if err := m.call(ctx); err != nil {
					errs <- err
					cancel()
				}
			}
		}()
	}
	all.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	return errors.Join(s.Close(), company.Close())
}

// mixer is one goroutine of many on a socket.
type mixer struct {
	f *figures
	s *zmq.Socket
	r *rand.Rand
	m zmq.Msg

	// hwm lets it change a high-water mark while connections end, which libzmq
	// before 4.3.6 does not always survive: see opt.RecvHWM.
	hwm bool
}

// call makes one call, of any kind. Its error is one that nobody may see.
func (m *mixer) call(ctx context.Context) error {
	m.f.ops.Add(1)
	ctx, cancel := context.WithTimeout(ctx, time.Duration(m.r.IntN(2000))*time.Microsecond)
	defer cancel()
	s := m.s
	frames := make([][]byte, 1+m.r.IntN(3))
	for i := range frames {
		frames[i] = make([]byte, m.r.IntN(300))
	}
	var err error
	switch m.r.IntN(20) {
	case 0, 1, 2:
		err = s.Send(ctx, frames...)
	case 3:
		err = s.TrySend(zmq.NewMsg(frames...))
	case 4:
		_, err = s.SendBatch(ctx, []zmq.Msg{*zmq.NewMsg(frames...), *zmq.NewMsg(frames...)})
	case 5, 6:
		_, err = s.Recv(ctx)
	case 7:
		err = s.RecvMsg(ctx, &m.m)
	case 8:
		err = s.TryRecv(&m.m)
	case 9, 10:
		batch := make([]zmq.Msg, 8)
		_, err = s.RecvBatch(ctx, batch)
		for i := range batch {
			batch[i].Release()
		}
	case 11:
		err = errors.Join(s.Subscribe("a", string(frames[0])), s.Unsubscribe("a"))
	case 12:
		err = s.Set(opt.ReconnectInterval.To(time.Duration(1+m.r.IntN(100))*time.Millisecond), opt.SendTimeout.To(time.Millisecond))
		if err == nil && m.hwm {
			err = s.Set(opt.RecvHWM.To(1 + m.r.IntN(1000)))
		}
	case 13:
		_, err = opt.RecvHWM.Get(s)
	case 14:
		endpoint := fmt.Sprintf("inproc://mixed-%d", m.r.IntN(3))
		err = errors.Join(s.Bind(endpoint), s.Unbind(endpoint))
	case 15:
		endpoint := fmt.Sprintf("tcp://127.0.0.1:%d", 1+m.r.IntN(3))
		err = errors.Join(s.Connect(endpoint), s.Disconnect(endpoint))
	case 16:
		var mon *zmq.Monitor
		if mon, err = s.Monitor(); err == nil {
			_, e := mon.Recv(ctx)
			err = errors.Join(e, mon.Close())
		}
	case 17:
		err = s.WaitPeers(ctx, 3)
	case 18:
		for range s.Messages(ctx) {
			break
		}
	case 19:
		err = errors.Join(s.Join("g"), s.Leave("g"))
	}
	return unexpected(err)
}

// expected are the errors that a call among others may end with.
var expected = []error{
	context.DeadlineExceeded, context.Canceled, os.ErrDeadlineExceeded, zmq.ErrAgain, zmq.ErrState, zmq.ErrHostUnreachable, zmq.ErrNoPeer,
	zmq.ErrInvalid, errors.ErrUnsupported, zmq.ErrIncompatible, zmq.ErrClosed, syscall.EADDRINUSE, syscall.ENOENT,
}

// unexpected is err without what is expected; errors that are joined count
// one by one.
func unexpected(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			if u := unexpected(e); u != nil {
				return u
			}
		}
		return nil
	}
	for _, e := range expected {
		if errors.Is(err, e) {
			return nil
		}
	}
	return err
}
