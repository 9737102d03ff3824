package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	zmq "gozmq"
	"gozmq/libzmq"
	"gozmq/opt"
)

// parked puts a goroutine into Recv on each of n sockets, and says what that
// costs while nothing comes.
func parked(n int) error {
	zctx, err := libzmq.NewContext(opt.MaxSockets.To(n + 16))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	before, err := threads()
	if err != nil {
		return err
	}
	done := make(chan error, n)
	for range n {
		sock, err := zctx.NewSocket(zmq.PULL)
		if err != nil {
			return err
		}
		if err := sock.Bind("tcp://127.0.0.1:*"); err != nil {
			return err
		}
		go func() {
			_, err := sock.Recv(ctx)
			done <- err
		}()
	}
	const window = 5 * time.Second
	time.Sleep(window / 5) // what is measured is rest: let it begin
	cpu, err := cpuTime()
	if err != nil {
		return err
	}
	time.Sleep(window)
	after, err := cpuTime()
	if err != nil {
		return err
	}
	now, err := threads()
	if err != nil {
		return err
	}
	if len(done) > 0 {
		return fmt.Errorf("a Recv ended before its time: %w", <-done)
	}
	fmt.Println("| sockets | goroutines | OS threads | before the sockets | CPU while idle |")
	fmt.Println("|---|---|---|---|---|")
	fmt.Printf("| %d | %d | %d | %d | %.2f %% of a core over %v |\n", n, runtime.NumGoroutine(), now, before,
		100*(after-cpu).Seconds()/window.Seconds(), window)
	cancel()
	for range n {
		<-done
	}
	return zctx.Close()
}

// threads is the number of OS threads of this process, as Linux tells it.
func threads() (n int, err error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "Threads:"); ok {
			_, err := fmt.Sscan(rest, &n)
			return n, err
		}
	}
	return 0, fmt.Errorf("no Threads in /proc/self/status")
}

// cpuTime is what this process has used so far.
func cpuTime() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, fmt.Errorf("getrusage: %w", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}
