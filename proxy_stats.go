package zmq

import (
	"sync/atomic"

	"gozmq/internal/engine"
)

// ProxyStats is what a Proxy has done, over all its Runs.
type ProxyStats struct {
	// Traffic of the two sockets. What is received from one side and not yet
	// sent to the other is in the Proxy's hands.
	FrontendReceived, FrontendSent Traffic
	BackendReceived, BackendSent   Traffic
	// CaptureDropped counts messages whose copy Capture could not take.
	CaptureDropped uint64
	// Refused counts messages that were dropped because the side they were
	// for refused them, with any error but that it would have to wait.
	Refused uint64
}

// Traffic is how much went one way through one socket.
type Traffic struct {
	Messages, Frames, Bytes uint64 // a message counts once, and each of its frames
}

// Stats gives the counts so far. It may be called at any time.
func (p *Proxy) Stats() ProxyStats {
	if p == nil {
		return ProxyStats{}
	}
	c := &p.counts
	return ProxyStats{
		FrontendReceived: c.frontReceived.load(),
		FrontendSent:     c.frontSent.load(),
		BackendReceived:  c.backReceived.load(),
		BackendSent:      c.backSent.load(),
		CaptureDropped:   c.captureDropped.Load(),
		Refused:          c.refused.Load(),
	}
}

type proxyCounts struct {
	frontReceived, frontSent, backReceived, backSent trafficCount
	captureDropped, refused                          atomic.Uint64
}

// trafficCount is written by one flow and read by anybody.
type trafficCount struct{ messages, frames, bytes atomic.Uint64 }

func (t *trafficCount) add(batch []engine.Message) {
	frames, size := measure(batch)
	t.count(uint64(len(batch)), frames, size)
}

func (t *trafficCount) count(messages, frames, bytes uint64) {
	t.messages.Add(messages)
	t.frames.Add(frames)
	t.bytes.Add(bytes)
}

// take takes back what add has counted.
func (t *trafficCount) take(batch []engine.Message) {
	frames, size := measure(batch)
	t.count(-uint64(len(batch)), -frames, -size)
}

func (t *trafficCount) load() Traffic {
	return Traffic{t.messages.Load(), t.frames.Load(), t.bytes.Load()}
}

func measure(batch []engine.Message) (frames, size uint64) {
	for i := range batch {
		frames += uint64(len(batch[i].Frames))
		for _, f := range batch[i].Frames {
			size += uint64(len(f))
		}
	}
	return frames, size
}

// capture sends copies of messages to Capture, as far as it takes them at
// once. Both flows may call it.
func (p *Proxy) capture(batch []engine.Message) {
	if p.Capture == nil {
		return
	}
	for len(batch) > 0 {
		n := 0
		err := p.Capture.checkOutgoing(batch)
		if err == nil {
			n, err = p.Capture.eng.Send(batch)
		}
		batch = batch[n:]
		switch {
		case err == nil:
		case err == ErrAgain:
			p.counts.captureDropped.Add(uint64(len(batch)))
			return
		default: // this one; the next may be better
			p.counts.captureDropped.Add(1)
			batch = batch[1:]
		}
	}
}
