package zmqtest

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/internal/options"
	"gozmq/opt"
)

// A trip sets one option to values and reads them back.
type trip struct {
	num int
	typ zmq.SocketType
	run func(t *T, s *zmq.Socket)
	set func(s *zmq.Socket) error
}

// span makes a trip: a new socket has the value def, good values come back,
// bad ones are refused with the range in the error.
func span[V any](o zmq.Option[V], def V, good []V, bad []V) trip {
	return trip{
		num: int(o), typ: zmq.DEALER,
		set: func(s *zmq.Socket) error { return s.Set(o.To(good[0])) },
		run: func(t *T, s *zmq.Socket) {
			has := func(want V) {
				t.Helper()
				if got, err := o.Get(s); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("the value is %v, %v, want %v", got, err, want)
				}
			}
			has(def)
			for _, v := range good {
				t.OK(s.Set(o.To(v)))
				has(v)
			}
			for _, v := range bad {
				t.outOfRange(s.Set(o.To(v)))
				has(good[len(good)-1])
			}
		},
	}
}

// outOfRange wants an error that tells the range.
func (t *T) outOfRange(err error) {
	t.Helper()
	t.Refused(err, zmq.ErrInvalid)
	if !strings.Contains(fmt.Sprint(err), "between ") {
		t.Errorf("no range in %v", err)
	}
}

func (tr trip) on(typ zmq.SocketType) trip {
	tr.typ = typ
	return tr
}

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

// texts checks lengths; 0 is any. What empty text does is checked elsewhere.
func texts(o zmq.Option[string], longest int) trip {
	if longest == 0 {
		return span(o, "", []string{"x", strings.Repeat("y", 3000)}, nil)
	}
	return span(o, "", []string{"x", strings.Repeat("y", longest)}, []string{strings.Repeat("x", longest+1)})
}

func keyOf(o zmq.Option[[32]byte]) trip {
	return span(o, [32]byte{}, [][32]byte{{0: 1, 31: 2}, {}}, nil)
}

// A contextTrip is a trip for an option of a context.
type contextTrip struct {
	num int
	run func(t *T, c *zmq.Context)
}

func contextSpan[V any](o zmq.ContextOption[V], def V, good, bad []V) contextTrip {
	return contextTrip{num: int(o), run: func(t *T, c *zmq.Context) {
		if spec, _ := options.Context(int(o)); t.lacks(spec) {
			t.lacking(spec, c.Set(o.To(good[0])))
			return
		}
		has := func(want V) {
			t.Helper()
			if got, err := o.Get(c); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("the value is %v, %v, want %v", got, err, want)
			}
		}
		has(def)
		for _, v := range good {
			t.OK(c.Set(o.To(v)))
			has(v)
		}
		for _, v := range bad {
			t.outOfRange(c.Set(o.To(v)))
			has(good[len(good)-1])
		}
	}}
}

// lacks reports whether the engine cannot have an option.
func (t *T) lacks(spec options.Spec) bool {
	t.Helper()
	zctx := t.Zctx()
	return zctx.Version() < spec.Since || spec.Draft && !zctx.Has("draft") || spec.Needs != "" && !zctx.Has(spec.Needs)
}

// lacking wants an error that tells what the option needs.
func (t *T) lacking(spec options.Spec, err error) {
	t.Helper()
	if !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(fmt.Sprint(err), spec.Name+": needs ") {
		t.Errorf("the engine lacks the option; error is %v", err)
	}
}

func optionsComeBack(t *T) {
	for name, tr := range trips() {
		t.Run(name, func(t *T) {
			spec, _ := options.Socket(tr.num)
			s := t.Socket(tr.typ)
			if t.lacks(spec) {
				t.lacking(spec, tr.set(s))
				return
			}
			tr.run(t, s)
		})
	}
	for name, tr := range contextTrips(t.Zctx().Has("draft")) {
		t.Run("of a context: "+name, func(t *T) {
			// Without a socket: the values at the bounds are not for use.
			tr.run(t, t.Zctx())
		})
	}
	t.Run("empty text clears", emptyTextClears)
	t.Run("times round up", timesRoundUp)
}

func emptyTextClears(t *T) {
	s := t.Socket(zmq.DEALER, opt.SOCKSProxy.To("localhost:1"), opt.BindToDevice.To("lo"))
	for _, o := range []zmq.Option[string]{opt.SOCKSProxy, opt.BindToDevice} {
		t.OK(s.Set(o.To("")))
		if got, err := o.Get(s); err != nil || got != "" {
			t.Errorf("%d is still %q, %v", o, got, err)
		}
	}
	for _, o := range []zmq.Option[string]{opt.PlainUsername, opt.PlainPassword} {
		for _, c := range []struct {
			value string
			want  opt.SecurityMechanism
		}{{"x", opt.MechanismPlain}, {"", opt.MechanismNull}} {
			t.OK(s.Set(o.To(c.value)))
			if m, err := opt.Mechanism.Get(s); err != nil || m != c.want {
				t.Errorf("with %q the mechanism is %v, %v, want %v", c.value, m, err, c.want)
			}
		}
	}
	t.OK(s.Set(opt.TCPAcceptFilter.To("127.0.0.0/8"), opt.TCPAcceptFilter.To("")))
}

// A value is rounded up to the unit, so that a short time never becomes none.
func timesRoundUp(t *T) {
	s := t.Socket(zmq.DEALER)
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
		t.OK(s.Set(c.o.To(c.set)))
		if got, err := c.o.Get(s); err != nil || got != c.want {
			t.Errorf("%d: set %v, got %v, %v, want %v", c.o, c.set, got, err, c.want)
		}
	}
}
