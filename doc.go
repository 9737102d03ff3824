// Package zmq is ZeroMQ for Go: sockets that send whole messages to one peer or
// many, over networks, between processes and within one, and that connect,
// reconnect and queue by themselves.
//
// This page reads from top to bottom as a tutorial. All of its code is compiled
// and run as the examples of this package.
//
// # Sockets and contexts
//
// A [Context] owns what sockets share; a program usually has one, made in main.
// It comes from libzmq.NewContext, with ZeroMQ's own C library underneath. A
// context.Context is something else: it says how long a call may wait. In all
// code here the first is zctx, the second ctx.
//
// A [Socket] has a type, which is its part in a conversation. One side binds an
// endpoint, the other connects to it, in any order: Connect returns at once and
// goes on trying. Which side binds has nothing to do with who speaks. Usually
// the one that stays, or that others know the address of, binds.
//
//   - REQ and REP: a request and its reply, in turn
//   - PUB and SUB: to all who have subscribed
//   - PUSH and PULL: each message to one of several workers
//   - PAIR: two sockets that have each other and nobody else
//   - DEALER and ROUTER: requests and replies without turns, by address
//   - XPUB and XSUB: PUB and SUB that see the subscriptions, for proxies
//   - STREAM: plain TCP peers
//
// The types from SERVER on are drafts of ZeroMQ, and need a library that was
// built with them.
//
// An endpoint is a transport and an address: "tcp://127.0.0.1:5555",
// "ipc:///run/x.sock" between processes of a machine, "inproc://name" within
// one Context. "tcp://127.0.0.1:*" lets the system choose a port;
// [Socket.LastEndpoint] says which.
//
// # Request and reply
//
// A server receives, and sends its reply to who asked:
//
//	// answer greets whoever asks, until ctx ends.
//	func answer(ctx context.Context, rep *zmq.Socket) error {
//		for {
//			name, err := rep.Recv(ctx)
//			if err != nil {
//				return err
//			}
//			if err := rep.Send(ctx, []byte("hello, "+string(name[0]))); err != nil {
//				return err
//			}
//		}
//	}
//
// A client asks, and waits:
//
//	// ask sends one request and waits for its reply.
//	func ask(ctx context.Context, req *zmq.Socket, endpoint, name string) ([][]byte, error) {
//		if err := req.Connect(endpoint); err != nil {
//			return nil, err
//		}
//		if err := req.Send(ctx, []byte(name)); err != nil {
//			return nil, err
//		}
//		return req.Recv(ctx)
//	}
//
// Both in one program, which imports
//
//	zmq "gozmq"
//	"gozmq/libzmq"
//
// and has this in main:
//
//	zctx, err := libzmq.NewContext()
//	if err != nil {
//		log.Fatal(err)
//	}
//	defer zctx.Close()
//	rep, repErr := zctx.NewSocket(zmq.REP)
//	req, reqErr := zctx.NewSocket(zmq.REQ)
//	if err := errors.Join(repErr, reqErr); err != nil {
//		log.Fatal(err)
//	}
//	if err := rep.Bind("tcp://127.0.0.1:*"); err != nil {
//		log.Fatal(err)
//	}
//
//	ctx, cancel := context.WithCancel(context.Background())
//	done := make(chan error, 1)
//	go func() { done <- answer(ctx, rep) }()
//	reply, err := ask(ctx, req, rep.LastEndpoint(), "gopher")
//	if err != nil {
//		log.Fatal(err)
//	}
//	fmt.Printf("%s\n", reply[0])
//	cancel()
//	fmt.Println(errors.Is(<-done, context.Canceled))
//
// REQ and REP take turns: a second request before the reply is [ErrState]. If
// the server dies after it has got the request, no reply ever comes. A
// [Requester] asks again, asks another server, and can be shared by any number
// of goroutines; use it for all but the simplest clients.
//
//	r, err := zmq.NewRequester(zctx, zmq.RequesterConfig{
//		Endpoints: []string{server.LastEndpoint()},
//		Timeout:   2 * time.Second,
//		Retries:   3,
//	})
//
// # Messages
//
// A message is one or more frames of bytes. It is sent and received whole, or
// not at all; there is no flag that says "more". What the frames mean is up to
// the program, but for types that address peers by the first ones (ROUTER) or
// select by the first one (SUB).
//
//	// order sends one message of two frames: what it is about, and the order.
//	func order(ctx context.Context, push *zmq.Socket, table, dish string) error {
//		return push.Send(ctx, []byte(table), []byte(dish))
//	}
//
// [Socket.Send] copies: the bytes are the caller's again when it returns. How many
// frames there are, and what is in them, is for the receiver to check; peers may
// send anything.
//
//	// next receives one message. Its frames are the caller's for good.
//	func next(ctx context.Context, pull *zmq.Socket) (table, dish string, err error) {
//		frames, err := pull.Recv(ctx)
//		if err != nil {
//			return "", "", err
//		}
//		if len(frames) != 2 {
//			return "", "", fmt.Errorf("an order of %d frames", len(frames))
//		}
//		return string(frames[0]), string(frames[1]), nil
//	}
//
// A [Msg] keeps its storage from one receive to the next, so that receiving
// allocates nothing; its frames are valid until then. [Socket.Messages] is a loop
// over one:
//
//	// count receives n messages and adds up their bytes. The loop uses one Msg
//	// again and again, and allocates nothing.
//	func count(ctx context.Context, pull *zmq.Socket, n int) (bytes int, err error) {
//		for m, err := range pull.Messages(ctx) {
//			if err != nil {
//				return bytes, err
//			}
//			for _, frame := range m.Frames() {
//				bytes += len(frame)
//			}
//			if n--; n == 0 {
//				break
//			}
//		}
//		return bytes, nil
//	}
//
// Many small messages go faster together: [Socket.SendBatch], [Socket.RecvBatch]
// and [Socket.Batches].
//
// # Waiting
//
// Every call that can wait takes a [context.Context] and returns as soon as it
// ends. Ending it never loses, splits or doubles a message, and the socket stays
// usable. A time limit is a context too:
//
//	// recvWithin waits for a message, but not for longer than limit.
//	func recvWithin(ctx context.Context, sock *zmq.Socket, limit time.Duration) ([][]byte, error) {
//		ctx, cancel := context.WithTimeout(ctx, limit)
//		defer cancel()
//		return sock.Recv(ctx)
//	}
//
// [Socket.TryRecv] and [Socket.TrySend] do not wait; where they would have to,
// they return [ErrAgain]. To wait for several sockets, and for other things, at
// once, give each a goroutine that hands its messages to a channel:
//
//	go func() { failed <- work.RecvTo(ctx, working) }()
//	go func() { failed <- orders.RecvTo(ctx, ordered) }()
//	for {
//		select {
//		case m := <-working:
//			fmt.Printf("work: %s\n", m.Frame(0))
//		case m := <-ordered:
//			fmt.Printf("order: %s\n", m.Frame(0))
//			return nil
//		case <-tick:
//			fmt.Println("still here")
//		case err := <-failed:
//			return err
//		}
//	}
//
// A [Poller] does it without channels, for loops that are ported from C and for
// raw file descriptors.
//
// # Goroutines
//
// Every method of a Context and a Socket may be called from any goroutine,
// several at once. One may wait in Recv while others send. A goroutine that
// waits costs no thread. So a pool of workers shares its sockets:
//
//	// hire runs n workers, which share the two sockets.
//	func hire(ctx context.Context, n int, tasks, results *zmq.Socket) *sync.WaitGroup {
//		var workers sync.WaitGroup
//		for range n {
//			workers.Add(1)
//			go func() {
//				defer workers.Done()
//				if err := work(ctx, tasks, results); ctx.Err() == nil {
//					log.Println(err) // else it was told to end
//				}
//			}()
//		}
//		return &workers
//	}
//
// REQ and REP are the exception in kind, not in safety: they hold one
// conversation, so goroutines that share one take each other's turn. A [Msg]
// belongs to one goroutine at a time, as a []byte does.
//
// # Publish and subscribe
//
// A PUB sends to all who have subscribed by then. It never waits: a subscriber
// that is not there yet, or too slow, misses messages. A subscription is a prefix
// of the first frame.
//
//	// subscribe prints what begins with "weather.", until the end.
//	func subscribe(ctx context.Context, sub *zmq.Socket, endpoint string) error {
//		if err := sub.Subscribe("weather."); err != nil {
//			return err
//		}
//		if err := sub.Connect(endpoint); err != nil {
//			return err
//		}
//		for m, err := range sub.Messages(ctx) {
//			if err != nil {
//				return err
//			}
//			if m.Len() < 2 {
//				break
//			}
//			fmt.Printf("%s: %s\n", m.Frame(0), m.Frame(1))
//		}
//		return nil
//	}
//
// A publisher that must not speak too early is an XPUB, which is told of
// subscriptions, and waits for them:
//
//	// publish sends the weather when somebody is there to hear it.
//	func publish(ctx context.Context, pub *zmq.Socket) error {
//		if err := pub.WaitSubscription(ctx, "weather."); err != nil {
//			return err
//		}
//		for _, place := range []string{"london", "paris"} {
//			if err := pub.Send(ctx, []byte("weather."+place), []byte("rain")); err != nil {
//				return err
//			}
//		}
//		return pub.Send(ctx, []byte("weather.end"))
//	}
//
// # Pipelines
//
// PUSH deals messages out to its PULL peers in turn and waits when none can take
// one; PULL hears all PUSH peers in turn.
//
//	// work takes tasks, and sends on what becomes of them, until ctx ends.
//	func work(ctx context.Context, tasks, results *zmq.Socket) error {
//		for m, err := range tasks.Messages(ctx) {
//			if err != nil {
//				return err
//			}
//			if err := results.Send(ctx, bytes.ToUpper(m.Frame(0))); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// # Addresses: ROUTER
//
// A ROUTER puts the routing id of the peer before each message that it receives,
// and takes the first frame of what it sends for the id of who is to get it. So
// it can answer many clients at once, in any order, or speak first:
//
//	// reply answers a request of any client. A ROUTER puts the client's routing id
//	// before the message, and sends to the one that is there.
//	func reply(ctx context.Context, router *zmq.Socket) error {
//		request, err := router.Recv(ctx)
//		if err != nil {
//			return err
//		}
//		body := len(request) - 1 // before it: the routing id, and what else came along
//		request[body] = []byte("you said " + string(request[body]))
//		return router.Send(ctx, request...)
//	}
//
// Without opt.RouterMandatory, messages for ids that nobody has are dropped.
//
// # Options
//
// Package opt has every option of ZeroMQ as a typed constant. To makes a setting
// of it, for NewContext, [Context.NewSocket] and the Set methods; Get reads it.
// Each says its unit, its default, its range, and when it takes effect: most count
// for later Bind and Connect calls only, so give them to NewSocket.
//
//	return zctx.NewSocket(zmq.SUB,
//		opt.RecvHWM.To(10_000),
//		opt.HeartbeatInterval.To(2*time.Second),
//		opt.MaxMsgSize.To(1<<20),
//	)
//
// Queues have limits: opt.SendHWM and opt.RecvHWM count messages for each peer,
// 1000 by default. At the limit PUSH, DEALER, REQ and PAIR wait, PUB, XPUB and
// ROUTER drop.
//
// # Errors
//
// Errors are *[Error], which says what was tried on what, and a reason that
// errors.Is finds: a [Code], which is one of the standard library's where that has
// one, or a syscall.Errno.
//
//	switch {
//	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
//		return "the caller's ctx ended"
//	case errors.Is(err, os.ErrDeadlineExceeded):
//		return "opt.SendTimeout or opt.RecvTimeout has passed"
//	case errors.Is(err, net.ErrClosed):
//		return "the socket or its context is closed"
//	case errors.Is(err, syscall.EADDRINUSE):
//		return "somebody else has this address"
//	case errors.Is(err, zmq.ErrState):
//		return "it is the peer's turn"
//	case errors.Is(err, errors.ErrUnsupported):
//		return "this socket type, or this library, cannot do that"
//	}
//
// That a peer is not there is no error: sockets wait for it, and connect again
// when it was lost.
//
// # Closing
//
// Send returns when the socket has accepted a message, not when a peer has it.
// [Socket.Close] returns at once and wakes all calls on the socket; what it has
// accepted goes on in the background for opt.Linger, for ever by default.
// [Context.Shutdown] closes all sockets, waits until everything is handed over,
// and says whether it was. [Context.Close] is that with a limit of five seconds.
// Nothing is closed by the garbage collector.
//
//	// serve runs handle until the process is told to end, then waits for what was
//	// sent to be on its way.
//	func serve(zctx *zmq.Context, handle func(context.Context) error) error {
//		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
//		defer stop()
//		if err := handle(ctx); !errors.Is(err, context.Canceled) {
//			return errors.Join(err, zctx.Close())
//		}
//		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
//		defer cancel()
//		return zctx.Shutdown(ctx)
//	}
//
// # Security
//
// Package curve encrypts and proves who is at both ends, with a setting on either
// side. Packages plain (passwords), gssapi (Kerberos) and zap (who is let in, by
// rules of the program's own) are used alike.
//
//	// newServer makes a REP that encrypts, and lets in the clients it knows.
//	func newServer(zctx *zmq.Context, own curve.Secret, clients ...curve.Public) (*zmq.Socket, error) {
//		return zctx.NewSocket(zmq.REP, curve.Server(own, curve.Allow(clients...)))
//	}
//
//	// newClient makes a REQ that talks to this server and to no other.
//	func newClient(zctx *zmq.Context, own curve.Secret, server curve.Public) (*zmq.Socket, error) {
//		return zctx.NewSocket(zmq.REQ, curve.Client(server, own))
//	}
//
// A client that is refused waits for ever in Send and Recv; a [Monitor] tells why.
//
// # Monitoring
//
// A [Monitor] reports what happens to a socket's connections: made, lost, refused,
// and why. It is read as an iterator, or writes to a log:
//
//	monitor, err := sock.Monitor(zmq.EventAll) // before Bind and Connect: nothing is missed
//	if err != nil {
//		sock.Close()
//		return nil, err
//	}
//	go func() {
//		defer monitor.Close()
//		_ = monitor.Log(ctx, logger) // until the socket or ctx ends
//	}()
//
// [Socket.WaitPeers] waits until so many peers are there; [TrackPeers] among a
// socket's settings makes it count them.
//
// # Where to go on
//
// The folder docs of the repository has a page for each pattern, the rules of
// ZeroMQ as they look in Go (docs/rules.md), answers to questions (docs/faq.md),
// and guides from other Go libraries (docs/moving). The folder examples has the
// patterns of the ZeroMQ guide as programs. [Proxy] is a broker. Package
// libzmq/capi is the C API itself.
package zmq
