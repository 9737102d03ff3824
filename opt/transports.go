package opt

import (
	"time"

	zmq "gozmq"
)

// VMCIBufferSize is ZMQ_VMCI_BUFFER_SIZE: the size of the buffer of a
// connection between a virtual machine and its host, in bytes.
//
//	Default  0
//	Range    any
//	Sockets  all; vmci
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2; needs VMCI
const VMCIBufferSize zmq.Option[uint64] = 85

// VMCIBufferMin is ZMQ_VMCI_BUFFER_MIN_SIZE: the least size of that buffer, in
// bytes.
//
//	Default  0
//	Range    any
//	Sockets  all; vmci
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2; needs VMCI
const VMCIBufferMin zmq.Option[uint64] = 86

// VMCIBufferMax is ZMQ_VMCI_BUFFER_MAX_SIZE: the largest size of that buffer,
// in bytes.
//
//	Default  0
//	Range    any
//	Sockets  all; vmci
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2; needs VMCI
const VMCIBufferMax zmq.Option[uint64] = 87

// VMCIConnectTimeout is ZMQ_VMCI_CONNECT_TIMEOUT: how long an attempt to
// connect may take. Negative leaves it to the system.
//
//	Default  the system's
//	Unit     milliseconds
//	Range    -1 to 2147483647 ms
//	Sockets  all; vmci
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2; needs VMCI
const VMCIConnectTimeout zmq.Option[time.Duration] = 88

// WSSKeyPEM is ZMQ_WSS_KEY_PEM: the secret key of a wss server, PEM.
//
//	Default  none
//	Range    any length
//	Sockets  all; wss
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts and WSS
const WSSKeyPEM zmq.WriteOption[[]byte] = 103

// WSSCertPEM is ZMQ_WSS_CERT_PEM: the certificate of a wss server, PEM.
//
//	Default  none
//	Range    any length
//	Sockets  all; wss
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts and WSS
const WSSCertPEM zmq.WriteOption[[]byte] = 104

// WSSTrustPEM is ZMQ_WSS_TRUST_PEM: the certificates that a wss client trusts,
// PEM.
//
//	Default  none
//	Range    any length
//	Sockets  all; wss
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts and WSS
const WSSTrustPEM zmq.WriteOption[[]byte] = 105

// WSSHostname is ZMQ_WSS_HOSTNAME: the name that the certificate of the server
// must have. "" is not checked.
//
//	Default  empty
//	Range    any length
//	Sockets  all; wss
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts and WSS
const WSSHostname zmq.WriteOption[string] = 106

// WSSTrustSystem is ZMQ_WSS_TRUST_SYSTEM: trust the certificates that the
// system trusts.
//
//	Default  false
//	Sockets  all; wss
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.3; draft, needs a build with drafts and WSS
const WSSTrustSystem zmq.WriteOption[bool] = 107
