// Package stream carries one stream of bytes in messages, so that the reader
// knows where it ends, and that nothing is missing.
//
// A message has two frames: a head, and a block of bytes. The head is 20
// bytes: the letters ZST1, 8 random bytes that are the same for the whole
// stream, and the offset of the block as 8 bytes, high byte first. A message
// with an empty block is the end. One with a third frame after an empty block
// means that the sender broke off, and says why.
//
// A receiver that is to confirm sends the end back when it has written
// everything, or a break with its own reason.
package stream

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

const (
	magic    = "ZST1"
	idSize   = 8
	headSize = len(magic) + idSize + 8
)

// Sender makes the messages of one stream.
type Sender struct {
	id   [idSize]byte
	sent uint64
}

// NewSender begins a stream.
func NewSender() *Sender {
	var s Sender
	rand.Read(s.id[:]) // never fails
	return &s
}

// Sent is how many bytes were made into blocks.
func (s *Sender) Sent() uint64 { return s.sent }

// Block is the message with the next bytes, which it refers to; there must be
// at least one.
func (s *Sender) Block(b []byte) [][]byte {
	m := [][]byte{s.head(), b}
	s.sent += uint64(len(b))
	return m
}

// End is the last message.
func (s *Sender) End() [][]byte { return [][]byte{s.head(), nil} }

// Break is the last message of a stream that is not complete.
func (s *Sender) Break(why error) [][]byte { return [][]byte{s.head(), nil, []byte(why.Error())} }

// Confirmed reads the receiver's answer to End.
func (s *Sender) Confirmed(message [][]byte) error {
	h, why, err := parse(message)
	switch {
	case err != nil:
		return err
	case why != "":
		return fmt.Errorf("the receiver broke off after %d bytes: %s", h.offset, why)
	case h.id != s.id || h.offset != s.sent || len(message[1]) > 0:
		return errors.New("the receiver confirmed something else")
	}
	return nil
}

func (s *Sender) head() []byte { return head{s.id, s.sent}.bytes() }

// Receiver checks the messages of one stream.
type Receiver struct {
	last  head // of the next block
	begun bool
	ended bool
}

// Received is how many bytes have come.
func (r *Receiver) Received() uint64 { return r.last.offset }

// Ended reports whether all have.
func (r *Receiver) Ended() bool { return r.ended }

// Take gives the bytes of the next message, which must be the one that comes
// next. There are none in the last.
func (r *Receiver) Take(message [][]byte) ([]byte, error) {
	h, why, err := parse(message)
	switch {
	case err != nil:
		return nil, err
	case why != "" && (!r.begun || h.id == r.last.id):
		return nil, fmt.Errorf("the sender broke off after %d bytes: %s", h.offset, why)
	case !r.begun && h.offset != 0:
		return nil, fmt.Errorf("the first %d bytes of the stream are missing: it began before this receiver was there", h.offset)
	case r.begun && h.id != r.last.id:
		return nil, fmt.Errorf("another stream begins after %d bytes of this one, which has not ended: there are two senders", r.last.offset)
	case h.offset != r.last.offset:
		return nil, fmt.Errorf("the stream goes on at byte %d instead of %d: something in between is lost, or another receiver has it",
			h.offset, r.last.offset)
	}
	block := message[1]
	r.begun, r.ended = true, len(block) == 0
	r.last = head{h.id, h.offset + uint64(len(block))}
	return block, nil
}

// Confirm is the answer to the end of the stream: nil says that everything is
// where it belongs.
func (r *Receiver) Confirm(failure error) [][]byte {
	m := [][]byte{r.last.bytes(), nil}
	if failure != nil {
		m = append(m, []byte(failure.Error()))
	}
	return m
}

type head struct {
	id     [idSize]byte
	offset uint64 // of the block
}

func (h head) bytes() []byte {
	b := slices.Concat([]byte(magic), h.id[:])
	return binary.BigEndian.AppendUint64(b, h.offset)
}

// parse reads a message of either side; why is empty unless that broke off.
func parse(message [][]byte) (h head, why string, err error) {
	if len(message) < 2 || len(message) > 3 || len(message[0]) != headSize || string(message[0][:len(magic)]) != magic {
		return h, "", errors.New("a message came that is not part of a stream: both sides need --stream")
	}
	copy(h.id[:], message[0][len(magic):])
	h.offset = binary.BigEndian.Uint64(message[0][headSize-8:])
	if len(message) == 3 {
		why = fmt.Sprintf("%.200q", message[2]) // it comes from outside
	}
	return h, why, nil
}
