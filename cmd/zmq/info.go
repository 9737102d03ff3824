package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/option"
	"gozmq/libzmq"
	"gozmq/libzmq/capi"
)

// toolVersion is that of this program, from what the Go tool built in.
func toolVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func (a *app) infoCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "info",
		Short: "Show which libzmq is used, and what it can do",
		Long: `Show which libzmq is used, its version and what it was built with. The
environment variable ZMQ_LIBRARY chooses another file.`,
		Example: `  zmq info
  ZMQ_LIBRARY=/opt/zmq/lib/libzmq.so.5 zmq info --format json
  zmq info options sub`,
		Args: none,
		RunE: func(*cobra.Command, []string) error { return a.info(asJSON) },
	}
	cmd.Flags().VarP(&textOrJSON{&asJSON}, "format", "f", "text or json")
	cmd.AddCommand(a.infoOptionsCommand())
	return cmd
}

// capabilities are what zmq_has knows.
var capabilities = []string{"ipc", "curve", "gssapi", "draft", "WS", "WSS", "pgm", "norm", "tipc", "vmci", "vsock"}

// libraryInfo is what zmq info shows.
type libraryInfo struct {
	Tool     string   `json:"tool"`
	Go       string   `json:"go"`
	Platform string   `json:"platform"`
	Library  string   `json:"library"`
	Version  string   `json:"version"`
	Has      []string `json:"has"`
	HasNot   []string `json:"has_not"`
	Types    []string `json:"socket_types"`
	NoTypes  []string `json:"missing_socket_types"`
}

func readInfo() (i libraryInfo, err error) {
	major, minor, patch, err := libzmq.Version()
	if err != nil {
		return i, err
	}
	i = libraryInfo{
		Tool: toolVersion(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Library: capi.LibraryPath(), Version: fmt.Sprintf("%d.%d.%d", major, minor, patch),
		Has: []string{}, HasNot: []string{}, Types: []string{}, NoTypes: []string{},
	}
	for _, c := range capabilities {
		if libzmq.Has(c) {
			i.Has = append(i.Has, c)
		} else {
			i.HasNot = append(i.HasNot, c)
		}
	}
	zctx, err := libzmq.NewContext()
	if err != nil {
		return i, err
	}
	for _, k := range kinds {
		if sock, err := zctx.NewSocket(k.typ); err != nil {
			i.NoTypes = append(i.NoTypes, k.typ.String())
		} else if err := sock.Close(); err != nil {
			return i, err
		} else {
			i.Types = append(i.Types, k.typ.String())
		}
	}
	return i, zctx.Close()
}

func (a *app) info(asJSON bool) error {
	i, err := readInfo()
	if err != nil {
		return err
	}
	if asJSON {
		b, err := json.MarshalIndent(i, "", "  ")
		if err != nil {
			return err
		}
		return a.printLine(string(b))
	}
	rows := [][2]string{
		{"zmq", fmt.Sprintf("%s, %s, %s", i.Tool, i.Go, i.Platform)},
		{"libzmq", i.Version + ", " + i.Library},
		{"has", a.out.Paint(console.Green, strings.Join(i.Has, " "))},
		{"has not", a.out.Paint(console.Dim, strings.Join(i.HasNot, " "))},
		{"types", strings.Join(i.Types, " ")},
	}
	if len(i.NoTypes) > 0 {
		rows = append(rows, [2]string{"", a.out.Paint(console.Dim, "not "+strings.Join(i.NoTypes, " ")+" (drafts)")})
	}
	for _, r := range rows {
		if err := a.printLine(a.out.Paint(console.Bold, fmt.Sprintf("%-8s", r[0])) + " " + r[1]); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) infoOptionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "options [type]",
		Short: "List the options for --set with their defaults",
		Long: `List every option that this libzmq knows, with what it is on a new socket of a
type, by default DEALER, or of a context. What can only be set has no default.`,
		Example: `  zmq info options
  zmq info options sub | grep hwm`,
		ValidArgs: typeNames(),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			typ := zmq.DEALER
			if len(args) > 1 {
				return usagef("one socket type at most, got %q", args)
			}
			if len(args) == 1 {
				if typ, err = parseType(args[0]); err != nil {
					return err
				}
			}
			return a.infoOptions(typ)
		},
	}
}

func (a *app) infoOptions(typ zmq.SocketType) error {
	zctx, err := libzmq.NewContext()
	if err != nil {
		return err
	}
	sock, err := zctx.NewSocket(typ)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, o := range option.All() {
		where, access := "socket", "set, read"
		if o.Context {
			where = "context"
		}
		value, err := o.Show(zctx, sock)
		switch {
		case err != nil && !o.Settable():
			continue // this library does not have it
		case err != nil:
			value, access = "-", "set"
		case !o.Settable():
			access = "read"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", o.Name, where, o.Type(), access, value)
	}
	if err := table.Flush(); err != nil {
		return writing(err)
	}
	return zctx.Close()
}
