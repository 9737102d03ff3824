//go:build !windows

package libzmq

import (
	"fmt"
	"strings"
	"syscall"

	"gozmq/internal/engine"
	"gozmq/libzmq/capi"
)

// descriptor refuses a ZMQ_USE_FD that does not listen as the endpoint says:
// libzmq aborts the process when it cannot accept there.
func descriptor(h *capi.Socket, endpoint string) (given bool, err error) {
	fd, err := h.GetInt(capi.USE_FD)
	if err != nil || fd < 0 {
		return false, nil // this libzmq has no such option, or none is given
	}
	transport, _, _ := strings.Cut(endpoint, "://")
	switch transport {
	case "tcp", "ws", "wss", "ipc":
	default: // does not use it
		return false, nil
	}
	at, err := syscall.Getsockname(fd)
	if err != nil {
		return true, refused{engine.ErrInvalid, fmt.Sprintf("ZMQ_USE_FD: descriptor %d is no socket: %v", fd, err)}
	}
	// A system that does not know the question leaves it open.
	if on, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN); err == nil && on == 0 {
		return true, refused{engine.ErrInvalid, fmt.Sprintf("ZMQ_USE_FD: descriptor %d does not listen", fd)}
	}
	if _, unix := at.(*syscall.SockaddrUnix); unix != (transport == "ipc") {
		return true, refused{engine.ErrInvalid, fmt.Sprintf("ZMQ_USE_FD: descriptor %d is not of transport %s", fd, transport)}
	}
	return true, nil
}
