package behaviour

import (
	"errors"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMisuse(t *testing.T) {
	zctx := testlib.Context(t)
	t.Run("C5 D9 the wrong direction is ErrNotSupported and errors.ErrUnsupported", func(t *testing.T) {
		for _, typ := range []zmq.SocketType{zmq.SUB, zmq.PULL} {
			err := testkit.Socket(t, zctx, typ).Send(testkit.Soon(t), []byte("x"))
			testkit.WantError(t, err, zmq.ErrNotSupported)
			testkit.WantError(t, err, errors.ErrUnsupported)
		}
		for _, typ := range []zmq.SocketType{zmq.PUB, zmq.PUSH} {
			_, err := testkit.Socket(t, zctx, typ).Recv(testkit.Soon(t))
			testkit.WantError(t, err, zmq.ErrNotSupported)
			testkit.WantError(t, err, errors.ErrUnsupported)
		}
		testkit.WantError(t, testkit.Socket(t, zctx, zmq.PULL).Subscribe(""), zmq.ErrNotSupported)
	})
	t.Run("V17 a draft type is errors.ErrUnsupported on a library without drafts", func(t *testing.T) {
		if zctx.Has("draft") {
			t.Skip("this library has drafts")
		}
		for typ := zmq.SERVER; typ <= zmq.CHANNEL; typ++ {
			_, err := zctx.NewSocket(typ)
			if !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(err.Error(), typ.String()) {
				t.Errorf("%v: error is %v", typ, err)
			}
		}
		for _, typ := range []zmq.SocketType{-1, 21, 1 << 40} {
			_, err := zctx.NewSocket(typ)
			testkit.WantError(t, err, zmq.ErrInvalid)
		}
	})
}
