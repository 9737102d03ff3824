// Package security holds the tests of curve, plain, gssapi and zap at work, on
// real connections and against pyzmq. It has no code.
package security
