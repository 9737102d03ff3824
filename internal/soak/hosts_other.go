//go:build !linux

package main

import (
	"context"
	"errors"

	zmq "gozmq"
)

func hosts(_ context.Context, f *figures) error {
	f.note("not run: network namespaces are Linux's")
	return nil
}

func source(context.Context, *zmq.Context, []string) error { return errors.ErrUnsupported }

func sink(context.Context, *zmq.Context, []string) error { return errors.ErrUnsupported }

func tun(context.Context, *zmq.Context, []string) error { return errors.ErrUnsupported }
