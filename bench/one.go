package main

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// puller and pusher are the two ends of a stream. Each method returns when n
// more messages have been moved.
type (
	puller interface{ pull(n int) error }
	pusher interface{ push(n int) error }
)

// contestant makes both ends of a pattern, connected. A req's first end asks
// once each time it is called.
type contestant interface {
	stream(transport string, size int) (puller, pusher, error)
	dialogue(transport string, size int) (ask func() error, answer func() error, err error)
}

// one measures a figure and prints the number.
func one(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("one needs 5 arguments, got %q", args)
	}
	who, ok := map[string]contestant{
		"gozmq one by one": ours{},
		"gozmq batches":    ours{batch: 128},
		"pebbe/zmq4":       pebbes{},
	}[args[0]]
	if !ok {
		return fmt.Errorf("nobody is called %q", args[0])
	}
	size, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(args[4])
	if err != nil {
		return err
	}
	var result float64
	if args[1] == "push" {
		result, err = stream(who, args[2], size, n)
	} else {
		result, err = dialogue(who, args[2], size, n)
	}
	if err != nil {
		return err
	}
	fmt.Println(result)
	return nil
}

// stream is messages per second. The first thousand are not counted: with
// them the connection is made.
func stream(who contestant, transport string, size, n int) (float64, error) {
	const first = 1024
	in, out, err := who.stream(transport, size)
	if err != nil {
		return 0, err
	}
	sent := make(chan error, 1)
	go func() { sent <- out.push(first + n) }()
	if err := in.pull(first); err != nil {
		return 0, err
	}
	began := time.Now()
	if err := in.pull(n); err != nil {
		return 0, err
	}
	return float64(n) / time.Since(began).Seconds(), <-sent
}

// dialogue is the median microseconds of a round trip.
func dialogue(who contestant, transport string, size, n int) (float64, error) {
	const first = 1000
	ask, answer, err := who.dialogue(transport, size)
	if err != nil {
		return 0, err
	}
	answered := make(chan error, 1)
	go func() {
		for range first + n {
			if err := answer(); err != nil {
				answered <- err
				return
			}
		}
		answered <- nil
	}()
	took := make([]time.Duration, 0, first+n)
	for range first + n {
		began := time.Now()
		if err := ask(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(began))
	}
	took = took[first:]
	slices.Sort(took)
	return float64(took[n/2].Nanoseconds()) / 1000, <-answered
}
