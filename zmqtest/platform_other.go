//go:build !linux

package zmqtest

// What follows looks into the system's sockets as only Linux shows them.
func typeOfService(t *T) { onLinux(t) }
func keepAlive(t *T)     { onLinux(t) }
func maxRetransmit(t *T) { onLinux(t) }
func priority(t *T)      { onLinux(t) }
func busyPoll(t *T)      { onLinux(t) }
func bindToDevice(t *T)  { onLinux(t) }
