package opt_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// Options are set when the socket is made, or later, and read; each has the
// type of its value.
func Example() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()
	sub, err := zctx.NewSocket(zmq.SUB, opt.RecvHWM.To(10_000), opt.HeartbeatInterval.To(2*time.Second))
	if err != nil {
		log.Fatal(err)
	}
	if err := sub.Set(opt.RecvTimeout.To(50 * time.Millisecond)); err != nil {
		log.Fatal(err)
	}

	hwm, err := opt.RecvHWM.Get(sub)
	if err != nil {
		log.Fatal(err)
	}
	timeout, err := opt.RecvTimeout.Get(sub)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(hwm, timeout)

	err = sub.Set(opt.RecvHWM.To(-1))
	fmt.Println(err)
	fmt.Println(errors.Is(err, zmq.ErrInvalid))
	// Output:
	// 10000 50ms
	// zmq: set SUB ZMQ_RCVHWM: -1 is not between 0 and 2147483647
	// true
}
