// Package behaviour tests what package zmq promises, through its API only.
// The names of the subtests begin with the number of their row in the table of
// conformance cases.
package behaviour
