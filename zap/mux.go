package zap

import (
	"context"
	"sync"
)

// Mux is a Handler that asks another one, by the domain of the server's
// socket. A domain that has no handler is denied. The zero value has none.
// Every method may be called from any goroutine, also while requests come.
type Mux struct {
	mu      sync.RWMutex
	domains map[string]Handler
}

// Handle sets the handler of a domain, in place of one it has; nil takes it
// away. "" is the domain of sockets that have none.
func (m *Mux) Handle(domain string, h Handler) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h == nil {
		delete(m.domains, domain)
		return
	}
	if m.domains == nil {
		m.domains = make(map[string]Handler)
	}
	m.domains[domain] = h
}

// Authenticate asks the handler of r.Domain.
func (m *Mux) Authenticate(ctx context.Context, r *Request) Response {
	m.mu.RLock()
	h := m.domains[r.Domain]
	m.mu.RUnlock()
	if h == nil {
		return Deny("no handler for this domain")
	}
	return h.Authenticate(ctx, r)
}
