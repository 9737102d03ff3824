//go:build cgo

package capi

/*
#cgo noescape gozmq_ctx_new
#cgo nocallback gozmq_ctx_new
#cgo noescape gozmq_init
#cgo nocallback gozmq_init
#cgo noescape gozmq_ctx_shutdown
#cgo nocallback gozmq_ctx_shutdown
#cgo noescape gozmq_ctx_term
#cgo nocallback gozmq_ctx_term
#cgo noescape gozmq_term
#cgo nocallback gozmq_term
#cgo noescape gozmq_ctx_destroy
#cgo nocallback gozmq_ctx_destroy
#cgo noescape gozmq_ctx_set
#cgo nocallback gozmq_ctx_set
#cgo noescape gozmq_ctx_get
#cgo nocallback gozmq_ctx_get
#cgo noescape gozmq_ctx_set_ext
#cgo nocallback gozmq_ctx_set_ext
#cgo noescape gozmq_ctx_get_ext
#cgo nocallback gozmq_ctx_get_ext
#include "shims_ctx.h"
*/
import "C"

import "unsafe"

// CtxNew returns a new context. It starts no thread before the first socket. The caller ends it
// with [Ctx.Term]. It wraps zmq_ctx_new. Errors: [*LoadError], [EMFILE].
func CtxNew() (*Ctx, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	c := &Ctx{}
	var p unsafe.Pointer
	if err := resultErr("zmq_ctx_new", int(C.gozmq_ctx_new(&p))); err != nil {
		return nil, err
	}
	c.p = p
	return c, nil
}

// Init is the old [CtxNew], with the number of I/O threads. It wraps zmq_init. Errors:
// [EINVAL] for a negative number, [*LoadError].
//
// Deprecated: use CtxNew and Set.
func Init(ioThreads int) (*Ctx, error) {
	if err := ensureLoaded(); err != nil {
		return nil, err
	}
	n, ok := cint(ioThreads)
	if !ok || n < 0 {
		return nil, EINVAL
	}
	c := &Ctx{}
	var p unsafe.Pointer
	if err := resultErr("zmq_init", int(C.gozmq_init(&p, n))); err != nil {
		return nil, err
	}
	c.p = p
	return c, nil
}

// acquire returns the context for one call and keeps Term waiting until release.
func (c *Ctx) acquire() (unsafe.Pointer, error) {
	if c == nil {
		return nil, EFAULT
	}
	c.mu.RLock()
	if c.p == nil {
		c.mu.RUnlock()
		return nil, EFAULT
	}
	return c.p, nil
}

func (c *Ctx) release() { c.mu.RUnlock() }

// Set sets a context option, for example [IO_THREADS]. Options that size the context must be set
// before the first socket is made. It wraps zmq_ctx_set. Errors: [EINVAL], [EFAULT].
func (c *Ctx) Set(opt, val int) error {
	p, err := c.acquire()
	if err != nil {
		return err
	}
	defer c.release()
	o, ok1 := cint(opt)
	v, ok2 := cint(val)
	if !ok1 || !ok2 {
		return EINVAL
	}
	return resultErr("zmq_ctx_set", int(C.gozmq_ctx_set(p, o, v)))
}

// Get returns a context option. It wraps zmq_ctx_get. Errors: [EINVAL], [EFAULT].
func (c *Ctx) Get(opt int) (int, error) {
	p, err := c.acquire()
	if err != nil {
		return 0, err
	}
	defer c.release()
	o, ok := cint(opt)
	if !ok {
		return 0, EINVAL
	}
	var v C.int
	if err := resultErr("zmq_ctx_get", int(C.gozmq_ctx_get(p, o, &v))); err != nil {
		return 0, err
	}
	return int(v), nil
}

// SetExt sets a context option from bytes, which [THREAD_NAME_PREFIX] needs for text; integers are
// four bytes in the machine's order. It wraps zmq_ctx_set_ext, a draft. Errors: [EINVAL],
// [EFAULT], [*MissingError].
func (c *Ctx) SetExt(opt int, val []byte) error {
	p, err := c.acquire()
	if err != nil {
		return err
	}
	defer c.release()
	o, ok := cint(opt)
	if !ok {
		return EINVAL
	}
	return resultErr("zmq_ctx_set_ext", int(C.gozmq_ctx_set_ext(p, o, bytesPtr(val), C.size_t(len(val)))))
}

// GetExt writes a context option into buf and returns its length; text ends with a NUL that
// counts. It wraps zmq_ctx_get_ext, a draft. Errors: [EINVAL] also when buf is too short,
// [EFAULT], [*MissingError].
func (c *Ctx) GetExt(opt int, buf []byte) (int, error) {
	p, err := c.acquire()
	if err != nil {
		return 0, err
	}
	defer c.release()
	o, ok := cint(opt)
	if !ok || len(buf) == 0 {
		return 0, EINVAL
	}
	n := C.size_t(len(buf))
	if err := resultErr("zmq_ctx_get_ext", int(C.gozmq_ctx_get_ext(p, o, bytesPtr(buf), &n))); err != nil {
		return 0, err
	}
	return int(n), nil
}

// Shutdown makes every call that blocks on a socket of c, and every later one but Close, fail
// with [ETERM]. It returns at once, frees nothing and may be repeated; sockets still have to be
// closed and c terminated. It wraps zmq_ctx_shutdown. Errors: [EFAULT].
func (c *Ctx) Shutdown() error {
	p, err := c.acquire()
	if err != nil {
		return err
	}
	defer c.release()
	return resultErr("zmq_ctx_shutdown", int(C.gozmq_ctx_shutdown(p)))
}

// Term does what Shutdown does, waits until every socket of c is closed and its unsent messages
// have gone out or their LINGER has passed, and frees c. It blocks for ever when a socket is not
// closed, or holds a message for a peer that never comes and has no LINGER. From its
// start on all other methods of c give [EFAULT]. It wraps zmq_ctx_term.
func (c *Ctx) Term() error {
	p, err := c.take()
	if err != nil {
		return err
	}
	return c.ended("zmq_ctx_term", p, C.gozmq_ctx_term(p))
}

// TermLegacy is the oldest name of [Ctx.Term]. It wraps zmq_term.
//
// Deprecated: use Term.
func (c *Ctx) TermLegacy() error {
	p, err := c.take()
	if err != nil {
		return err
	}
	return c.ended("zmq_term", p, C.gozmq_term(p))
}

// Destroy is an old name of [Ctx.Term]. It wraps zmq_ctx_destroy.
//
// Deprecated: use Term.
func (c *Ctx) Destroy() error {
	p, err := c.take()
	if err != nil {
		return err
	}
	return c.ended("zmq_ctx_destroy", p, C.gozmq_ctx_destroy(p))
}

// take takes the pointer out of c, so that nothing can use it while and after it is freed.
func (c *Ctx) take() (unsafe.Pointer, error) {
	if c == nil {
		return nil, EFAULT
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.p
	if p == nil {
		return nil, EFAULT
	}
	c.p = nil
	return p, nil
}

// ended puts the pointer back when libzmq did not free the context.
func (c *Ctx) ended(fn string, p unsafe.Pointer, rc C.int) error {
	err := resultErr(fn, int(rc))
	if err != nil {
		c.mu.Lock()
		c.p = p
		c.mu.Unlock()
	}
	return err
}
