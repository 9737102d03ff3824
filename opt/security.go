package opt

import (
	"strconv"

	zmq "gozmq"
)

// Mechanism is ZMQ_MECHANISM: how the socket secures its connections, as the
// last of the settings of PLAIN, CURVE or GSSAPI left it.
//
//	Default  MechanismNull
//	Sockets  all
//	Since    libzmq 4.0
const Mechanism zmq.ReadOption[SecurityMechanism] = 43

// PlainServer is ZMQ_PLAIN_SERVER: be the server of PLAIN: ask peers for a
// user name and a password, which a ZAP handler checks.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// false turns security off, whatever it was. Not over inproc.
//
// With ZAPEnforceDomain it needs a ZAPDomain: libzmq would abort the process
// without one.
const PlainServer zmq.Option[bool] = 44

// PlainUsername is ZMQ_PLAIN_USERNAME: the user name for a PLAIN server. ""
// turns security off.
//
//	Default  empty
//	Range    0 to 255 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// It makes the socket a client.
const PlainUsername zmq.Option[string] = 45

// PlainPassword is ZMQ_PLAIN_PASSWORD: the password for a PLAIN server. ""
// turns security off.
//
//	Default  empty
//	Range    0 to 255 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// It makes the socket a client. The password is not encrypted on its way.
const PlainPassword zmq.Option[string] = 46

// CurveServer is ZMQ_CURVE_SERVER: be the server of CURVE.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0; needs CURVE
//
// Use curve.Server, which also says whom it lets in: Bind and Connect refuse a
// server that has not. false turns security off, whatever it was. Not over
// inproc.
const CurveServer zmq.Option[bool] = 47

// CurvePublicKey is ZMQ_CURVE_PUBLICKEY: this client's own public key.
//
//	Default  32 zeros
//	Range    32 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0; needs CURVE
const CurvePublicKey zmq.Option[[32]byte] = 48

// CurveSecretKey is ZMQ_CURVE_SECRETKEY: this side's own secret key.
//
//	Default  32 zeros
//	Range    32 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0; needs CURVE
const CurveSecretKey zmq.Option[[32]byte] = 49

// CurveServerKey is ZMQ_CURVE_SERVERKEY: the public key of the server that a
// client trusts.
//
//	Default  32 zeros
//	Range    32 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0; needs CURVE
//
// It makes the socket a client.
const CurveServerKey zmq.Option[[32]byte] = 50

// ZAPDomain is ZMQ_ZAP_DOMAIN: the domain that a ZAP handler is told with each
// peer.
//
//	Default  empty
//	Range    1 to 255 bytes
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.0
//
// It cannot be emptied again. With it, peers without security are told to the
// handler too.
const ZAPDomain zmq.Option[string] = 55

// ZAPEnforceDomain is ZMQ_ZAP_ENFORCE_DOMAIN: do without ZAP where there is no
// domain, and refuse all peers where there is a domain and no handler.
//
//	Default  false
//	Sockets  all
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.2.3; draft, also in builds without drafts
const ZAPEnforceDomain zmq.Option[bool] = 93

// SecurityMechanism is how connections are secured.
type SecurityMechanism int

// The values of SecurityMechanism.
const (
	MechanismNull   SecurityMechanism = 0 // not at all
	MechanismPlain  SecurityMechanism = 1 // user name and password, in the clear
	MechanismCurve  SecurityMechanism = 2 // keys and encryption
	MechanismGSSAPI SecurityMechanism = 3 // Kerberos
)

// String is the name of the value.
func (v SecurityMechanism) String() string {
	switch v {
	case MechanismNull:
		return "NULL"
	case MechanismPlain:
		return "PLAIN"
	case MechanismCurve:
		return "CURVE"
	case MechanismGSSAPI:
		return "GSSAPI"
	}
	return "SecurityMechanism(" + strconv.Itoa(int(v)) + ")"
}
