package option

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/options/table"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// Package opt is where options are said to be settable or not.
func TestSameAsPackageOpt(t *testing.T) {
	rows, err := table.Read("../../../../opt")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, r := range rows {
		name := strings.ToLower(strings.TrimPrefix(r.C, "ZMQ_"))
		if r.Settable() && !slices.Contains(want, name) {
			want = append(want, name)
		}
	}
	got := Settable()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("options that can be set: got\n%v\nwant\n%v", got, want)
	}
}

func TestParse(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("pw\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Parse([]string{
		"linger=1500", "ZMQ_RCVTIMEO=2s", "Reconnect-Ivl=forever", "sndhwm=2K", "immediate=on",
		"routing_id=hex:0041ff", "affinity=0x3", "tcp_keepalive_idle=60", "plain_password=@" + secret,
		"io_threads=3",
	})
	if err != nil {
		t.Fatal(err)
	}
	zctx := testlib.Context(t, s.Context...)
	sock := testkit.Socket(t, zctx, zmq.DEALER, s.Socket...)
	check(t, opt.Linger, sock, 1500*time.Millisecond)
	check(t, opt.RecvTimeout, sock, 2*time.Second)
	check(t, opt.ReconnectInterval, sock, -1*time.Millisecond)
	check(t, opt.SendHWM, sock, 2048)
	check(t, opt.Immediate, sock, true)
	check(t, opt.RoutingID, sock, "\x00A\xff")
	check(t, opt.Affinity, sock, 3)
	check(t, opt.TCPKeepAliveIdle, sock, time.Minute)
	check(t, opt.PlainPassword, sock, "pw")
	if n, err := opt.IOThreads.Get(zctx); n != 3 || err != nil {
		t.Errorf("io_threads is %d, %v", n, err)
	}
}

func check[T comparable](t *testing.T, o zmq.Option[T], sock *zmq.Socket, want T) {
	t.Helper()
	got, err := o.Get(sock)
	if d, ok := any(got).(time.Duration); ok && d < 0 {
		got = any(-1 * time.Millisecond).(T)
	}
	if err != nil || got != want {
		t.Errorf("option %d is %v, %v; want %v", o, got, err, want)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"linger":               "not name=value",
		"lingr=1":              `no option is called "lingr"; zmq info options`,
		"hwm=1":                "rcvhwm",
		"fd=1":                 "can only be read",
		"msg_t_size=1":         "can only be read",
		"linger=soon":          "no time",
		"immediate=maybe":      "neither on nor off",
		"sndhwm=many":          "no number",
		"routing_id=hex:0":     "odd length",
		"routing_id=@/no/file": "no such file",
		"plain_password=pw1":   "secret, so it has to come from a file",
		"curve_secretkey=pw1":  "secret, so it has to come from a file",
	} {
		_, err := Parse([]string{text})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error with %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "pw1") {
			t.Errorf("%s: the error shows the secret: %v", text, err)
		}
	}
}

// Every option that package opt says can be read can be shown.
func TestShow(t *testing.T) {
	zctx := testlib.Context(t)
	sock := testkit.Socket(t, zctx, zmq.DEALER, opt.RoutingID.To("me"), opt.Linger.To(-1), opt.PlainUsername.To("joe"))
	got := map[string]string{}
	for _, o := range All() {
		if text, err := o.Show(zctx, sock); err == nil {
			got[o.Name] = fmt.Sprintf("%s %s", o.Type(), text)
		}
	}
	for name, want := range map[string]string{
		"linger": "time forever", "routing_id": `bytes "me"`, "immediate": "on/off off", "rcvhwm": "number 1000",
		"affinity": "number 0", "plain_username": "text (secret)", "io_threads": "number 1", "blocky": "on/off on",
		"handshake_ivl": "time 30s", "last_endpoint": `text ""`,
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}
