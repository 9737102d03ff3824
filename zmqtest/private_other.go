//go:build !linux

package zmqtest

// Private is for Linux: the namespaces that it needs are nowhere else.
func (t *T) Private() bool {
	t.Skip("only Linux gives a process a network of its own")
	return false
}

// replace is for private processes.
func (t *T) replace(string, string) (changeable string) { return "" }
