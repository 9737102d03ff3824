// Package pebbe holds the programs of the guide as github.com/pebbe/zmq4 has
// them. Their sockets block; what ends them is the end of their context.
package pebbe
