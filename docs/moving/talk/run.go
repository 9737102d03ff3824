package talk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/docs/moving/after"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
	"gozmq/opt"
)

// Run has the programs of old talk with those of gozmq.
func Run(t *testing.T, old Library) {
	t.Run("request and reply", func(t *testing.T) { pairs(t, old, request) })
	t.Run("publish and subscribe", func(t *testing.T) { pairs(t, old, publish) })
	t.Run("publish what all get", func(t *testing.T) { publishAll(t, old) })
	t.Run("silence", func(t *testing.T) { silence(t, old) })
	t.Run("server with workers", func(t *testing.T) { pairs(t, old, serve) })
	t.Run("pipeline", func(t *testing.T) { pairs(t, old, pipeline) })
	t.Run("security", func(t *testing.T) { pairs(t, old, security) })
	t.Run("passwords", func(t *testing.T) { pairs(t, old, passwords) })
	t.Run("delivery", func(t *testing.T) { pairs(t, old, delivery) })
	t.Run("watch", func(t *testing.T) { watch(t, old) })
	t.Run("react", func(t *testing.T) { react(t, old) })
	t.Run("echo", func(t *testing.T) { echo(t, old) })
	t.Run("monitor", func(t *testing.T) { monitor(t, old) })
	t.Run("proxy", func(t *testing.T) { forward(t, old) })
}

// background runs a program that serves, until the test ends. That it ends is
// part of what is tested.
func background(t *testing.T, what string, f func(ctx context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- f(ctx) }()
	t.Cleanup(func() {
		early := len(ended) > 0
		cancel()
		testkit.Returns(t, what, func() {
			if err := <-ended; early {
				t.Errorf("%s ended before it was told to: %v", what, err)
			}
		})
	})
}

// lacks ends a test that the old library has no program for.
func lacks(t *testing.T, programs ...bool) {
	t.Helper()
	if slices.Contains(programs, true) {
		t.Skip("its package has no such program")
	}
}

func ipc(t *testing.T) string { return testkit.Endpoint(t, "ipc") }

func request(t *testing.T, server, client Library) {
	lacks(t, server.Answer == nil, client.Ask == nil)
	endpoint := ipc(t)
	background(t, "Answer", func(ctx context.Context) error { return server.Answer(ctx, endpoint) })
	for _, name := range []string{"one", "two"} {
		got, err := client.Ask(testkit.Soon(t), endpoint, name)
		if err != nil {
			t.Fatal(err)
		}
		if want := "hello, " + name; got != want {
			t.Errorf("answer %q, want %q", got, want)
		}
	}
}

func publish(t *testing.T, publisher, subscriber Library) {
	lacks(t, publisher.Publish == nil, subscriber.Subscribe == nil)
	endpoint := ipc(t)
	background(t, "Publish", func(ctx context.Context) error { return publisher.Publish(ctx, endpoint) })
	got, err := subscriber.Subscribe(testkit.Soon(t), endpoint, "weather.oslo", 3)
	if err != nil {
		t.Fatal(err)
	}
	first, err := strconv.Atoi(got[0])
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i := range 3 {
		want = append(want, strconv.Itoa(first+i))
	}
	if !slices.Equal(got, want) {
		t.Errorf("reports %q, want %q: each once, of one town", got, want)
	}
}

// publishAll has a subscriber that gets everything from the first message on.
func publishAll(t *testing.T, subscriber Library) {
	lacks(t, subscriber.Subscribe == nil)
	endpoint := ipc(t)
	reports := []string{"1", "2", "3"}
	zctx := testlib.Context(t)
	group := testkit.NewGroup(t)
	group.Go(func() error { return after.PublishAll(testkit.Soon(t), zctx, endpoint, "topic", reports) })
	got, err := subscriber.Subscribe(testkit.Soon(t), endpoint, "topic", len(reports))
	if err != nil {
		t.Fatal(err)
	}
	group.Wait()
	if !slices.Equal(got, reports) {
		t.Errorf("reports %q, want %q", got, reports)
	}
}

// silence has a server that does not answer the first try of a client.
func silence(t *testing.T, client Library) {
	lacks(t, client.Ask == nil)
	router, endpoint := testkit.Bound(t, testlib.Context(t), zmq.ROUTER, "ipc")
	background(t, "the silent server", func(ctx context.Context) error {
		for tries := 1; ; tries++ {
			request, err := router.Recv(ctx)
			if err != nil {
				return err
			}
			if tries == 1 {
				continue
			}
			envelope := request[:len(request)-1]
			if err := router.Send(ctx, append(envelope, []byte("late"))...); err != nil {
				return err
			}
		}
	})
	got, err := client.Ask(testkit.Soon(t), endpoint, "name")
	if err != nil || got != "late" {
		t.Errorf("answer %q, %v", got, err)
	}
}

func serve(t *testing.T, server, client Library) {
	lacks(t, server.Serve == nil, client.AskAll == nil)
	endpoint := ipc(t)
	background(t, "Serve", func(ctx context.Context) error { return server.Serve(ctx, endpoint, 3) })
	var requests, want []string
	for i := range 20 {
		requests = append(requests, fmt.Sprintf("request %02d", i))
		want = append(want, fmt.Sprintf("REQUEST %02d", i))
	}
	got, err := client.AskAll(testkit.Soon(t), endpoint, requests)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got) // workers may overtake each other
	if !slices.Equal(got, want) {
		t.Errorf("replies %q, want %q", got, want)
	}
}

// pipeline has a at both ends and b as the workers.
func pipeline(t *testing.T, a, b Library) {
	lacks(t, a.Ventilate == nil, a.Collect == nil, b.Work == nil)
	ventilator, sink := ipc(t), ipc(t)
	workers := 2
	if a.OneWorker || b.OneWorker {
		workers = 1
	}
	for range workers {
		background(t, "Work", func(ctx context.Context) error { return b.Work(ctx, ventilator, sink) })
	}
	group := testkit.NewGroup(t)
	defer group.Wait()
	tasks := strings.Fields("a b c d e f g h i j k l m n")
	group.Go(func() error { return a.Ventilate(testkit.Soon(t), ventilator, tasks) })
	got, err := a.Collect(testkit.Soon(t), sink, len(tasks))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if want := strings.Fields(strings.ToUpper(strings.Join(tasks, " "))); !slices.Equal(got, want) {
		t.Errorf("results %q, want %q", got, want)
	}
}

func security(t *testing.T, server, client Library) {
	lacks(t, server.AnswerFriends == nil, client.AskSecretly == nil)
	endpoint := ipc(t)
	house, friend, stranger := newKeys(t), newKeys(t), newKeys(t)
	background(t, "AnswerFriends", func(ctx context.Context) error {
		return server.AnswerFriends(ctx, endpoint, house, friend.Public)
	})
	got, err := client.AskSecretly(testkit.Soon(t), endpoint, house.Public, friend, "gopher")
	if err != nil {
		t.Fatal(err)
	}
	if want := "welcome, gopher"; got != want {
		t.Errorf("answer %q, want %q", got, want)
	}
	expectRefusal(t, endpoint, house, stranger)
}

// expectRefusal sees that the server does not let a client in.
func expectRefusal(t *testing.T, endpoint string, server, client Keys) {
	t.Helper()
	public, err := curve.ParsePublic(server.Public)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := curve.ParseSecret(client.Secret)
	if err != nil {
		t.Fatal(err)
	}
	req := testkit.Socket(t, testlib.Context(t), zmq.REQ, curve.Client(public, secret))
	m, err := req.Monitor(zmq.EventHandshakeAuth, zmq.EventHandshakeSucceeded)
	if err != nil {
		t.Fatal(err)
	}
	if err := req.Connect(endpoint); err != nil {
		t.Fatal(err)
	}
	event, err := m.Recv(testkit.Soon(t))
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(event.Err, zmq.AuthDenied) {
		t.Errorf("a stranger's handshake ended with %v, want a refusal", event)
	}
}

func passwords(t *testing.T, server, client Library) {
	lacks(t, server.AnswerUsers == nil, client.AskAsUser == nil)
	endpoint := ipc(t)
	background(t, "AnswerUsers", func(ctx context.Context) error {
		return server.AnswerUsers(ctx, endpoint, map[string]string{"alice": "rabbit"})
	})
	got, err := client.AskAsUser(testkit.Soon(t), endpoint, "alice", "rabbit")
	if want := "welcome, alice"; err != nil || got != want {
		t.Errorf("answer %q, %v, want %q", got, err, want)
	}
}

// delivery has the messages of one program consumed by the other, until that
// is told to stop.
func delivery(t *testing.T, sender, receiver Library) {
	lacks(t, sender.Deliver == nil, receiver.Consume == nil)
	endpoint := ipc(t)
	var messages []string
	for i := range 500 {
		messages = append(messages, testkit.Numbered(i))
	}
	got := make(chan string, len(messages))
	ended := make(chan error, 1)
	go func() { ended <- receiver.Consume(endpoint, func(m string) { got <- m }) }()
	if err := sender.Deliver(testkit.Soon(t), endpoint, messages); err != nil {
		t.Error(err)
	}
	for _, want := range messages {
		if m := take(t, got); m != want {
			t.Fatalf("message %q, want %q", m, want)
		}
	}
	signals := make(chan os.Signal, 1) // should Consume have ended already, this keeps the process
	signal.Notify(signals, syscall.SIGTERM)
	defer signal.Stop(signals)
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGTERM); err != nil { // Consume catches it
		t.Fatal(err)
	}
	if err := take(t, ended); err != nil {
		t.Error(err)
	}
}

// take waits for what comes from a channel.
func take[T any](t *testing.T, ch <-chan T) (v T) {
	t.Helper()
	testkit.Returns(t, "the program", func() { v = <-ch })
	return v
}

// sources makes a publisher and a source of tasks, for a program to watch.
func sources(t *testing.T) (pub, push *zmq.Socket, news, tasks string) {
	t.Helper()
	zctx := testlib.Context(t)
	pub, news = testkit.Bound(t, zctx, zmq.XPUB, "ipc")
	push, tasks = testkit.Bound(t, zctx, zmq.PUSH, "ipc")
	return pub, push, news, tasks
}

func watch(t *testing.T, l Library) {
	lacks(t, l.Watch == nil)
	pub, push, news, tasks := sources(t)
	seen := make(chan string, 10)
	background(t, "Watch", func(ctx context.Context) error {
		return l.Watch(ctx, news, tasks, func(m string) { seen <- m })
	})
	expectBoth(t, pub, push, seen)
}

// expectBoth sees that what is sent to a program from two sides arrives.
func expectBoth(t *testing.T, pub, push *zmq.Socket, seen <-chan string) {
	t.Helper()
	if err := pub.WaitSubscription(testkit.Soon(t), ""); err != nil {
		t.Fatal(err)
	}
	testkit.Send(t, pub, "news")
	if m := take(t, seen); m != "news" {
		t.Errorf("saw %q", m)
	}
	testkit.Send(t, push, "task")
	if m := take(t, seen); m != "task" {
		t.Errorf("saw %q", m)
	}
}

func react(t *testing.T, l Library) {
	lacks(t, l.React == nil)
	pub, push, news, tasks := sources(t)
	seen, ticks := make(chan string, 10), make(chan bool)
	background(t, "React", func(ctx context.Context) error {
		return l.React(ctx, news, tasks, func(m string) { seen <- m }, func() {
			select {
			case ticks <- true:
			default:
			}
		})
	})
	expectBoth(t, pub, push, seen)
	take(t, ticks)
}

func echo(t *testing.T, l Library) {
	lacks(t, l.Echo == nil)
	endpoint := ipc(t)
	background(t, "Echo", func(ctx context.Context) error { return l.Echo(ctx, endpoint) })
	dealer := testkit.Connected(t, testlib.Context(t), zmq.DEALER, endpoint)
	for i := range 10 {
		testkit.Send(t, dealer, "message", testkit.Numbered(i))
		testkit.Expect(t, dealer, "message", testkit.Numbered(i))
	}
}

func monitor(t *testing.T, l Library) {
	lacks(t, l.Observe == nil)
	endpoint := ipc(t)
	var mu sync.Mutex
	var events []string
	lost := make(chan bool, 1)
	background(t, "Observe", func(ctx context.Context) error {
		return l.Observe(ctx, endpoint, func(event, address string) {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, event)
			if address != endpoint {
				t.Errorf("%s of %q, want %q", event, address, endpoint)
			}
			if event == "DISCONNECTED" {
				lost <- true
			}
		})
	})
	peer := testkit.Connected(t, testlib.Context(t), zmq.DEALER, endpoint, zmq.TrackPeers())
	if err := peer.WaitPeers(testkit.Soon(t), 1); err != nil {
		t.Fatal(err)
	}
	if err := peer.Close(); err != nil {
		t.Fatal(err)
	}
	take(t, lost)
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"LISTENING", "ACCEPTED", "HANDSHAKE_SUCCEEDED", "DISCONNECTED"}; !slices.Equal(events, want) {
		t.Errorf("events %q, want %q", events, want)
	}
}

func forward(t *testing.T, l Library) {
	lacks(t, l.Forward == nil)
	in, out := ipc(t), ipc(t)
	background(t, "Forward", func(ctx context.Context) error { return l.Forward(ctx, in, out) })
	zctx := testlib.Context(t)
	pub := testkit.Connected(t, zctx, zmq.PUB, in)
	sub := testkit.Connected(t, zctx, zmq.SUB, out, opt.Subscribe.To([]byte("a")))
	background(t, "the publisher", func(ctx context.Context) error {
		for { // the subscription takes a while
			if err := errors.Join(pub.Send(ctx, []byte("b")), pub.Send(ctx, []byte("a"), []byte("body"))); err != nil {
				return err
			}
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	testkit.Expect(t, sub, "a", "body")
}
