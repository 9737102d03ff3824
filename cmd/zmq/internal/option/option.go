// Package option sets and shows libzmq's options by their names.
package option

import (
	"fmt"
	"slices"
	"strings"

	zmq "gozmq"
	"gozmq/internal/options"
)

// highest is above every option number of libzmq.
const highest = 1000

// Info is one option.
type Info struct {
	Name    string // without ZMQ_, in lower case: "linger"
	Context bool   // an option of contexts, not of sockets
	number  int
	spec    options.Spec
}

// What can only be read. Package options describes values, not access; the
// tests compare this with package opt, which knows.
var (
	readOnly        = []string{"rcvmore", "fd", "events", "type", "last_endpoint", "mechanism", "thread_safe", "topics_count"}
	readOnlyContext = []string{"socket_limit", "msg_t_size"}
)

// All are the options that can be set or read, those of sockets first. An
// option that both have is the socket's.
func All() []Info {
	var list []Info
	known := map[string]bool{}
	add := func(name string, context bool, number int, spec options.Spec) {
		name = strings.ToLower(strings.TrimPrefix(name, "ZMQ_"))
		if !known[name] {
			known[name] = true
			list = append(list, Info{name, context, number, spec})
		}
	}
	for n := range highest {
		if spec, ok := options.Socket(n); ok {
			add(spec.Name, false, n, spec)
		}
	}
	for n := range highest {
		if spec, ok := options.Context(n); ok {
			// One number has two names: read and set are different options.
			for name := range strings.SplitSeq(spec.Name, " and ") {
				add(name, true, n, spec)
			}
		}
	}
	return list
}

// Settable are the names for Parse.
func Settable() []string {
	var names []string
	for _, o := range All() {
		if o.Settable() {
			names = append(names, o.Name)
		}
	}
	return names
}

// Settable reports whether Parse takes the option.
func (o Info) Settable() bool {
	if o.Context {
		return !slices.Contains(readOnlyContext, o.Name)
	}
	return !slices.Contains(readOnly, o.Name)
}

// find looks an option up by its name in C, with or without ZMQ_, in any
// case.
func find(name string) (Info, error) {
	plain := strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(name), "-", "_"), "zmq_")
	var near []string
	for _, o := range All() {
		switch {
		case o.Name == plain && o.Settable():
			return o, nil
		case o.Name == plain:
			return o, fmt.Errorf("the option %s can only be read", plain)
		case o.Settable() && strings.Contains(squeeze(o.Name), squeeze(plain)):
			near = append(near, o.Name)
		}
	}
	if len(near) > 0 && len(near) < 10 {
		return Info{}, fmt.Errorf("no option is called %q; there are %s", name, strings.Join(near, ", "))
	}
	return Info{}, fmt.Errorf("no option is called %q; zmq info options lists them", name)
}

func squeeze(name string) string { return strings.ReplaceAll(name, "_", "") }

// Settings are options to set, of a socket and of its context.
type Settings struct {
	Socket  []zmq.Setting
	Context []zmq.ContextSetting
}

// Parse reads settings such as "linger=1s". How values are written is said at
// value.
func Parse(list []string) (Settings, error) {
	var all Settings
	for _, text := range list {
		if err := all.parse(text); err != nil {
			return Settings{}, err
		}
	}
	return all, nil
}

func (s *Settings) parse(text string) error {
	name, written, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("%q is not name=value, such as linger=1s", text)
	}
	o, err := find(name)
	if err != nil {
		return err
	}
	v, err := value(o.spec, written)
	switch {
	case err != nil && o.spec.Secret:
		return fmt.Errorf("the value of %s: %w", o.Name, err)
	case err != nil:
		return fmt.Errorf("%s=%s: %w", o.Name, written, err)
	case o.Context:
		s.Context = append(s.Context, v.context(o.number))
	default:
		s.Socket = append(s.Socket, v.socket(o.number))
	}
	return nil
}
