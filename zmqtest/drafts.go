package zmqtest

import (
	"fmt"
	"strings"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// Section V: the draft socket types, and transports that not every library or
// machine has.
var drafts = []row{
	{
		id: "V1", needs: "draft", over: all,
		must: "a SERVER knows its CLIENTs by numbers that are not 0, and answers by them; a CLIENT sees none",
		test: func(t *T) {
			server, endpoint := t.Bound(zmq.SERVER)
			ids := map[uint32]bool{}
			for i := range 3 {
				c := t.Connected(zmq.CLIENT, endpoint)
				for range 2 {
					t.Send(c, fmt.Sprint("hello ", i))
					id := t.recvFrom(server, fmt.Sprint("hello ", i))
					ids[id] = true
					t.sendTo(server, id, "reply")
					if from := t.recvFrom(c, "reply"); from != 0 {
						t.Errorf("a CLIENT sees routing id %d", from)
					}
				}
			}
			if len(ids) != 3 || ids[0] {
				t.Errorf("three clients have the ids %v", ids)
			}
		},
	},
	{
		id: "V2", needs: "draft",
		must: "the thread-safe types send one frame alone; any other number is ErrInvalid, and no part of it is sent",
		test: func(t *T) {
			for sends, receives := range oneFrame {
				r, s := t.Pair(receives, sends)
				for _, frames := range [][]string{{}, {"a", "b"}, {"", ""}, {"a", "b", "c"}} {
					t.Refused(t.TrySend(s, frames...), zmq.ErrInvalid)
					t.Refused(s.Send(testkit.Soon(t), testkit.Bytes(frames...)...), zmq.ErrInvalid)
				}
				t.alone(s, r, "whole")
			}
			radio := t.Socket(zmq.RADIO)
			t.Refused(t.TrySend(radio, "a", "b"), zmq.ErrInvalid)
			server := t.Socket(zmq.SERVER)
			t.Refused(t.TrySend(server, "a", "b"), zmq.ErrInvalid)
			peer := t.Socket(zmq.PEER)
			t.Refused(t.TrySend(peer, "a", "b"), zmq.ErrInvalid)
		},
	},
	{
		id: "V3", needs: "draft",
		must: "a SERVER's message for an unknown peer is ErrHostUnreachable, for none ErrNoPeer, and for one that is full ErrAgain",
		test: serverCannotSend,
	},
	{
		id: "V4", needs: "draft", over: remote,
		must: "what comes in several frames to a type of single frames is dropped as a whole, and the next message arrives",
		test: severalFramesAreDropped,
	},
	{
		id: "V5", needs: "draft", over: all,
		must: "many goroutines send and receive on one CLIENT and one SERVER, and lose nothing",
		test: manyOnOne,
	},
	{
		id: "V6", needs: "draft",
		must: "THREAD_SAFE is true for all draft types but DGRAM and false for others; a thread-safe socket has no FD",
		test: func(t *T) {
			for typ := zmq.PAIR; typ <= zmq.CHANNEL; typ++ {
				s := t.Socket(typ)
				safe, err := opt.ThreadSafe.Get(s)
				t.OK(err)
				if safe != (typ >= zmq.SERVER && typ != zmq.DGRAM) {
					t.Errorf("%v: thread-safe is %v", typ, safe)
				}
				if _, err := opt.FD.Get(s); (err != nil) != safe {
					t.Errorf("%v: asking for the FD is %v", typ, err)
				} else if safe {
					t.Refused(err, zmq.ErrInvalid)
				}
			}
		},
	},
	{
		id: "V7", needs: "draft", over: all,
		must: "SCATTER gives its messages to GATHERs in turn, and waits when there is none; GATHER hears all SCATTERs",
		test: scatterGather,
	},
	{
		id: "V8", needs: "draft", over: all,
		must: "RADIO's messages reach the DISHes that have joined exactly that group, joined before, while connected, and until they leave",
		test: groupsAreExact,
	},
	{
		id: "V9", needs: "draft",
		must: "joining twice, leaving what is not joined and groups over 255 bytes are ErrInvalid; a group of 255 bytes works",
		test: func(t *T) {
			dish, endpoint := t.Bound(zmq.DISH)
			long := strings.Repeat("g", 255)
			t.OK(dish.Join("a", long))
			for _, bad := range []string{"a", long, long + "g", "b\x00c"} {
				t.Refused(dish.Join(bad), zmq.ErrInvalid)
			}
			t.Refused(dish.Join(), zmq.ErrInvalid)
			for _, bad := range []string{"b", "", long + "g"} {
				t.Refused(dish.Leave(bad), zmq.ErrInvalid)
			}
			radio := t.Connected(zmq.RADIO, endpoint)
			t.Refused(radio.SendMsg(testkit.Soon(t), inGroup(long+"g", "x")), zmq.ErrInvalid)
			t.radioReaches(radio, dish, long)
			t.OK(dish.Leave("a", long))
			t.Refused(dish.Leave("a"), zmq.ErrInvalid)
			t.Refused(t.Socket(zmq.DEALER).Join("a"), zmq.ErrNotSupported)
			t.Refused(t.Socket(zmq.RADIO).Leave("a"), zmq.ErrNotSupported)
		},
	},
	{
		id: "V10", needs: "draft",
		must: "RADIO reaches DISH over udp, IPv4 and IPv6; DISH cannot connect there, nor RADIO bind",
		test: radioOverUDP,
	},
	{
		id: "V11", needs: "draft",
		must: "RADIO reaches DISH over multicast udp, and not on its own machine with MULTICAST_LOOP off",
		test: radioOverMulticast,
	},
	{
		id: "V12", needs: "draft",
		must: "malformed datagrams are dropped, and a message that no datagram holds is syscall.EMSGSIZE",
		test: isolated(oddDatagrams),
	},
	{
		id: "V13", needs: "draft", over: all,
		must: "PEERs talk both ways by the number that ConnectPeer gives; with IMMEDIATE it is ErrInvalid, with other types ErrNotSupported",
		test: peersByNumber,
	},
	{
		id: "V14", needs: "draft", since: 40306, over: all,
		must: "after DisconnectPeer that peer's number is ErrHostUnreachable, and others go on",
		test: peerIsDisconnected,
	},
	{
		id: "V15", needs: "draft", over: all,
		must: "CHANNEL talks both ways with one peer; who comes second is not heard",
		test: func(t *T) {
			a, endpoint := t.Bound(zmq.CHANNEL)
			b := t.Connected(zmq.CHANNEL, endpoint)
			for range 3 {
				t.Send(b, "there")
				t.Expect(a, "there")
				t.Send(a, "and back")
				t.Expect(b, "and back")
			}
			second := t.Connected(zmq.CHANNEL, endpoint)
			_ = t.TrySend(second, "intruder")
			for range 3 {
				t.Send(b, "there")
				t.Expect(a, "there")
				t.Send(a, "and back")
				t.Expect(b, "and back")
			}
			t.ExpectNone(second)
		},
	},
	{
		id: "V16", needs: "draft",
		must: "DGRAM exchanges [address][bytes] with UDP peers; it cannot connect, and any other number of frames is ErrInvalid",
		test: datagrams,
	},
	{
		id: "V17", key: true,
		must: "a draft type on a library without drafts is errors.ErrUnsupported at once and says so, and nothing aborts",
		test: isolated(draftTypesAreSafe),
	},
	{
		id: "V18", needs: "WS",
		must: "ws carries messages of all sizes, with a path and without, heartbeats, CURVE and PUB-SUB, and leaves what it shares as it was",
		test: webSockets,
	},
	{
		id:   "V19",
		must: "tipc, vmci and vsock carry messages where library and machine have them",
		test: rareTransports,
	},
}

// sendTo sends a message to a peer by its number.
func (t *T) sendTo(s *zmq.Socket, id uint32, body string) {
	t.Helper()
	m := zmq.NewMsg([]byte(body))
	m.SetRoutingID(id)
	t.OK(s.SendMsg(testkit.Soon(t), m))
}

// recvFrom receives a message, which must be this, and gives its peer.
func (t *T) recvFrom(s *zmq.Socket, body string) (id uint32) {
	t.Helper()
	var m zmq.Msg
	t.OK(s.RecvMsg(testkit.Soon(t), &m))
	if m.Len() != 1 || string(m.Frame(0)) != body {
		t.Fatalf("received %.60q, want %.60q", m.Frames(), body)
	}
	return m.RoutingID()
}

// oneFrame are types of single frames that send without naming a peer, and who
// receives that.
var oneFrame = map[zmq.SocketType]zmq.SocketType{zmq.CLIENT: zmq.SERVER, zmq.SCATTER: zmq.GATHER, zmq.CHANNEL: zmq.CHANNEL}

// alone sends one message, which must be the first that arrives.
func (t *T) alone(s, r *zmq.Socket, body string) {
	t.Helper()
	t.Send(s, body)
	t.Expect(r, body)
}
