package zap

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Response is the decision about one peer. Allow, Deny, TryLater and Fail make
// the usual ones.
type Response struct {
	// Status is the decision itself; the zero value refuses.
	Status Status
	// Text says why, for people. libzmq passes only the status on to the
	// peer; the text ends in the server's log. At most 255 bytes; the rest is
	// cut off.
	Text string
	// UserID is who the peer is: every message from it has this as its
	// Msg.Property("User-Id"). At most 255 bytes, without NUL. Only of those
	// that are let in.
	UserID string
	// Metadata is more about the peer, in the same way: names of letters,
	// digits and -_.+ with at most 255 bytes, each once whatever its case;
	// values of any bytes, of which a Property shows those up to the first
	// NUL. The names that ZeroMQ gives a meaning to are not possible.
	Metadata map[string]string
}

// Status is the result of a decision, by the numbers of RFC 27.
type Status int

// The statuses.
const (
	// StatusAllow lets the peer in.
	StatusAllow Status = 200
	// StatusTryLater lets the connection end silently, and the peer tries again
	// by itself. With libzmq that takes as long as opt.HandshakeInterval of the
	// side where it is shorter, 30 seconds by default: nobody closes the
	// connection before.
	StatusTryLater Status = 300
	// StatusDeny refuses the peer: it is told, and does not try again.
	StatusDeny Status = 400
	// StatusFail says that no decision was possible. To the peer it is as
	// final as StatusDeny.
	StatusFail Status = 500
)

// String is the number and its meaning, such as "400 deny".
func (s Status) String() string {
	switch s {
	case StatusAllow:
		return "200 allow"
	case StatusTryLater:
		return "300 try later"
	case StatusDeny:
		return "400 deny"
	case StatusFail:
		return "500 fail"
	}
	return strconv.Itoa(int(s)) + " is no status"
}

// Allow lets the peer in, as userID; "" is nobody in particular.
func Allow(userID string) Response { return Response{Status: StatusAllow, UserID: userID} }

// Deny refuses the peer. The peer learns that, not the text, and does not try
// again.
func Deny(text string) Response { return Response{Status: StatusDeny, Text: text} }

// TryLater sends the peer away without a word; it tries again by itself, after
// a while that is in the doc of StatusTryLater. It is for what will pass, such
// as a database that does not answer.
func TryLater(text string) Response { return Response{Status: StatusTryLater, Text: text} }

// Fail refuses the peer because no decision is possible. The peer does not try
// again.
func Fail(text string) Response { return Response{Status: StatusFail, Text: text} }

// maxText is the longest that a text or user id can be.
const maxText = 255

// check finds what cannot be sent. Its errors hold nothing of the response.
func (r Response) check() error {
	switch r.Status {
	case StatusAllow, StatusTryLater, StatusDeny, StatusFail:
	default:
		return fmt.Errorf("%d is no status of ZAP", int(r.Status))
	}
	if len(r.UserID) > maxText {
		return fmt.Errorf("a user id of %d bytes is longer than %d", len(r.UserID), maxText)
	}
	if strings.IndexByte(r.UserID, 0) >= 0 {
		return errors.New("the user id holds a NUL") // whose reader would see another, shorter one
	}
	return checkMetadata(r.Metadata)
}

// frames is the reply without its envelope. A response that cannot be is sent
// as Fail, and the error says why.
func (r Response) frames(id string) (frames [][]byte, err error) {
	if err = r.check(); err != nil {
		r = Fail("the handler's response is invalid")
	}
	if len(r.Text) > maxText {
		r.Text = r.Text[:maxText]
	}
	var user, metadata []byte
	if r.Status == StatusAllow {
		user, metadata = []byte(r.UserID), encodeMetadata(r.Metadata)
	}
	return [][]byte{[]byte(version), []byte(id), []byte(strconv.Itoa(int(r.Status))), []byte(r.Text), user, metadata}, err
}
