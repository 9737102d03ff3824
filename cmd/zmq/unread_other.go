//go:build !linux

package main

import (
	"context"

	zmq "gozmq"
)

// unread is for Linux, see there: other systems do not tell what a peer has
// read.
type unread struct{}

func (*unread) note(zmq.MonitorEvent)      {}
func (*unread) wait(context.Context) error { return nil }
