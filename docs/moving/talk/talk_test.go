package talk

import (
	"context"
	"testing"

	zmq "gozmq"
	"gozmq/docs/moving/after"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestGozmqWithItself(t *testing.T) { Run(t, gozmq(t)) }

// The programs that the guides show in addition do the same as their likes.
func TestVariants(t *testing.T) {
	zctx := testlib.Context(t)
	variants := Library{
		Name: "gozmq's variants",
		Ask: func(ctx context.Context, endpoint, name string) (string, error) {
			return after.AskOnce(ctx, zctx, endpoint, name)
		},
		Watch: func(ctx context.Context, news, tasks string, handle func(string)) error {
			return withTwo(zctx, news, tasks, func(sub, pull *zmq.Socket) error {
				return after.Poll(ctx, sub, pull, handle)
			})
		},
	}
	t.Run("request and reply", func(t *testing.T) { request(t, gozmq(t), variants) })
	t.Run("watch", func(t *testing.T) { watch(t, variants) })
}
