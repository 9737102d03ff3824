package zmqtest

import (
	"math"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/opt"
)

const (
	most    = math.MaxInt32
	ms, sec = time.Millisecond, time.Second
)

// trips has every option of package opt that can be set and read, by its name.
func trips() map[string]trip {
	return map[string]trip{
		"SendHWM":      ints(opt.SendHWM, 1000, 0, most),
		"RecvHWM":      ints(opt.RecvHWM, 1000, 0, most),
		"Conflate":     bools(opt.Conflate, false),
		"Immediate":    bools(opt.Immediate, false),
		"MaxMsgSize":   span(opt.MaxMsgSize, -1, []int64{-1, 0, math.MaxInt64}, []int64{-2, math.MinInt64}),
		"Affinity":     span(opt.Affinity, 0, []uint64{1, math.MaxUint64, 0}, nil),
		"RoutingID":    span(opt.RoutingID, "", []string{"x", "\x00a\x00", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"InBatchSize":  ints(opt.InBatchSize, 8192, 9, most),
		"OutBatchSize": ints(opt.OutBatchSize, 8192, 1, most),

		"Linger":               times(opt.Linger, -1, -1, ms),
		"SendTimeout":          times(opt.SendTimeout, -1, -1, ms),
		"RecvTimeout":          times(opt.RecvTimeout, -1, -1, ms),
		"ConnectTimeout":       times(opt.ConnectTimeout, 0, 0, ms),
		"HandshakeInterval":    times(opt.HandshakeInterval, 30*sec, 0, ms),
		"ReconnectInterval":    times(opt.ReconnectInterval, 100*ms, -1, ms),
		"ReconnectIntervalMax": times(opt.ReconnectIntervalMax, 0, 0, ms),
		"HeartbeatInterval":    times(opt.HeartbeatInterval, 0, 0, ms),
		"HeartbeatTimeout":     times(opt.HeartbeatTimeout, -1, 0, ms),
		"HeartbeatTTL": span(opt.HeartbeatTTL, 0, []time.Duration{0, 100 * ms, 6553500 * ms},
			[]time.Duration{-1, 6553600 * ms}),
		"ReconnectStop": span(opt.ReconnectStop, 0, []opt.StopReason{opt.StopConnectionRefused,
			opt.StopConnectionRefused | opt.StopHandshakeFailed | opt.StopAfterDisconnect, 0}, []opt.StopReason{-1, 8}),

		"IPv6":                 bools(opt.IPv6, false),
		"IPv4Only":             bools(opt.IPv4Only, true),
		"Backlog":              ints(opt.Backlog, 100, 0, most),
		"SendBuffer":           ints(opt.SendBuffer, -1, -1, most),
		"RecvBuffer":           ints(opt.RecvBuffer, -1, -1, most),
		"TCPKeepAlive":         span(opt.TCPKeepAlive, opt.KeepAliveDefault, []opt.KeepAlive{opt.KeepAliveOff, opt.KeepAliveOn, opt.KeepAliveDefault}, []opt.KeepAlive{-2, 2}),
		"TCPKeepAliveCount":    span(opt.TCPKeepAliveCount, -1, []int{1, 127, -1}, []int{-2, 0, 128}),
		"TCPKeepAliveIdle":     span(opt.TCPKeepAliveIdle, -1, []time.Duration{-1, sec, 32767 * sec}, []time.Duration{0, 32767*sec + 1, math.MaxInt64}),
		"TCPKeepAliveInterval": span(opt.TCPKeepAliveInterval, -1, []time.Duration{-1, sec, 32767 * sec}, []time.Duration{0, 32767*sec + 1, math.MaxInt64}),
		"TCPMaxRetransmit":     times(opt.TCPMaxRetransmit, 0, 0, ms),
		"TypeOfService":        ints(opt.TypeOfService, 0, 0, most),
		"Priority":             ints(opt.Priority, 0, 0, 6),
		"BindToDevice":         texts(opt.BindToDevice, 16),
		"LoopbackFastPath":     bools(opt.LoopbackFastPath, false),
		"UseFD":                ints(opt.UseFD, -1, -1, most),
		"SOCKSProxy":           texts(opt.SOCKSProxy, 0),
		"SOCKSUsername":        texts(opt.SOCKSUsername, 255),
		"SOCKSPassword":        texts(opt.SOCKSPassword, 255),

		"RouterNotify": span(opt.RouterNotify, 0, []opt.RouterEvents{opt.NotifyConnect, opt.NotifyConnect | opt.NotifyDisconnect, 0},
			[]opt.RouterEvents{-1, 4}).on(zmq.ROUTER),
		"InvertMatching": bools(opt.InvertMatching, false).on(zmq.PUB),

		"Rate":             ints(opt.Rate, 100, 1, most).on(zmq.PUB),
		"RecoveryInterval": times(opt.RecoveryInterval, 10*sec, 0, ms).on(zmq.PUB),
		"MulticastHops":    ints(opt.MulticastHops, 1, 1, most).on(zmq.PUB),
		"MulticastMaxTPDU": ints(opt.MulticastMaxTPDU, 1500, 1, most).on(zmq.PUB),
		"MulticastLoop":    bools(opt.MulticastLoop, true),

		"NORMMode": span(opt.NORMMode, opt.NormCC, []opt.NormMode{opt.NormFixed, opt.NormCCEECNOnly, opt.NormCCL}, []opt.NormMode{-1, 5}),

		"NORMUnicastNACK":   bools(opt.NORMUnicastNACK, false),
		"NORMBufferSize":    ints(opt.NORMBufferSize, 2048, 1, most),
		"NORMSegmentSize":   ints(opt.NORMSegmentSize, 1400, 1, most),
		"NORMBlockSize":     ints(opt.NORMBlockSize, 16, 1, 255),
		"NORMNumParity":     ints(opt.NORMNumParity, 4, 0, 254),
		"NORMNumAutoParity": ints(opt.NORMNumAutoParity, 0, 0, 254),
		"NORMPush":          bools(opt.NORMPush, false),

		"PlainServer":      bools(opt.PlainServer, false),
		"PlainUsername":    texts(opt.PlainUsername, 255),
		"PlainPassword":    texts(opt.PlainPassword, 255),
		"CurveServer":      bools(opt.CurveServer, false),
		"CurvePublicKey":   keyOf(opt.CurvePublicKey),
		"CurveSecretKey":   keyOf(opt.CurveSecretKey),
		"CurveServerKey":   keyOf(opt.CurveServerKey),
		"ZAPDomain":        span(opt.ZAPDomain, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"ZAPEnforceDomain": bools(opt.ZAPEnforceDomain, false),

		"GSSAPIServer":            bools(opt.GSSAPIServer, false),
		"GSSAPIPrincipal":         span(opt.GSSAPIPrincipal, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"GSSAPIServicePrincipal":  span(opt.GSSAPIServicePrincipal, "", []string{"x", strings.Repeat("y", 255)}, []string{"", strings.Repeat("x", 256)}),
		"GSSAPIPlaintext":         bools(opt.GSSAPIPlaintext, false),
		"GSSAPIPrincipalNameType": span(opt.GSSAPIPrincipalNameType, opt.NameHostBased, []opt.GSSAPINameType{opt.NameUserName, opt.NameKRB5Principal, opt.NameHostBased}, []opt.GSSAPINameType{-1, 3}),
		"GSSAPIServicePrincipalNameType": span(opt.GSSAPIServicePrincipalNameType, opt.NameHostBased,
			[]opt.GSSAPINameType{opt.NameUserName, opt.NameKRB5Principal, opt.NameHostBased}, []opt.GSSAPINameType{-1, 3}),

		"VMCIBufferSize":     span(opt.VMCIBufferSize, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIBufferMin":      span(opt.VMCIBufferMin, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIBufferMax":      span(opt.VMCIBufferMax, 0, []uint64{1, math.MaxUint64}, nil),
		"VMCIConnectTimeout": times(opt.VMCIConnectTimeout, -1, -1, ms),
	}
}

// contextTrips has every option of package opt that a context can set and read.
func contextTrips(drafts bool) map[string]contextTrip {
	names := []string{"7", "-7", "2147483647"}
	if drafts {
		names = append(names, "io", "name", "07", strings.Repeat("n", 16))
	}
	return map[string]contextTrip{
		"IOThreads":         contextSpan(opt.IOThreads, 1, []int{0, most, 1}, []int{-1, most + 1}),
		"MaxSockets":        contextSpan(opt.MaxSockets, 1023, []int{1, 65535, 1023}, []int{0, 65536}),
		"ContextIPv6":       contextSpan(opt.ContextIPv6, false, []bool{true, false}, nil),
		"Blocky":            contextSpan(opt.Blocky, true, []bool{false, true}, nil),
		"ZeroCopyRecv":      contextSpan(opt.ZeroCopyRecv, true, []bool{false, true}, nil),
		"ContextMaxMsgSize": contextSpan(opt.ContextMaxMsgSize, most, []int{0, most}, []int{-1, most + 1}),
		"ThreadSchedPolicy": contextSpan(opt.ThreadSchedPolicy, -1, []int{0}, []int{-1, most + 1}),
		"ThreadNamePrefix":  contextSpan(opt.ThreadNamePrefix, "", names, []string{"", strings.Repeat("n", 17)}),
	}
}
