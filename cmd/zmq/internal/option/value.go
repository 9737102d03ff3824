package option

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/units"
	"gozmq/internal/options"
)

// settable is a value of some type.
type settable interface {
	socket(number int) zmq.Setting
	context(number int) zmq.ContextSetting
}

type typed[T any] struct{ v T }

func (t typed[T]) socket(number int) zmq.Setting         { return zmq.Option[T](number).To(t.v) }
func (t typed[T]) context(number int) zmq.ContextSetting { return zmq.ContextOption[T](number).To(t.v) }

// value reads what an option is to be set to:
//
//   - a time: "250ms", "forever", or a number in libzmq's unit, as its manual has it;
//   - a switch: true, false, on, off, yes, no, 1, 0;
//   - a number, with a suffix such as KiB where it is long;
//   - text; bytes as "hex:00ff"; the content of a file as "@path". What is
//     secret must come from a file: arguments are seen by all users.
func value(spec options.Spec, text string) (settable, error) {
	switch {
	case spec.Unit != 0:
		return wait(spec, text)
	case isSwitch(spec):
		return onOff(text)
	}
	switch spec.Wire {
	case options.Int, options.Int64, options.Uint64, options.Uint32:
		return number(text)
	}
	return content(spec, text)
}

// isSwitch reports whether the option is on or off.
func isSwitch(spec options.Spec) bool {
	return spec.Wire == options.Int && spec.Min == 0 && spec.Max == 1
}

func wait(spec options.Spec, text string) (settable, error) {
	if n, err := strconv.ParseInt(text, 10, 32); err == nil && n >= 0 {
		return typed[time.Duration]{time.Duration(n) * spec.Unit}, nil
	}
	d, err := units.ParseWait(text)
	return typed[time.Duration]{d}, err
}

var words = map[string]bool{
	"1": true, "true": true, "on": true, "yes": true,
	"0": false, "false": false, "off": false, "no": false,
}

func onOff(text string) (settable, error) {
	v, ok := words[strings.ToLower(text)]
	if !ok {
		return nil, errors.New("neither on nor off")
	}
	return typed[bool]{v}, nil
}

func number(text string) (settable, error) {
	if n, err := strconv.ParseInt(text, 0, 64); err == nil {
		return typed[int64]{n}, nil
	}
	if n, err := strconv.ParseUint(text, 0, 64); err == nil {
		return typed[uint64]{n}, nil
	}
	n, err := units.ParseSize(text)
	if err != nil {
		return nil, errors.New("no number")
	}
	return typed[int64]{n}, nil
}

func content(spec options.Spec, text string) (settable, error) {
	b := []byte(text)
	path, fromFile := strings.CutPrefix(text, "@")
	switch {
	case fromFile:
		var err error
		if b, err = os.ReadFile(path); err != nil {
			return nil, err
		}
		if spec.Wire != options.Bytes {
			b = bytes.TrimRight(b, "\r\n")
		}
	case spec.Secret:
		return nil, errors.New("it is secret, so it has to come from a file: @path")
	case strings.HasPrefix(text, "hex:"):
		var err error
		if b, err = hex.DecodeString(text[len("hex:"):]); err != nil {
			return nil, err
		}
	}
	return typed[[]byte]{b}, nil
}
