// Package alecthomas holds the programs of the guide as
// github.com/alecthomas/gozmq has them, which needs the build tag zmq_4_x for
// libzmq 4. Its sockets block; what ends them is the end of their context.
package alecthomas
