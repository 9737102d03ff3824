package zap

import "context"

// Handler decides about peers. Authenticate is called for each connection,
// from several goroutines at once. It must return when ctx ends, which is
// after the timeout of the server, 5 seconds by default, or when the server or
// the context closes; the peer has its answer by then, and the handler's is
// dropped. The Request is the handler's own.
//
// A handler that panics has refused the peer with status 500. So has one
// whose Response cannot be: the zero Response refuses too.
type Handler interface {
	// Authenticate decides about one peer.
	Authenticate(ctx context.Context, r *Request) Response
}

// HandlerFunc makes a function a Handler.
type HandlerFunc func(ctx context.Context, r *Request) Response

// Authenticate calls f.
func (f HandlerFunc) Authenticate(ctx context.Context, r *Request) Response { return f(ctx, r) }
