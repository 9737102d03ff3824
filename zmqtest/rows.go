package zmqtest

import "slices"

// rows are all rows, section after section, in the order of their ids.
func rows() []row {
	return slices.Concat(
		requests,
		routing,
		pubsub,
		pipeline,
		pair,
		stream,
		hwm,
		connect,
		lifecycle,
		immediate,
		address,
		inproc,
		ipc,
		monitor,
		security,
		heartbeat,
		waiting,
		socks,
		messages,
		polling,
		proxy,
		drafts,
		hello,
		platform,
		overTheWire,
		goroutines,
	)
}
