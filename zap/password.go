package zap

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"log/slog"
)

// Password is a password that a peer has sent. It prints as "[redacted]" with
// every verb of fmt and in slog, and refuses to become JSON. The zero value is
// the empty password.
type Password struct {
	// Behind a function, which nothing that prints looks into.
	text func() string
}

// NewPassword makes a Password of text, for tests of handlers.
func NewPassword(text string) Password { return Password{func() string { return text }} }

// Equal reports whether the password is text. How long it takes tells nothing
// about either.
func (p Password) Equal(text string) bool {
	a, b := sha256.Sum256([]byte(p.Reveal())), sha256.Sum256([]byte(text))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// Reveal gives the password itself, for handlers that pass it on.
func (p Password) Reveal() string {
	if p.text == nil {
		return ""
	}
	return p.text()
}

const redacted = "[redacted]"

// Format prints "[redacted]", whatever the verb.
func (p Password) Format(f fmt.State, _ rune) { fmt.Fprint(f, redacted) }

// LogValue is "[redacted]".
func (p Password) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText fails: a password is not written by accident.
func (p Password) MarshalText() ([]byte, error) {
	return nil, fmt.Errorf("zap: a Password is not written; Reveal gives its text")
}
