// Package loop has the loops that are measured, for every library that Go
// programs may use. bench/c has the same in C.
//
// The ends of a pattern are what a library's loop looks like inside: they move
// many messages in one call, so that nothing is measured but the library.
package loop

// group runs functions, and waits for all of them or the first that fails. The
// others may be waiting for that one, and are left behind: the process ends.
type group struct {
	ended   chan error
	running int
}

func newGroup() *group { return &group{ended: make(chan error, 4096)} }

func (g *group) Go(f func() error) {
	g.running++
	go func() { g.ended <- f() }()
}

func (g *group) Wait() error {
	for range g.running {
		if err := <-g.ended; err != nil {
			return err
		}
	}
	return nil
}
