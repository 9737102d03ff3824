package zap_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/netip"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
	"gozmq/plain"
	"gozmq/zap"
)

// A handler for all sockets of a context, with what it knows from elsewhere.
func ExampleServe() {
	zctx, err := libzmq.NewContext()
	if err != nil {
		log.Fatal(err)
	}
	defer zctx.Close()

	passwords := func(context.Context, string) (string, error) { return "secret", nil } // asks a database
	srv, err := zap.Serve(zctx, zap.HandlerFunc(func(ctx context.Context, r *zap.Request) zap.Response {
		want, err := passwords(ctx, r.Username)
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			return zap.TryLater("the database is slow")
		case err != nil || r.Mechanism != "PLAIN" || !r.Password.Equal(want):
			return zap.Deny("wrong user name or password")
		}
		return zap.Response{Status: zap.StatusAllow, UserID: r.Username, Metadata: map[string]string{"Role": "admin"}}
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()

	server, err := zctx.NewSocket(zmq.PULL, opt.PlainServer.To(true), zap.Domain("jobs"))
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
	fmt.Printf("%s, from %s, who is %s\n", m.Frame(0), m.Property("User-Id"), m.Property("Role"))
	// Output: hello, from alice, who is admin
}

// Handlers are made of others.
func ExampleAll() {
	office := zap.AllowFrom(netip.MustParsePrefix("192.0.2.0/24"))
	users := plain.Passwords(map[string]string{"alice": "secret"})
	both := zap.All(office, users)

	r := &zap.Request{Mechanism: "PLAIN", Username: "alice", Password: zap.NewPassword("secret")}
	r.Address = "192.0.2.7"
	fmt.Println(both.Authenticate(context.Background(), r).Status)
	r.Address = "198.51.100.1"
	fmt.Println(both.Authenticate(context.Background(), r).Status)
	// Output:
	// 200 allow
	// 400 deny
}

// One handler for each domain, which zap.Domain gives to sockets. What no
// handler speaks for is denied.
func ExampleMux() {
	var mux zap.Mux
	mux.Handle("metrics", zap.AllowFrom(netip.MustParsePrefix("192.0.2.0/24")))
	mux.Handle("admin", plain.Passwords(map[string]string{"alice": "secret"}))

	for _, r := range []*zap.Request{
		{Domain: "metrics", Mechanism: "NULL", Address: "192.0.2.7"},
		{Domain: "metrics", Mechanism: "NULL", Address: "198.51.100.7"},
		{Domain: "admin", Mechanism: "PLAIN", Username: "alice", Password: zap.NewPassword("secret")},
		{Domain: "backdoor", Mechanism: "NULL", Address: "192.0.2.7"},
	} {
		fmt.Println(r.Domain, mux.Authenticate(context.Background(), r).Status)
	}
	// Output:
	// metrics 200 allow
	// metrics 400 deny
	// admin 200 allow
	// backdoor 400 deny
}
