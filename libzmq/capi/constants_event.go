package capi

// Events of [Socket.Monitor], to be added up. The comment gives the value that comes with each.
const (
	EVENT_CONNECTED                  = 0x0001 // a connection is made; its descriptor
	EVENT_CONNECT_DELAYED            = 0x0002 // connecting takes a while; an errno
	EVENT_CONNECT_RETRIED            = 0x0004 // will connect again; milliseconds until then
	EVENT_LISTENING                  = 0x0008 // bound; the descriptor
	EVENT_BIND_FAILED                = 0x0010 // cannot bind; an errno
	EVENT_ACCEPTED                   = 0x0020 // a connection came in; its descriptor
	EVENT_ACCEPT_FAILED              = 0x0040 // cannot accept; an errno
	EVENT_CLOSED                     = 0x0080 // a connection is closed; the descriptor
	EVENT_CLOSE_FAILED               = 0x0100 // cannot close; an errno
	EVENT_DISCONNECTED               = 0x0200 // a connection is lost; its descriptor
	EVENT_MONITOR_STOPPED            = 0x0400 // the last report; 0
	EVENT_HANDSHAKE_FAILED_NO_DETAIL = 0x0800 // a handshake failed; an errno
	EVENT_HANDSHAKE_SUCCEEDED        = 0x1000 // a peer is ready; 0
	EVENT_HANDSHAKE_FAILED_PROTOCOL  = 0x2000 // the peer or the ZAP handler broke the protocol; a PROTOCOL_ERROR_ number
	EVENT_HANDSHAKE_FAILED_AUTH      = 0x4000 // a peer was not let in; the ZAP status: 300, 400 or 500
	EVENT_ALL                        = 0xFFFF // all of these
)

// Draft: the second format of events, for [Socket.MonitorVersioned].
const (
	EVENT_PIPES_STATS           = 0x10000                          // the lengths of the queues of a connection, on request
	EVENT_ALL_V1                = EVENT_ALL                        // all events of format 1
	EVENT_ALL_V2                = EVENT_ALL_V1 | EVENT_PIPES_STATS // all events of format 2
	CURRENT_EVENT_VERSION       = 1                                // the format of Monitor
	CURRENT_EVENT_VERSION_DRAFT = 2                                // the newest format
)

// Values of [EVENT_HANDSHAKE_FAILED_PROTOCOL].
const (
	PROTOCOL_ERROR_ZMTP_UNSPECIFIED                   = 0x10000000 // the peer: something else
	PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND            = 0x10000001 // the peer: a command out of turn
	PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE              = 0x10000002 // the peer: a command repeated or replayed
	PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE                  = 0x10000003 // the peer: keys that do not match
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED = 0x10000011 // the peer: a broken command
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE     = 0x10000012 // the peer: a broken MESSAGE
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO       = 0x10000013 // the peer: a broken HELLO
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE    = 0x10000014 // the peer: a broken INITIATE
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR       = 0x10000015 // the peer: a broken ERROR
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY       = 0x10000016 // the peer: a broken READY
	PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME     = 0x10000017 // the peer: a broken WELCOME
	PROTOCOL_ERROR_ZMTP_INVALID_METADATA              = 0x10000018 // the peer: broken metadata, or a socket type that does not fit
	PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC                 = 0x11000001 // the peer: a wrong key or a forged message
	PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH            = 0x11000002 // the peer: another security mechanism
	PROTOCOL_ERROR_ZAP_UNSPECIFIED                    = 0x20000000 // the ZAP handler: something else
	PROTOCOL_ERROR_ZAP_MALFORMED_REPLY                = 0x20000001 // the ZAP handler: a broken reply
	PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID                 = 0x20000002 // the ZAP handler: a reply to another request
	PROTOCOL_ERROR_ZAP_BAD_VERSION                    = 0x20000003 // the ZAP handler: another version
	PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE            = 0x20000004 // the ZAP handler: an unknown status
	PROTOCOL_ERROR_ZAP_INVALID_METADATA               = 0x20000005 // the ZAP handler: broken metadata
	PROTOCOL_ERROR_WS_UNSPECIFIED                     = 0x30000000 // the WebSocket peer: something else
)
