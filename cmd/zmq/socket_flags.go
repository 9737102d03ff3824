package main

import (
	"time"

	"github.com/spf13/pflag"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/message"
	"gozmq/cmd/zmq/internal/units"
)

func (c *socketCommand) addFlags(f *pflag.FlagSet) {
	reads, writes := c.manner != receives, c.manner != sends
	linger := units.Forever
	switch {
	case c.manner == answers:
		linger = time.Second // who asked may have gone
	case c.manner == receives, c.typ == zmq.XSUB:
		linger = 0 // what it sends are subscriptions, which end with it
	}
	c.connection.addFlags(f, linger)
	f.IntVarP(&c.count, "count", "n", 0, c.countHelp())
	f.VarP(waitFlag(&c.timeout, units.Forever), "timeout", "t", "end with exit code 3 when a message takes so long to be sent or to come")
	f.BoolVar(&c.progress, "progress", false, "show how much went through, on a terminal while it does")
	c.addFormatFlags(f, reads, writes)
	if reads {
		c.in.addFlags(f)
		f.Var(rateFlag(&c.rate), "rate", "send so many messages a second, or 10/m, 1/h; 0 is as fast as possible")
		peers := 0
		if c.typ == zmq.PUB || c.typ == zmq.RADIO {
			peers = 1 // what they send earlier is lost
		}
		f.IntVar(&c.wait, "wait", peers, "wait for `n` peers before the first message is sent")
	}
	if writes {
		c.out.addFlags(f)
	}
	c.addTypeFlags(f)
}

func (c *socketCommand) countHelp() string {
	switch c.manner {
	case sends, asks:
		return "send `n` messages: arguments are repeated, other input is cut off; 0 is each once"
	}
	return "end after `n` messages have come; 0 is never"
}

func (c *socketCommand) addFormatFlags(f *pflag.FlagSet, reads, writes bool) {
	c.in.format, c.out.format = c.kind.format(), c.kind.format()
	// One flag for both directions, which one for each can overrule.
	both := formats{&c.in.format, &c.out.format}
	f.VarP(both, "format", "f", "how messages look: "+message.Names())
	if reads && writes {
		f.Var(formatFlag(&c.in.format, c.kind.format()), "in-format", "the format of what is sent, if it is another")
		f.Var(formatFlag(&c.out.format, c.kind.format()), "out-format", "the format of what is printed, if it is another")
	}
	f.Var(escapedFlag(&c.in.options.Separator), "sep", `text between the frames of text and escaped (default \t; text that is read is not split without it)`)
	f.Var(escapedFlag(&c.in.options.Delimiter), "delimiter", `text after each message of text and escaped (default \n; \0 suits find -print0)`)
}

// formats is a flag that sets two formats.
type formats [2]*message.Format

func (fs formats) Set(text string) error {
	f, err := message.ParseFormat(text)
	if err == nil {
		*fs[0], *fs[1] = f, f
	}
	return err
}

func (fs formats) String() string {
	if fs[0] == nil {
		return ""
	}
	return string(*fs[0])
}

func (fs formats) Type() string { return "format" }

func (c *socketCommand) addTypeFlags(f *pflag.FlagSet) {
	if c.streams {
		f.BoolVar(&c.stream, "stream", false, "carry one stream of bytes instead of messages, and check that it is complete (zmq help streams)")
	}
	if c.manner == sends && c.typ == zmq.PUB {
		f.BoolVar(&c.drop, "drop", false, "drop messages for subscribers that are too slow, instead of waiting for them")
	}
	if c.topics {
		def := []string{""}
		if c.manner == both {
			def = nil
		}
		f.StringArrayVarP(&c.subscribe, "subscribe", "s", def, "print messages that begin with this `prefix`; may be repeated")
	}
	if c.groups && c.manner == sends {
		f.StringVarP(&c.group, "group", "g", "", "send to this `group`; without it, the first frame of each message is the group")
	}
	if c.groups && c.manner == receives {
		f.StringArrayVarP(&c.join, "join", "j", nil, "print the messages of this `group`; may be repeated")
	}
	if c.manner == both {
		f.BoolVar(&c.sendOnly, "send-only", false, "print nothing, and end when everything is sent")
		f.BoolVar(&c.recvOnly, "recv-only", false, "send nothing")
	}
	if c.manner == answers || c.manner == both && c.routes {
		f.BoolVar(&c.echo, "echo", false, "answer each request with itself")
		f.StringVarP(&c.exec, "exec", "e", "", "answer each request with what this shell `command` prints; it reads the request from its stdin")
	}
}
