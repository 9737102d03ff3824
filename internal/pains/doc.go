// Package pains has programs that users of other Go libraries for ZeroMQ
// reported as broken, as tests. Each is named for the report: P is
// pebbe/zmq4, Zmq3 pebbe/zmq3, GZ go-zeromq/zmq4, GC zeromq/goczmq, AG
// alecthomas/gozmq, and other projects by their names.
package pains
