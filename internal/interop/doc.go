// Package interop tests package zmq against other implementations that run in
// processes of their own: pyzmq, which is driven by lines of JSON.
package interop
