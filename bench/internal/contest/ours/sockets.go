// Package ours is gozmq in the benchmarks: one message at a time, or in
// batches.
package ours

import (
	"context"
	"time"

	zmq "gozmq"
	"gozmq/bench/internal/work"
	"gozmq/curve"
	"gozmq/libzmq"
	"gozmq/opt"
)

// maker makes sockets as the C program does.
type maker struct {
	work work.Work
	zctx *zmq.Context

	serverPublic curve.Public
	serverSecret curve.Secret
	err          error // the first one; what is made after that is of no use
}

func newMaker(w work.Work) (*maker, error) {
	zctx, err := libzmq.NewContext(opt.IOThreads.To(max(w.IO, 1)), opt.MaxSockets.To(w.Sockets+w.Subs+1023))
	if err != nil {
		return nil, err
	}
	m := &maker{work: w, zctx: zctx}
	if w.Curve != 0 {
		m.serverPublic, m.serverSecret, m.err = curve.NewKeys()
	}
	return m, nil
}

func (m *maker) note(err error) {
	if m.err == nil {
		m.err = err
	}
}

func (m *maker) socket(t zmq.SocketType, more ...zmq.Setting) *zmq.Socket {
	settings := append(more, opt.Linger.To(time.Duration(0)))
	if m.work.HWM > 0 {
		settings = append(settings, opt.SendHWM.To(m.work.HWM), opt.RecvHWM.To(m.work.HWM))
	}
	if t == zmq.PUB || t == zmq.XPUB {
		settings = append(settings, opt.XPubNoDrop.To(true))
	}
	sock, err := m.zctx.NewSocket(t, settings...)
	m.note(err)
	return sock
}

// bound is the server, of CURVE too. The name tells inproc endpoints apart.
func (m *maker) bound(t zmq.SocketType, name string) *zmq.Socket {
	var security []zmq.Setting
	if m.work.Curve != 0 {
		security = append(security, curve.Server(m.serverSecret, curve.Anyone()))
	}
	sock := m.socket(t, security...)
	if m.err != nil {
		return sock
	}
	endpoint := map[string]string{"tcp": "tcp://127.0.0.1:*", "ipc": "ipc://*", "inproc": "inproc://" + name}
	m.note(sock.Bind(endpoint[m.work.Transport]))
	return sock
}

func (m *maker) connected(t zmq.SocketType, to *zmq.Socket) *zmq.Socket {
	var security []zmq.Setting
	if m.work.Curve != 0 {
		_, secret, err := curve.NewKeys()
		m.note(err)
		security = append(security, curve.Client(m.serverPublic, secret))
	}
	sock := m.socket(t, security...)
	if m.err != nil {
		return sock
	}
	if t == zmq.SUB {
		m.note(sock.Subscribe(""))
	}
	if m.err == nil {
		m.note(sock.Connect(to.LastEndpoint()))
	}
	return sock
}

// proxy passes messages between two sockets until the context is closed.
func (m *maker) proxy(front, back *zmq.Socket) {
	if m.err != nil {
		return
	}
	// Run ends with the sockets. When it ends before, nothing arrives any more,
	// and who runs this process gives up waiting.
	go func() { _ = (&zmq.Proxy{Frontend: front, Backend: back}).Run(context.Background()) }()
}
