package gozeromq

import (
	"bytes"
	"context"

	"github.com/go-zeromq/zmq4"
	"golang.org/x/sync/errgroup"
)

// Serve works on requests, several at a time, until ctx ends.
func Serve(ctx context.Context, endpoint string, workers int) error {
	router := zmq4.NewRouter(ctx)
	defer router.Close()
	if err := router.Listen(endpoint); err != nil {
		return err
	}
	var group errgroup.Group
	for range workers {
		group.Go(func() error {
			for {
				request, err := recv(ctx, router) // the client's routing id, its request
				if err != nil {
					return err
				}
				reply := zmq4.NewMsgFrom(request.Frames[0], bytes.ToUpper(request.Frames[1]))
				if err := router.SendMulti(reply); err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}

// AskAll sends all requests at once and takes the replies as they come.
func AskAll(ctx context.Context, endpoint string, requests []string) ([]string, error) {
	dealer := zmq4.NewDealer(ctx)
	defer dealer.Close()
	if err := dealer.Dial(endpoint); err != nil {
		return nil, err
	}
	for _, r := range requests {
		if err := dealer.Send(zmq4.NewMsgString(r)); err != nil {
			return nil, err
		}
	}
	var replies []string
	for range requests {
		m, err := recv(ctx, dealer)
		if err != nil {
			return nil, err
		}
		replies = append(replies, string(m.Frames[0]))
	}
	return replies, nil
}
