// Package pebbe is github.com/pebbe/zmq4 in the benchmarks.
package pebbe

import (
	"errors"

	zmq4 "github.com/pebbe/zmq4"

	"gozmq/bench/internal/work"
)

// maker makes sockets as the C program does.
type maker struct {
	work work.Work
	zctx *zmq4.Context
	made []*zmq4.Socket // all that close closes

	serverPublic, serverSecret string
	err                        error // the first one; what is made after that is of no use
}

func newMaker(w work.Work) (*maker, error) {
	zctx, err := zmq4.NewContext()
	if err != nil {
		return nil, err
	}
	m := &maker{work: w, zctx: zctx}
	m.note(zctx.SetIoThreads(max(w.IO, 1)))
	m.note(zctx.SetMaxSockets(w.Sockets + w.Subs + 1023))
	if w.Curve != 0 {
		m.serverPublic, m.serverSecret, err = zmq4.NewCurveKeypair()
		m.note(err)
	}
	return m, nil
}

func (m *maker) note(err error) {
	if m.err == nil {
		m.err = err
	}
}

// close ends what was made. A proxy closes its own sockets when the context
// ends under it.
func (m *maker) close() error {
	var errs []error
	for _, sock := range m.made {
		errs = append(errs, sock.Close())
	}
	return errors.Join(append(errs, m.zctx.Term())...)
}

func (m *maker) socket(t zmq4.Type) *zmq4.Socket {
	sock, err := m.zctx.NewSocket(t)
	if m.note(err); m.err != nil {
		return sock
	}
	m.made = append(m.made, sock)
	m.note(sock.SetLinger(0))
	if m.work.HWM > 0 {
		m.note(sock.SetSndhwm(m.work.HWM))
		m.note(sock.SetRcvhwm(m.work.HWM))
	}
	if t == zmq4.PUB || t == zmq4.XPUB {
		m.note(sock.SetXpubNodrop(true))
	}
	return sock
}

// bound is the server, of CURVE too. The name tells inproc endpoints apart.
func (m *maker) bound(t zmq4.Type, name string) *zmq4.Socket {
	sock := m.socket(t)
	if m.err != nil {
		return sock
	}
	if m.work.Curve != 0 {
		m.note(sock.SetCurveServer(1))
		m.note(sock.SetCurveSecretkey(m.serverSecret))
	}
	endpoint := map[string]string{"tcp": "tcp://127.0.0.1:*", "ipc": "ipc://*", "inproc": "inproc://" + name}
	m.note(sock.Bind(endpoint[m.work.Transport]))
	return sock
}

func (m *maker) connected(t zmq4.Type, to *zmq4.Socket) *zmq4.Socket {
	sock := m.socket(t)
	if m.err != nil {
		return sock
	}
	if m.work.Curve != 0 {
		public, secret, err := zmq4.NewCurveKeypair()
		m.note(err)
		m.note(sock.SetCurveServerkey(m.serverPublic))
		m.note(sock.SetCurvePublickey(public))
		m.note(sock.SetCurveSecretkey(secret))
	}
	if t == zmq4.SUB {
		m.note(sock.SetSubscribe(""))
	}
	endpoint, err := to.GetLastEndpoint()
	if m.note(err); m.err == nil {
		m.note(sock.Connect(endpoint))
	}
	return sock
}

// proxy passes messages between the two sockets that were made first, until
// the context ends.
func (m *maker) proxy() {
	if m.err != nil {
		return
	}
	front, back := m.made[0], m.made[1]
	m.made = m.made[2:]
	go func() {
		_ = zmq4.Proxy(front, back, nil) // ETERM, always
		_ = front.Close()
		_ = back.Close()
	}()
}
