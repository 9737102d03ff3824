package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"gozmq/curve"
)

func (a *app) keygenCommand() *cobra.Command {
	var metadata []string
	var show bool
	cmd := &cobra.Command{
		Use:   "keygen name",
		Short: "Make a key pair for CURVE",
		Long: `Make a key pair for CURVE: name.key with the public key, to be given to others,
and name.key_secret with both, which only you can read. CZMQ and pyzmq read these
files too. A file that exists is not touched. The public key is printed.

With --show, print the public key of an existing file of either kind.`,
		Example: `  zmq keygen server
  zmq keygen clients/joe --meta name=Joe --meta email=joe@example.com
  zmq keygen --show server.key_secret`,
		Args: exactly(1, "one: the name of the files"),
		RunE: func(_ *cobra.Command, args []string) error {
			if show {
				return a.showKey(args[0])
			}
			return a.keygen(args[0], metadata)
		},
	}
	cmd.Flags().StringArrayVar(&metadata, "meta", nil, "write `name=value` into both files; may be repeated")
	cmd.Flags().BoolVar(&show, "show", false, "print the public key of a file instead")
	return cmd
}

func (a *app) keygen(name string, metadata []string) error {
	about := map[string]string{}
	for _, text := range metadata {
		key, value, ok := strings.Cut(text, "=")
		if !ok {
			return usagef("--meta %q is not name=value", text)
		}
		about[key] = value
	}
	public, secret, err := curve.NewKeys()
	if err != nil {
		return err
	}
	if err := curve.Save(name, secret, about); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%w; nothing was changed", err)
		}
		return err
	}
	a.Note("wrote %s.key (public) and %s.key_secret", name, name)
	return a.printLine(public.String())
}

func (a *app) showKey(path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	key, err := curve.LoadPublic(path)
	if err != nil {
		return err
	}
	return a.printLine(key.String())
}

// printLine writes to stdout.
func (a *app) printLine(line string) error {
	_, err := fmt.Fprintln(a.Above(a.out), line)
	return writing(err)
}
