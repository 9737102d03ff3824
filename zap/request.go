package zap

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Request is what a server asks about one peer that wants to connect.
type Request struct {
	// Version of the protocol: "1.0".
	Version string
	// ID that the answer repeats. libzmq says "1" always.
	ID string
	// Domain of the server's socket, from zap.Domain or opt.ZAPDomain; With,
	// curve.Server and plain.Server make one up.
	Domain string
	// Address the peer comes from: an IP address without port for tcp; other
	// transports have their own forms.
	Address string
	// Identity is the routing id of the server's socket, from opt.RoutingID.
	Identity []byte
	// Mechanism is "NULL", "PLAIN", "CURVE" or "GSSAPI".
	Mechanism string

	// Username and Password are what the peer of PLAIN says.
	Username string
	Password Password
	// PublicKey is the long-term key of the peer of CURVE, which has proved
	// that it has the secret key too.
	PublicKey [32]byte
	// Principal is the name of the peer of GSSAPI, which Kerberos vouches for.
	Principal string

	// Behind a function, which nothing that prints looks into.
	credentials func() [][]byte
}

// Credentials gives the frames with which the peer proves who it is, as they
// came, for mechanisms that this package does not know. They may be secret.
// They are nil in a Request that did not come from a peer.
func (r *Request) Credentials() [][]byte {
	if r == nil || r.credentials == nil {
		return nil
	}
	return r.credentials()
}

// String is one line about the request, without secrets.
func (r *Request) String() string {
	if r == nil {
		return "no request"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%q from %q for domain %q", r.Mechanism, r.Address, r.Domain)
	switch r.Mechanism {
	case "PLAIN":
		b.WriteString(", user " + strconv.Quote(r.Username))
	case "GSSAPI":
		b.WriteString(", principal " + strconv.Quote(r.Principal))
	}
	return b.String()
}

const version = "1.0"

// What a malformed request is answered with. The texts hold nothing of it.
var (
	errShort       = errors.New("the request has too few frames")
	errVersion     = errors.New("the request has another version than 1.0")
	errCredentials = errors.New("the credentials do not fit the mechanism")
)

// parse reads the frames of a request after the envelope. The Request shares
// no memory with them.
func parse(frames [][]byte) (*Request, error) {
	if len(frames) < 6 {
		return nil, errShort
	}
	if string(frames[0]) != version {
		return nil, errVersion
	}
	r := &Request{
		Version:   version,
		ID:        string(frames[1]),
		Domain:    string(frames[2]),
		Address:   string(frames[3]),
		Identity:  bytes.Clone(frames[4]),
		Mechanism: string(frames[5]),
	}
	given := frames[6:]
	switch r.Mechanism {
	case "NULL":
		if len(given) != 0 {
			return nil, errCredentials
		}
	case "PLAIN":
		if len(given) != 2 {
			return nil, errCredentials
		}
		r.Username, r.Password = string(given[0]), NewPassword(string(given[1]))
	case "CURVE":
		if len(given) != 1 || len(given[0]) != len(r.PublicKey) {
			return nil, errCredentials
		}
		copy(r.PublicKey[:], given[0])
	case "GSSAPI":
		if len(given) != 1 {
			return nil, errCredentials
		}
		r.Principal = string(given[0])
	}
	own := make([][]byte, len(given))
	for i, f := range given {
		own[i] = bytes.Clone(f)
	}
	r.credentials = func() [][]byte { return own }
	return r, nil
}
