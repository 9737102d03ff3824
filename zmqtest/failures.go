package zmqtest

import (
	"context"
	"errors"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

func failuresHaveNames(t *T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	soon := testkit.Soon(t)

	s, endpoint := t.Bound(zmq.DEALER)
	req := t.Socket(zmq.REQ)
	hurried := t.Socket(zmq.DEALER, opt.SendTimeout.To(time.Millisecond), opt.RecvTimeout.To(time.Millisecond))
	mandatory := t.Socket(zmq.ROUTER, opt.RouterMandatory.To(true))
	closed := t.Socket(zmq.DEALER)
	t.OK(closed.Close())
	few := t.NewContext(opt.MaxSockets.To(1))
	_, err := few.NewSocket(zmq.DEALER)
	t.OK(err)
	_, tooMany := few.NewSocket(zmq.DEALER)
	threadless := t.NewContext(opt.IOThreads.To(0))
	inprocOnly, err := threadless.NewSocket(zmq.DEALER)
	t.OK(err)
	over := t.NewContext()
	t.OK(over.Close())
	_, terminated := over.NewSocket(zmq.DEALER)
	var m zmq.Msg

	recv := func(ctx context.Context, s *zmq.Socket) error { _, err := s.Recv(ctx); return err }
	for _, c := range []struct {
		err error
		is  []error
		say []string // parts of its text
	}{
		{s.TryRecv(&m), []error{zmq.ErrAgain, syscall.EAGAIN}, []string{"recv", "DEALER"}},
		{t.TrySend(s, "x"), []error{zmq.ErrAgain, syscall.EAGAIN}, []string{"send", "DEALER"}},
		{recv(soon, req), []error{zmq.ErrState}, []string{"recv", "REQ", "state"}},
		{hurried.Send(soon, nil), []error{os.ErrDeadlineExceeded}, []string{"send", "timeout"}},
		{recv(soon, hurried), []error{os.ErrDeadlineExceeded}, []string{"recv", "timeout"}},
		{recv(ended, s), []error{context.Canceled}, []string{"recv", "canceled"}},
		{recv(late, s), []error{context.DeadlineExceeded}, []string{"recv", "deadline"}},
		{recv(soon, closed), []error{zmq.ErrClosed, net.ErrClosed}, []string{"recv", "closed"}},
		{terminated, []error{zmq.ErrTerminated, net.ErrClosed}, []string{"new socket", "terminated"}},
		{tooMany, []error{zmq.ErrTooManySockets, syscall.EMFILE}, []string{"new socket", "too many"}},
		{t.TrySend(mandatory, "nobody", "x"), []error{zmq.ErrHostUnreachable, syscall.EHOSTUNREACH}, []string{"send", "ROUTER"}},
		{recv(soon, t.Socket(zmq.PUSH)), []error{zmq.ErrNotSupported, errors.ErrUnsupported}, []string{"recv", "PUSH"}},
		{s.Send(soon), []error{zmq.ErrInvalid, syscall.EINVAL}, []string{"send", "frame"}},
		{s.Set(opt.SendHWM.To(-1)), []error{zmq.ErrInvalid, syscall.EINVAL}, []string{"set", "ZMQ_SNDHWM"}},
		{s.Bind(endpoint), []error{syscall.EADDRINUSE}, []string{"bind", endpoint, "in use"}},
		{s.Bind("tcp://192.0.2.1:1"), []error{syscall.EADDRNOTAVAIL}, []string{"bind", "192.0.2.1"}},
		{s.Bind("carrier-pigeon://coop"), []error{zmq.ErrProtocol, errors.ErrUnsupported, syscall.EPROTONOSUPPORT}, []string{"bind", "pigeon"}},
		{s.Unbind("tcp://127.0.0.1:1"), []error{syscall.ENOENT}, []string{"unbind", "127.0.0.1:1"}},
		{s.Disconnect("tcp://127.0.0.1:1"), []error{syscall.ENOENT}, []string{"disconnect", "127.0.0.1:1"}},
		{s.Connect("udp://127.0.0.1:1"), []error{zmq.ErrIncompatible}, []string{"connect", "udp"}},
		{inprocOnly.Bind("tcp://127.0.0.1:*"), []error{zmq.ErrNoIOThread}, []string{"bind", "I/O thread"}},
	} {
		for _, target := range c.is {
			t.Refused(c.err, target)
		}
		for _, part := range append(c.say, "zmq: ") {
			if c.err == nil || !strings.Contains(strings.ToLower(c.err.Error()), strings.ToLower(part)) {
				t.Errorf("no %q in %v", part, c.err)
			}
		}
		var e *zmq.Error
		if !errors.As(c.err, &e) || e.Op == "" || e.Err == nil {
			t.Errorf("%v is no *zmq.Error with an Op and a reason", c.err)
		}
	}
}
