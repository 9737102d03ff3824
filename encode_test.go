package zmq

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"gozmq/internal/engine"
	"gozmq/internal/options"
)

func TestEncode(t *testing.T) {
	type level int
	type secret [32]byte
	type name string
	const ms = time.Millisecond
	ranged := options.Spec{Min: -1, Max: 10}
	timed := options.Spec{Unit: ms, Min: -1, Max: math.MaxInt32}
	from0 := options.Spec{Unit: ms, Min: 0, Max: math.MaxInt32}
	ttl := options.Spec{Unit: ms, Min: 0, Max: 6553599, Step: 100}
	text := options.Spec{Wire: options.Text, Min: 1, Max: 3}
	clears := options.Spec{Wire: options.Text, Max: 3, Clears: true}
	key := options.Spec{Wire: options.Key}
	metadata := options.Spec{Wire: options.Metadata}
	thread := options.Spec{Wire: options.ThreadName, Min: 1, Max: 16}
	i32 := func(v int32) string { return string(native.AppendUint32(nil, uint32(v))) }
	i64 := func(v uint64) string { return string(native.AppendUint64(nil, v)) }
	for _, c := range []struct {
		spec options.Spec
		v    any
		want string // the bytes; or, if err, part of the error
		err  bool
	}{
		{ranged, 10, i32(10), false},
		{ranged, -1, i32(-1), false},
		{ranged, 11, "11 is not between -1 and 10", true},
		{ranged, -2, "-2 is not between -1 and 10", true},
		{ranged, level(3), i32(3), false},
		{ranged, uint8(3), i32(3), false},
		{ranged, uint64(math.MaxUint64), "18446744073709551615 is not between -1 and 10", true},
		{ranged, true, i32(1), false},
		{ranged, false, i32(0), false},
		{ranged, "3", "the option is a number", true},
		{ranged, 3.0, "a float64 is no value", true},
		{ranged, nil, "a <nil> is no value", true},
		{ranged, time.Second, "the option is no time", true},
		{options.Spec{}, math.MaxInt32, i32(math.MaxInt32), false},
		{options.Spec{}, math.MaxInt32 + 1, "is not between -2147483648 and 2147483647", true},
		{options.Spec{Wire: options.Uint32, Max: math.MaxUint32}, math.MaxUint32, i32(-1), false},
		{options.Spec{Wire: options.Uint32, Max: math.MaxUint32}, -1, "-1 is not between 0 and 4294967295", true},
		{options.Spec{Wire: options.Int64, Min: -1, Max: math.MaxInt64}, int64(math.MaxInt64), i64(math.MaxInt64), false},
		{options.Spec{Wire: options.Int64, Min: -1, Max: math.MaxInt64}, int64(-2), "-2 is not between -1 and", true},
		{options.Spec{Wire: options.Uint64}, uint64(math.MaxUint64), i64(math.MaxUint64), false},
		{options.Spec{Wire: options.Uint64}, -1, "-1 is not between 0 and", true},

		{timed, time.Duration(0), i32(0), false},
		{timed, time.Nanosecond, i32(1), false},
		{timed, ms + 1, i32(2), false},
		{timed, time.Duration(-1), i32(-1), false},
		{timed, -time.Hour, i32(-1), false},
		{timed, time.Duration(math.MinInt64), i32(-1), false},
		{timed, math.MaxInt32 * ms, i32(math.MaxInt32), false},
		{timed, math.MaxInt32*ms + 1, "not between 0s and 596h31m23.647s, nor negative", true},
		{timed, time.Duration(math.MaxInt64), "not between 0s and 596h31m23.647s", true},
		{timed, 5, i32(5), false},
		{from0, time.Duration(-1), "-1ns is not between 0s and 596h31m23.647s", true},
		{options.Spec{Unit: time.Second, Min: -1, Max: math.MaxInt32}, 1500 * ms, i32(2), false},
		{ttl, ms, i32(100), false},
		{ttl, 101 * ms, i32(200), false},
		{ttl, 6553599 * ms, i32(6553500), false},
		{ttl, 6553600 * ms, "not between 0s and 1h49m13.599s", true},

		{text, "abc", "abc", false},
		{text, name("abc"), "abc", false},
		{text, []byte("abc"), "abc", false},
		{text, "", "0 bytes are not between 1 and 3", true},
		{text, "abcd", "4 bytes are not between 1 and 3", true},
		{text, "a\x00b", "NUL", true},
		{text, 1, "the option is no number", true},
		{text, true, "the option is no number", true},
		{options.Spec{Wire: options.Bytes}, "a\x00b", "a\x00b", false},
		{key, secret{31: 1}, strings.Repeat("\x00", 31) + "\x01", false},
		{key, strings.Repeat("%nSc0", 8), strings.Repeat("\xff", 32), false},
		{key, strings.Repeat("%nSc1", 8), "a key has 32 bytes", true},
		{key, strings.Repeat("~", 40), "a key has 32 bytes", true},
		{key, []byte("short"), "a key has 32 bytes", true},
		{clears, "abcd", "not between 0 and 3", true},

		{metadata, "X-key:value", "X-key:value", false},
		{metadata, "X-key:a:b", "X-key:a:b", false},
		{metadata, "X-:v", "4 bytes", true},
		{metadata, "key:value", `"X-key:value"`, true},
		{metadata, "X-key", `"X-key:value"`, true},
		{metadata, "X-key:", `"X-key:value"`, true},
		{metadata, "X-" + strings.Repeat("k", 254) + ":v", "256 bytes", true},
		{metadata, "X-" + strings.Repeat("k", 253) + ":v", "X-" + strings.Repeat("k", 253) + ":v", false},
		{metadata, "X-key:a\x00b", "NUL", true},

		{thread, "7", i32(7), false},
		{thread, "-7", i32(-7), false},
		{thread, "07", "07", false},
		{thread, "2147483648", "2147483648", false},
		{thread, "name", "name\x00", false},
		{thread, "names", "names", false},
		{thread, "", "not between 1 and 16", true},
		{thread, strings.Repeat("x", 17), "not between 1 and 16", true},
	} {
		b, err := encode(c.spec, c.v)
		switch {
		case c.err && err == nil:
			t.Errorf("%T(%v): %q, want an error with %q", c.v, c.v, b, c.want)
		case c.err && !strings.Contains(err.Error(), c.want):
			t.Errorf("%T(%v): error %q, want one with %q", c.v, c.v, err, c.want)
		case c.err && !errors.Is(err, ErrInvalid):
			t.Errorf("%T(%v): error %v is no ErrInvalid", c.v, c.v, err)
		case !c.err && err != nil:
			t.Errorf("%T(%v): %v", c.v, c.v, err)
		case !c.err && string(b) != c.want:
			t.Errorf("%T(%v): %q, want %q", c.v, c.v, b, c.want)
		}
	}
}

// NULL takes values back where empty text would be refused, and empty bytes
// are a subscription to everything.
func TestEncodeEmpty(t *testing.T) {
	for _, c := range []struct {
		spec   options.Spec
		isNull bool
	}{
		{options.Spec{Wire: options.Text, Max: 255, Clears: true}, true},
		{options.Spec{Wire: options.Bytes}, false},
	} {
		for _, v := range []any{"", []byte{}, []byte(nil)} {
			b, err := encode(c.spec, v)
			if err != nil || len(b) != 0 || (b == nil) != c.isNull {
				t.Errorf("%T in %+v: %#v, %v", v, c.spec, b, err)
			}
		}
	}
}

func TestEncodeCopies(t *testing.T) {
	b := []byte("topic")
	set := Option[[]byte](options.Subscribe).To(b)
	copy(b, "xxxxx")
	if got := string(set.steps()[0].value); got != "topic" {
		t.Errorf("the setting has become %q", got)
	}
}

func TestDecode(t *testing.T) {
	i32 := func(v int32) []byte { return native.AppendUint32(nil, uint32(v)) }
	check := func(what string, got, want any, err error) {
		t.Helper()
		if err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", what, got, err, want)
		}
	}
	var d time.Duration
	err := decode(options.Spec{Unit: time.Second}, i32(3), &d)
	check("seconds", d, 3*time.Second, err)
	err = decode(options.Spec{Unit: time.Second}, i32(-1), &d)
	check("for ever", d, time.Duration(-1), err)
	var s string
	err = decode(options.Spec{Wire: options.Text}, []byte("tcp://a\x00\x00"), &s)
	check("text", s, "tcp://a", err)
	err = decode(options.Spec{Wire: options.Bytes}, []byte("\x00id\x00"), &s)
	check("bytes", s, "\x00id\x00", err)
	var n int
	err = decode(options.Spec{}, i32(-5), &n)
	check("int", n, -5, err)
	err = decode(options.Spec{Wire: options.Uint32}, i32(-1), &n)
	check("uint32", n, math.MaxUint32, err)
	var u uint64
	err = decode(options.Spec{Wire: options.Uint64}, native.AppendUint64(nil, math.MaxUint64), &u)
	check("uint64", u, uint64(math.MaxUint64), err)
	var typ SocketType
	err = decode(options.Spec{}, i32(3), &typ)
	check("type", typ, REQ, err)
	var key [32]byte
	err = decode(options.Spec{Wire: options.Key}, append(make([]byte, 31), 9), &key)
	check("key", key, [32]byte{31: 9}, err)
	var f float64
	if err := decode(options.Spec{}, i32(1), &f); !errors.Is(err, ErrInvalid) {
		t.Errorf("float64: %v", err)
	}
}

// No way of printing a setting shows its value.
func TestSettingsPrintNoValues(t *testing.T) {
	const password, key = "hunter22", "hunter22hunter22hunter22hunter22"
	sets := []Setting{
		Option[string](46).To(password),
		Option[string](46).To(strings.Repeat(password, 40)), // too long
		Option[string](46).To(password + "\x00"),
		Option[[32]byte](49).To([32]byte([]byte(key))),
		Option[string](1234).To(password),
		Settings(Option[string](45).To("me"), Option[string](46).To(password)),
	}
	forbidden := []string{password, fmt.Sprint([]byte(password)[:4])[1:], fmt.Sprintf("%x", password), fmt.Sprintf("%X", password)}
	look := func(how, printed string) {
		t.Helper()
		for _, f := range forbidden {
			if strings.Contains(strings.Trim(printed, "[]"), strings.Trim(f, "[]")) {
				t.Errorf("%s shows the value: %s", how, printed)
			}
		}
	}
	type holder struct {
		Name string
		set  Setting // fmt does not call methods of what it finds here
	}
	for _, s := range sets {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%T", "%b", "%!"} {
			look(verb, fmt.Sprintf(verb, s))
			look(verb+" of a pointer", fmt.Sprintf(verb, &s))
			look(verb+" of a slice", fmt.Sprintf(verb, []Setting{s}))
			look(verb+" inside", fmt.Sprintf(verb, holder{"x", s}))
			look(verb+" of a context's", fmt.Sprintf(verb, ContextSetting(s)))
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("set", "setting", s)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("set", "setting", s)
		look("slog", log.String())
		sock := newSocket(refusing{}, PUSH, refusing{})
		for _, e := range []error{sock.Set(s), (&Context{eng: refusing{}}).Set(ContextSetting(s))} {
			if e == nil {
				t.Fatal("nothing was refused")
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%q", "%x"} {
				look("error "+verb, fmt.Sprintf(verb, e))
			}
		}
	}
	if got := fmt.Sprint(sets[5]); got != "ZMQ_PLAIN_USERNAME ZMQ_PLAIN_PASSWORD" {
		t.Errorf("settings print as %q", got)
	}
	if got := fmt.Sprint(Setting{}); got != "" {
		t.Errorf("the zero setting prints as %q", got)
	}
}

// refusing is an engine of libzmq 4.3.4 without drafts that refuses every
// option.
type refusing struct {
	engine.Socket
	engine.Context
}

func (refusing) SetOption(int, []byte) error        { return ErrInvalid }
func (refusing) GetOption(int, []byte) (int, error) { return 0, ErrInvalid }
func (refusing) Has(c string) bool                  { return c == "curve" }
func (refusing) Version() int                       { return 40304 }

func TestRefusals(t *testing.T) {
	pull := newSocket(refusing{}, PULL, refusing{})
	zctx := &Context{eng: refusing{}}
	get := func(_ any, err error) error { return err }
	for _, c := range []struct {
		err         error
		unsupported bool
		want        string
	}{
		{pull.Set(Option[int](17).To(1)), false, "zmq: set PULL ZMQ_LINGER: invalid argument"},
		{pull.Set(Option[int](116).To(1)), true, "zmq: set PULL ZMQ_TOPICS_COUNT: needs libzmq 4.3.5; this one is 4.3.4"},
		{get(Option[int](116).Get(pull)), true, "zmq: get PULL ZMQ_TOPICS_COUNT: needs libzmq 4.3.5; this one is 4.3.4"},
		{pull.Set(Option[int](113).To(1)), true, "zmq: set PULL ZMQ_BUSY_POLL: needs libzmq 4.3.5 with drafts; this one is 4.3.4"},
		{pull.Set(Option[int](112).To(1)), true, "zmq: set PULL ZMQ_PRIORITY: needs a libzmq with drafts; the option is a draft since 4.3.4"},
		{pull.Set(Option[bool](62).To(true)), true, "zmq: set PULL ZMQ_GSSAPI_SERVER: needs a libzmq with gssapi"},
		{get(Option[[32]byte](48).Get(pull)), false, "zmq: get PULL ZMQ_CURVE_PUBLICKEY: invalid argument"},
		{pull.Set(Option[bool](33).To(true)), true, "zmq: set PULL ZMQ_ROUTER_MANDATORY: the option is for ROUTER sockets"},
		{pull.Set(Option[int](999).To(1)), false, "zmq: set PULL option 999: invalid argument"},
		{zctx.Set(ContextOption[string](9).To("io")), true, "zmq: set ZMQ_THREAD_NAME_PREFIX: text needs a libzmq with drafts; this one takes a number"},
		{zctx.Set(ContextOption[int](2).To(0)), false, "zmq: set ZMQ_MAX_SOCKETS: 0 is not between 1 and 65535"},
		{get(ContextOption[int](2).Get(zctx)), false, "zmq: get ZMQ_MAX_SOCKETS: invalid argument"},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("error is %v\nwant     %s", c.err, c.want)
		}
		if errors.Is(c.err, errors.ErrUnsupported) != c.unsupported || errors.Is(c.err, ErrInvalid) == c.unsupported {
			t.Errorf("%v: ErrUnsupported is %v", c.err, !c.unsupported)
		}
	}
}

func TestOptionsOfNothing(t *testing.T) {
	var s *Socket
	var c *Context
	set := Option[int](17).To(1)
	for _, err := range []error{s.Set(set), new(Socket).Set(set), c.Set(ContextSetting(set)), new(Context).Set(ContextSetting(set))} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("error is %v, want ErrClosed", err)
		}
	}
	if err := newSocket(refusing{}, PUSH, refusing{}).Set(Setting{}, Settings()); err != nil {
		t.Errorf("the zero Setting: %v", err)
	}
}

func FuzzOptionText(f *testing.F) {
	f.Add(95, "X-a:b")
	f.Add(46, "secret")
	f.Fuzz(func(t *testing.T, num int, text string) {
		for _, set := range []Setting{Option[string](num).To(text), Option[[]byte](num).To([]byte(text))} {
			st := set.steps()[0]
			spec, known := options.Socket(num)
			if known && st.err == nil && spec.Min != spec.Max && (int64(len(st.value)) < spec.Min || int64(len(st.value)) > spec.Max) {
				t.Errorf("%s took %d bytes", spec.Name, len(st.value))
			}
			if len(text) > 8 && strings.Contains(fmt.Sprint(set, st.err), text) {
				t.Errorf("%s shows %q", spec.Name, text)
			}
		}
	})
}
