package pebbe

import (
	zmq "github.com/pebbe/zmq4"
)

// Forward takes news from publishers and passes it on to subscribers, until a
// PAIR socket that is connected to inproc://control sends TERMINATE.
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
	control, err := zctx.NewSocket(zmq.PAIR)
	if err != nil {
		return err
	}
	defer control.Close()
	if err := in.Bind(publishers); err != nil {
		return err
	}
	if err := out.Bind(subscribers); err != nil {
		return err
	}
	if err := control.Bind("inproc://control"); err != nil {
		return err
	}
	return zmq.ProxySteerable(in, out, nil, control)
}
