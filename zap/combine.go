package zap

import (
	"context"
	"maps"
)

// All lets a peer in that every one of handlers lets in, asked in order; the
// first other response is All's. The user id is the first that is given, the
// metadata is everybody's, the earlier before the later. All of none denies.
func All(handlers ...Handler) Handler {
	return HandlerFunc(func(ctx context.Context, r *Request) Response {
		if len(handlers) == 0 {
			return Deny("no handler decides")
		}
		all := Response{Status: StatusAllow}
		for _, h := range handlers {
			one := h.Authenticate(ctx, r)
			if one.Status != StatusAllow {
				return one
			}
			if all.UserID == "" {
				all.UserID = one.UserID
			}
			if len(one.Metadata) > 0 {
				both := maps.Clone(one.Metadata)
				maps.Copy(both, all.Metadata)
				all.Metadata = both
			}
		}
		return all
	})
}

// Any lets a peer in that one of handlers lets in, asked in order; the first
// such response is Any's. When there is none it is the first that is no
// StatusDeny, since that one might have let the peer in; else the first. Any
// of none denies.
func Any(handlers ...Handler) Handler {
	return HandlerFunc(func(ctx context.Context, r *Request) Response {
		best := Deny("no handler decides")
		for i, h := range handlers {
			one := h.Authenticate(ctx, r)
			if one.Status == StatusAllow {
				return one
			}
			if i == 0 || best.Status == StatusDeny && one.Status != StatusDeny {
				best = one
			}
		}
		return best
	})
}
