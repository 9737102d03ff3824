package opt

import zmq "gozmq"

// IPCFilterPID is ZMQ_IPC_FILTER_PID: let only peers with a process id that
// was added connect over ipc. Each setting adds one.
//
//	Range    0 to 2147483647
//	Sockets  all that bind; ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// What was added cannot be taken back on this socket. A peer is let in when
// any of its three ids was added.
//
// Linux only.
//
// Deprecated: use a ZAP handler, which gets all three as the peer's address.
const IPCFilterPID zmq.WriteOption[int] = 58

// IPCFilterUID is ZMQ_IPC_FILTER_UID: let only peers with a user id that was
// added connect over ipc. Each setting adds one.
//
//	Range    0 to 4294967295
//	Sockets  all that bind; ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// What was added cannot be taken back on this socket. A peer is let in when
// any of its three ids was added.
//
// Deprecated: use a ZAP handler, which gets all three as the peer's address.
const IPCFilterUID zmq.WriteOption[int] = 59

// IPCFilterGID is ZMQ_IPC_FILTER_GID: let only peers with a group id that was
// added connect over ipc. Each setting adds one.
//
//	Range    0 to 4294967295
//	Sockets  all that bind; ipc
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.1
//
// What was added cannot be taken back on this socket. A peer is let in when
// any of its three ids was added.
//
// Deprecated: use a ZAP handler, which gets all three as the peer's address.
const IPCFilterGID zmq.WriteOption[int] = 60
