package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// signalError is why the context of a command has ended.
type signalError struct{ syscall.Signal }

func (s signalError) Error() string { return s.Signal.String() }

// watchSignals gives a context that the first signal ends. The second ends the
// process. A closed stdout or stderr is an error of who writes to it, and does
// not kill the process with messages under way.
func watchSignals(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	got := make(chan os.Signal, 2)
	signal.Notify(got, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	// Not signal.Ignore: what a process ignores its children ignore too.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		for {
			select {
			case s := <-got:
				number, _ := s.(syscall.Signal)
				if ctx.Err() != nil {
					os.Exit(exitSignal + int(number))
				}
				cancel(signalError{number})
			case <-parent.Done():
				return
			}
		}
	}()
	return ctx, func() { cancel(nil) }
}
