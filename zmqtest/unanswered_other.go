//go:build !linux

package zmqtest

// unanswered is for Linux: nothing else is known to leave connections on the
// own machine without an answer.
func unanswered(t *T) (endpoint string, answer func()) {
	t.Skip("no way to have a connection without an answer on this system")
	return "", nil
}
