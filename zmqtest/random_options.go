package zmqtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/opt"
)

// randomOptions sets what the types of package opt would never let pass.
func randomOptions(t *T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("the seed is %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	last := zmq.STREAM
	if t.Zctx().Has("draft") {
		last = zmq.CHANNEL
	}
	for i := range 60 {
		t.Run(fmt.Sprint("round ", i), func(t *T) {
			any := func() zmq.SocketType { return zmq.SocketType(random.IntN(int(last) + 1)) }
			for _, transport := range all {
				s, other := t.Socket(any()), t.Socket(any())
				setAtRandom(random, s)
				setAtRandom(random, other)
				if s.Bind(testkit.Endpoint(t, transport)) == nil {
					_ = other.Connect(s.LastEndpoint())
					_ = t.TrySend(other, "x")
					_ = t.TrySend(s, "x")
				}
			}
		})
	}
	pull, push := t.Pair(zmq.PULL, zmq.PUSH)
	t.Send(push, "the process lives")
	t.Expect(pull, "the process lives")
}

// setAtRandom gives some options values of all kinds, and reads them.
func setAtRandom(random *rand.Rand, s *zmq.Socket) {
	for range 20 {
		num := random.IntN(130)
		switch num {
		case int(opt.UseFD): // would give away a descriptor of somebody else
			continue
		case int(opt.SOCKSProxy): // row R6
			continue
		}
		value := make([]byte, random.IntN(40))
		for i := range value {
			value[i] = byte(random.Uint32())
		}
		for _, set := range []zmq.Setting{
			zmq.Option[[]byte](num).To(value),
			zmq.Option[string](num).To(fmt.Sprintf("%x", value)),
			zmq.Option[int](num).To(int(random.Int32()) - 1<<30),
			zmq.Option[int](num).To(random.IntN(4) - 1),
			zmq.Option[int64](num).To(int64(random.Uint64())),
			zmq.Option[bool](num).To(random.IntN(2) == 0),
			zmq.Option[time.Duration](num).To(time.Duration(random.Int64N(int64(time.Hour)))),
		} {
			_ = s.Set(set)
		}
		_, _ = zmq.Option[[]byte](num).Get(s)
		_, _ = zmq.Option[int](num).Get(s)
	}
}
