package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gozmq/cmd/zmq/internal/message"
)

// socketCommand is a command with one socket and its messages.
type socketCommand struct {
	*app
	kind
	connection
	in  input
	out output

	count    int
	timeout  time.Duration // units.Forever: none
	wait     int           // peers, or subscribers
	rate     float64
	progress bool
	stream   bool

	drop      bool     // PUB
	subscribe []string // SUB, XSUB
	group     string   // RADIO
	join      []string // DISH
	sendOnly  bool     // both
	recvOnly  bool
	echo      bool // REP and others
	exec      string

	peer []byte // the id of the only peer, for messages without one
}

// socketCommand makes the command of a socket type.
func (a *app) socketCommand(k kind) *cobra.Command {
	c := &socketCommand{app: a, kind: k}
	cmd := &cobra.Command{
		Use:     use(k),
		Short:   k.short,
		Long:    describe(k),
		Example: k.example,
		RunE:    func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), cmd.Flags(), args) },
	}
	c.addFlags(cmd.Flags())
	completeFlags(cmd)
	return cmd
}

func use(k kind) string {
	name := strings.ToLower(k.typ.String()) + " --bind|--connect endpoint..."
	switch k.manner {
	case receives:
		return name + " [flags]"
	case answers:
		return name + " [flags] [answer...]"
	}
	return name + " [flags] [message...]"
}

var manners = map[manner]string{
	sends:    "Sends its arguments, files or stdin as messages, then ends.",
	receives: "Prints messages until --count of them have come, or Ctrl-C.",
	both: `Sends its arguments, files or stdin as messages, and prints what comes, until
the input is sent and --count messages have come, or Ctrl-C. The end of the
input alone does not end it, except with --send-only.`,
	asks: "Sends its arguments, files or stdin as requests, one after the reply to the last.",
	answers: `Prints each request and answers it: with the arguments in turn, with --echo, with
the output of the command --exec, or else with the next message of stdin.`,
}

func describe(k kind) string {
	parts := []string{k.short + ".", manners[k.manner]}
	if k.manner == both && k.routes {
		parts = append(parts, "With --echo or --exec it sends answers instead of its input.")
	}
	if k.long != "" {
		parts = append(parts, k.long)
	}
	switch {
	case k.ids:
		parts = append(parts, "The first frame is the routing id of the peer, a number.")
	case k.groups:
		parts = append(parts, "The first frame is the group, the second the body.")
	}
	if k.single && !k.ids && !k.groups {
		parts = append(parts, "A message is one frame.")
	}
	if k.draft {
		parts = append(parts, "The type is a draft: it needs a libzmq that is built with drafts (zmq info).")
	}
	return strings.Join(parts, "\n\n")
}

func (c *socketCommand) run(ctx context.Context, flags *pflag.FlagSet, args []string) error {
	if err := c.resolve(flags, args); err != nil {
		return err
	}
	return c.work(ctx, args)
}

// resolve checks what the flags say together, before anything is tried.
func (c *socketCommand) resolve(flags *pflag.FlagSet, args []string) error {
	for name, n := range map[string]int{"count": c.count, "wait": c.wait} {
		if n < 0 {
			return usagef("--%s is at least 0, got %d", name, n)
		}
	}
	if c.manner == receives && len(args) > 0 {
		return usagef("%s only receives, so there is nothing to do with the argument %q", c.typ, args[0])
	}
	if c.recvOnly && c.sendOnly {
		return usagef("--send-only and --recv-only leave nothing to do")
	}
	if c.echo && c.exec != "" || (c.echo || c.exec != "") && len(args) > 0 {
		return usagef("there is one way to answer: arguments, --echo or --exec")
	}
	if err := c.connection.resolve(flags); err != nil {
		return err
	}
	if !flags.Changed("wait") && c.onlyUDP() {
		c.wait = 0 // udp has no connections to wait for
	}
	if c.stream {
		return c.resolveStream(flags.Changed, args)
	}
	c.shareOptions()
	if c.manner != receives {
		return c.in.resolve(args)
	}
	return nil
}

// onlyUDP reports whether all endpoints are of a transport without connections.
func (c *socketCommand) onlyUDP() bool {
	for _, e := range slices.Concat(c.bind, c.connect) {
		if !strings.HasPrefix(e, "udp:") {
			return false
		}
	}
	return true
}

// shareOptions gives the separator and delimiter to both directions, or to the
// one whose format has them when that is the only one.
func (c *socketCommand) shareOptions() {
	texts := func(f message.Format) bool { return f == message.Text || f == message.Escaped }
	c.out.options = c.in.options
	switch {
	case c.manner != both && c.manner != asks && c.manner != answers:
	case texts(c.out.format) && !texts(c.in.format):
		c.in.options = message.Options{}
	case texts(c.in.format) && !texts(c.out.format):
		c.out.options = message.Options{}
	}
}
