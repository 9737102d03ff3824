//go:build czmq

package goczmq

import (
	"github.com/zeromq/goczmq/v4"
)

// AnswerFriends answers those whose certificates are in a folder, until stop is
// closed.
func AnswerFriends(stop <-chan struct{}, endpoint string, own *goczmq.Cert, folder string) error {
	auth := goczmq.NewAuth()
	defer auth.Destroy()
	if err := auth.Curve(folder); err != nil {
		return err
	}
	rep := goczmq.NewSock(goczmq.Rep, goczmq.SockSetZapDomain("friends"), goczmq.SockSetCurveServer(1))
	defer rep.Destroy()
	own.Apply(rep)
	if _, err := rep.Bind(endpoint); err != nil {
		return err
	}
	poller, err := goczmq.NewPoller(rep)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		_, name, err := next(stop, poller)
		if err != nil {
			return err
		}
		if err := rep.SendFrame([]byte("welcome, "+string(name[0])), goczmq.FlagNone); err != nil {
			return err
		}
	}
}

// AskSecretly asks the server that has the secret key of server, and no other.
func AskSecretly(endpoint, server string, own *goczmq.Cert, name string) (string, error) {
	req := goczmq.NewSock(goczmq.Req, goczmq.SockSetCurveServerkey(server))
	defer req.Destroy()
	own.Apply(req)
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if err := req.SendFrame([]byte(name), goczmq.FlagNone); err != nil {
		return "", err
	}
	reply, err := req.RecvMessage()
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
