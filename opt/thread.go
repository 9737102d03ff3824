package opt

import zmq "gozmq"

// ThreadSchedPolicy is ZMQ_THREAD_SCHED_POLICY: the system's scheduling policy
// for libzmq's threads, such as 1 for SCHED_FIFO.
//
//	Default  -1, the system's
//	Range    0 to 2147483647
//	Effect   only before the first socket
//	Since    libzmq 4.1
//
// What the system does not allow is an error of the first socket (Linux).
const ThreadSchedPolicy zmq.ContextOption[int] = 4

// ThreadPriority is ZMQ_THREAD_PRIORITY: the priority of libzmq's threads.
// Without ThreadSchedPolicy it is ignored where the policy knows no
// priorities.
//
//	Default  -1, the system's
//	Range    0 to 2147483647
//	Effect   only before the first socket
//	Since    libzmq 4.1
//
// What the system does not allow is an error of the first socket (Linux).
//
// It cannot be read: in libzmq the number stands for SocketLimit then.
const ThreadPriority zmq.ContextWriteOption[int] = 3

// ThreadAffinityCPUAdd is ZMQ_THREAD_AFFINITY_CPU_ADD: let libzmq's threads
// run on a CPU. Each setting adds one; none is all.
//
//	Range    0 to 2147483647
//	Effect   only before the first socket
//	Since    libzmq 4.3.0
//
// When the process may use none of them, the first socket is refused (Linux).
const ThreadAffinityCPUAdd zmq.ContextWriteOption[int] = 7

// ThreadAffinityCPURemove is ZMQ_THREAD_AFFINITY_CPU_REMOVE: take a
// ThreadAffinityCPUAdd back. A CPU that was not added is refused.
//
//	Range    0 to 2147483647
//	Effect   only before the first socket
//	Since    libzmq 4.3.0
const ThreadAffinityCPURemove zmq.ContextWriteOption[int] = 8

// ThreadNamePrefix is ZMQ_THREAD_NAME_PREFIX: what the names of libzmq's
// threads begin with: "prefix/ZMQbg/IO/0".
//
//	Default  empty
//	Range    a number, or 1 to 16 bytes
//	Effect   only before the first socket
//	Since    libzmq 4.3.0
//
// A library without drafts takes a number only, such as "7". The system cuts
// names at 15 bytes.
const ThreadNamePrefix zmq.ContextOption[string] = 9
