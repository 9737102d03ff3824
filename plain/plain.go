// Package plain asks clients for a user name and a password, with PLAIN.
//
//	users := plain.Passwords(map[string]string{"alice": secret})
//	server, err := zctx.NewSocket(zmq.ROUTER, plain.Server(users))
//	client, err := zctx.NewSocket(zmq.DEALER, plain.Client("alice", secret))
//
// Nothing is encrypted, the password neither: use it where nobody else listens,
// and package curve elsewhere. The mechanism is ZeroMQ's RFC 24.
package plain

import (
	"errors"

	zmq "gozmq"
	"gozmq/opt"
	"gozmq/zap"
)

// Client makes a socket a client of PLAIN with this user name and password,
// each of 1 to 255 bytes without NUL. It counts for later Bind and Connect
// calls. The password goes over the network as it is.
//
// A server that does not let the client in closes the connection: the monitor
// of the socket tells; Send and Recv go on waiting.
//
// Source: ZMQ_PLAIN_USERNAME, ZMQ_PLAIN_PASSWORD.
func Client(user, password string) zmq.Setting {
	if user == "" || password == "" {
		// To libzmq it would mean to turn security off.
		return failing("plain.Client", "the user name or the password is empty")
	}
	return zmq.Settings(opt.PlainUsername.To(user), opt.PlainPassword.To(password))
}

// Server makes a socket the server of PLAIN. Users decides who gets in:
// Passwords, or a zap.Handler of your own, which finds what the client says in
// Request.Username and Request.Password; nil is refused. The user id that it
// gives is Msg.Property("User-Id") of each message.
//
// It counts for later Bind and Connect calls. It puts the socket into a ZAP
// domain of its own, as zap.With does, with the errors of that. Over inproc
// libzmq knows no security.
//
// Source: ZMQ_PLAIN_SERVER.
func Server(users zap.Handler) zmq.Setting {
	if users == nil {
		return failing("plain.Server", "not given: who is let in, such as plain.Passwords")
	}
	return zmq.Settings(zap.With(users), opt.PlainServer.To(true))
}

func failing(name, why string) zmq.Setting {
	return zmq.SettingFunc(name, func(*zmq.Context, *zmq.Socket) error { return errors.New(why) })
}
