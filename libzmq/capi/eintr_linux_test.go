//go:build cgo

package capi

import (
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// storm sends a signal to the calling thread every half millisecond until stop is called. Each
// interrupts the system call that the thread is in.
func storm(t *testing.T) (stop func()) {
	runtime.LockOSThread()
	received := make(chan os.Signal, 1)
	signal.Notify(received, syscall.SIGUSR1)
	tid, done, ended := syscall.Gettid(), make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(500 * time.Microsecond):
				_, _, _ = syscall.RawSyscall(syscall.SYS_TGKILL, uintptr(os.Getpid()), uintptr(tid), uintptr(syscall.SIGUSR1))
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		signal.Stop(received)
		runtime.UnlockOSThread()
		if len(received) == 0 {
			t.Error("no signal arrived: the test tests nothing")
		}
	}
}

func TestSignalsDoNotMoveDeadlines(t *testing.T) {
	const limit = 150
	c := newCtx(t)
	pull := newSocket(t, c, PULL)
	push := newSocket(t, c, PUSH) // without a peer, so it cannot send
	router := newSocket(t, c, ROUTER)
	var m Msg
	ok(t, m.Init())
	defer m.Close()
	for _, s := range []*Socket{pull, push, router} {
		ok(t, s.SetInt(RCVTIMEO, limit))
		ok(t, s.SetInt(SNDTIMEO, limit))
	}
	for name, call := range map[string]func() error{
		"Recv":     func() error { return second(pull.Recv(nil, 0)) },
		"Msg.Recv": func() error { return second(m.Recv(router, 0)) },
		"RecvMsg":  func() error { return second(pull.RecvMsg(&m, 0)) },
		"RecvIov":  func() error { return second(pull.RecvIov(3, 0)) },
		"Send":     func() error { return second(push.Send([]byte("x"), 0)) },
		"Msg.Send": func() error { return second(m.Send(push, 0)) },
		"SendMsg":  func() error { return second(push.SendMsg(&m, 0)) },
		"SendIov":  func() error { return second(push.SendIov([][]byte{{1}, {2}}, SNDMORE)) },
		"Poll": func() error {
			n, err := Poll([]PollItem{{Socket: pull, Events: POLLIN}}, limit)
			if err == nil && n == 0 {
				return EAGAIN
			}
			return err
		},
		"Poller.Wait": func() error {
			p, err := PollerNew()
			if err != nil {
				time.Sleep(limit * time.Millisecond)
				return EAGAIN // no drafts: nothing to test
			}
			defer p.Destroy()
			ok(t, p.Add(pull, 0, POLLIN))
			_, err = p.Wait(limit)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			stop := storm(t)
			start := time.Now()
			err := call()
			took := time.Since(start)
			stop()
			want(t, err, EAGAIN)
			if took < limit*time.Millisecond || took > 4*limit*time.Millisecond {
				t.Errorf("took %v with a limit of %d ms", took, limit)
			}
		})
	}
}

// TestSignalsDoNotEndCalls: without a limit a call goes on, whatever signals come.
func TestSignalsDoNotEndCalls(t *testing.T) {
	c := newCtx(t)
	pull, push := newSocket(t, c, PULL), newSocket(t, c, PUSH)
	ok(t, pull.SetInt(RCVTIMEO, -1))
	ok(t, pull.Bind("inproc://patient"))
	ok(t, push.Connect("inproc://patient"))
	go func() {
		time.Sleep(50 * time.Millisecond)
		_, _ = push.Send([]byte("x"), 0)
	}()
	stop := storm(t)
	defer stop()
	if got := recv(t, pull); got != "x" {
		t.Errorf("%q", got)
	}
	start := time.Now()
	ok(t, Sleep(1))
	if took := time.Since(start); took < 900*time.Millisecond {
		t.Errorf("slept %v", took)
	}
}

// TestTermUnderSignals: Term goes on waiting for a socket that closes late.
func TestTermUnderSignals(t *testing.T) {
	c, err := CtxNew()
	ok(t, err)
	s, err := SocketNew(c, PAIR)
	ok(t, err)
	go func() {
		time.Sleep(50 * time.Millisecond)
		_ = s.Close()
	}()
	stop := storm(t)
	defer stop()
	ok(t, c.Term())
}
