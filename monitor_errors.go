package zmq

import "fmt"

// ProtocolError says how a peer or a ZAP handler broke the protocol. It is the
// Err of EventHandshakeProtocol. The values are libzmq's
// ZMQ_PROTOCOL_ERROR_ numbers.
type ProtocolError uint32

// The ZMTP errors are the peer's, the ZAP errors the authentication
// handler's (RFC 27), the WS error a WebSocket peer's.
const (
	ProtocolZMTPUnspecified      ProtocolError = 0x10000000 // none of the others
	ProtocolUnexpectedCommand    ProtocolError = 0x10000001 // a command out of turn
	ProtocolInvalidSequence      ProtocolError = 0x10000002 // a command repeated or replayed
	ProtocolKeyExchange          ProtocolError = 0x10000003 // keys that do not fit
	ProtocolMalformedCommand     ProtocolError = 0x10000011 // a broken command
	ProtocolMalformedMessage     ProtocolError = 0x10000012 // a broken MESSAGE
	ProtocolMalformedHello       ProtocolError = 0x10000013 // a broken HELLO
	ProtocolMalformedInitiate    ProtocolError = 0x10000014 // a broken INITIATE
	ProtocolMalformedError       ProtocolError = 0x10000015 // a broken ERROR
	ProtocolMalformedReady       ProtocolError = 0x10000016 // a broken READY
	ProtocolMalformedWelcome     ProtocolError = 0x10000017 // a broken WELCOME
	ProtocolInvalidMetadata      ProtocolError = 0x10000018 // broken metadata, or socket types that do not fit
	ProtocolCryptographic        ProtocolError = 0x11000001 // a wrong key, or a forged message
	ProtocolMechanismMismatch    ProtocolError = 0x11000002 // another security mechanism
	ProtocolZAPUnspecified       ProtocolError = 0x20000000 // none of the others
	ProtocolZAPMalformedReply    ProtocolError = 0x20000001 // a broken reply
	ProtocolZAPBadRequestID      ProtocolError = 0x20000002 // a reply to another request
	ProtocolZAPBadVersion        ProtocolError = 0x20000003 // another version
	ProtocolZAPInvalidStatusCode ProtocolError = 0x20000004 // an unknown status
	ProtocolZAPInvalidMetadata   ProtocolError = 0x20000005 // broken metadata
	ProtocolWebSocketUnspecified ProtocolError = 0x30000000 // the WebSocket handshake
)

var protocolNames = map[ProtocolError]string{
	ProtocolZMTPUnspecified:      "ZMTP_UNSPECIFIED",
	ProtocolUnexpectedCommand:    "ZMTP_UNEXPECTED_COMMAND",
	ProtocolInvalidSequence:      "ZMTP_INVALID_SEQUENCE",
	ProtocolKeyExchange:          "ZMTP_KEY_EXCHANGE",
	ProtocolMalformedCommand:     "ZMTP_MALFORMED_COMMAND_UNSPECIFIED",
	ProtocolMalformedMessage:     "ZMTP_MALFORMED_COMMAND_MESSAGE",
	ProtocolMalformedHello:       "ZMTP_MALFORMED_COMMAND_HELLO",
	ProtocolMalformedInitiate:    "ZMTP_MALFORMED_COMMAND_INITIATE",
	ProtocolMalformedError:       "ZMTP_MALFORMED_COMMAND_ERROR",
	ProtocolMalformedReady:       "ZMTP_MALFORMED_COMMAND_READY",
	ProtocolMalformedWelcome:     "ZMTP_MALFORMED_COMMAND_WELCOME",
	ProtocolInvalidMetadata:      "ZMTP_INVALID_METADATA",
	ProtocolCryptographic:        "ZMTP_CRYPTOGRAPHIC",
	ProtocolMechanismMismatch:    "ZMTP_MECHANISM_MISMATCH",
	ProtocolZAPUnspecified:       "ZAP_UNSPECIFIED",
	ProtocolZAPMalformedReply:    "ZAP_MALFORMED_REPLY",
	ProtocolZAPBadRequestID:      "ZAP_BAD_REQUEST_ID",
	ProtocolZAPBadVersion:        "ZAP_BAD_VERSION",
	ProtocolZAPInvalidStatusCode: "ZAP_INVALID_STATUS_CODE",
	ProtocolZAPInvalidMetadata:   "ZAP_INVALID_METADATA",
	ProtocolWebSocketUnspecified: "WS_UNSPECIFIED",
}

// String is libzmq's name, such as "ZMTP_MECHANISM_MISMATCH", or the number of
// a value that this package does not know.
func (p ProtocolError) String() string {
	if name, ok := protocolNames[p]; ok {
		return name
	}
	return fmt.Sprintf("ProtocolError(%#x)", uint32(p))
}

// Error is String with a word about what it is.
func (p ProtocolError) Error() string { return "protocol error " + p.String() }

// AuthError is the status with which a ZAP handler did not let a peer in: 300,
// 400 or 500 (RFC 27). It is the Err of EventHandshakeAuth, on both sides of
// the connection; the peer is not told of a 300.
type AuthError uint32

// What a ZAP handler answers.
const (
	AuthTemporary AuthError = 300 // not now: the peer tries again
	AuthDenied    AuthError = 400 // not this peer
	AuthInternal  AuthError = 500 // the handler itself failed
)

// Error says which it is, with the number.
func (a AuthError) Error() string {
	switch a {
	case AuthTemporary:
		return "not authenticated: temporary failure (300)"
	case AuthDenied:
		return "not authenticated: denied (400)"
	case AuthInternal:
		return "not authenticated: internal error (500)"
	}
	return fmt.Sprintf("not authenticated: status %d", uint32(a))
}
