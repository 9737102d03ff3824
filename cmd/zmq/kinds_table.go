package main

import zmq "gozmq"

// kinds are the socket types in the order of the help.
var kinds = []kind{
	{
		typ: zmq.PUB, manner: sends, streams: true,
		short: "Publish messages to every subscriber",
		long: `Before the first message it waits for a subscriber (--wait 3: for three), since
what is published earlier reaches nobody. It does not drop messages for slow
subscribers, but waits for them, unless --drop is given.`,
		example: `  zmq pub --bind :5556 'weather.paris 12' 'weather.oslo 3'
  journalctl -f | zmq pub --bind :5556 --drop --wait 0
  zmq pub --connect :5556 --rate 10 --count 100 tick
  tar c . | zmq pub --bind :5556 --stream --wait 3   # to three subscribers at once`,
	},
	{
		typ: zmq.SUB, manner: receives, streams: true, topics: true,
		short: "Print what is published, all or by prefix",
		example: `  zmq sub --connect host:5556
  zmq sub --connect host:5556 --subscribe weather. --subscribe news. --count 10
  zmq sub --connect host:5556 --format json --meta | jq .frames`,
	},
	{
		typ: zmq.PUSH, manner: sends, streams: true,
		short: "Send messages to PULL peers in turn",
		example: `  zmq push --connect :5555 hello world
  seq 1000000 | zmq push --connect :5555 --progress
  zmq push --connect :5555 --multipart header body   # one message, two frames
  zmq push --connect :5555 --format raw --file photo.jpg
  tar c . | zmq push --connect host:5555 --stream`,
	},
	{
		typ: zmq.PULL, manner: receives, streams: true,
		short: "Print what PUSH peers send",
		example: `  zmq pull --bind :5555
  zmq pull --bind :5555 --count 1 --timeout 5s --format raw > photo.jpg
  zmq pull --bind :5555 --stream | tar x`,
	},
	{
		typ: zmq.REQ, manner: asks,
		short: "Send requests and print their replies",
		example: `  zmq req --connect :5557 hello
  zmq req --connect :5557 --timeout 1s --count 10 --rate 1 ping
  zmq req --connect :5557 --format json '["get", "key"]'`,
	},
	{
		typ: zmq.REP, manner: answers,
		short: "Answer requests: fixed, echo, a command, or by hand",
		example: `  zmq rep --bind :5557 pong                 # the same answer to everybody
  zmq rep --bind :5557 --echo
  zmq rep --bind :5557 --exec 'jq .user'    # a shell command, once for each request
  zmq rep --bind :5557                      # each line of stdin is an answer`,
	},
	{
		typ: zmq.DEALER, manner: both,
		short: "Send to peers in turn and print what comes",
		long:  `To a REP the first frame has to be empty: --multipart '' request.`,
		example: `  zmq dealer --connect :5558 --multipart '' hello --count 1
  zmq dealer --bind :5558 --recv-only`,
	},
	{
		typ: zmq.ROUTER, manner: both, routes: true,
		short: "Print messages with their sender, send to peers by id",
		long: `The first frame of a message is the routing id of the peer. What is sent to an
id that nobody has is reported.`,
		example: `  zmq router --bind :5558
  zmq router --bind :5558 --echo
  printf 'worker-1\thello\n' | zmq router --bind :5558 --wait 1 --send-only`,
	},
	{
		typ: zmq.PAIR, manner: both, streams: true,
		short: "Talk to exactly one peer",
		example: `  zmq pair --bind :5559                     # a chat: one side
  zmq pair --connect host:5559              # and the other
  tar c . | zmq pair --connect host:5559 --stream --send-only   # waits until it is written there
  zmq pair --bind :5559 --stream --recv-only | tar x`,
	},
	{
		typ: zmq.XPUB, manner: both,
		short: "Publish, and print subscriptions as they come",
		long: `A subscription is printed as \x01 and its prefix, the end of one as \x00 and its
prefix. What is sent before somebody has subscribed reaches nobody: zmq pub waits
for that, xpub does not.`,
		example: `  zmq xpub --bind :5556
  zmq xpub --bind :5556 --recv-only --set xpub_verbose=on`,
	},
	{
		typ: zmq.XSUB, manner: both, topics: true,
		short: "Subscribe by messages, and print what is published",
		long: `It subscribes to nothing by itself: give --subscribe, or send \x01 and a prefix
as a message; \x00 and the prefix ends it.`,
		example: `  zmq xsub --connect host:5556 --subscribe ''
  echo '\x01weather.' | zmq xsub --connect host:5556`,
	},
	{
		typ: zmq.STREAM, manner: both, routes: true, oneFrom: true,
		short: "Talk to plain TCP peers, without ZeroMQ's protocol",
		long: `A message is [id, bytes]; empty bytes mean that a peer has come or gone. With one
--connect, what has one frame goes to that peer.`,
		example: `  zmq stream --connect example.com:80 --timeout 2s 'GET / HTTP/1.0\r\n\r\n'
  zmq stream --bind :8080 --echo`,
	},
	{
		typ: zmq.RADIO, manner: sends, groups: true, single: true, draft: true,
		short: "Send messages to groups",
		long: `Before the first message it waits for a peer (--wait 3: for three), and gives it a
moment to join its groups, since what is sent earlier reaches nobody. Over udp
there is nobody to wait for.`,
		example: `  zmq radio --bind :5560 --group news hello
  zmq radio --connect udp://239.0.0.1:5560 --group news hello`,
	},
	{
		typ: zmq.DISH, manner: receives, groups: true, single: true, draft: true,
		short:   "Print the messages of groups",
		example: `  zmq dish --connect host:5560 --join news`,
	},
	{
		typ: zmq.CLIENT, manner: both, single: true, draft: true,
		short:   "Talk to SERVER peers",
		example: `  zmq client --connect :5561 --count 1 hello`,
	},
	{
		typ: zmq.SERVER, manner: both, ids: true, routes: true, single: true, draft: true,
		short:   "Talk to CLIENT peers by id",
		example: `  zmq server --bind :5561 --echo`,
	},
	{
		typ: zmq.SCATTER, manner: sends, single: true, draft: true,
		short:   "Send messages to GATHER peers in turn",
		example: `  zmq scatter --connect :5562 hello`,
	},
	{
		typ: zmq.GATHER, manner: receives, single: true, draft: true,
		short:   "Print what SCATTER peers send",
		example: `  zmq gather --bind :5562`,
	},
	{
		typ: zmq.CHANNEL, manner: both, single: true, draft: true,
		short:   "Talk to exactly one peer, one frame at a time",
		example: `  zmq channel --bind :5563`,
	},
	{
		typ: zmq.PEER, manner: both, ids: true, routes: true, single: true, oneFrom: true, draft: true,
		short: "Talk to other PEERs by id",
		long:  `With one --connect, what has one frame goes to that peer.`,
		example: `  zmq peer --bind :5564 --echo
  zmq peer --connect :5564 --count 1 hello`,
	},
	{
		typ: zmq.DGRAM, manner: both, routes: true, draft: true,
		short: "Send and receive UDP datagrams by address",
		example: `  zmq dgram --bind udp://*:5565
  zmq dgram --bind udp://*:5566 --multipart --send-only 127.0.0.1:5565 hello`,
	},
}
