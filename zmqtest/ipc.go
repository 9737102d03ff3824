package zmqtest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/wire"
	"gozmq/opt"
)

var onlyIPC = []string{"ipc"}

// Section M: ipc.
var ipc = []row{
	{
		id: "M1", over: onlyIPC,
		must: "ipc://* is a path of its own, which LastEndpoint says; closing the socket leaves nothing of it",
		test: anyPath,
	},
	{
		id: "M2", over: onlyIPC,
		must: "a second Bind of a path takes it over: who connects from then on reaches the second socket",
		test: pathIsTakenOver,
	},
	{
		id: "M3", over: onlyIPC,
		must: "ipc://@name is a name without a file, taken while it is bound; ipc://@ is ErrInvalid (Linux)",
		test: abstractNames,
	},
	{
		id: "M4", over: onlyIPC,
		must: "with IPC_FILTER_PID, UID or GID only peers get in of which one is listed",
		test: ipcFilters,
	},
	{
		id: "M5", over: onlyIPC,
		must: "where there is no folder for the path Bind is ENOENT, and Connect goes on trying",
		test: func(t *T) {
			dir := filepath.Join(filepath.Dir(path(t.Free())), "later")
			endpoint := "ipc://" + dir + "/s"
			pull := t.Socket(zmq.PULL)
			t.Refused(pull.Bind(endpoint), syscall.ENOENT)
			push := t.Socket(zmq.PUSH, quickly)
			w := t.Watch(push, zmq.EventConnectRetried)
			t.Connect(push, endpoint)
			t.Send(push, "waits")
			w.Expect(zmq.EventConnectRetried)
			t.OK(os.Mkdir(dir, 0o700))
			t.OK(pull.Bind(endpoint))
			t.Expect(pull, "waits")
		},
	},
	{
		id: "M6", over: onlyIPC,
		must: "a path longer than the system allows is ENAMETOOLONG with that length in its text; one of that length works",
		test: longPaths,
	},
	{
		id: "M7", over: onlyIPC,
		must: "a file that a dead listener has left does not stop Bind",
		test: func(t *T) {
			pull, endpoint := t.Socket(zmq.PULL), staleSocket(t)
			t.OK(pull.Bind(endpoint))
			t.Send(t.Connected(zmq.PUSH, endpoint), "x")
			t.Expect(pull, "x")
		},
	},
	{
		id: "M8", over: onlyIPC,
		must: "the peer's address ends with its user, group and process: :uid:gid:pid (Linux)",
		test: func(t *T) {
			onLinux(t)
			pull, endpoint := t.Bound(zmq.PULL)
			t.Send(t.Connected(zmq.PUSH, endpoint), "x")
			var m zmq.Msg
			t.OK(pull.RecvMsg(testkit.Soon(t), &m))
			want := fmt.Sprintf(":%d:%d:%d", os.Getuid(), os.Getgid(), os.Getpid())
			if got := m.Property("Peer-Address"); !strings.HasSuffix(got, want) {
				t.Errorf("it is %q, want %q at the end", got, want)
			}
		},
	},
}

// path is that of an ipc endpoint.
func path(endpoint string) string { return strings.TrimPrefix(endpoint, "ipc://") }

func onLinux(t *T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has this")
	}
}

// staleSocket is an ipc endpoint whose file is there, of a listener that is
// gone: connections are refused.
func staleSocket(t *T) (endpoint string) {
	t.Helper()
	endpoint = t.Free()
	l, err := net.Listen("unix", path(endpoint))
	t.OK(err)
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	t.OK(l.Close())
	return endpoint
}

func anyPath(t *T) {
	pull := t.Socket(zmq.PULL)
	var paths []string
	for range 2 {
		t.OK(pull.Bind("ipc://*"))
		p := path(pull.LastEndpoint())
		if !filepath.IsAbs(p) || len(paths) > 0 && paths[0] == p {
			t.Errorf("the path is %q after %q", p, paths)
		}
		paths = append(paths, p)
		t.Send(t.Connected(zmq.PUSH, "ipc://"+p), "x")
		t.Expect(pull, "x")
	}
	t.OK(pull.Close())
	for _, p := range paths {
		t.Eventually("the file has gone", func() bool { return !exist(p) })
		if dir := filepath.Dir(p); dir != filepath.Clean(os.TempDir()) {
			t.Eventually("its folder has gone", func() bool { return !exist(dir) })
		}
	}
}

func exist(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func pathIsTakenOver(t *T) {
	first, endpoint := t.Bound(zmq.PULL)
	push := t.Socket(zmq.PUSH, quickly)
	w := t.Watch(push, zmq.EventDisconnected)
	t.Connect(push, endpoint)
	t.Send(push, "to the first")
	t.Expect(first, "to the first")

	second := t.Socket(zmq.PULL)
	t.OK(second.Bind(endpoint))
	t.Send(t.Connected(zmq.PUSH, endpoint), "to the second")
	t.Expect(second, "to the second")
	t.Send(push, "still to the first")
	t.Expect(first, "still to the first")

	t.Drop(first)
	w.Expect(zmq.EventDisconnected)
	t.Send(push, "to the second after all")
	t.Expect(second, "to the second after all")
}

func abstractNames(t *T) {
	onLinux(t)
	name := "@" + filepath.Base(filepath.Dir(path(t.Free()))) // nobody else's
	pull := t.Socket(zmq.PULL)
	t.OK(pull.Bind("ipc://" + name))
	if got := pull.LastEndpoint(); got != "ipc://"+name {
		t.Errorf("LastEndpoint is %q, want %q", got, "ipc://"+name)
	}
	if exist(name) {
		t.Errorf("there is a file %q", name)
	}
	t.Send(t.Connected(zmq.PUSH, "ipc://"+name), "x")
	t.Expect(pull, "x")
	next := t.Socket(zmq.PULL)
	t.Refused(next.Bind("ipc://"+name), syscall.EADDRINUSE)
	t.Drop(pull)
	t.BindAt(next, "ipc://"+name)
	t.Refused(next.Bind("ipc://@"), zmq.ErrInvalid)
	t.Refused(next.Connect("ipc://@"), zmq.ErrInvalid)
}

func ipcFilters(t *T) {
	mine := []zmq.Setting{opt.IPCFilterUID.To(os.Getuid()), opt.IPCFilterGID.To(os.Getgid())}
	others := []zmq.Setting{opt.IPCFilterUID.To(os.Getuid() + 1), opt.IPCFilterGID.To(os.Getgid() + 1)}
	if runtime.GOOS == "linux" {
		mine = append(mine, opt.IPCFilterPID.To(os.Getpid()))
		others = append(others, opt.IPCFilterPID.To(1))
	}
	for i := range mine {
		for _, listed := range []zmq.Setting{mine[i], zmq.Settings(append(others, mine[i])...)} {
			pull, endpoint := t.Bound(zmq.PULL, listed)
			t.Send(t.Connected(zmq.PUSH, endpoint), "x")
			t.Expect(pull, "x")
		}
		for _, listed := range []zmq.Setting{others[i], zmq.Settings(others...)} {
			pull := t.Socket(zmq.PULL, listed)
			w := t.Watch(pull, zmq.EventAcceptFailed)
			if got := wire.Dial(t, t.Bind(pull)).Closed(); len(got) != 0 {
				t.Errorf("%v: who is kept out got %q", listed, got)
			}
			w.Expect(zmq.EventAcceptFailed)
		}
	}
	s := t.Socket(zmq.PULL)
	t.Refused(s.Set(opt.IPCFilterPID.To(-1)), zmq.ErrInvalid)
	t.Refused(s.Set(opt.IPCFilterUID.To(-1)), zmq.ErrInvalid)
	t.Refused(s.Set(opt.IPCFilterGID.To(1<<32)), zmq.ErrInvalid)
}

func longPaths(t *T) {
	const longest = len(syscall.RawSockaddrUnix{}.Path) - 1
	short := path(t.Free())
	full := "ipc://" + short + strings.Repeat("x", longest-len(short))
	pull := t.Socket(zmq.PULL)
	t.OK(pull.Bind(full))
	if got := pull.LastEndpoint(); got != full {
		t.Errorf("LastEndpoint is %q, want %q", got, full)
	}
	t.Send(t.Connected(zmq.PUSH, full), "x")
	t.Expect(pull, "x")
	for _, more := range []string{"x", strings.Repeat("x", 1000)} {
		for _, err := range []error{pull.Bind(full + more), pull.Connect(full + more)} {
			t.Refused(err, syscall.ENAMETOOLONG)
			if !strings.Contains(fmt.Sprint(err), fmt.Sprint(longest)) {
				t.Errorf("%v: it does not say that %d bytes are allowed", err, longest)
			}
		}
	}
}
