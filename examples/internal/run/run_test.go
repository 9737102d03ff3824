package run

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	zmq "gozmq"
	"gozmq/internal/testkit"
)

// waits is a part that runs until it is told to stop.
func waits(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func goes(context.Context) error {
	runtime.Goexit()
	return nil
}

func returns(err error) func(context.Context) error {
	return func(context.Context) error { return err }
}

func TestWith(t *testing.T) {
	broken := errors.New("broken")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	tests := map[string]struct {
		ctx    context.Context
		lead   func(context.Context) error
		others []func(context.Context) error
		want   error
	}{
		"the lead is done":           {context.Background(), returns(nil), []func(context.Context) error{waits, waits}, nil},
		"the lead fails":             {context.Background(), returns(broken), []func(context.Context) error{waits}, broken},
		"another fails":              {context.Background(), waits, []func(context.Context) error{waits, returns(broken)}, broken},
		"another ends its goroutine": {context.Background(), waits, []func(context.Context) error{goes}, errGone},
		"all is interrupted":         {ended, waits, []func(context.Context) error{waits}, context.Canceled},
		"all are done":               {context.Background(), returns(nil), []func(context.Context) error{returns(nil)}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var err error
			testkit.Returns(t, "With", func() { err = With(test.ctx, test.lead, test.others...) })
			if !errors.Is(err, test.want) {
				t.Errorf("With is %v, want %v", err, test.want)
			}
		})
	}
}

func TestChoose(t *testing.T) {
	parts := []Part{Forever("server", nil), Once("client", nil)}
	for _, test := range []struct {
		names []string
		want  int
	}{
		{nil, 2},
		{[]string{"client"}, 1},
		{[]string{"server", "server", "client"}, 3},
	} {
		chosen, err := choose(parts, test.names)
		if err != nil || len(chosen) != test.want {
			t.Errorf("%q chooses %d parts, %v; want %d", test.names, len(chosen), err, test.want)
		}
	}
	if _, err := choose(parts, []string{"sever"}); err == nil {
		t.Error("a part that does not exist was chosen")
	}
}

// What comes first is done before the others begin. Parts that end are waited
// for, those that do not are ended.
func TestTogether(t *testing.T) {
	var prepared, done atomic.Int32
	prepare := First("keys", func(context.Context, *zmq.Context) error { prepared.Add(1); return nil })
	client := Once("client", func(context.Context, *zmq.Context) error {
		if prepared.Load() != 1 {
			return errors.New("began too early")
		}
		done.Add(1)
		return nil
	})
	server := Forever("server", func(ctx context.Context, _ *zmq.Context) error { return waits(ctx) })
	var err error
	testkit.Returns(t, "together", func() {
		err = together(context.Background(), nil, []Part{server, client, client, server, client, prepare})
	})
	if err != nil || done.Load() != 3 {
		t.Errorf("%d parts were done, %v; want 3", done.Load(), err)
	}
}
