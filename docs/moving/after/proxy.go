package after

import (
	"context"

	zmq "gozmq"
)

// Forward takes news from publishers and passes it on to subscribers, until
// ctx ends.
func Forward(ctx context.Context, zctx *zmq.Context, publishers, subscribers string) error {
	in, err := zctx.NewSocket(zmq.XSUB)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := zctx.NewSocket(zmq.XPUB)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := in.Bind(publishers); err != nil {
		return err
	}
	if err := out.Bind(subscribers); err != nil {
		return err
	}
	proxy := zmq.Proxy{Frontend: in, Backend: out}
	return proxy.Run(ctx)
}
