package zap

import (
	"fmt"
	"log/slog"
	"time"
)

// Option changes how a server or With calls its handler.
type Option func(*config)

type config struct {
	timeout time.Duration
	calls   int
	log     *slog.Logger
}

const (
	defaultTimeout = 5 * time.Second
	defaultCalls   = 256
)

// Timeout is how long a handler may take for one request, 5 seconds by
// default; a peer whose handler took longer is refused with StatusFail. It is
// to be shorter than opt.HandshakeInterval of both sides, 30 seconds by
// default, after which they give up by themselves.
func Timeout(d time.Duration) Option { return func(c *config) { c.timeout = d } }

// Calls is how many calls of the handler run at a time, 256 by default. Peers
// beyond that wait for their turn; those for whom it comes later than Timeout
// are sent away with StatusTryLater.
func Calls(n int) Option { return func(c *config) { c.calls = n } }

// Logger gets a line for each decision, at level Debug, and for each failure:
// a handler that panics, is too slow or answers what cannot be, at level
// Error; a malformed request at Warn. Credentials are never in it, but what
// a panic says is. By default nothing is logged.
func Logger(l *slog.Logger) Option { return func(c *config) { c.log = l } }

func newConfig(options []Option) (config, error) {
	c := config{timeout: defaultTimeout, calls: defaultCalls}
	for _, o := range options {
		if o != nil {
			o(&c)
		}
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.timeout <= 0 {
		return c, fmt.Errorf("zap: a timeout of %v leaves no time", c.timeout)
	}
	if c.calls <= 0 {
		return c, fmt.Errorf("zap: %d calls at a time are none", c.calls)
	}
	return c, nil
}
