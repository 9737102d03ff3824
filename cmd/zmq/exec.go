package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/message"
)

// runCommand makes the answer with the shell command of --exec. One that fails
// is told on stderr; what it printed is the answer all the same, since somebody
// waits for one.
func (c *socketCommand) runCommand(ctx context.Context, request [][]byte, m *zmq.Msg) ([][]byte, error) {
	var in bytes.Buffer
	w, err := message.NewWriter(&in, c.out.format, c.out.options)
	if err != nil {
		return nil, err
	}
	if err := w.Write(request, nil); err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	printed := bounded{max: c.in.maxSize}
	cmd := shell(ctx, c.exec)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &printed, os.Stderr
	cmd.Env = append(os.Environ(), "ZMQ_PEER_ADDRESS="+m.Property("Peer-Address"), "ZMQ_USER_ID="+m.Property("User-Id"))
	cmd.WaitDelay = time.Second // for children of the shell that keep its stdout open
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.Warn("--exec: %v", err)
	}
	frames, err := message.Parse(c.in.format, c.in.options, printed.Bytes())
	if err != nil {
		c.Warn("--exec printed what is no message, so the answer is empty: as %s: %v", c.in.format, err)
		return [][]byte{nil}, nil
	}
	return frames, nil
}

func shell(ctx context.Context, command string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		return exec.CommandContext(ctx, "cmd", "/C", command)
	}
	return exec.CommandContext(ctx, "/bin/sh", "-c", command)
}

// bounded keeps what is written, up to a limit.
type bounded struct {
	bytes.Buffer
	max int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if int64(b.Len())+int64(len(p)) > b.max {
		return 0, fmt.Errorf("more than %d bytes (--max-size)", b.max)
	}
	return b.Buffer.Write(p)
}
