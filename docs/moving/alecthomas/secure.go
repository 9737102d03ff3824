//go:build zmq_4_x

package alecthomas

import (
	zmq "github.com/alecthomas/gozmq"
)

// AnswerFriends answers those who have one of the keys, of 32 bytes each, until
// the context is closed.
func AnswerFriends(zctx *zmq.Context, endpoint, ownSecret string, friends ...string) error {
	if err := authenticate(zctx, friends); err != nil {
		return err
	}
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	defer rep.Close()
	if err := rep.SetCurveServer(1); err != nil {
		return err
	}
	if err := rep.SetCurveSecretkey(ownSecret); err != nil {
		return err
	}
	if err := rep.Bind(endpoint); err != nil {
		return err
	}
	for {
		name, err := recv(rep)
		if err != nil {
			return err
		}
		if err := rep.Send([]byte("welcome, "+string(name[0])), 0); err != nil {
			return err
		}
	}
}

// authenticate decides who gets in: it speaks ZAP by hand.
func authenticate(zctx *zmq.Context, friends []string) error {
	rep, err := zctx.NewSocket(zmq.REP)
	if err != nil {
		return err
	}
	if err := rep.Bind("inproc://zeromq.zap.01"); err != nil {
		rep.Close()
		return err
	}
	known := make(map[string]bool)
	for _, key := range friends {
		known[key] = true
	}
	go func() {
		defer rep.Close()
		for {
			request, err := recv(rep)
			if err != nil {
				return
			}
			// version, id, domain, address, identity, mechanism, key
			reply := [][]byte{request[0], request[1], []byte("400"), []byte("who are you?"), nil, nil}
			if len(request) == 7 && string(request[5]) == "CURVE" && known[string(request[6])] {
				reply[2], reply[3] = []byte("200"), []byte("OK")
			}
			if err := rep.SendMultipart(reply, 0); err != nil {
				return
			}
		}
	}()
	return nil
}

// AskSecretly asks the server that has the secret key of server, and no other.
func AskSecretly(zctx *zmq.Context, endpoint, server, ownPublic, ownSecret, name string) (string, error) {
	req, err := zctx.NewSocket(zmq.REQ)
	if err != nil {
		return "", err
	}
	defer req.Close()
	if err := req.SetCurveServerkey(server); err != nil {
		return "", err
	}
	if err := req.SetCurvePublickey(ownPublic); err != nil {
		return "", err
	}
	if err := req.SetCurveSecretkey(ownSecret); err != nil {
		return "", err
	}
	if err := req.Connect(endpoint); err != nil {
		return "", err
	}
	if err := req.Send([]byte(name), 0); err != nil {
		return "", err
	}
	reply, err := recv(req)
	if err != nil {
		return "", err
	}
	return string(reply[0]), nil
}
