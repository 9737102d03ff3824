// Package opt has every option of ZeroMQ's sockets and contexts as a typed
// constant.
//
//	sock, err := zctx.NewSocket(zmq.PUSH, opt.SendHWM.To(10_000), opt.Linger.To(time.Second))
//	err = sock.Set(opt.SendTimeout.To(50 * time.Millisecond))
//	hwm, err := opt.SendHWM.Get(sock)
//
// The type of a constant says whose option it is, what may be done with it and
// what its value is: zmq.Option can be set and read, zmq.ReadOption has no To,
// zmq.WriteOption no Get, and zmq.ContextOption and its like belong to a
// context. What does not fit does not compile. A value out of range is refused
// before libzmq sees it, with the range in the error.
//
// Times are durations and are rounded up to the option's unit; negative is for
// ever, or never, where the option has that. On a library that does not have
// an option its setting is an error that is errors.ErrUnsupported and says what
// it takes: a newer version, or a build with drafts.
//
// Effect tells when a change counts. Most options are copied by Bind and
// Connect, so a change counts for later ones only; those that work at once
// say so.
package opt

import "strings"

// bits names the bits that are set in v, the lowest first.
func bits(v int, names ...string) string {
	var set []string
	for i, name := range names {
		if v&(1<<i) != 0 {
			set = append(set, name)
		}
	}
	if len(set) == 0 {
		return "none"
	}
	return strings.Join(set, "|")
}
