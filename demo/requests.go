package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	zmq "gozmq"
)

const requestSize = 256

// goodbye ends the conversation; its reply is the number of requests answered.
var goodbye = []byte("goodbye")

// ask holds a conversation: each request is a number and some bytes, and its
// reply must be that number and the checksum of those bytes.
func (r *run) ask(ctx context.Context, endpoint string) error {
	sock, err := r.bind(zmq.REQ, endpoint)
	if err != nil {
		return err
	}
	defer sock.Close() // the last reply has come
	ph := r.begin("REQ/REP tcp", "round trips", r.requests)
	defer ph.end()
	if err := r.peer.order(order{Do: doAnswer, Endpoint: sock.LastEndpoint()}); err != nil {
		return err
	}
	var reply zmq.Msg
	number, body, want := make([]byte, 8), make([]byte, requestSize), make([]byte, 12)
	took := make([]time.Duration, 0, r.requests)
	for i := range uint64(r.requests) {
		binary.BigEndian.PutUint64(number, i)
		fill(body, i)
		began := time.Now()
		if err := sock.Send(ctx, number, body); err != nil {
			return err
		}
		if err := sock.RecvMsg(ctx, &reply); err != nil {
			return err
		}
		took = append(took, time.Since(began))
		ph.add(len(number) + len(body) + len(reply.Frame(0)))
		answerTo(want[:0], number, body)
		if reply.Len() != 1 || !bytes.Equal(reply.Frame(0), want) {
			ph.failed(fmt.Errorf("request %d: the reply is %x, expected %x", i, reply.Frames(), want))
			continue
		}
		ph.verified++
	}
	ph.stop()
	slices.Sort(took)
	ph.note = fmt.Sprintf("latency: median %v, 99 %% below %v, max %v", rounded(took[len(took)/2]),
		rounded(took[len(took)*99/100]), rounded(took[len(took)-1]))
	return r.hangUp(ctx, sock, ph)
}

// hangUp compares the counts of both sides.
func (r *run) hangUp(ctx context.Context, sock *zmq.Socket, ph *phase) error {
	if err := sock.Send(ctx, goodbye); err != nil {
		return err
	}
	last, err := sock.Recv(ctx)
	if err != nil {
		return err
	}
	if got := string(bytes.Join(last, nil)); got != fmt.Sprint(ph.messages) {
		ph.failed(fmt.Errorf("%d requests were asked, but %s answered", ph.messages, got))
	}
	_, err = r.peer.soon()
	return err
}

// answer is the other side of ask.
func (s *sending) answer(ctx context.Context, endpoint string) (report, error) {
	sock, err := s.connect(zmq.REP, endpoint)
	if err != nil {
		return report{}, err
	}
	defer sock.Close() // the last reply goes on in the background
	var request zmq.Msg
	reply := make([]byte, 12)
	for n := 0; ; n++ {
		if err := sock.RecvMsg(ctx, &request); err != nil {
			return report{}, err
		}
		if bytes.Equal(request.Frame(0), goodbye) {
			return report{Messages: n}, sock.Send(ctx, fmt.Append(nil, n))
		}
		reply = answerTo(reply[:0], request.Frame(0), request.Frame(1))
		if err := sock.Send(ctx, reply); err != nil {
			return report{}, err
		}
	}
}

// answerTo appends the right reply: the number, the checksum of the body.
func answerTo(dst, number, body []byte) []byte {
	return binary.BigEndian.AppendUint32(append(dst, number...), crc32.ChecksumIEEE(body))
}

// fill makes a body that no other request has.
func fill(body []byte, n uint64) {
	x := n*0x9e3779b97f4a7c15 + 1
	for i := range body {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		body[i] = byte(x)
	}
}

func rounded(d time.Duration) time.Duration { return d.Round(100 * time.Nanosecond) }
