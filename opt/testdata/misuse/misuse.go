// Package misuse holds what must not compile: each line with a "want" comment
// is an error, and no other line is. A test builds it.
package misuse

import (
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

func values() {
	opt.Linger.To(1 * time.Second)
	opt.Linger.To("1s") // want `cannot use "1s" \(untyped string constant\) as time.Duration value`
	opt.Linger.To(1.5)  // want `1.5 \(untyped float constant\) as time.Duration value`
	opt.SendHWM.To(1000)
	opt.SendHWM.To(time.Second)      // want `as int value in argument to opt.SendHWM.To`
	opt.SendHWM.To(true)             // want `as int value in argument to opt.SendHWM.To`
	opt.IPv6.To(1)                   // want `as bool value in argument to opt.IPv6.To`
	opt.CurveServerKey.To("key")     // want `as \[32\]byte value in argument`
	opt.NORMMode.To(opt.KeepAliveOn) // want `as opt.NormMode value in argument`
}

func access(s *zmq.Socket, c *zmq.Context) {
	opt.LastEndpoint.To("x")  // want `opt.LastEndpoint.To undefined`
	opt.Type.To(zmq.PUSH)     // want `opt.Type.To undefined`
	opt.XPubVerbose.Get(s)    // want `opt.XPubVerbose.Get undefined`
	opt.SocketLimit.To(1)     // want `opt.SocketLimit.To undefined`
	opt.ThreadPriority.Get(c) // want `opt.ThreadPriority.Get undefined`
	opt.Linger.Get(c)         // want `as \*zmq.Socket value in argument to opt.Linger.Get`
	opt.IOThreads.Get(s)      // want `as \*zmq.Context value in argument to opt.IOThreads.Get`
	n, _ := opt.Linger.Get(s)
	var _ int = n // want `cannot use n .* as int value in variable declaration`
}

func owners(s *zmq.Socket, c *zmq.Context) {
	libzmq.NewContext(opt.SendHWM.To(1))       // want `as zmq.ContextSetting value in argument to libzmq.NewContext`
	c.Set(opt.SendHWM.To(1))                   // want `as zmq.ContextSetting value in argument to c.Set`
	c.NewSocket(zmq.PUSH, opt.IOThreads.To(1)) // want `as zmq.Setting value in argument to c.NewSocket`
	s.Set(opt.IOThreads.To(1))                 // want `as zmq.Setting value in argument to s.Set`
	zmq.Settings(opt.IOThreads.To(1))          // want `as zmq.Setting value in argument to zmq.Settings`
	s.Set(opt.Linger)                          // want `as zmq.Setting value in argument to s.Set`
	opt.Linger = 18                            // want `cannot assign to opt.Linger`
}
