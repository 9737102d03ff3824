package gozeromq

import (
	"context"

	"github.com/go-zeromq/zmq4"
)

// Forward takes news from publishers and passes it on to subscribers, until
// ctx ends. It subscribes to everything, since a proxy of XSUB and XPUB passes
// on no subscriptions.
func Forward(ctx context.Context, publishers, subscribers string) error {
	in := zmq4.NewSub(ctx)
	defer in.Close()
	out := zmq4.NewXPub(ctx)
	defer out.Close()
	if err := in.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		return err
	}
	if err := in.Listen(publishers); err != nil {
		return err
	}
	if err := out.Listen(subscribers); err != nil {
		return err
	}
	return zmq4.NewProxy(ctx, in, out, nil).Run()
}
