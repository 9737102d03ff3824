// Command interrupt ends well on Ctrl-C: it finishes what it is doing, answers,
// and closes its sockets.
//
//	go run ./examples/interrupt
//	go run ./examples/hello client    # asks it, in another terminal
//
// From the guide, chapter 2: "Handling Interrupt Signals" (interrupt).
// What is different in Go: no call is interrupted by a signal and no EINTR is
// ever seen. signal.NotifyContext turns the signal into the end of a context,
// which ends the calls that wait. What must not be broken off, here an answer
// that is owed, gets a context of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/examples/internal/socket"
	"gozmq/libzmq"
)

func main() {
	log.SetFlags(0)
	endpoint := flag.String("endpoint", "tcp://127.0.0.1:5555", "where clients ask")
	flag.Parse()
	greet := func(name []byte) []byte {
		time.Sleep(time.Second) // hard work
		return append([]byte("hello, "), name...)
	}
	if err := untilSignal(*endpoint, greet, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// untilSignal serves until the process is told to end.
func untilSignal(endpoint string, answer func([]byte) []byte, w io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "serving; Ctrl-C ends it")
	answered, err := serve(ctx, zctx, endpoint, answer)
	if !errors.Is(err, context.Canceled) {
		return errors.Join(err, zctx.Close())
	}
	stop() // from here on another Ctrl-C ends the process at once
	fmt.Fprintf(w, "interrupted after %d answers\n", answered)

	// What was sent is still on its way: wait for it, but not for ever.
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	return zctx.Shutdown(ctx)
}

// serve answers requests until ctx ends and says how many.
func serve(ctx context.Context, zctx *zmq.Context, endpoint string, answer func([]byte) []byte) (answered int, err error) {
	rep, err := socket.Bind(zctx, zmq.REP, endpoint)
	if err != nil {
		return 0, err
	}
	defer rep.Close()
	for {
		request, err := rep.Recv(ctx)
		if err != nil {
			return answered, err
		}
		// Who asked gets its answer, even if ctx has ended meanwhile.
		if err := rep.Send(context.WithoutCancel(ctx), answer(request[0])); err != nil {
			return answered, err
		}
		answered++
	}
}
