// Package goczmq holds the programs of the guide as github.com/zeromq/goczmq has
// them. They need CZMQ, libczmq-dev on Debian, and the build tag czmq. Without
// those the tests check their types.
package goczmq
