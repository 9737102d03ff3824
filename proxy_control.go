package zmq

import (
	"context"
	"errors"
)

// obey carries out the commands that Control receives, until TERMINATE or the
// end of ctx.
func (p *Proxy) obey(ctx context.Context) error {
	c := p.Control
	var m Msg
	defer m.Release()
	for {
		// Not RecvMsg: opt.RecvTimeout is not meant to end a proxy.
		if _, err := c.recvWithin(ctx, one(&m), bound{timeout: -1}); err != nil {
			return reason(err)
		}
		answer, end := p.command(&m)
		if c.typ != REP && len(answer) == 1 {
			answer = nil // only STATISTICS is answered everywhere
		}
		if answer != nil {
			var out Msg
			out.Append(answer...)
			err := c.TrySend(&out)
			if errors.Is(err, ErrClosed) || errors.Is(err, ErrTerminated) {
				return reason(err)
			}
			// Else who asked has gone, or cannot be answered, such as by SUB.
		}
		if end {
			return errTerminated
		}
	}
}

// command carries out one command and gives the answer.
func (p *Proxy) command(m *Msg) (answer [][]byte, end bool) {
	empty := [][]byte{{}}
	if m.Len() == 1 {
		switch string(m.Frame(0)) {
		case "PAUSE":
			p.Pause()
			return empty, false
		case "RESUME":
			p.Resume()
			return empty, false
		case "TERMINATE":
			return empty, true
		case "STATISTICS":
			return p.statistics(), false
		}
	}
	return [][]byte{[]byte("not a command: PAUSE, RESUME, TERMINATE and STATISTICS are")}, false
}

// statistics is libzmq's answer. Its message counts are counts of frames.
func (p *Proxy) statistics() [][]byte {
	s := p.Stats()
	var frames [][]byte
	for _, t := range [...]Traffic{s.FrontendReceived, s.FrontendSent, s.BackendReceived, s.BackendSent} {
		frames = append(frames, native.AppendUint64(nil, t.Frames), native.AppendUint64(nil, t.Bytes))
	}
	return frames
}

// reason is an error of a socket without its place, which is the proxy's.
func reason(err error) error {
	if e, ok := err.(*Error); ok {
		return e.Err
	}
	return err
}
