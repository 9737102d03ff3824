package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/console"
	"gozmq/cmd/zmq/internal/units"
)

// monitorCommand is also where --timeout ends it in peace: looking for a while
// is what it is for.
type monitorCommand struct {
	*app
	connection
	typ     zmq.SocketType
	json    bool
	timeout time.Duration
	count   int
	until   string
}

func (a *app) monitorCommand() *cobra.Command {
	m := &monitorCommand{app: a}
	cmd := &cobra.Command{
		Use:   "monitor --bind|--connect endpoint... [flags] [type]",
		Short: "Show what happens to connections",
		Long: `Make a socket of a type, by default DEALER, and print what happens to its
connections: who connects, whose handshake fails and why, who is lost. It sends
and receives nothing; but what peers send to it is lost, so take a type that
gets nothing: SUB, which subscribes to nothing here, at a PUB, or DEALER at a REP.

Any command shows the same of its own socket with --verbose.`,
		Example: `  zmq monitor --connect host:5555              # is somebody there, and who?
  zmq monitor --bind :5555 --format json | jq .event
  zmq monitor sub --connect host:5556 --until HANDSHAKE_SUCCEEDED --timeout 5s`,
		ValidArgs: typeNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := m.resolve(cmd, args); err != nil {
				return err
			}
			return m.run(cmd.Context())
		},
	}
	f := cmd.Flags()
	m.connection.addFlags(f, 0)
	f.VarP(&textOrJSON{&m.json}, "format", "f", "text, or json: an object for each event")
	f.VarP(waitFlag(&m.timeout, units.Forever), "timeout", "t", "end after so long, with exit code 3")
	f.IntVarP(&m.count, "count", "n", 0, "end after `n` events; 0 is never")
	f.StringVar(&m.until, "until", "", "end after the first `event` of this type, such as HANDSHAKE_SUCCEEDED")
	completeFlags(cmd)
	return cmd
}

// textOrJSON is a flag for commands with two formats.
type textOrJSON struct{ json *bool }

func (t *textOrJSON) Set(text string) error {
	switch text {
	case "text", "json":
		*t.json = text == "json"
		return nil
	}
	return fmt.Errorf("%q is neither text nor json", text)
}

func (t *textOrJSON) String() string {
	if t.json != nil && *t.json {
		return "json"
	}
	return "text"
}

func (t *textOrJSON) Type() string { return "format" }

func typeNames() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, strings.ToLower(k.typ.String()))
	}
	return names
}

// parseType reads the name of a socket type.
func parseType(name string) (zmq.SocketType, error) {
	for _, k := range kinds {
		if strings.EqualFold(name, k.typ.String()) {
			return k.typ, nil
		}
	}
	return 0, usagef("%q is no socket type: %s", name, strings.Join(typeNames(), ", "))
}

func (m *monitorCommand) resolve(cmd *cobra.Command, args []string) (err error) {
	m.typ = zmq.DEALER
	switch len(args) {
	case 0:
	case 1:
		if m.typ, err = parseType(args[0]); err != nil {
			return err
		}
	default:
		return usagef("one socket type at most, got %q", args)
	}
	if m.until != "" && !eventExists(m.until) {
		return usagef("--until %s: no event is called that; they are those of libzmq, such as CONNECTED or HANDSHAKE_FAILED_AUTH", m.until)
	}
	if m.count < 0 {
		return usagef("--count is at least 0, got %d", m.count)
	}
	return m.connection.resolve(cmd.Flags())
}

func eventExists(name string) bool {
	for bit := zmq.EventType(1); bit&zmq.EventAll != 0; bit <<= 1 {
		if bit.String() == name {
			return true
		}
	}
	return false
}

func (m *monitorCommand) run(ctx context.Context) error {
	ctx, stop := watchOutput(ctx, true)
	defer stop()
	// Every event is printed, so notes about some of them only disturb.
	m.Silent, m.Verbose = true, false
	var events *zmq.Monitor
	listen := func(sock *zmq.Socket) (err error) {
		events, err = sock.Monitor()
		return err
	}
	s, err := m.open(m.typ, &m.connection, listen)
	if err != nil {
		return err
	}
	err = m.follow(ctx, events)
	if context.Cause(ctx) == errOutputGone {
		err = errOutputGone
	}
	if closing := s.close(ctx, 0); err == nil {
		err = closing
	}
	return err
}

// follow prints events until enough has happened.
func (m *monitorCommand) follow(ctx context.Context, events *zmq.Monitor) error {
	if m.timeout != units.Forever {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, m.timeout)
		defer cancel()
	}
	for n := 0; m.count == 0 || n < m.count; n++ {
		ev, err := events.Recv(ctx)
		if err != nil {
			if m.count == 0 && m.until == "" {
				err = untilStopped(ctx, err)
			}
			return err
		}
		if err := m.print(ev); err != nil {
			return err
		}
		if m.until != "" && ev.Type.String() == m.until {
			break
		}
	}
	return nil
}

// eventLine is an event in JSON.
type eventLine struct {
	Time     time.Time `json:"time"`
	Event    string    `json:"event"`
	Endpoint string    `json:"endpoint,omitempty"`
	Local    string    `json:"local,omitempty"`
	Remote   string    `json:"remote,omitempty"`
	Error    string    `json:"error,omitempty"`
	RetryMS  int64     `json:"retry_ms,omitempty"`
	Value    uint64    `json:"value"`
}

func (m *monitorCommand) print(ev zmq.MonitorEvent) error {
	now := time.Now()
	if m.json {
		line := eventLine{now, ev.Type.String(), ev.Endpoint, ev.Local, ev.Remote, "", ev.Retry.Milliseconds(), ev.Value}
		if ev.Err != nil {
			line.Error = ev.Err.Error()
		}
		b, err := json.Marshal(line)
		if err != nil {
			return err
		}
		return m.printLine(string(b))
	}
	clock := m.out.Paint(console.Dim, now.Format("15:04:05.000"))
	name := m.out.Paint(eventColour(ev.Type), ev.Type.String())
	return m.printLine(clock + " " + name + strings.TrimPrefix(ev.String(), ev.Type.String()))
}

const (
	goodEvents = zmq.EventHandshakeSucceeded | zmq.EventListening
	badEvents  = refused | zmq.EventBindFailed | zmq.EventAcceptFailed | zmq.EventCloseFailed
	lostEvents = zmq.EventDisconnected | zmq.EventConnectRetried
)

func eventColour(t zmq.EventType) console.Colour {
	switch {
	case t&goodEvents != 0:
		return console.Green
	case t&badEvents != 0:
		return console.Red
	case t&lostEvents != 0:
		return console.Yellow
	}
	return console.Cyan
}
