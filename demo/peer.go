package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
	"time"
)

// order is one line from the first process to the second, as JSON.
type order struct {
	Do       string // one of the do constants
	Endpoint string // where the first process listens
	Messages int    // how many to publish, or how many have arrived
	Bytes    int64  // how many bytes have arrived
}

const (
	doFiles   = "files"   // push the files
	doConfirm = "confirm" // these messages and bytes have arrived
	doAnswer  = "answer"  // answer requests until told to stop
	doPublish = "publish" // publish the feed
)

// report is one line back: the end of an order, or what the tree holds.
type report struct {
	Err      string `json:",omitempty"`
	Messages int    // files in the tree, or messages sent
	Bytes    int64
}

// peer is the second process, seen from the first. They agree on what to do
// by lines of JSON through two pipes; everything else goes through ZeroMQ.
type peer struct {
	// ctx ends when the work is interrupted or the second process fails,
	// so that nothing waits for messages that will never come.
	ctx     context.Context
	fail    context.CancelCauseFunc
	orders  *json.Encoder
	reports chan report
	end     func(error) error
	ending  atomic.Bool // nothing more is wanted of the sender
}

func newPeer(ctx context.Context) *peer {
	p := &peer{reports: make(chan report, 1), end: func(error) error { return nil }}
	p.ctx, p.fail = context.WithCancelCause(ctx)
	return p
}

// talk uses r and w to reach the sender.
func (p *peer) talk(r io.Reader, w io.Writer) {
	p.orders = json.NewEncoder(w)
	go p.read(json.NewDecoder(r))
}

func (p *peer) read(d *json.Decoder) {
	for {
		var r report
		if err := d.Decode(&r); err != nil {
			if p.ending.Load() {
				return
			}
			p.fail(fmt.Errorf("the sender has ended: %w", err))
			return
		}
		if r.Err != "" {
			p.fail(errors.New("the sender failed: " + r.Err))
			return
		}
		select {
		case p.reports <- r:
		case <-p.ctx.Done():
			return
		}
	}
}

func (p *peer) order(o order) error {
	if err := p.orders.Encode(o); err != nil {
		return fmt.Errorf("tell the sender to %s: %w", o.Do, errors.Join(err, context.Cause(p.ctx)))
	}
	return nil
}

func (p *peer) report() (report, error) {
	select {
	case r := <-p.reports:
		return r, nil
	case <-p.ctx.Done():
		return report{}, context.Cause(p.ctx)
	}
}

// soon is report for what takes no time.
func (p *peer) soon() (report, error) {
	t := time.AfterFunc(silence, func() { p.fail(errSilent) })
	defer t.Stop()
	return p.report()
}

// silence is how long the first process waits for the next sign of life.
const silence = 30 * time.Second

var errSilent = fmt.Errorf("the sender has said nothing for %v", silence)

// startSender starts this program again as the sender of a tree.
func startSender(ctx context.Context, tree string) (*peer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	// A sender that has failed, or does not end, is ended.
	p := newPeer(ctx)
	cmd := exec.CommandContext(p.ctx, self, senderRole, tree)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the sender: %w", err)
	}
	p.talk(out, in)
	p.end = func(before error) error {
		if before != nil {
			p.fail(before)
		}
		t := time.AfterFunc(silence, func() { p.fail(errSilent) })
		defer t.Stop()
		// The sender ends when its orders do.
		p.ending.Store(true)
		err := errors.Join(in.Close(), cmd.Wait())
		p.fail(nil)
		// Its own error counts only if nothing was wrong before.
		if before != nil || err == nil {
			return nil
		}
		return fmt.Errorf("end the sender: %w", err)
	}
	return p, nil
}
