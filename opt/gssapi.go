package opt

import (
	"strconv"

	zmq "gozmq"
)

// GSSAPIServer is ZMQ_GSSAPI_SERVER: be the server of GSSAPI.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1; needs GSSAPI
//
// Both values turn GSSAPI on.
const GSSAPIServer zmq.Option[bool] = 62

// GSSAPIPrincipal is ZMQ_GSSAPI_PRINCIPAL: the name of this side's principal.
//
//	Default  empty
//	Range    1 to 255 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1; needs GSSAPI
const GSSAPIPrincipal zmq.Option[string] = 63

// GSSAPIServicePrincipal is ZMQ_GSSAPI_SERVICE_PRINCIPAL: the name of the
// server's principal, for a client.
//
//	Default  empty
//	Range    1 to 255 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1; needs GSSAPI
//
// It makes the socket a client.
const GSSAPIServicePrincipal zmq.Option[string] = 64

// GSSAPIPlaintext is ZMQ_GSSAPI_PLAINTEXT: do not encrypt.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1; needs GSSAPI
const GSSAPIPlaintext zmq.Option[bool] = 65

// GSSAPIPrincipalNameType is ZMQ_GSSAPI_PRINCIPAL_NAMETYPE: how
// GSSAPIPrincipal is to be read.
//
//	Default  NameHostBased
//	Range    0 to 2
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.0; needs GSSAPI
const GSSAPIPrincipalNameType zmq.Option[GSSAPINameType] = 90

// GSSAPIServicePrincipalNameType is ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE: how
// GSSAPIServicePrincipal is to be read.
//
//	Default  NameHostBased
//	Range    0 to 2
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.0; needs GSSAPI
const GSSAPIServicePrincipalNameType zmq.Option[GSSAPINameType] = 91

// GSSAPINameType is how the name of a principal is to be read.
type GSSAPINameType int

// The values of GSSAPINameType.
const (
	NameHostBased     GSSAPINameType = 0 // service@host
	NameUserName      GSSAPINameType = 1 // a user name of this machine
	NameKRB5Principal GSSAPINameType = 2 // a Kerberos principal
)

// String is the name of the value.
func (v GSSAPINameType) String() string {
	switch v {
	case NameHostBased:
		return "host-based"
	case NameUserName:
		return "user name"
	case NameKRB5Principal:
		return "Kerberos principal"
	}
	return "GSSAPINameType(" + strconv.Itoa(int(v)) + ")"
}
