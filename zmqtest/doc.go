// Package zmqtest proves that an engine behaves as ZeroMQ does, row by row.
//
// A row is one behaviour that users rely on: "PUSH with no peers waits, and
// never drops". It has an id, a sentence, and a test that can fail. The rows
// stand in one file per subject; each is tried over every transport and
// mechanism where that could matter. They use the public API alone, and peers
// made of plain sockets where the question is what goes over the wire, so that
// every engine can be held to the same rows:
//
//	func TestConformance(t *testing.T) {
//		zmqtest.Run(t, libzmq.NewContext)
//	}
//
// Where an engine is known to differ from a row, a Deviation says why, once,
// beside the engine.
package zmqtest
