//go:build unix

package main

import (
	"context"
	"os"

	"golang.org/x/sys/unix"
)

// watchOutput ends the context when the reader of stdout has gone, also while
// there is nothing to write: zmq sub | head -1 ends with head.
func watchOutput(ctx context.Context, wanted bool) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	info, err := os.Stdout.Stat()
	if wanted && err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeSocket) != 0 {
		go func() {
			// An error or a hang-up is reported without being asked for. The
			// thread that waits here ends with the process.
			fds := []unix.PollFd{{Fd: int32(os.Stdout.Fd())}}
			for {
				n, err := unix.Poll(fds, -1)
				if err == unix.EINTR {
					continue
				}
				if err == nil && n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0 {
					cancel(errOutputGone)
				}
				return
			}
		}()
	}
	return ctx, func() { cancel(nil) }
}
