package pebbe

import (
	"syscall"
	"time"

	zmq "github.com/pebbe/zmq4"
)

// AnswerFriends answers those who have one of the keys, until stop is closed.
// Authentication works in the default context only.
func AnswerFriends(stop <-chan struct{}, endpoint, ownSecret string, friends ...string) error {
	if err := zmq.AuthStart(); err != nil {
		return err
	}
	defer zmq.AuthStop()
	zmq.AuthCurveAdd("friends", friends...)
	rep, err := zmq.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.ServerAuthCurve("friends", ownSecret); err != nil {
		return err
	}
	if err := rep.SetRcvtimeo(100 * time.Millisecond); err != nil { // to look at stop now and then
		return err
	}
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		name, err := rep.Recv(0)
		if zmq.AsErrno(err) == zmq.Errno(syscall.EAGAIN) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := rep.Send("welcome, "+name, 0); err != nil {
			return err
		}
	}
}

// AskSecretly asks the server that has the secret key of server, and no other.
func AskSecretly(zctx *zmq.Context, endpoint, server, ownPublic, ownSecret, name string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ)
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.ClientAuthCurve(server, ownPublic, ownSecret); err != nil {
		return "", err
	}
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if _, err := req.Send(name, 0); err != nil {
		return "", err
	}
	return req.Recv(0)
}
