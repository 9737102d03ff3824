// Package mdp is the Majordomo Protocol 0.2, ZeroMQ's RFC 18: clients ask for
// services by name, workers offer them, a broker stands between and watches
// the workers with heartbeats. It has the broker (Broker), a worker (Work) and
// a client (Client), each of which works with those of other languages.
package mdp

// The first frame says which half of the protocol a message is of.
const (
	clientHeader = "MDPC02"
	workerHeader = "MDPW02"
)

// The second frame of the messages between client and broker.
const (
	clientRequest = "\x01" // service, body...
	clientPartial = "\x02" // service, body...
	clientFinal   = "\x03" // service, body...
)

// The second frame of the messages between worker and broker.
const (
	workerReady      = "\x01" // service
	workerRequest    = "\x02" // client, empty, body...
	workerPartial    = "\x03" // client, empty, body...
	workerFinal      = "\x04" // client, empty, body...
	workerHeartbeat  = "\x05"
	workerDisconnect = "\x06"
)

// liveness is how many heartbeats may be missed.
const liveness = 4

// message joins text frames and a body.
func message(body [][]byte, frames ...string) [][]byte {
	m := make([][]byte, 0, len(frames)+len(body))
	for _, f := range frames {
		m = append(m, []byte(f))
	}
	return append(m, body...)
}
