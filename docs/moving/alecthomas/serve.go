//go:build zmq_4_x

package alecthomas

import (
	"bytes"

	zmq "github.com/alecthomas/gozmq"
)

// Serve works on requests, several at a time, until the context is closed. Each
// worker has a socket of its own, behind a proxy.
func Serve(zctx *zmq.Context, endpoint string, workers int) error {
	frontend, err := zctx.NewSocket(zmq.ROUTER)
	if err != nil {
		return err
	}
	defer frontend.Close()
	backend, err := zctx.NewSocket(zmq.DEALER)
	if err != nil {
		return err
	}
	defer backend.Close()
	if err := frontend.Bind(endpoint); err != nil {
		return err
	}
	if err := backend.Bind("inproc://workers"); err != nil {
		return err
	}
	ended := make(chan error, workers)
	for range workers {
		go func() { ended <- serve(zctx) }()
	}
	err = zmq.Proxy(frontend, backend, nil)
	for range workers {
		<-ended
	}
	return err
}

func serve(zctx *zmq.Context) error {
	worker, err := zctx.NewSocket(zmq.DEALER)
	if err != nil {
		return err
	}
	defer worker.Close()
	if err := worker.Connect("inproc://workers"); err != nil {
		return err
	}
	for {
		request, err := recv(worker) // the client's routing id, its request
		if err != nil {
			return err
		}
		if err := worker.SendMultipart([][]byte{request[0], bytes.ToUpper(request[1])}, 0); err != nil {
			return err
		}
	}
}

// AskAll sends all requests at once and takes the replies as they come.
func AskAll(zctx *zmq.Context, endpoint string, requests []string) ([]string, error) {
	dealer, err := zctx.NewSocket(zmq.DEALER)
	if err != nil {
		return nil, err
	}
	defer dealer.Close()
	if err := dealer.Connect(endpoint); err != nil {
		return nil, err
	}
	for _, r := range requests {
		if err := dealer.Send([]byte(r), 0); err != nil {
			return nil, err
		}
	}
	var replies []string
	for range requests {
		m, err := recv(dealer)
		if err != nil {
			return nil, err
		}
		replies = append(replies, string(m[0]))
	}
	return replies, nil
}
