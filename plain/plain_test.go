package plain_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"sync"
	"testing"
	"time"

	zmq "gozmq"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/plain"
	"gozmq/zap"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func ask(u *plain.Users, mechanism, user, password string) zap.Status {
	return u.Authenticate(context.Background(), &zap.Request{Mechanism: mechanism, Username: user,
		Password: zap.NewPassword(password)}).Status
}

func TestUsers(t *testing.T) {
	u := plain.Passwords(map[string]string{"alice": "secret", "empty": ""})
	for _, c := range []struct {
		mechanism, user, password string
		want                      zap.Status
	}{
		{"PLAIN", "alice", "secret", zap.StatusAllow},
		{"PLAIN", "alice", "Secret", zap.StatusDeny},
		{"PLAIN", "alice", "", zap.StatusDeny},
		{"PLAIN", "Alice", "secret", zap.StatusDeny},
		{"PLAIN", "", "", zap.StatusDeny},
		{"PLAIN", "empty", "", zap.StatusAllow},
		{"CURVE", "alice", "secret", zap.StatusDeny},
		{"NULL", "", "", zap.StatusDeny},
	} {
		if got := ask(u, c.mechanism, c.user, c.password); got != c.want {
			t.Errorf("%v: %v", c, got)
		}
	}
	u.Set("alice", "new")
	if ask(u, "PLAIN", "alice", "secret") != zap.StatusDeny || ask(u, "PLAIN", "alice", "new") != zap.StatusAllow {
		t.Error("Set does not count")
	}
	u.Remove("alice", "nobody")
	if ask(u, "PLAIN", "alice", "new") != zap.StatusDeny || u.Len() != 1 {
		t.Error("Remove does not count")
	}
	u.Replace(nil)
	if u.Len() != 0 {
		t.Error("Replace does not count")
	}
	var zero plain.Users
	if ask(&zero, "PLAIN", "", "") != zap.StatusDeny {
		t.Error("no users let somebody in")
	}
	zero.Set("a", "b")
	if ask(&zero, "PLAIN", "a", "b") != zap.StatusAllow {
		t.Error("the zero Users does not work")
	}
}

func TestUsersChangeWhileAsked(t *testing.T) {
	u := plain.Passwords(map[string]string{"alice": "secret"})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for range 200 {
				u.Set(fmt.Sprint(i), "x")
				u.Remove(fmt.Sprint(i))
			}
		}()
		go func() {
			defer wg.Done()
			for range 200 {
				if ask(u, "PLAIN", "alice", "secret") != zap.StatusAllow {
					t.Error("alice is not let in")
				}
			}
		}()
	}
	wg.Wait()
}

// O29: passwords appear nowhere by accident.
func TestRedacted(t *testing.T) {
	const hush = "hush-hush"
	u := plain.Passwords(map[string]string{"alice": hush})
	for _, v := range []any{u, plain.Client("alice", hush), plain.Server(u), []zmq.Setting{plain.Client("alice", hush)},
		struct{ s zmq.Setting }{plain.Client("alice", hush)}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			got := fmt.Sprintf(verb, v)
			if strings.Contains(got, hush) || strings.Contains(got, fmt.Sprintf("%x", hush)) ||
				strings.Contains(got, strings.Trim(fmt.Sprint([]byte(hush)), "[]")) {
				t.Errorf("%s of %T shows it: %s", verb, v, got)
			}
		}
	}
	zctx := testlib.Context(t)
	_, err := zctx.NewSocket(zmq.PUSH, plain.Client("alice", hush+strings.Repeat("x", 255)))
	if err == nil || strings.Contains(err.Error(), hush) {
		t.Errorf("a password that is too long: %v", err)
	}
}

func Example() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()

	users := plain.Passwords(map[string]string{"alice": "secret"})
	server, err := zctx.NewSocket(zmq.PULL, plain.Server(users))
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Bind("tcp://127.0.0.1:*"); err != nil {
		log.Fatal(err)
	}
	client, err := zctx.NewSocket(zmq.PUSH, plain.Client("alice", "secret"))
	if err != nil {
		log.Fatal(err)
	}
	if err := client.Connect(server.LastEndpoint()); err != nil {
		log.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := client.Send(ctx, []byte("hello")); err != nil {
		log.Fatal(err)
	}
	var m zmq.Msg
	if err := server.RecvMsg(ctx, &m); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, from %s\n", m.Frame(0), m.Property("User-Id"))
	// Output: hello, from alice
}
