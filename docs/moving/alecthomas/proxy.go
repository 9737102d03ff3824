//go:build zmq_4_x

package alecthomas

import (
	zmq "github.com/alecthomas/gozmq"
)

// Forward takes news from publishers and passes it on to subscribers, until
// the context is closed.
func Forward(zctx *zmq.Context, publishers, subscribers string) error {
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
	return zmq.Proxy(in, out, nil)
}
