package ours

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	zmq "gozmq"
	"gozmq/bench/internal/machine"
	"gozmq/bench/internal/work"
)

// parked puts a goroutine into Recv on each of many sockets, and says what
// that costs while nothing comes.
func parked(m *maker) (work.Outcome, error) {
	first := m.bound(zmq.PULL, "first") // the context and its threads are not counted
	if m.err != nil {
		return nil, m.err
	}
	debug.FreeOSMemory()
	before, err := machine.Self()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error, m.work.Sockets)
	for i := range m.work.Sockets {
		sock := m.bound(zmq.PULL, "parked-"+strconv.Itoa(i))
		if m.err != nil {
			return nil, m.err
		}
		go func() {
			_, err := sock.Recv(ctx)
			done <- err
		}()
	}
	time.Sleep(m.work.Warm()) // what is measured is rest: let it begin
	debug.FreeOSMemory()      // what making them needed
	begin, err := machine.Self()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	time.Sleep(m.work.Time())
	after, err := machine.Self()
	if err != nil {
		return nil, err
	}
	took := time.Since(began)
	out := work.Outcome{
		work.Count: float64(m.work.Sockets), work.Goroutines: float64(runtime.NumGoroutine()), work.Threads: float64(after.Threads),
		work.CPU:    100 * (after.CPU - begin.CPU).Seconds() / took.Seconds(),
		work.Memory: float64(after.Resident-before.Resident) / float64(m.work.Sockets) / 1024,
	}
	if len(done) > 0 {
		return nil, fmt.Errorf("a Recv ended before its time: %w", <-done)
	}
	cancel()
	for range m.work.Sockets {
		<-done
	}
	return out, first.Close()
}
