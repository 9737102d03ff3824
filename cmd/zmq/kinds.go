package main

import (
	"fmt"
	"strconv"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/message"
)

// manner is what a command does with its socket.
type manner int

const (
	sends    manner = iota // sends its input
	receives               // prints what comes
	both                   // both at once
	asks                   // sends, then prints the answer
	answers                // prints a request, then sends an answer
)

// kind is a socket type as a command.
type kind struct {
	typ     zmq.SocketType
	manner  manner
	short   string
	long    string // what is particular, below what its manner has in common
	example string

	streams bool // can carry a stream of bytes
	topics  bool // has --subscribe
	groups  bool // a message is [group, body]
	ids     bool // a message is [routing id, body], the id as a number
	routes  bool // the first frame says to whom or from whom, so that answers find back
	single  bool // one frame only, besides group or id
	oneFrom bool // what has one frame goes to the peer that was connected to
	draft   bool
}

// binary reports whether the frames hold what is no text by nature.
func (k kind) binary() bool {
	return k.routes && !k.ids || k.typ == zmq.XPUB || k.typ == zmq.XSUB
}

func (k kind) format() message.Format {
	if k.binary() {
		return message.Escaped
	}
	return message.Text
}

// frames is a received message as it is printed.
func (k kind) frames(m *zmq.Msg) [][]byte {
	switch {
	case k.groups:
		return append([][]byte{[]byte(m.Group())}, m.Frames()...)
	case k.ids:
		return append([][]byte{strconv.AppendUint(nil, uint64(m.RoutingID()), 10)}, m.Frames()...)
	}
	return m.Frames()
}

// fill makes m of frames as they were read.
func (k kind) fill(m *zmq.Msg, frames [][]byte) error {
	switch {
	case k.groups && len(frames) != 2:
		return fmt.Errorf("a message for %s has the frames group and body, not %d", k.typ, len(frames))
	case k.groups:
		m.SetGroup(string(frames[0]))
		frames = frames[1:]
	case k.ids && len(frames) != 2:
		return fmt.Errorf("a message for %s has the frames routing id and body, not %d", k.typ, len(frames))
	case k.ids:
		id, err := strconv.ParseUint(string(frames[0]), 10, 32)
		if err != nil {
			return fmt.Errorf("the routing id of %s is a number, not %.40q", k.typ, frames[0])
		}
		m.SetRoutingID(uint32(id))
		frames = frames[1:]
	case k.single && len(frames) != 1:
		return fmt.Errorf("a message for %s has one frame, not %d", k.typ, len(frames))
	}
	m.Append(frames...)
	return nil
}

// split takes the part of a request that its answer begins with: who asks,
// and the empty frame behind it that a REQ has put there.
func (k kind) split(frames [][]byte) (envelope, body [][]byte) {
	n := 0
	if k.routes {
		n = 1
		if k.typ == zmq.ROUTER && len(frames) > 1 && len(frames[1]) == 0 {
			n = 2
		}
	}
	n = min(n, len(frames))
	return frames[:n:n], frames[n:]
}
