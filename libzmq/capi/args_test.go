//go:build cgo

package capi

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// failed reports whether the results of a call say that it failed: an error at the end, or the
// negative number of the batch functions.
func failed(out []reflect.Value) bool {
	last := out[len(out)-1]
	if last.Kind() == reflect.Interface {
		return !last.IsNil()
	}
	return last.Kind() == reflect.Int && last.Int() < 0
}

// TestEndedHandles calls every method of every handle that is nil, zero or ended.
func TestEndedHandles(t *testing.T) {
	c, err := CtxNew()
	ok(t, err)
	s, err := SocketNew(c, PAIR)
	ok(t, err)
	ok(t, s.Close())
	ok(t, c.Term())
	var m Msg
	ok(t, m.Init())
	ok(t, m.Close())
	timers, err := TimersNew()
	ok(t, err)
	ok(t, timers.Destroy())
	counter, err := AtomicCounterNew()
	ok(t, err)
	ok(t, counter.Destroy())
	watch, err := StopwatchStart()
	ok(t, err)
	_, err = watch.Stop()
	ok(t, err)
	thread, err := ThreadStart(func() {})
	ok(t, err)
	ok(t, thread.Close())

	for _, h := range []any{
		(*Ctx)(nil), new(Ctx), c,
		(*Socket)(nil), new(Socket), s,
		(*Msg)(nil), new(Msg), &m,
		(*Poller)(nil), new(Poller),
		(*Timers)(nil), new(Timers), timers,
		(*AtomicCounter)(nil), new(AtomicCounter), counter,
		(*Stopwatch)(nil), new(Stopwatch), watch,
		(*Thread)(nil), new(Thread), thread,
	} {
		v := reflect.ValueOf(h)
		for i := range v.NumMethod() {
			name := v.Type().Elem().Name() + "." + v.Type().Method(i).Name
			if strings.HasPrefix(name, "Msg.Init") && !v.IsNil() {
				continue // that is how a Msg begins
			}
			f := v.Method(i)
			args := make([]reflect.Value, f.Type().NumIn())
			for j := range args {
				args[j] = reflect.Zero(f.Type().In(j))
			}
			if out := f.Call(args); !failed(out) {
				t.Errorf("%s on %v returns %v", name, v, out)
			}
		}
	}
	for name, err := range map[string]error{
		"SocketNew(nil)": second(SocketNew(nil, PAIR)),
		"SocketNew(old)": second(SocketNew(c, PAIR)),
		"Proxy":          Proxy(nil, s, nil),
		"Steerable":      ProxySteerable(s, s, s, s),
		"Device":         Device(QUEUE, nil, nil),
		"Poll":           second(Poll([]PollItem{{Socket: s}}, 0)),
		"ThreadStart":    second(ThreadStart(nil)),
		"Sleep":          Sleep(-1),
		"Init":           second(Init(-1)),
	} {
		if err == nil {
			t.Errorf("%s succeeds", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestOddArguments calls the methods of living handles with what no caller should pass: whatever
// they return, nothing panics, aborts or hangs.
func TestOddArguments(t *testing.T) {
	odd := map[reflect.Type][]any{
		reflect.TypeFor[int]():            {0, -1, 1, 77, math.MinInt32, math.MaxInt32, math.MinInt64, math.MaxInt64},
		reflect.TypeFor[int64]():          {int64(0), int64(-1), int64(math.MaxInt64)},
		reflect.TypeFor[uint64]():         {uint64(0), uint64(math.MaxUint64)},
		reflect.TypeFor[uint32]():         {uint32(0), uint32(math.MaxUint32)},
		reflect.TypeFor[uintptr]():        {uintptr(math.MaxInt32), ^uintptr(0)},
		reflect.TypeFor[string]():         {"", "\x00", "a\x00b", "tcp://", "://", "inproc://", "tcp://127.0.0.1:999999999999", strings.Repeat("x", 70000)},
		reflect.TypeFor[[]byte]():         {[]byte(nil), []byte{}, []byte{0}, make([]byte, 70000)},
		reflect.TypeFor[[][]byte]():       {[][]byte(nil), [][]byte{}, [][]byte{nil}, [][]byte{nil, {}, {1}}},
		reflect.TypeFor[*Socket]():        {(*Socket)(nil), new(Socket)},
		reflect.TypeFor[*Msg]():           {(*Msg)(nil), new(Msg)},
		reflect.TypeFor[unsafe.Pointer](): {unsafe.Pointer(nil)},
		reflect.TypeFor[func()]():         {(func())(nil)},
		reflect.TypeFor[func(int)]():      {(func(int))(nil), func(int) {}},
		reflect.TypeFor[[]PollerEvent]():  {[]PollerEvent(nil), make([]PollerEvent, 1)},
	}
	skip := map[string]bool{
		"Ctx.Term": true, "Ctx.TermLegacy": true, "Ctx.Destroy": true, "Ctx.Shutdown": true, // ends it
		"Socket.Close": true, "Timers.Destroy": true, "Poller.Destroy": true, "AtomicCounter.Destroy": true,
		"Poller.Wait": true, "Poller.WaitAll": true, // -1 waits for ever, as it should
		"Socket.SendOne": true, "Socket.SendBatch": true, "Socket.RecvBatch": true, "Socket.Forward": true, // batch.go's
		"Msg.InitSize": true, // below, with sizes that do not depend on the memory of the machine
	}
	c := newCtx(t)
	handles := []any{c}
	for _, typ := range []int{PAIR, PUB, SUB, REQ, REP, DEALER, ROUTER, PULL, PUSH, XPUB, XSUB, STREAM} {
		handles = append(handles, newSocket(t, c, typ))
	}
	var m Msg
	ok(t, m.InitSize(40))
	timers, err := TimersNew()
	ok(t, err)
	defer timers.Destroy()
	counter, err := AtomicCounterNew()
	ok(t, err)
	defer counter.Destroy()
	handles = append(handles, &m, timers, counter)
	if Has("draft") {
		p, err := PollerNew()
		ok(t, err)
		defer p.Destroy()
		handles = append(handles, p)
	}
	calls := 0
	for _, h := range handles {
		v := reflect.ValueOf(h)
		for i := range v.NumMethod() {
			name := v.Type().Elem().Name() + "." + v.Type().Method(i).Name
			if skip[name] {
				continue
			}
			f := v.Method(i)
			var each func(args []reflect.Value)
			each = func(args []reflect.Value) {
				if n := len(args); n < f.Type().NumIn() {
					values := odd[f.Type().In(n)]
					if values == nil {
						t.Fatalf("%s: no odd values for %v", name, f.Type().In(n))
					}
					for _, a := range values {
						each(append(args[:n:n], reflect.ValueOf(a)))
					}
					return
				}
				if s, isSocket := h.(*Socket); isSocket {
					// Nothing may wait, whatever an earlier call has set.
					_ = s.SetInt(RCVTIMEO, 0)
					_ = s.SetInt(SNDTIMEO, 0)
					_ = s.SetInt(LINGER, 0)
				}
				f.Call(args)
				calls++
			}
			each(nil)
		}
		if s, isSocket := h.(*Socket); isSocket {
			ok(t, s.SetInt(LINGER, 0))
		}
	}
	want(t, m.InitSize(math.MaxInt), ENOMEM)
	want(t, m.InitSize(-1), EINVAL)
	if m.holds() {
		ok(t, m.Close())
	}
	t.Logf("%d calls", calls)
}

func TestMissing(t *testing.T) {
	if Has("draft") {
		t.Skip("the loaded libzmq has the draft API")
	}
	c := newCtx(t)
	s := newSocket(t, c, PAIR)
	var m Msg
	ok(t, m.Init())
	defer m.Close()
	for name, err := range map[string]error{
		"zmq_ctx_set_ext":                c.SetExt(THREAD_NAME_PREFIX, []byte("x")),
		"zmq_ctx_get_ext":                second(c.GetExt(THREAD_NAME_PREFIX, make([]byte, 9))),
		"zmq_join":                       s.Join("g"),
		"zmq_leave":                      s.Leave("g"),
		"zmq_connect_peer":               second(s.ConnectPeer("inproc://x")),
		"zmq_disconnect_peer":            s.DisconnectPeer(1),
		"zmq_socket_get_peer_state":      second(s.GetPeerState([]byte("x"))),
		"zmq_socket_monitor_versioned":   s.MonitorVersioned("inproc://m", EVENT_ALL_V2, 2, PAIR),
		"zmq_socket_monitor_pipes_stats": s.MonitorPipesStats(),
		"zmq_msg_set_routing_id":         m.SetRoutingID(1),
		"zmq_msg_routing_id":             second(m.RoutingID()),
		"zmq_msg_set_group":              m.SetGroup("g"),
		"zmq_msg_group":                  second(m.Group()),
		"zmq_msg_init_buffer":            new(Msg).InitBuffer([]byte("x")),
		"zmq_ppoll":                      second(PPoll(nil, 0, nil)),
		"zmq_poller_new":                 second(PollerNew()),
	} {
		var missing *MissingError
		if !errors.As(err, &missing) || missing.Func != name || !errors.Is(err, errors.ErrUnsupported) ||
			!strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), versionString()) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for typ, name := range draftTypes {
		_, err := SocketNew(c, typ)
		var missing *MissingError
		if !errors.As(err, &missing) || !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	want(t, second(SocketNew(c, 99)), EINVAL)
	want(t, second(SocketNew(c, -1)), EINVAL)
}
