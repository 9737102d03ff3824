package after

import (
	"context"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/plain"
)

// AnswerFriends answers those who have one of the keys, until ctx ends.
func AnswerFriends(ctx context.Context, zctx *zmq.Context, endpoint string, own curve.Secret, friends ...curve.Public) error {
	rep, err := zctx.NewSocket(zmq.REP, curve.Server(own, curve.Allow(friends...)))
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		name, err := rep.Recv(ctx)
		if err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte("welcome, "+string(name[0]))); err != nil {
			return err
		}
	}
}

// AskSecretly asks the server that has the secret key of server, and no other.
func AskSecretly(ctx context.Context, zctx *zmq.Context, endpoint string, server curve.Public, own curve.Secret, name string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ, curve.Client(server, own))
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if err := req.Send(ctx, []byte(name)); err != nil {
		return "", err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}

// AnswerUsers answers those who know their password, until ctx ends.
func AnswerUsers(ctx context.Context, zctx *zmq.Context, endpoint string, passwords map[string]string) error {
	rep, err := zctx.NewSocket(zmq.REP, plain.Server(plain.Passwords(passwords)))
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	var question zmq.Msg
	for {
		if err := rep.RecvMsg(ctx, &question); err != nil {
			return err
		}
		if err := rep.Send(ctx, []byte("welcome, "+question.Property("User-Id"))); err != nil {
			return err
		}
	}
}

// AskAsUser asks with a name and a password.
func AskAsUser(ctx context.Context, zctx *zmq.Context, endpoint, user, password string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ, plain.Client(user, password))
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if err := req.Send(ctx, []byte(user)); err != nil {
		return "", err
	}
	reply, err := req.Recv(ctx)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
