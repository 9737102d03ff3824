package zmq_test

import "context"

// noContext is what a caller passes who forgot the context.
var noContext context.Context
