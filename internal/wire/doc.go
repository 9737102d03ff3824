// Package wire makes ZeroMQ peers out of plain sockets, for tests of any
// engine: every byte that goes over the wire is in the test's hand, so that a
// peer can also be old, slow, wrong or hostile.
//
//	p := wire.Dial(t, endpoint)
//	p.Greet(wire.V31("NULL"))     // 64 bytes each way
//	p.Ready("SUB")                // READY each way
//	p.Command("SUBSCRIBE", "a")
//	p.Expect("a message")
//
// A Peer belongs to the goroutine of its test. What fails, fails the test at
// once, and says what was awaited. Everything opened is closed with the test.
//
// Where things are defined: RFC 23 (ZMTP 3.0) and 37 (ZMTP 3.1), 15 (ZMTP 2.0)
// and 13 (ZMTP 1.0), 24 (PLAIN), 25 and 26 (CURVE).
package wire
