package opt

import zmq "gozmq"

// ReqCorrelate is ZMQ_REQ_CORRELATE: number requests, and drop replies that
// carry another number than the last one.
//
//	Default  false
//	Sockets  REQ
//	Effect   at once
//	Since    libzmq 4.0
//
// The number is a frame before the empty one: the peer must give it back, as
// REP does.
const ReqCorrelate zmq.WriteOption[bool] = 52

// ReqRelaxed is ZMQ_REQ_RELAXED: allow a new request before the reply to the
// last, which is then dropped.
//
//	Default  false
//	Sockets  REQ
//	Effect   at once
//	Since    libzmq 4.0
//
// Set ReqCorrelate with it: without numbers, a late reply is taken for the new
// one.
const ReqRelaxed zmq.WriteOption[bool] = 53
