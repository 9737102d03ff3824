package opt

import (
	"strconv"

	zmq "gozmq"
)

// NORMMode is ZMQ_NORM_MODE: how fast a sender sends.
//
//	Default  NormCC
//	Range    0 to 4
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMMode zmq.Option[NormMode] = 117

// NORMUnicastNACK is ZMQ_NORM_UNICAST_NACK: receivers ask for lost packets by
// unicast.
//
//	Default  false
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMUnicastNACK zmq.Option[bool] = 118

// NORMBufferSize is ZMQ_NORM_BUFFER_SIZE: the size of the buffers of a sender
// and of each of its receivers, in kilobytes.
//
//	Default  2048
//	Range    1 to 2147483647
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMBufferSize zmq.Option[int] = 119

// NORMSegmentSize is ZMQ_NORM_SEGMENT_SIZE: how many bytes of a message a
// packet carries.
//
//	Default  1400
//	Range    1 to 2147483647
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMSegmentSize zmq.Option[int] = 120

// NORMBlockSize is ZMQ_NORM_BLOCK_SIZE: how many packets make a block of
// forward error correction.
//
//	Default  16
//	Range    1 to 255
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
//
// Together with NORMNumParity at most 255.
const NORMBlockSize zmq.Option[int] = 121

// NORMNumParity is ZMQ_NORM_NUM_PARITY: how many parity packets are computed
// for a block.
//
//	Default  4
//	Range    0 to 254
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMNumParity zmq.Option[int] = 122

// NORMNumAutoParity is ZMQ_NORM_NUM_AUTOPARITY: how many of the parity packets
// are sent without being asked for.
//
//	Default  0
//	Range    0 to 254
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
//
// At most NORMNumParity.
const NORMNumAutoParity zmq.Option[int] = 123

// NORMPush is ZMQ_NORM_PUSH: send on when receivers ask for lost packets,
// which they may then not get.
//
//	Default  false
//	Sockets  PUB SUB XPUB XSUB; norm
//	Effect   later Bind and Connect calls
//	Since    libzmq 4.3.5; draft, needs a build with drafts and NORM
const NORMPush zmq.Option[bool] = 124

// NormMode is how a NORM sender finds its rate.
type NormMode int

// The values of NormMode.
const (
	NormFixed      NormMode = 0 // as opt.Rate says
	NormCC         NormMode = 1 // congestion control
	NormCCL        NormMode = 2 // congestion control that takes wireless losses into account
	NormCCE        NormMode = 3 // congestion control by ECN, and losses
	NormCCEECNOnly NormMode = 4 // congestion control by ECN only
)

// String is the name of the value.
func (v NormMode) String() string {
	switch v {
	case NormFixed:
		return "fixed"
	case NormCC:
		return "CC"
	case NormCCL:
		return "CCL"
	case NormCCE:
		return "CCE"
	case NormCCEECNOnly:
		return "CCE ECN only"
	}
	return "NormMode(" + strconv.Itoa(int(v)) + ")"
}
