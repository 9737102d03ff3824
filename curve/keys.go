package curve

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"

	"gozmq/internal/z85"
)

const (
	keySize  = 32 // in bytes
	textSize = 40 // in characters of Z85
)

// Public is a public key. It is no secret, compares with ==, prints as Z85 and
// is that in JSON and other text. The zero Public is no key.
type Public [keySize]byte

// Secret is a secret key. It prints as "[redacted]" with every verb of fmt and
// in slog, and refuses to become JSON or other text; Reveal gives it. The zero
// Secret is no key. It stays in the process's memory for as long as the
// garbage collector likes.
type Secret struct {
	// Behind a function, which nothing that prints looks into.
	bytes func() [keySize]byte
}

// NewKeys makes a key pair from the system's random numbers. It needs no
// libzmq. Source: zmq_curve_keypair.
func NewKeys() (Public, Secret, error) {
	k, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return Public{}, Secret{}, fmt.Errorf("curve: %w", err)
	}
	s := newSecret([keySize]byte(k.Bytes()))
	return s.Public(), s, nil
}

func newSecret(key [keySize]byte) Secret { return Secret{func() [keySize]byte { return key }} }

// The errors hold nothing of the key.
var (
	errKeySize = errors.New("curve: a key has 32 bytes, or 40 characters of Z85")
	errZero    = errors.New("curve: a key of zeros is none")
)

// ParsePublic reads a public key: 40 characters of Z85, or 32 bytes as they
// are.
func ParsePublic[T ~string | ~[]byte](key T) (Public, error) {
	k, err := parse(string(key))
	return k, err
}

// ParseSecret reads a secret key: 40 characters of Z85, or 32 bytes as they
// are. Its errors hold nothing of the key.
func ParseSecret[T ~string | ~[]byte](key T) (Secret, error) {
	k, err := parse(string(key))
	if err != nil {
		return Secret{}, err
	}
	return newSecret(k), nil
}

func parse(key string) (k [keySize]byte, err error) {
	switch len(key) {
	case keySize:
		copy(k[:], key)
	case textSize:
		b, err := z85.Decode(key)
		if err != nil {
			return k, fmt.Errorf("curve: %w", err)
		}
		copy(k[:], b)
	default:
		return k, errKeySize
	}
	if k == [keySize]byte{} {
		return k, errZero
	}
	return k, nil
}

// text is 40 characters of Z85.
func text(k [keySize]byte) string {
	s, _ := z85.Encode(k[:]) // fails for other lengths only
	return s
}

// IsZero reports whether k is no key.
func (k Public) IsZero() bool { return k == Public{} }

// String is the key as 40 characters of Z85.
func (k Public) String() string { return text(k) }

// MarshalText writes the key as String does.
func (k Public) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what ParsePublic does.
func (k *Public) UnmarshalText(b []byte) error {
	p, err := ParsePublic(b)
	if err == nil {
		*k = p
	}
	return err
}

func (s Secret) key() (k [keySize]byte) {
	if s.bytes != nil {
		k = s.bytes()
	}
	return k
}

// IsZero reports whether s is no key.
func (s Secret) IsZero() bool { return s.Equal(Secret{}) }

// Equal reports whether two keys are the same. How long it takes tells nothing
// about them.
func (s Secret) Equal(other Secret) bool {
	a, b := s.key(), other.key()
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// Public is the public key that belongs to s; that of no key is none. Source:
// zmq_curve_public.
func (s Secret) Public() Public {
	key := s.key()
	k, err := ecdh.X25519().NewPrivateKey(key[:])
	if err != nil || s.IsZero() {
		return Public{}
	}
	return Public(k.PublicKey().Bytes())
}

// Reveal is the key itself, as 40 characters of Z85, to be stored where nobody
// else reads. ParseSecret takes it.
func (s Secret) Reveal() string { return text(s.key()) }

const redacted = "[redacted]"

// Format prints "[redacted]", whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, redacted) }

// LogValue is "[redacted]".
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText fails: a secret is not written by accident.
func (s Secret) MarshalText() ([]byte, error) {
	return nil, errors.New("curve: a Secret is not written; Reveal gives its text")
}

// UnmarshalText reads what ParseSecret does, so that a Secret can stand in a
// configuration that is only read.
func (s *Secret) UnmarshalText(b []byte) error {
	k, err := ParseSecret(b)
	if err == nil {
		*s = k
	}
	return err
}
