package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"gozmq/cmd/zmq/internal/console"
)

// app is what all commands share.
type app struct {
	console.Notes
	out console.Screen

	quiet, verbose bool
	colour         string
}

// command makes the tree of commands.
func (a *app) command() *cobra.Command {
	cobra.EnableCommandSorting = false // theirs is the order of the help
	root := &cobra.Command{
		Use:   "zmq",
		Short: "Send and receive ZeroMQ messages, and look at what happens",
		Long: `zmq sends and receives ZeroMQ messages from the command line.

Every socket type is a command. Messages come from arguments, files or stdin
and go to stdout, one a line or in another format (zmq help formats).

Endpoints are given with --bind and --connect, each as often as needed:
tcp://host:port, ipc://path and so on. In short, host:5555 is tcp, :5555 is tcp
on every interface of this machine (--bind) or on this machine (--connect), and
/a/path is ipc.`,
		Example: `  zmq pull --bind :5555                             # prints what comes
  zmq push --connect :5555 hello world              # two messages

  zmq pub --bind :5556 < /var/log/syslog            # a line is a message
  zmq sub --connect host:5556 --subscribe kernel

  zmq rep --bind :5557 --exec 'tr a-z A-Z'          # answers with a command
  zmq req --connect :5557 --timeout 1s hello

  zmq pull --bind :5558 --stream | tar x            # a file tree, byte for byte
  tar c . | zmq push --connect host:5558 --stream`,
		Version:           toolVersion(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.setUp() },
		Args:              a.unknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "only errors and warnings on stderr")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "show on stderr what happens to connections")
	flags.StringVar(&a.colour, "color", "auto", "use colours: `when` is auto (on a terminal, without NO_COLOR), always or never")
	completeFlags(root)
	a.addCommands(root)
	for _, sub := range root.Commands() {
		sub.DisableFlagsInUseLine = true
	}
	return root
}

const (
	groupSockets = "sockets"
	groupDrafts  = "drafts"
	groupTools   = "tools"
)

func (a *app) addCommands(root *cobra.Command) {
	root.AddGroup(
		&cobra.Group{ID: groupSockets, Title: "Sockets:"},
		&cobra.Group{ID: groupDrafts, Title: "Draft sockets, for a libzmq that is built with drafts:"},
		&cobra.Group{ID: groupTools, Title: "Tools:"},
	)
	for _, k := range kinds {
		cmd := a.socketCommand(k)
		cmd.GroupID = groupSockets
		if k.draft {
			cmd.GroupID = groupDrafts
		}
		root.AddCommand(cmd)
	}
	for _, cmd := range []*cobra.Command{a.proxyCommand(), a.monitorCommand(), a.benchCommand(), a.keygenCommand(), a.infoCommand()} {
		cmd.GroupID = groupTools
		root.AddCommand(cmd)
	}
	root.SetCompletionCommandGroupID(groupTools)
	root.SetHelpCommandGroupID(groupTools)
	root.AddCommand(helpTopics()...)
}

// unknownCommand is for arguments that are no command.
func (a *app) unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	root.SuggestionsMinimumDistance = 1
	if like := root.SuggestionsFor(args[0]); len(like) > 0 {
		return usagef("no command is called %q; did you mean %s?", args[0], strings.Join(like, " or "))
	}
	return usagef("no command is called %q; zmq help lists them", args[0])
}

// setUp looks at the terminal, when the flags are known.
func (a *app) setUp() error {
	var err error
	if a.out, err = console.NewScreen(os.Stdout, a.colour); err != nil {
		return usageError{err}
	}
	if a.Screen, err = console.NewScreen(os.Stderr, a.colour); err != nil {
		return usageError{err}
	}
	a.Name, a.Quiet, a.Verbose = "zmq", a.quiet, a.verbose
	return nil
}

// fail prints the error that ended a command.
func (a *app) fail(cmd *cobra.Command, err error, code int) {
	if a.Screen.File == nil { // the flags were wrong, so that nothing is set up
		a.colour = "auto"
		if setUp := a.setUp(); setUp != nil {
			err = errors.Join(err, setUp)
		}
	}
	a.Name = cmd.CommandPath()
	if code > exitSignal {
		var unsent unsentError
		text := "ended by a signal"
		if errors.As(err, &unsent) {
			text += "; " + unsent.Error()
		}
		err = errors.New(text)
	}
	if code == exitUsage {
		err = fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())
	}
	a.Fail(err)
}

// exactly is cobra.ExactArgs with an error that is about usage.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%d arguments, but there has to be %s", len(args), what)
		}
		return nil
	}
}

// none is for commands without arguments.
func none(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("unexpected argument %q", args[0])
	}
	return nil
}
