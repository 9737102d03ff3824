package curve

import (
	"context"
	"errors"

	zmq "gozmq"
	"gozmq/opt"
	"gozmq/zap"
)

// Client makes a socket a client of CURVE: it talks to the server that has the
// secret key of server, and to no other, as the owner of own. It counts for
// later Bind and Connect calls. A zero key is refused, and so is a library
// without CURVE, with errors.ErrUnsupported.
//
// A server that does not let the client in closes the connection: the monitor
// of the socket tells; Send and Recv go on waiting.
//
// Source: ZMQ_CURVE_SERVERKEY, ZMQ_CURVE_PUBLICKEY, ZMQ_CURVE_SECRETKEY.
func Client(server Public, own Secret) zmq.Setting {
	return zmq.Settings(
		given("curve.Client", !server.IsZero(), "the public key of the server"),
		given("curve.Client", !own.IsZero(), "the secret key of the client"),
		opt.CurveServerKey.To(server),
		opt.CurvePublicKey.To(own.Public()),
		opt.CurveSecretKey.To(own.key()),
	)
}

// Server makes a socket the server of CURVE with the secret key own. Clients
// says whom it lets in: Allow with their keys, Anyone, or a zap.Handler of your
// own, which finds the client's key in Request.PublicKey; nil is refused. The
// user id that it gives is Msg.Property("User-Id") of each message.
//
// It counts for later Bind and Connect calls, and so do changes: a socket can
// bind with one key, then with another. What clients decides may change at any
// time, and counts for clients that connect from then on: established
// connections stay. Unbind ends those that came through it.
//
// It puts the socket into a ZAP domain of its own, as zap.With does, with the
// errors of that. A zero key is refused, and so is a library without CURVE,
// with errors.ErrUnsupported. Over inproc libzmq knows no security.
//
// Source: ZMQ_CURVE_SERVER, ZMQ_CURVE_SECRETKEY.
func Server(own Secret, clients zap.Handler) zmq.Setting {
	return zmq.Settings(
		given("curve.Server", !own.IsZero(), "the secret key of the server"),
		given("curve.Server", clients != nil, "who is let in: curve.Allow, curve.Anyone or a zap.Handler"),
		// First, so that no failure leaves a server without it.
		zap.With(clients),
		opt.CurveSecretKey.To(own.key()),
		opt.CurveServer.To(true),
	)
}

// given is a setting that fails unless ok.
func given(name string, ok bool, what string) zmq.Setting {
	if ok {
		return zmq.Setting{}
	}
	return zmq.SettingFunc(name, func(*zmq.Context, *zmq.Socket) error {
		return errors.New("not given: " + what)
	})
}

// Anyone lets every client in that knows the server's public key, whatever its
// own is. The connections are encrypted, and each message has the client's key
// as its User-Id; what a client may do is up to the program.
func Anyone() zap.Handler {
	return zap.HandlerFunc(func(_ context.Context, r *zap.Request) zap.Response {
		if r.Mechanism != mechanism {
			return notCurve
		}
		return zap.Allow(Public(r.PublicKey).String())
	})
}

const mechanism = "CURVE"

var notCurve = zap.Deny("no client of CURVE")
