package zmqtest

import "syscall"

func noDelay(t *T, endpoint string) {
	t.kernelOption(endpoint, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
}
