package main

import (
	"github.com/spf13/cobra"

	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/message"
	"gozmq/cmd/zmq/internal/option"
)

// completeFlags tells the shell what the flags of a command can be. A flag
// that it does not have is passed over.
func completeFlags(cmd *cobra.Command) {
	formats := make([]string, len(message.Formats))
	for i, f := range message.Formats {
		formats[i] = string(f)
	}
	var settings []string
	for _, name := range option.Settable() {
		settings = append(settings, name+"=")
	}
	for flag, values := range map[string][]string{
		"format": formats, "in-format": formats, "out-format": formats,
		"set":   settings,
		"color": console.Colours,
	} {
		directive := cobra.ShellCompDirectiveNoFileComp
		if flag == "set" {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		// Its error is that there is no such flag here.
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, directive))
	}
}
