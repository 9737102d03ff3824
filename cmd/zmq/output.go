package main

import (
	"time"

	"github.com/spf13/pflag"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/message"
)

// output is the flags that say how messages are printed.
type output struct {
	format  message.Format
	meta    bool
	options message.Options
}

func (o *output) addFlags(f *pflag.FlagSet) {
	f.BoolVar(&o.meta, "meta", false, "with --format json: also print when a message came, and from whom")
}

// printer writes received messages to stdout.
type printer struct {
	w    *message.Writer
	kind kind
	meta bool
}

func (o *output) printer(a *app, k kind) (*printer, error) {
	if o.meta && o.format != message.JSON {
		return nil, usagef("--meta is for --format json")
	}
	options := o.options
	options.Printable = a.out.Terminal
	w, err := message.NewWriter(a.Above(a.out), o.format, options)
	if err != nil {
		return nil, usageError{err}
	}
	return &printer{w, k, o.meta}, nil
}

// print writes into a buffer, which flush empties.
func (p *printer) print(m *zmq.Msg) error {
	var about *message.About
	if p.meta {
		about = &message.About{
			Time:       time.Now(),
			Peer:       m.Property("Peer-Address"),
			SocketType: m.Property("Socket-Type"),
			UserID:     m.Property("User-Id"),
		}
	}
	return writing(p.w.Write(p.kind.frames(m), about))
}

func (p *printer) flush() error { return writing(p.w.Flush()) }

// printNow prints a message that somebody waits for.
func (p *printer) printNow(m *zmq.Msg) error {
	if err := p.print(m); err != nil {
		return err
	}
	return p.flush()
}
