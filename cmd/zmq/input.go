package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"gozmq/cmd/zmq/internal/message"
)

// input is the flags that say where messages come from.
type input struct {
	format    message.Format
	files     []string
	multipart bool
	block     int64
	maxSize   int64
	options   message.Options
}

const defaultMaxSize = 256 << 20

func (i *input) addFlags(f *pflag.FlagSet) {
	f.StringArrayVar(&i.files, "file", nil, "read messages from this `file` instead of stdin; - is stdin; may be repeated")
	f.BoolVarP(&i.multipart, "multipart", "m", false, "all arguments are one message, each one a frame")
	f.Var(sizeFlag(&i.block, 0), "block", "the size of the blocks that --format raw or --stream cuts the input into")
	f.Var(sizeFlag(&i.maxSize, defaultMaxSize), "max-size", "the longest message that is read")
}

// resolve checks what the flags say together.
func (i *input) resolve(args []string) error {
	i.options.Block, i.options.Max = int(i.block), i.maxSize
	switch {
	case len(args) > 0 && len(i.files) > 0:
		return usagef("messages come from arguments or from --file, not both")
	case i.multipart && len(args) == 0:
		return usagef("--multipart makes one message of the arguments, and there are none")
	case i.block > 0 && i.format != message.Raw:
		return usagef("--block cuts raw input: add --format raw")
	case i.block > 1<<30:
		return usagef("--block is 1GiB at most")
	}
	// The format and its options fit?
	_, err := message.NewReader(nil, i.format, i.options)
	if err != nil {
		return usageError{err}
	}
	return nil
}

// messages are those of the arguments.
func (i *input) messages(args []string) ([][][]byte, error) {
	var list [][][]byte
	for n, arg := range args {
		frames, err := message.Parse(i.format, i.options, []byte(arg))
		if err != nil {
			return nil, usagef("argument %d, as %s: %w", n+1, i.format, err)
		}
		if i.multipart && n > 0 {
			list[0] = append(list[0], frames...)
		} else {
			list = append(list, frames)
		}
	}
	return list, nil
}

// feed begins to read: the arguments, the files or stdin, count messages at
// most when it is not 0.
func (i *input) feed(ctx context.Context, a *app, args []string, count int) (*feed, error) {
	if len(args) > 0 {
		list, err := i.messages(args)
		if err != nil {
			return nil, err
		}
		return startFeed(ctx, repeat(list, count)), nil
	}
	files := i.files
	if len(files) == 0 {
		files = []string{"-"}
		if i.endless(nil) {
			a.Note("reading messages from the terminal, one a line; Ctrl-D ends the input")
		}
	}
	return startFeed(ctx, first(count, i.readFiles(files))), nil
}

// onTerminal is asked at the start: later another goroutine reads the input, and
// closes it at its end.
var onTerminal = term.IsTerminal(int(os.Stdin.Fd()))

// endless reports whether the input is a terminal, whose end nobody waits for.
func (i *input) endless(args []string) bool {
	return len(args) == 0 && len(i.files) == 0 && onTerminal
}

// readFiles reads the messages of one file after the other.
func (i *input) readFiles(files []string) func() ([][]byte, error) {
	var open *os.File
	var r *message.Reader
	return func() ([][]byte, error) {
		for {
			if r == nil {
				if len(files) == 0 {
					return nil, io.EOF
				}
				var err error
				if open, err = openInput(files[0]); err != nil {
					return nil, err
				}
				files = files[1:]
				if r, err = message.NewReader(open, i.format, i.options); err != nil {
					return nil, err
				}
			}
			m, err := r.Read()
			switch {
			case err == nil:
				return m, nil
			case err != io.EOF:
				return nil, errors.Join(fmt.Errorf("%s: %w", open.Name(), err), open.Close())
			}
			if err := open.Close(); err != nil {
				return nil, err
			}
			r = nil
		}
	}
}

// openInput opens a file; "-" is stdin.
func openInput(name string) (*os.File, error) {
	if name == "-" {
		return os.Stdin, nil
	}
	return os.Open(name)
}
