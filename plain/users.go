package plain

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"sync"

	"gozmq/zap"
)

// Users is a zap.Handler that knows users and their passwords. Passwords makes
// one. The user id of a client is its user name. Every method may be called
// from any goroutine, also while clients connect; a change counts from the
// next connection on.
//
// It keeps no password, only what is needed to recognize it, and takes the
// same time for a wrong password and an unknown user. It prints the number of
// users.
type Users struct {
	salt [32]byte

	mu    sync.RWMutex
	known map[string]digest
}

type digest = [sha256.Size]byte

// Passwords makes Users of user names and their passwords.
func Passwords(users map[string]string) *Users {
	u := &Users{}
	_, _ = rand.Read(u.salt[:]) // never fails: it ends the program instead
	u.Replace(users)
	return u
}

// digest is what a password is recognized by. It serves only to compare within
// this process, so it is made to be quick.
func (u *Users) digest(password string) (d digest) {
	mac := hmac.New(sha256.New, u.salt[:])
	mac.Write([]byte(password))
	mac.Sum(d[:0])
	return d
}

// Set gives a user a password, new or another.
func (u *Users) Set(user, password string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.known == nil {
		u.known = make(map[string]digest)
	}
	u.known[user] = u.digest(password)
}

// Remove does not let these users in any more. Connections that they have stay
// until they end; Socket.Unbind ends them.
func (u *Users) Remove(users ...string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, user := range users {
		delete(u.known, user)
	}
}

// Replace lets these users in and no others, at once.
func (u *Users) Replace(users map[string]string) {
	known := make(map[string]digest, len(users))
	for user, password := range users {
		known[user] = u.digest(password)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.known = known
}

// Len is the number of users.
func (u *Users) Len() int {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return len(u.known)
}

// Authenticate decides about a client of PLAIN; others are denied.
func (u *Users) Authenticate(_ context.Context, r *zap.Request) zap.Response {
	if r.Mechanism != "PLAIN" {
		return zap.Deny("no client of PLAIN")
	}
	got := u.digest(r.Password.Reveal())
	u.mu.RLock()
	want, known := u.known[r.Username]
	u.mu.RUnlock()
	if !hmac.Equal(got[:], want[:]) || !known {
		return zap.Deny("wrong user name or password")
	}
	return zap.Allow(r.Username)
}

// Format prints the number of users, whatever the verb.
func (u *Users) Format(f fmt.State, _ rune) {
	if u == nil {
		fmt.Fprint(f, "no users")
		return
	}
	fmt.Fprintf(f, "%d users", u.Len())
}
