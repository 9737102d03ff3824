package curve

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"

	"gozmq/zap"
)

// Keys is a zap.Handler that lets in the clients whose public keys it has.
// Allow makes one. The user id of a client is its key, as Public.String gives
// it. Every method may be called from any goroutine, also while clients
// connect; a change counts from the next connection on.
type Keys struct {
	salt [32]byte

	mu    sync.RWMutex
	known map[[sha256.Size]byte]Public
}

// Allow makes a set of the clients that may connect. Without keys nobody may,
// until Add.
func Allow(keys ...Public) *Keys {
	k := &Keys{}
	_, _ = rand.Read(k.salt[:]) // never fails: it ends the program instead
	k.Replace(keys...)
	return k
}

// index is where a key is in the map. Looking there takes a time that tells
// nothing about the keys that are known.
func (k *Keys) index(key Public) (i [sha256.Size]byte) {
	mac := hmac.New(sha256.New, k.salt[:])
	mac.Write(key[:])
	mac.Sum(i[:0])
	return i
}

// Add lets these clients in too. A zero key is ignored.
func (k *Keys) Add(keys ...Public) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.add(keys)
}

func (k *Keys) add(keys []Public) {
	if k.known == nil {
		k.known = make(map[[sha256.Size]byte]Public)
	}
	for _, key := range keys {
		if !key.IsZero() {
			k.known[k.index(key)] = key
		}
	}
}

// Remove does not let these clients in any more. Connections that they have
// stay until they end; Socket.Unbind ends them.
func (k *Keys) Remove(keys ...Public) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range keys {
		delete(k.known, k.index(key))
	}
}

// Replace lets these clients in and no others, at once.
func (k *Keys) Replace(keys ...Public) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known = nil
	k.add(keys)
}

// Has reports whether a client is let in.
func (k *Keys) Has(key Public) bool {
	i := k.index(key)
	k.mu.RLock()
	defer k.mu.RUnlock()
	_, ok := k.known[i]
	return ok
}

// Len is the number of keys.
func (k *Keys) Len() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return len(k.known)
}

// Authenticate decides about a client of CURVE; others are denied.
func (k *Keys) Authenticate(_ context.Context, r *zap.Request) zap.Response {
	if r.Mechanism != mechanism {
		return notCurve
	}
	key := Public(r.PublicKey)
	if !k.Has(key) {
		return zap.Deny("the client's key is not known")
	}
	return zap.Allow(key.String())
}
