package after

import (
	"bytes"
	"context"

	zmq "gozmq"

	"golang.org/x/sync/errgroup"
)

// Serve works on requests, several at a time, until ctx ends. All workers use
// the one socket.
func Serve(ctx context.Context, zctx *zmq.Context, endpoint string, workers int) error {
	router, err := zctx.NewSocket(zmq.ROUTER)
	if err != nil {
		return err
	}
	defer router.Close()
	if err := router.Bind(endpoint); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(func() error {
			for {
				request, err := router.Recv(ctx) // the client's routing id, its request
				if err != nil {
					return err
				}
				if err := router.Send(ctx, request[0], bytes.ToUpper(request[1])); err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}

// AskAll sends all requests at once and takes the replies as they come.
func AskAll(ctx context.Context, zctx *zmq.Context, endpoint string, requests []string) ([]string, error) {
	dealer, err := zctx.NewSocket(zmq.DEALER)
	if err != nil {
		return nil, err
	}
	defer dealer.Close()
	if err := dealer.Connect(endpoint); err != nil {
		return nil, err
	}
	for _, r := range requests {
		if err := dealer.Send(ctx, []byte(r)); err != nil {
			return nil, err
		}
	}
	var replies []string
	for range requests {
		m, err := dealer.Recv(ctx)
		if err != nil {
			return nil, err
		}
		replies = append(replies, string(m[0]))
	}
	return replies, nil
}
