package capi

// Context options, for [Ctx.Set] and [Ctx.Get]. IPV6 and BLOCKY are context options too; the first
// is listed with the socket options.
const (
	IO_THREADS                 = 1  // number of I/O threads, default 1; before the first socket
	MAX_SOCKETS                = 2  // most sockets at a time, default 1023; before the first socket
	SOCKET_LIMIT               = 3  // the most that MAX_SOCKETS may be; read only
	THREAD_PRIORITY            = 3  // priority of the I/O threads; write only
	THREAD_SCHED_POLICY        = 4  // scheduling policy of the I/O threads
	MAX_MSGSZ                  = 5  // stored by libzmq and used for nothing
	MSG_T_SIZE                 = 6  // size of a zmq_msg_t in bytes; read only
	THREAD_AFFINITY_CPU_ADD    = 7  // let the I/O threads run on this CPU; write only
	THREAD_AFFINITY_CPU_REMOVE = 8  // undo THREAD_AFFINITY_CPU_ADD; write only
	THREAD_NAME_PREFIX         = 9  // prefix of the names of the I/O threads
	ZERO_COPY_RECV             = 10 // 1: received frames point into the receive buffer, the default (draft)
	BLOCKY                     = 70 // 0: new sockets have LINGER 0; default 1
)

// Socket options. The comment gives the type (int is 32 bits, bytes, text, key: 32 bytes or 40
// characters of Z85), then w for options that can only be written and r for those that can only
// be read. Times are milliseconds. Most options apply to later Binds and Connects only.
const (
	AFFINITY                          = 4  // uint64: bit n allows I/O thread n; 0 all
	ROUTING_ID                        = 5  // bytes, 1 to 255: the name a ROUTER peer knows this socket by
	SUBSCRIBE                         = 6  // bytes, w: receive messages that begin so (SUB)
	UNSUBSCRIBE                       = 7  // bytes, w: undo one SUBSCRIBE
	RATE                              = 8  // int: kbit/s of multicast, default 100
	RECOVERY_IVL                      = 9  // int: how long multicast can repeat, default 10000
	SNDBUF                            = 11 // int: bytes of the kernel's send buffer; -1 the system's
	RCVBUF                            = 12 // int: bytes of the kernel's receive buffer; -1 the system's
	RCVMORE                           = 13 // int, r: 1 when the frame received last is followed by another
	FD                                = 14 // descriptor, r: readable when EVENTS should be read
	EVENTS                            = 15 // int, r: POLLIN and POLLOUT as they are now
	TYPE                              = 16 // int, r: the socket type
	LINGER                            = 17 // int: how long Close goes on sending; -1 for ever, the default of most types
	RECONNECT_IVL                     = 18 // int: pause before connecting again, default 100; -1 never
	BACKLOG                           = 19 // int: connections that wait to be accepted, default 100
	RECONNECT_IVL_MAX                 = 21 // int: bound of the growing pause; 0 no growth
	MAXMSGSIZE                        = 22 // int64: bytes of the longest message received; -1 no limit
	SNDHWM                            = 23 // int: messages that wait to be sent, for each peer; 0 no limit, default 1000
	RCVHWM                            = 24 // int: messages that wait to be received, for each peer; 0 no limit, default 1000
	MULTICAST_HOPS                    = 25 // int: hops of multicast, default 1
	RCVTIMEO                          = 27 // int: bound of the wait in Recv; -1 none
	SNDTIMEO                          = 28 // int: bound of the wait in Send; -1 none
	LAST_ENDPOINT                     = 32 // text, r: the endpoint of the last Bind or Connect
	ROUTER_MANDATORY                  = 33 // int, w: 1 gives an error for a message to nobody (ROUTER)
	TCP_KEEPALIVE                     = 34 // int: -1 the system's, 0 off, 1 on
	TCP_KEEPALIVE_CNT                 = 35 // int: probes before giving up; -1 the system's
	TCP_KEEPALIVE_IDLE                = 36 // int: seconds before the first probe; -1 the system's
	TCP_KEEPALIVE_INTVL               = 37 // int: seconds between probes; -1 the system's
	IMMEDIATE                         = 39 // int: 1 queues only for connections that are complete
	XPUB_VERBOSE                      = 40 // int, w: 1 reports repeated subscriptions too (XPUB)
	ROUTER_RAW                        = 41 // int, w: old form of STREAM (ROUTER); deprecated
	IPV6                              = 42 // int: 1 allows IPv6
	MECHANISM                         = 43 // int, r: the security mechanism
	PLAIN_SERVER                      = 44 // int: 1 makes this side the PLAIN server
	PLAIN_USERNAME                    = 45 // text: user name of a PLAIN client
	PLAIN_PASSWORD                    = 46 // text: password of a PLAIN client
	CURVE_SERVER                      = 47 // int: 1 makes this side the CURVE server
	CURVE_PUBLICKEY                   = 48 // key: own public key
	CURVE_SECRETKEY                   = 49 // key: own secret key
	CURVE_SERVERKEY                   = 50 // key: the server's public key; makes this side the client
	PROBE_ROUTER                      = 51 // int, w: 1 sends an empty message to each new ROUTER peer
	REQ_CORRELATE                     = 52 // int, w: 1 matches replies to requests by number (REQ)
	REQ_RELAXED                       = 53 // int, w: 1 allows a new request before the reply (REQ)
	CONFLATE                          = 54 // int: 1 keeps only the newest message
	ZAP_DOMAIN                        = 55 // text: domain for the ZAP handler
	ROUTER_HANDOVER                   = 56 // int, w: 1 gives a routing id to the newest peer that claims it (ROUTER)
	TOS                               = 57 // int: type of service of IP packets
	CONNECT_ROUTING_ID                = 61 // bytes, w: routing id of the next peer connected to (ROUTER, STREAM)
	GSSAPI_SERVER                     = 62 // int: 1 makes this side the GSSAPI server
	GSSAPI_PRINCIPAL                  = 63 // text: own principal
	GSSAPI_SERVICE_PRINCIPAL          = 64 // text: the server's principal
	GSSAPI_PLAINTEXT                  = 65 // int: 1 does not encrypt
	HANDSHAKE_IVL                     = 66 // int: bound of a handshake, default 30000; 0 none
	SOCKS_PROXY                       = 68 // text: host:port of a SOCKS5 proxy
	XPUB_NODROP                       = 69 // int, w: 1 waits and does not drop for slow subscribers (PUB, XPUB)
	XPUB_MANUAL                       = 71 // int, w: 1 leaves subscriptions to the program (XPUB)
	XPUB_WELCOME_MSG                  = 72 // bytes, w: sent to each new subscriber (XPUB)
	STREAM_NOTIFY                     = 73 // int, w: 0 hides connects and disconnects (STREAM)
	INVERT_MATCHING                   = 74 // int: 1 sends to those who did not subscribe; on both sides
	HEARTBEAT_IVL                     = 75 // int: pause between heartbeats; 0 none
	HEARTBEAT_TTL                     = 76 // int: when the peer should give up without one
	HEARTBEAT_TIMEOUT                 = 77 // int: when to give up without an answer; -1 as HEARTBEAT_IVL
	XPUB_VERBOSER                     = 78 // int, w: 1 reports repeated unsubscriptions too (XPUB)
	CONNECT_TIMEOUT                   = 79 // int: bound of one attempt to connect; 0 the system's
	TCP_MAXRT                         = 80 // int: bound of TCP's repeats; 0 the system's
	THREAD_SAFE                       = 81 // int, r: 1 for the thread-safe types
	MULTICAST_MAXTPDU                 = 84 // int: bytes of a multicast packet, default 1500
	VMCI_BUFFER_SIZE                  = 85 // uint64: bytes of VMCI's buffer
	VMCI_BUFFER_MIN_SIZE              = 86 // uint64: lower bound of it
	VMCI_BUFFER_MAX_SIZE              = 87 // uint64: upper bound of it
	VMCI_CONNECT_TIMEOUT              = 88 // int: bound of one attempt to connect by VMCI
	USE_FD                            = 89 // int: a listening descriptor for the next Bind to use; -1 none
	GSSAPI_PRINCIPAL_NAMETYPE         = 90 // int: a GSSAPI_NT_ number
	GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = 91 // int: a GSSAPI_NT_ number
	BINDTODEVICE                      = 92 // text: the only network interface to use
)

// Draft socket options. Several of them work with any libzmq that knows their number; the rest
// give EINVAL.
const (
	ZAP_ENFORCE_DOMAIN       = 93  // int: 1 demands a domain, and a ZAP handler for it
	LOOPBACK_FASTPATH        = 94  // int: 1 shortens loopback TCP on Windows
	METADATA                 = 95  // text, w: "X-name:value" for the peer's Msg.Gets
	MULTICAST_LOOP           = 96  // int: 0 does not hear own multicast
	ROUTER_NOTIFY            = 97  // int: NOTIFY_ numbers: empty messages on connects and disconnects (ROUTER)
	XPUB_MANUAL_LAST_VALUE   = 98  // int, w: XPUB_MANUAL, and sends to the last subscriber only (XPUB)
	SOCKS_USERNAME           = 99  // text: user name for SOCKS_PROXY
	SOCKS_PASSWORD           = 100 // text: password for SOCKS_PROXY
	IN_BATCH_SIZE            = 101 // int: bytes read at once, default 8192
	OUT_BATCH_SIZE           = 102 // int: bytes written at once, default 8192
	WSS_KEY_PEM              = 103 // text, w: the TLS server's key
	WSS_CERT_PEM             = 104 // text, w: the TLS server's certificate
	WSS_TRUST_PEM            = 105 // text, w: certificates a TLS client trusts
	WSS_HOSTNAME             = 106 // text, w: name a TLS client expects
	WSS_TRUST_SYSTEM         = 107 // int, w: 1 trusts the system's certificates
	ONLY_FIRST_SUBSCRIBE     = 108 // int, w: 1 takes only the first frame for a subscription (XPUB, XSUB)
	RECONNECT_STOP           = 109 // int: RECONNECT_STOP_ numbers: when not to connect again
	HELLO_MSG                = 110 // bytes, w: sent to each new peer
	DISCONNECT_MSG           = 111 // bytes, w: received when a peer goes
	PRIORITY                 = 112 // int: SO_PRIORITY of TCP connections
	BUSY_POLL                = 113 // int: SO_BUSY_POLL of TCP connections
	HICCUP_MSG               = 114 // bytes, w: received when a connection is lost and made again
	XSUB_VERBOSE_UNSUBSCRIBE = 115 // int, w: 1 passes repeated unsubscriptions on (XSUB)
	TOPICS_COUNT             = 116 // int, r: number of topics subscribed to
	NORM_MODE                = 117 // int: a NORM_ number
	NORM_UNICAST_NACK        = 118 // int: 1 sends NACKs by unicast
	NORM_BUFFER_SIZE         = 119 // int: kB of NORM's buffer, default 2048
	NORM_SEGMENT_SIZE        = 120 // int: bytes of a segment, default 1400
	NORM_BLOCK_SIZE          = 121 // int: segments of a block, default 16
	NORM_NUM_PARITY          = 122 // int: parity segments of a block, default 4
	NORM_NUM_AUTOPARITY      = 123 // int: parity segments sent unasked
	NORM_PUSH                = 124 // int: 1 discards old data when the buffer is full
)

// Old names and old options.
const (
	IDENTITY                = ROUTING_ID         // old name of ROUTING_ID
	CONNECT_RID             = CONNECT_ROUTING_ID // old name of CONNECT_ROUTING_ID
	TCP_ACCEPT_FILTER       = 38                 // text, w: networks to accept from; use a ZAP handler
	IPC_FILTER_PID          = 58                 // int, w: processes to accept from; use a ZAP handler
	IPC_FILTER_UID          = 59                 // int, w: users to accept from; use a ZAP handler
	IPC_FILTER_GID          = 60                 // int, w: groups to accept from; use a ZAP handler
	IPV4ONLY                = 31                 // int: the opposite of IPV6
	DELAY_ATTACH_ON_CONNECT = IMMEDIATE          // old name of IMMEDIATE
	FAIL_UNROUTABLE         = ROUTER_MANDATORY   // old name of ROUTER_MANDATORY
	ROUTER_BEHAVIOR         = ROUTER_MANDATORY   // old name of ROUTER_MANDATORY
)

// Values of [ROUTER_NOTIFY], to be added up.
const (
	NOTIFY_CONNECT    = 1 // when a peer connects
	NOTIFY_DISCONNECT = 2 // when a peer goes
)

// Values of [RECONNECT_STOP], to be added up. libzmq 4.3.4 and older have 3 for the last of
// them, which is the sum of the first two.
const (
	RECONNECT_STOP_CONN_REFUSED     = 0x1 // when the peer refuses the connection
	RECONNECT_STOP_HANDSHAKE_FAILED = 0x2 // when the handshake fails
	RECONNECT_STOP_AFTER_DISCONNECT = 0x4 // when a complete connection ends
)

// Kinds of GSSAPI names.
const (
	GSSAPI_NT_HOSTBASED      = 0 // service@host
	GSSAPI_NT_USER_NAME      = 1 // a local user
	GSSAPI_NT_KRB5_PRINCIPAL = 2 // a Kerberos principal
)

// Values of [NORM_MODE].
const (
	NORM_FIXED       = 0 // fixed rate
	NORM_CC          = 1 // congestion control
	NORM_CCL         = 2 // congestion control that minds loss
	NORM_CCE         = 3 // congestion control with ECN
	NORM_CCE_ECNONLY = 4 // congestion control with ECN alone
)
