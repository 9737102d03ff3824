package zmq_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// newFeed makes a subscriber with settings of its own. On an error no socket
// is left behind.
func newFeed(zctx *zmq.Context) (*zmq.Socket, error) {
	return zctx.NewSocket(zmq.SUB,
		opt.RecvHWM.To(10_000),
		opt.HeartbeatInterval.To(2*time.Second),
		opt.MaxMsgSize.To(1<<20),
	)
}

// newPatient makes a context in which sockets have LINGER 0, with two threads
// for what goes over the network.
func newPatient() (*zmq.Context, error) {
	return libzmq.NewContext(opt.IOThreads.To(2), opt.Blocky.To(false))
}

// Options are typed values: what has the wrong type does not compile.
func Example_options() {
	zctx, err := newPatient()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	feed, err := newFeed(zctx)
	if err != nil {
		log.Fatal(err)
	}
	interval, err := opt.HeartbeatInterval.Get(feed)
	fmt.Println(interval, err)
	err = feed.Set(opt.RecvHWM.To(-1))
	fmt.Println(errors.Is(err, zmq.ErrInvalid), err)
	// Output:
	// 2s <nil>
	// true zmq: set SUB ZMQ_RCVHWM: -1 is not between 0 and 2147483647
}
