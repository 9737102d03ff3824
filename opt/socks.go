package opt

import zmq "gozmq"

// SOCKSProxy is ZMQ_SOCKS_PROXY: the SOCKS5 proxy, host:port, through which
// tcp connections are made. "" is none.
//
//	Default  empty
//	Range    any length
//	Sockets  all that connect; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// The proxy resolves host names.
//
// Use a proxy that can be trusted and relied on: libzmq up to this day
// (4.3.6) aborts the process when a socket is closed, or its context ends,
// after a try to reach the proxy has failed and before the next; and an answer
// that holds a name of 128 bytes or more overwrites memory.
const SOCKSProxy zmq.Option[string] = 68

// SOCKSUsername is ZMQ_SOCKS_USERNAME: the user name for the SOCKS5 proxy. ""
// is no authentication.
//
//	Default  empty
//	Range    0 to 255 bytes
//	Sockets  all that connect; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.2; draft, also in builds without drafts
const SOCKSUsername zmq.Option[string] = 99

// SOCKSPassword is ZMQ_SOCKS_PASSWORD: the password for the SOCKS5 proxy.
//
//	Default  empty
//	Range    0 to 255 bytes
//	Sockets  all that connect; tcp
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.2; draft, also in builds without drafts
const SOCKSPassword zmq.Option[string] = 100
