package zmq

import (
	"fmt"
	"strconv"
	"strings"
	"syscall"
)

// checkEndpoint finds what libzmq takes silently for something else: a NUL
// would cut the name, a port over 65535 would wrap; and a host name that a
// SOCKS proxy cannot be asked for, at which it aborts. It also says how long a
// path may be. What else makes an endpoint good is the transport's to say.
func checkEndpoint(op, endpoint string) error {
	transport, address, ok := strings.Cut(endpoint, "://")
	switch {
	case !ok || transport == "" || address == "":
		return because{ErrInvalid, `an endpoint is transport://address, such as "tcp://127.0.0.1:5555"`}
	case strings.IndexByte(endpoint, 0) >= 0:
		return because{ErrInvalid, "the endpoint holds a NUL"}
	case transport == "ipc" && len(address) > maxPath && (op == "bind" || op == "connect"):
		return fmt.Errorf("the path has %d bytes, and the system allows %d: %w", len(address), maxPath, syscall.ENAMETOOLONG)
	case transport != "tcp" && transport != "udp":
		return nil
	}
	i := strings.LastIndexByte(address, ':')
	if i < 0 {
		return because{ErrInvalid, fmt.Sprintf("%q has no port", address)}
	}
	if i > maxHost {
		return because{ErrInvalid, "the host's name is longer than 255 bytes"}
	}
	if host := address[strings.LastIndexByte(address[:i], ';')+1 : i]; host == "" {
		return because{ErrInvalid, fmt.Sprintf(`%q has no host; "*" is every interface, to Bind`, address)}
	}
	port := address[i+1:]
	if port == "*" && op != "connect" {
		return nil
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || op == "connect" && n == 0 {
		return because{ErrInvalid, fmt.Sprintf("%q is no port between 1 and 65535", port)}
	}
	return nil
}

// maxPath is how long the path of an ipc endpoint may be.
const maxPath = len(syscall.RawSockaddrUnix{}.Path) - 1

// maxHost is how long a host name may be in SOCKS5, and more than DNS allows.
const maxHost = 255
