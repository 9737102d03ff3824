package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// What the program exits with. A signal that ended a command early is
// exitSignal plus its number, as in a shell.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitTimeout = 3
	exitSignal  = 128
)

const exitHelp = `Exit codes, the same for every command:

  0    done. Also: a signal ended a command that runs until then, such as
       zmq sub without --count; or the reader of stdout has gone (zmq sub | head -1)
  1    failed; the last line on stderr says what was tried on what
  2    wrong usage: nothing was tried
  3    timed out: --timeout passed without a message, or the time at the end
       (--linger) before everything that was sent was handed over
  128+ a signal ended the command before it was done: 130 for Ctrl-C, 143 for
       SIGTERM, 129 for SIGHUP

The first signal ends a command in order: what it has sent is still handed
over, for at most 5 seconds unless --linger says otherwise. A second one quits
at once.`

// usageError is a mistake in how the tool was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// unsentError is what a signal has kept from being handed over.
type unsentError struct{ where string }

func (e unsentError) Error() string { return "not everything that was sent has reached " + e.where }
func (unsentError) Unwrap() error   { return context.Canceled }

// errOutputGone is a closed stdout: its reader has seen enough.
var errOutputGone = errors.New("the reader of stdout has gone")

// timeoutError is what did not happen in time.
type timeoutError string

func (e timeoutError) Error() string { return string(e) }
func (e timeoutError) Unwrap() error { return os.ErrDeadlineExceeded }

func timeoutf(format string, args ...any) error { return timeoutError(fmt.Sprintf(format, args...)) }

func timedOut(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}

func exitCode(ctx context.Context, err error) int {
	var signal signalError
	switch {
	case errors.Is(err, errOutputGone):
		return exitOK
	case errors.As(err, new(usageError)):
		return exitUsage
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &signal):
		return exitSignal + int(signal.Signal)
	case timedOut(err):
		return exitTimeout
	}
	return exitFailure
}

// untilStopped is for commands that run until a signal: it is how they end.
func untilStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// writing tells a closed stdout from other failures to write.
func writing(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return errOutputGone
	}
	return fmt.Errorf("write to stdout: %w", err)
}
