package zmq

import (
	"fmt"

	"gozmq/internal/options"
)

// Option is a socket option with a value of type T that can be set and read.
// Package opt has all of them; a number that a newer libzmq brings can be
// used as zmq.Option[int](125).
type Option[T any] int

// To makes a setting of the option, for Context.NewSocket and Socket.Set. A
// value out of range is refused by those, with the range in the error.
func (o Option[T]) To(v T) Setting { return setting(int(o), v) }

// Get reads the option of s. It may be called from any goroutine. Source:
// zmq_getsockopt.
func (o Option[T]) Get(s *Socket) (T, error) { return getOption[T](s, int(o)) }

// ReadOption is a socket option that can only be read.
type ReadOption[T any] int

// Get reads the option of s. It may be called from any goroutine. Source:
// zmq_getsockopt.
func (o ReadOption[T]) Get(s *Socket) (T, error) { return getOption[T](s, int(o)) }

// WriteOption is a socket option that can only be set.
type WriteOption[T any] int

// To makes a setting of the option, for Context.NewSocket and Socket.Set.
func (o WriteOption[T]) To(v T) Setting { return setting(int(o), v) }

// ContextOption is an option of a Context that can be set and read.
type ContextOption[T any] int

// To makes a setting of the option, for NewContext and Context.Set.
func (o ContextOption[T]) To(v T) ContextSetting { return contextSetting(int(o), v) }

// Get reads the option of c. Source: zmq_ctx_get.
func (o ContextOption[T]) Get(c *Context) (T, error) { return getContextOption[T](c, int(o)) }

// ContextReadOption is an option of a Context that can only be read.
type ContextReadOption[T any] int

// Get reads the option of c. Source: zmq_ctx_get.
func (o ContextReadOption[T]) Get(c *Context) (T, error) { return getContextOption[T](c, int(o)) }

// ContextWriteOption is an option of a Context that can only be set.
type ContextWriteOption[T any] int

// To makes a setting of the option, for NewContext and Context.Set.
func (o ContextWriteOption[T]) To(v T) ContextSetting { return contextSetting(int(o), v) }

// Setting is one or more socket options with their values, made by an
// option's To, by Settings, or by a package such as curve. It never shows its
// values when printed. The zero Setting sets nothing.
type Setting struct{ steps func() []step }

// ContextSetting is a context option with its value.
type ContextSetting struct{ steps func() []step }

// step is one option on its way to the engine. Settings hold steps behind a
// function: there are places where fmt does not call Format but prints fields
// and what they point to, and of a function it prints the address only.
type step struct {
	num   int
	spec  options.Spec
	value []byte
	err   error                         // the value cannot be; found by To, reported by Set
	run   func(*Context, *Socket) error // instead of an option; see SettingFunc
}

// Settings joins several settings into one, in order.
func Settings(settings ...Setting) Setting {
	var all []step
	for _, s := range settings {
		all = append(all, steps(s.steps)...)
	}
	return Setting{func() []step { return all }}
}

// Format prints the names of the options, never their values: they may be
// secret.
func (s Setting) Format(f fmt.State, _ rune) { formatSteps(f, s.steps) }

// Format prints the names of the options.
func (s ContextSetting) Format(f fmt.State, _ rune) { formatSteps(f, s.steps) }

func formatSteps(f fmt.State, list func() []step) {
	for i, st := range steps(list) {
		if i > 0 {
			fmt.Fprint(f, " ")
		}
		fmt.Fprint(f, st.spec.Name)
	}
}

func steps(list func() []step) []step {
	if list == nil {
		return nil
	}
	return list()
}

func setting(num int, v any) Setting {
	spec, known := options.Socket(num)
	return Setting{newStep(num, spec, known, v)}
}

func contextSetting(num int, v any) ContextSetting {
	spec, known := options.Context(num)
	return ContextSetting{newStep(num, spec, known, v)}
}

func newStep(num int, spec options.Spec, known bool, v any) func() []step {
	if !known {
		spec = guess(num, v)
	}
	b, err := encode(spec, v)
	one := []step{{num: num, spec: spec, value: b, err: err}}
	return func() []step { return one }
}

// Set changes options of the socket, in order; the first failure ends it, and
// the options before it stay set. Whether an option takes effect at once or
// for later connections only is in its doc. Source: zmq_setsockopt.
func (s *Socket) Set(settings ...Setting) error {
	if err := s.usable(); err != nil {
		return err
	}
	for _, set := range settings {
		for _, st := range steps(set.steps) {
			if err := s.set(st); err != nil {
				return s.fail(Error{Op: "set", Option: st.spec.Name, Err: err})
			}
		}
	}
	return nil
}

func (s *Socket) set(st step) error {
	if st.err != nil {
		return st.err
	}
	if st.run != nil {
		return st.run(s.zctx, s)
	}
	if err := s.eng.SetOption(st.num, st.value); err != nil {
		return s.refusal(st.spec, err)
	}
	// Calls that wait do so in Go, so Go must know their bounds.
	switch st.num {
	case options.SendTimeout:
		s.sendTimeout.Store(milliseconds(st.value))
	case options.RecvTimeout:
		s.recvTimeout.Store(milliseconds(st.value))
	case options.CurveServer:
		s.curveServer.Store(true)
	}
	return nil
}

func getOption[T any](s *Socket, num int) (v T, err error) {
	if err := s.usable(); err != nil {
		return v, err
	}
	spec, known := options.Socket(num)
	if !known {
		spec = guess(num, v)
	}
	if err := read(spec, &v, func(buf []byte) (int, error) { return s.eng.GetOption(num, buf) }); err != nil {
		return v, s.fail(Error{Op: "get", Option: spec.Name, Err: s.refusal(spec, err)})
	}
	return v, nil
}

func getContextOption[T any](c *Context, num int) (v T, err error) {
	if err := c.usable(); err != nil {
		return v, err
	}
	spec, known := options.Context(num)
	if !known {
		spec = guess(num, v)
	}
	if err := read(spec, &v, func(buf []byte) (int, error) { return c.eng.GetOption(num, buf) }); err != nil {
		return v, &Error{Op: "get", Option: spec.Name, Err: refusal(c.eng, spec, err)}
	}
	return v, nil
}
