package zap

import (
	"context"
	"net/netip"
	"slices"
	"sync"
)

// Addresses is a Handler that decides by the address a peer comes from. AllowFrom
// and DenyFrom make one. Every method may be called from any goroutine, also
// while requests come.
//
// Who it lets in is nobody in particular: join it by All with a handler that
// knows. Alone it lets in peers of any mechanism, whatever they present.
type Addresses struct {
	allow bool

	mu    sync.RWMutex
	known []netip.Prefix
}

// AllowFrom lets in peers from these networks only:
//
//	zap.AllowFrom(netip.MustParsePrefix("10.0.0.0/8"))
//
// Peers without an IP address, such as those of ipc, are denied.
func AllowFrom(networks ...netip.Prefix) *Addresses { return newAddresses(true, networks) }

// DenyFrom lets in peers from everywhere but these networks. Peers without an
// IP address, such as those of ipc, come from elsewhere, and are let in.
func DenyFrom(networks ...netip.Prefix) *Addresses { return newAddresses(false, networks) }

func newAddresses(allow bool, networks []netip.Prefix) *Addresses {
	a := &Addresses{allow: allow}
	a.Replace(networks...)
	return a
}

// Add adds networks to those that are known.
func (a *Addresses) Add(networks ...netip.Prefix) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, n := range networks {
		if n = normal(n); !slices.Contains(a.known, n) {
			a.known = append(a.known, n)
		}
	}
}

// Remove takes networks away. It takes the very ones that were added, not
// parts of them.
func (a *Addresses) Remove(networks ...netip.Prefix) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, n := range networks {
		if i := slices.Index(a.known, normal(n)); i >= 0 {
			a.known = slices.Delete(a.known, i, i+1)
		}
	}
}

// Replace makes these networks the only ones, at once.
func (a *Addresses) Replace(networks ...netip.Prefix) {
	known := make([]netip.Prefix, len(networks))
	for i, n := range networks {
		known[i] = normal(n)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known = known
}

// normal is n without the bits that do not count, and as IPv4 if it is an IPv4
// network in the clothes of IPv6.
func normal(n netip.Prefix) netip.Prefix {
	if n.Addr().Is4In6() && n.Bits() >= 96 {
		n = netip.PrefixFrom(n.Addr().Unmap(), n.Bits()-96)
	}
	return n.Masked()
}

// Authenticate decides about r.Address.
func (a *Addresses) Authenticate(_ context.Context, r *Request) Response {
	if a.contains(r.Address) == a.allow {
		return Allow("")
	}
	return Deny("not from this address")
}

func (a *Addresses) contains(address string) bool {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	addr = addr.Unmap().WithZone("") // a zone would match no network
	a.mu.RLock()
	defer a.mu.RUnlock()
	return slices.ContainsFunc(a.known, func(n netip.Prefix) bool { return n.Contains(addr) })
}
