package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

const (
	near, far = "gozmq-near", "gozmq-far" // the namespaces
	address   = "10.213.0.2"
	patience  = time.Minute // for each thing that must happen
)

// hosts promises that a stream between two hosts arrives whole and in order
// over a line that loses and delays packets, and that heartbeats find a dead
// line and go on when it is back. It needs root.
func hosts(ctx context.Context, f *figures) (err error) {
	if os.Geteuid() != 0 {
		f.note("not run: it needs root, for network namespaces and tun devices")
		return nil
	}
	for _, n := range []string{near, far} {
		if err := command("ip netns add " + n); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, command("ip netns del "+n)) }()
	}
	line, err := newLine(f, [2]string{near, far}, [2]string{"10.213.0.1", address})
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, line.close())
		f.note("%d packets lost: %.0f in 100 at random, delays of %v to %v, and those on a dead line", line.lost.Load(), loss*100, delay-jitter, delay+jitter)
	}()
	endpoint := "tcp://" + address + ":5555"
	sink, err := host(far, "sink", endpoint)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sink.end()) }()
	source, err := host(near, "source", endpoint)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.end()) }()

	for rounds := 0; ctx.Err() == nil || rounds == 0; rounds++ {
		// The source tells "up" and "down" and every message, the sink what came.
		if err := source.await("up"); err != nil {
			return err
		}
		if err := source.send(f, sink, 200); err != nil {
			return err
		}
		began := time.Now()
		line.dead.Store(true)
		f.faults.Add(1)
		if err := source.await("down"); err != nil {
			return err
		}
		if rounds == 0 {
			f.note("a dead line was noticed after %v, with heartbeats of 200 ms and a timeout of 1 s", time.Since(began).Round(10*time.Millisecond))
		}
		line.dead.Store(false)
	}
	return f.kept()
}

func command(line string) error {
	fields := strings.Fields(line)
	if out, err := exec.Command(fields[0], fields[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", line, err, out)
	}
	return nil
}

// remote is a peer in a namespace, driven by lines.
type remote struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string
}

func host(namespace, role, endpoint string) (*remote, error) {
	cmd, err := start(role, []string{"ip", "netns", "exec", namespace}, endpoint)
	if err != nil {
		return nil, err
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	r := &remote{cmd, in, make(chan string, 1000)}
	go func() {
		defer close(r.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			r.lines <- s.Text()
		}
	}()
	return r, cmd.Start()
}

func (r *remote) end() error {
	_ = r.in.Close()
	err := kill(r.cmd)
	for range r.lines {
	}
	return err
}

// await reads lines until one is what.
func (r *remote) await(what string) error {
	give := time.After(patience)
	for {
		select {
		case line, ok := <-r.lines:
			if !ok {
				return fmt.Errorf("a peer ended before it said %q", what)
			}
			if line == what {
				return nil
			}
		case <-give:
			return fmt.Errorf("a peer did not say %q within %v", what, patience)
		}
	}
}

// send has n messages sent, and waits until they are there.
func (r *remote) send(f *figures, sink *remote, n int) error {
	f.promised.Add(int64(n))
	if _, err := fmt.Fprintln(r.in, n); err != nil {
		return err
	}
	f.ops.Add(int64(n))
	if err := sink.await(strconv.FormatInt(f.promised.Load(), 10)); err != nil {
		return err
	}
	f.received.Add(int64(n))
	return nil
}

// source sends as many messages as each line of its input says, and tells in
// its output when the connection comes and goes.
func source(ctx context.Context, zctx *zmq.Context, endpoints []string) error {
	s, err := zctx.NewSocket(zmq.PUSH, opt.HeartbeatInterval.To(200*time.Millisecond), opt.HeartbeatTimeout.To(time.Second),
		opt.ReconnectInterval.To(50*time.Millisecond), opt.ConnectTimeout.To(time.Second), opt.HandshakeInterval.To(2*time.Second))
	if err != nil {
		return err
	}
	events, err := s.Monitor(zmq.EventHandshakeSucceeded, zmq.EventDisconnected)
	if err != nil {
		return err
	}
	go func() {
		for e, err := range events.Events(ctx) {
			if err != nil {
				return
			}
			word := "down"
			if e.Type == zmq.EventHandshakeSucceeded {
				word = "up"
			}
			fmt.Println(word)
		}
	}()
	if err := s.Connect(endpoints[0]); err != nil {
		return err
	}
	i := uint64(0)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			return err
		}
		for range n {
			if err := s.Send(ctx, numbered(i)...); err != nil {
				return err
			}
			i++
		}
	}
	return nil
}

// sink receives, and tells the number of messages after each; they must come
// in order.
func sink(ctx context.Context, zctx *zmq.Context, endpoints []string) error {
	s, err := zctx.NewSocket(zmq.PULL)
	if err != nil {
		return err
	}
	if err := s.Bind(endpoints[0]); err != nil {
		return err
	}
	for want := uint64(0); ; want++ {
		frames, err := s.Recv(ctx)
		if err != nil {
			return err
		}
		if i, err := number(frames); err != nil || i != want {
			return fmt.Errorf("%d came where %d should: %w", i, want, err)
		}
		fmt.Println(want + 1)
	}
}
