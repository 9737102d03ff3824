//go:build !cgo

package capi

// SendOne needs cgo.
func (s *Socket) SendOne(frame []byte, io *IO) int { return -int(ENOTSUP) }

// SendBatch needs cgo.
func (s *Socket) SendBatch(buf []byte, count int, io *IO) int { return -int(ENOTSUP) }

// RecvBatch needs cgo.
func (s *Socket) RecvBatch(buf []byte, max, lendMin int, io *IO) int { return -int(ENOTSUP) }

// Forward needs cgo.
func (s *Socket) Forward(to *Socket, buf []byte, max, lendMin int, in, out *IO, f *Forwarded) int {
	return -int(ENOTSUP)
}

// Release needs cgo.
func Release(handles []uint64) {}

// Property needs cgo.
func Property(handle uint64, name string) string { return "" }

// Free needs cgo.
func (io *IO) Free() {}

// FreeBlocks needs cgo.
func FreeBlocks() {}

// Lent needs cgo.
func Lent() int { return 0 }

// WaitReadable needs cgo.
func WaitReadable(fd uintptr, ms int) bool { return false }

// BatchError is the error that a batch call's negative result stands for.
func BatchError(rc int) error {
	if rc >= 0 {
		return nil
	}
	return ErrNoCgo
}
