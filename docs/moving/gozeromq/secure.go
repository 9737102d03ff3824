package gozeromq

import (
	"context"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/plain"
)

// AnswerUsers answers everybody who speaks PLAIN, whatever the password, until
// ctx ends: the server does not look at it.
func AnswerUsers(ctx context.Context, endpoint string) error {
	rep := zmq4.NewRep(ctx, zmq4.WithSecurity(plain.Security("", "")))
	defer rep.Close()
	if err := rep.Listen(endpoint); err != nil {
		return err
	}
	for {
		user, err := rep.Recv()
		if err != nil {
			return err
		}
		if err := rep.Send(zmq4.NewMsgString("welcome, " + string(user.Frames[0]))); err != nil {
			return err
		}
	}
}

// AskAsUser asks with a name and a password.
func AskAsUser(ctx context.Context, endpoint, user, password string) (string, error) {
	req := zmq4.NewReq(ctx, zmq4.WithSecurity(plain.Security(user, password)))
	defer req.Close()
	if err := req.Dial(endpoint); err != nil {
		return "", err
	}
	if err := req.Send(zmq4.NewMsgString(user)); err != nil {
		return "", err
	}
	reply, err := req.Recv()
	if err != nil {
		return "", err
	}
	return string(reply.Frames[0]), nil
}
