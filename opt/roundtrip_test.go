package opt_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// A trip sets one option to values and reads them back.
type trip struct {
	num int
	typ zmq.SocketType
	run func(t *testing.T, s *zmq.Socket)
	set func(s *zmq.Socket) error
}

// span makes a trip: a new socket has the value def, good values come back,
// bad ones are refused with the range in the error.
func span[T any](o zmq.Option[T], def T, good []T, bad []T) trip {
	return trip{num: int(o), typ: zmq.DEALER,
		set: func(s *zmq.Socket) error { return s.Set(o.To(good[0])) },
		run: func(t *testing.T, s *zmq.Socket) {
			if got, err := o.Get(s); err != nil || !reflect.DeepEqual(got, def) {
				t.Errorf("a new socket has %v, %v, want %v", got, err, def)
			}
			for _, v := range good {
				if err := s.Set(o.To(v)); err != nil {
					t.Error(err)
					continue
				}
				if got, err := o.Get(s); err != nil || !reflect.DeepEqual(got, v) {
					t.Errorf("set %v, got %v, %v", v, got, err)
				}
			}
			for _, v := range bad {
				before, _ := o.Get(s)
				wantRange(t, fmt.Sprint(v), s.Set(o.To(v)))
				if after, err := o.Get(s); err != nil || !reflect.DeepEqual(before, after) {
					t.Errorf("the refused %v made %v of %v, %v", v, after, before, err)
				}
			}
		}}
}

// wantRange wants an error that tells the range.
func wantRange(t *testing.T, value string, err error) {
	t.Helper()
	testkit.WantError(t, err, zmq.ErrInvalid)
	if !strings.Contains(fmt.Sprint(err), "between ") {
		t.Errorf("%.20s: no range in %v", value, err)
	}
}

func (tr trip) on(typ zmq.SocketType) trip {
	tr.typ = typ
	return tr
}

const most = math.MaxInt32

func ints(o zmq.Option[int], def, lo, hi int) trip {
	return span(o, def, []int{lo, hi, def}, []int{lo - 1, hi + 1})
}

func bools(o zmq.Option[bool], def bool) trip {
	return span(o, def, []bool{!def, def}, nil)
}

// times checks a duration with its unit: 0 or -1 up to C's largest int.
func times(o zmq.Option[time.Duration], def, lo, unit time.Duration) trip {
	bad := []time.Duration{most*unit + 1, math.MaxInt64}
	if lo == 0 {
		bad = append(bad, -1, -time.Hour)
	}
	return span(o, def, []time.Duration{lo, 0, unit, most * unit, 5 * unit}, bad)
}

// texts checks lengths; 0 is any. What empty text does is another test.
func texts(o zmq.Option[string], longest int) trip {
	if longest == 0 {
		return span(o, "", []string{"x", strings.Repeat("y", 3000)}, nil)
	}
	return span(o, "", []string{"x", strings.Repeat("y", longest)}, []string{strings.Repeat("x", longest+1)})
}

func keys(o zmq.Option[[32]byte]) trip {
	return span(o, [32]byte{}, [][32]byte{{0: 1, 31: 2}, {}}, nil)
}

const ms, sec = time.Millisecond, time.Second

func trips() map[string]trip {
	return map[string]trip{
		"SendHWM":      ints(opt.SendHWM, 1000, 0, most),
		"RecvHWM":      ints(opt.RecvHWM, 1000, 0, most),
		"Conflate":     bools(opt.Conflate, false),
		"Immediate":    bools(opt.Immediate, false),
		"MaxMsgSize":   span(opt.MaxMsgSize, -1, []int64{-1, 0, math.MaxInt64}, []int64{-2, math.MinInt64}),
		"Affinity":     span(opt.Affinity, 0, []uint64{1, math.MaxUint64, 0}, nil),
		"RoutingID":    span(opt.RoutingID, "", []string{"x", "\x00a\x00", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"InBatchSize":  ints(opt.InBatchSize, 8192, 1, most),
		"OutBatchSize": ints(opt.OutBatchSize, 8192, 1, most),

		"Linger":               times(opt.Linger, -1, -1, ms),
		"SendTimeout":          times(opt.SendTimeout, -1, -1, ms),
		"RecvTimeout":          times(opt.RecvTimeout, -1, -1, ms),
		"ConnectTimeout":       times(opt.ConnectTimeout, 0, 0, ms),
		"HandshakeInterval":    times(opt.HandshakeInterval, 30*sec, 0, ms),
		"ReconnectInterval":    times(opt.ReconnectInterval, 100*ms, -1, ms),
		"ReconnectIntervalMax": times(opt.ReconnectIntervalMax, 0, 0, ms),
		"HeartbeatInterval":    times(opt.HeartbeatInterval, 0, 0, ms),
		"HeartbeatTimeout":     times(opt.HeartbeatTimeout, -1, 0, ms),
		"HeartbeatTTL": span(opt.HeartbeatTTL, 0, []time.Duration{0, 100 * ms, 6553500 * ms},
			[]time.Duration{-1, 6553600 * ms}),
		"ReconnectStop": span(opt.ReconnectStop, 0, []opt.StopReason{opt.StopConnectionRefused,
			opt.StopConnectionRefused | opt.StopHandshakeFailed | opt.StopAfterDisconnect, 0}, []opt.StopReason{-1, 8}),

		"IPv6":                 bools(opt.IPv6, false),
		"IPv4Only":             bools(opt.IPv4Only, true),
		"Backlog":              ints(opt.Backlog, 100, 0, most),
		"SendBuffer":           ints(opt.SendBuffer, -1, -1, most),
		"RecvBuffer":           ints(opt.RecvBuffer, -1, -1, most),
		"TCPKeepAlive":         span(opt.TCPKeepAlive, opt.KeepAliveDefault, []opt.KeepAlive{opt.KeepAliveOff, opt.KeepAliveOn, opt.KeepAliveDefault}, []opt.KeepAlive{-2, 2}),
		"TCPKeepAliveCount":    ints(opt.TCPKeepAliveCount, -1, -1, most),
		"TCPKeepAliveIdle":     times(opt.TCPKeepAliveIdle, -1, -1, sec),
		"TCPKeepAliveInterval": times(opt.TCPKeepAliveInterval, -1, -1, sec),
		"TCPMaxRetransmit":     times(opt.TCPMaxRetransmit, 0, 0, ms),
		"TypeOfService":        ints(opt.TypeOfService, 0, 0, most),
		"Priority":             ints(opt.Priority, 0, 0, 6),
		"BindToDevice":         texts(opt.BindToDevice, 16),
		"LoopbackFastPath":     bools(opt.LoopbackFastPath, false),
		"UseFD":                ints(opt.UseFD, -1, -1, most),
		"SOCKSProxy":           texts(opt.SOCKSProxy, 0),
		"SOCKSUsername":        texts(opt.SOCKSUsername, 255),
		"SOCKSPassword":        texts(opt.SOCKSPassword, 255),

		"RouterNotify": span(opt.RouterNotify, 0, []opt.RouterEvents{opt.NotifyConnect, opt.NotifyConnect | opt.NotifyDisconnect, 0},
			[]opt.RouterEvents{-1, 4}).on(zmq.ROUTER),
		"InvertMatching": bools(opt.InvertMatching, false).on(zmq.PUB),

		"Rate":             ints(opt.Rate, 100, 1, most).on(zmq.PUB),
		"RecoveryInterval": times(opt.RecoveryInterval, 10*sec, 0, ms).on(zmq.PUB),
		"MulticastHops":    ints(opt.MulticastHops, 1, 1, most).on(zmq.PUB),
		"MulticastMaxTPDU": ints(opt.MulticastMaxTPDU, 1500, 1, most).on(zmq.PUB),
		"MulticastLoop":    bools(opt.MulticastLoop, true),

		"NORMMode": span(opt.NORMMode, opt.NormCC, []opt.NormMode{opt.NormFixed, opt.NormCCEECNOnly, opt.NormCCL}, []opt.NormMode{-1, 5}),

		"NORMUnicastNACK":   bools(opt.NORMUnicastNACK, false),
		"NORMBufferSize":    ints(opt.NORMBufferSize, 2048, 1, most),
		"NORMSegmentSize":   ints(opt.NORMSegmentSize, 1400, 1, most),
		"NORMBlockSize":     ints(opt.NORMBlockSize, 16, 1, 255),
		"NORMNumParity":     ints(opt.NORMNumParity, 4, 0, 254),
		"NORMNumAutoParity": ints(opt.NORMNumAutoParity, 0, 0, 254),
		"NORMPush":          bools(opt.NORMPush, false),

		"PlainServer":      bools(opt.PlainServer, false),
		"PlainUsername":    texts(opt.PlainUsername, 255),
		"PlainPassword":    texts(opt.PlainPassword, 255),
		"CurveServer":      bools(opt.CurveServer, false),
		"CurvePublicKey":   keys(opt.CurvePublicKey),
		"CurveSecretKey":   keys(opt.CurveSecretKey),
		"CurveServerKey":   keys(opt.CurveServerKey),
		"ZAPDomain":        span(opt.ZAPDomain, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"ZAPEnforceDomain": bools(opt.ZAPEnforceDomain, false),

		"GSSAPIServer":            bools(opt.GSSAPIServer, false),
		"GSSAPIPrincipal":         span(opt.GSSAPIPrincipal, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"GSSAPIServicePrincipal":  span(opt.GSSAPIServicePrincipal, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"GSSAPIPlaintext":         bools(opt.GSSAPIPlaintext, false),
		"GSSAPIPrincipalNameType": span(opt.GSSAPIPrincipalNameType, opt.NameHostBased, []opt.GSSAPINameType{opt.NameUserName, opt.NameKRB5Principal, opt.NameHostBased}, []opt.GSSAPINameType{-1, 3}),
		"GSSAPIServicePrincipalNameType": span(opt.GSSAPIServicePrincipalNameType, opt.NameHostBased,
			[]opt.GSSAPINameType{opt.NameUserName, opt.NameKRB5Principal, opt.NameHostBased}, []opt.GSSAPINameType{-1, 3}),

		"VMCIBufferSize":     span(opt.VMCIBufferSize, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIBufferMin":      span(opt.VMCIBufferMin, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIBufferMax":      span(opt.VMCIBufferMax, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIConnectTimeout": times(opt.VMCIConnectTimeout, -1, -1, ms),
	}
}

// Every option that can be set and read comes back as it was set, at its
// bounds, and what is beyond them is refused.
func TestRoundTrip(t *testing.T) {
	zctx := testlib.Context(t)
	all := trips()
	for name, row := range named(t, "Option") {
		tr, ok := all[name]
		if !ok || tr.num != row.Number {
			t.Errorf("%s has no trip", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			spec, _ := options.Socket(tr.num)
			s := testkit.Socket(t, zctx, tr.typ)
			if lacks(t, spec) {
				wantLacking(t, spec, tr.set(s))
				return
			}
			tr.run(t, s)
		})
	}
}

// An empty text takes a value back where libzmq can do that.
func TestEmptyTextClears(t *testing.T) {
	zctx := testlib.Context(t)
	s := testkit.Socket(t, zctx, zmq.DEALER, opt.SOCKSProxy.To("localhost:1"), opt.BindToDevice.To("lo"))
	for _, o := range []zmq.Option[string]{opt.SOCKSProxy, opt.BindToDevice} {
		if err := s.Set(o.To("")); err != nil {
			t.Error(err)
		}
		if got, err := o.Get(s); err != nil || got != "" {
			t.Errorf("%d is still %q, %v", o, got, err)
		}
	}
	for _, o := range []zmq.Option[string]{opt.PlainUsername, opt.PlainPassword} {
		if err := s.Set(o.To("x")); err != nil {
			t.Fatal(err)
		}
		if m, err := opt.Mechanism.Get(s); err != nil || m != opt.MechanismPlain {
			t.Errorf("mechanism is %v, %v", m, err)
		}
		if err := s.Set(o.To("")); err != nil {
			t.Error(err)
		}
		if m, err := opt.Mechanism.Get(s); err != nil || m != opt.MechanismNull {
			t.Errorf("mechanism is %v, %v", m, err)
		}
	}
	if err := s.Set(opt.TCPAcceptFilter.To("127.0.0.0/8"), opt.TCPAcceptFilter.To("")); err != nil {
		t.Error(err)
	}
}

// A value is rounded up to the unit, so that a short time never becomes none.
func TestTimesRoundUp(t *testing.T) {
	s := testkit.Socket(t, testlib.Context(t), zmq.DEALER)
	for _, c := range []struct {
		o         zmq.Option[time.Duration]
		set, want time.Duration
	}{
		{opt.SendTimeout, 1, ms},
		{opt.SendTimeout, 1500 * time.Microsecond, 2 * ms},
		{opt.SendTimeout, -time.Hour, -1},
		{opt.TCPKeepAliveIdle, 1001 * ms, 2 * sec},
		{opt.HeartbeatTTL, 1, 100 * ms},
		{opt.HeartbeatTTL, 101 * ms, 200 * ms},
		{opt.HeartbeatTTL, 6553599 * ms, 6553500 * ms},
	} {
		if err := s.Set(c.o.To(c.set)); err != nil {
			t.Error(err)
		}
		if got, err := c.o.Get(s); err != nil || got != c.want {
			t.Errorf("%d: set %v, got %v, %v, want %v", c.o, c.set, got, err, c.want)
		}
	}
}
