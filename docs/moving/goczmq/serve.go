//go:build czmq

package goczmq

import (
	"bytes"

	"github.com/zeromq/goczmq/v4"
)

// Serve works on requests, several at a time, until stop is closed. Each worker
// has a socket of its own, behind a proxy.
func Serve(stop <-chan struct{}, endpoint string, workers int) error {
	proxy := goczmq.NewProxy()
	defer proxy.Destroy()
	if err := proxy.SetFrontend(goczmq.Router, endpoint); err != nil {
		return err
	}
	if err := proxy.SetBackend(goczmq.Dealer, "inproc://workers"); err != nil {
		return err
	}
	ended := make(chan error, workers)
	for range workers {
		go func() { ended <- serve(stop) }()
	}
	var err error
	for range workers {
		err = <-ended
	}
	return err
}

func serve(stop <-chan struct{}) error {
	worker, err := goczmq.NewDealer("inproc://workers")
	if err != nil {
		return err
	}
	defer worker.Destroy()
	poller, err := goczmq.NewPoller(worker)
	if err != nil {
		return err
	}
	defer poller.Destroy()
	for {
		_, request, err := next(stop, poller) // the client's routing id, its request
		if err != nil {
			return err
		}
		if err := worker.SendMessage([][]byte{request[0], bytes.ToUpper(request[1])}); err != nil {
			return err
		}
	}
}

// AskAll sends all requests at once and takes the replies as they come.
func AskAll(endpoint string, requests []string) ([]string, error) {
	dealer, err := goczmq.NewDealer(endpoint)
	if err != nil {
		return nil, err
	}
	defer dealer.Destroy()
	for _, r := range requests {
		if err := dealer.SendFrame([]byte(r), goczmq.FlagNone); err != nil {
			return nil, err
		}
	}
	var replies []string
	for range requests {
		m, err := dealer.RecvMessage()
		if err != nil {
			return nil, err
		}
		replies = append(replies, string(m[0]))
	}
	return replies, nil
}
