// Package gssapi secures connections with Kerberos.
//
//	server, err := zctx.NewSocket(zmq.ROUTER, gssapi.Server(gssapi.Principal("zmq@host"), who))
//	client, err := zctx.NewSocket(zmq.DEALER, gssapi.Client(gssapi.Principal("zmq@host"), gssapi.Principal("alice")))
//
// The credentials are those of the process's environment: a key table for a
// server, a ticket for a client. The library must have been built with it:
// Context.Has("gssapi").
//
// libzmq up to 4.3.5 asks the ZAP handler, and then lets the client in
// whatever the answer is: a server with such a library knows who its clients
// are, and must itself refuse those it does not want, by Msg.Property
// ("User-Id"). The mechanism is ZeroMQ's RFC 38.
package gssapi

import (
	"errors"

	zmq "gozmq"
	"gozmq/opt"
	"gozmq/zap"
)

// Name names a principal of Kerberos.
type Name struct {
	text string
	typ  opt.GSSAPINameType
}

// Principal is a name in the usual form: service@host.
func Principal(name string) Name { return Name{name, opt.NameHostBased} }

// UserName is the name of a user of this machine.
func UserName(name string) Name { return Name{name, opt.NameUserName} }

// KerberosPrincipal is the name of a principal as Kerberos writes it:
// user@REALM or service/host@REALM.
func KerberosPrincipal(name string) Name { return Name{name, opt.NameKRB5Principal} }

// String is the name as it was given.
func (n Name) String() string { return n.text }

// Client makes a socket a client of GSSAPI that talks to server as own; the
// zero Name for own is the principal of the environment's ticket. It counts
// for later Bind and Connect calls. A library without GSSAPI is
// errors.ErrUnsupported. Source: ZMQ_GSSAPI_SERVICE_PRINCIPAL,
// ZMQ_GSSAPI_PRINCIPAL and their NAMETYPE.
func Client(server, own Name) zmq.Setting {
	if server.text == "" {
		return failing("gssapi.Client", "not given: the principal of the server")
	}
	// The server's name makes the socket a client, so it comes first.
	return zmq.Settings(
		opt.GSSAPIServicePrincipal.To(server.text), typed(opt.GSSAPIServicePrincipalNameType, server.typ), principal(own))
}

// Server makes a socket the server of GSSAPI as own; the zero Name is the
// principal of the environment. Clients is asked about each, whose name it
// finds in Request.Principal; nil is refused. A denial has an effect from
// libzmq 4.3.6 on; see the package. It counts for later Bind and Connect
// calls. It puts the socket into a ZAP domain of its own, as zap.With does,
// with the errors of that. A library without GSSAPI is errors.ErrUnsupported.
// Source: ZMQ_GSSAPI_SERVER, ZMQ_GSSAPI_PRINCIPAL and its NAMETYPE.
func Server(own Name, clients zap.Handler) zmq.Setting {
	if clients == nil {
		return failing("gssapi.Server", "not given: who is let in, a zap.Handler")
	}
	return zmq.Settings(zap.With(clients), opt.GSSAPIServer.To(true), principal(own))
}

// Plaintext does without encryption; who is at the other end is proved all the
// same. Both sides must have it. Source: ZMQ_GSSAPI_PLAINTEXT.
func Plaintext() zmq.Setting { return opt.GSSAPIPlaintext.To(true) }

func principal(own Name) zmq.Setting {
	if own.text == "" {
		return zmq.Setting{}
	}
	return zmq.Settings(opt.GSSAPIPrincipal.To(own.text), typed(opt.GSSAPIPrincipalNameType, own.typ))
}

// typed leaves the default unsaid, which libraries before 4.3 do not know.
func typed(option zmq.Option[opt.GSSAPINameType], typ opt.GSSAPINameType) zmq.Setting {
	if typ == opt.NameHostBased {
		return zmq.Setting{}
	}
	return option.To(typ)
}

func failing(name, why string) zmq.Setting {
	return zmq.SettingFunc(name, func(*zmq.Context, *zmq.Socket) error { return errors.New(why) })
}
