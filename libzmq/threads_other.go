//go:build !linux

package libzmq

// threads has nothing to try: elsewhere libzmq ignores most of these options.
type threads struct{}

func newThreads() threads { return threads{} }

func (threads) option(int, []byte) {}
func (threads) check() error       { return nil }
