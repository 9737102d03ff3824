package figures

import (
	"fmt"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/work"
)

// The groups of figures, which plots look for.
const (
	Throughput  = "throughput"
	Latency     = "latency"
	Concurrency = "concurrency"
)

// throughput is PUSH to PULL, by transport and size. From 64 KiB on, batches
// are smaller; see contest.Batch.
func throughput(f Form) (all []Figure) {
	sizes := some(f, []int{16, 1 << 10, 64 << 10, 1 << 20},
		[]int{16, 128, 1 << 10, 8 << 10, 64 << 10, 256 << 10, 1 << 20})
	for _, transport := range transports {
		for _, size := range sizes {
			all = append(all, Figure{
				ID: fmt.Sprintf("throughput/%s/%d", transport, size), Group: Throughput,
				Title:  fmt.Sprintf("PUSH/PULL %s %s", transport, SizeName(size)),
				Metric: work.Rate, Unit: "msg/s",
				Work:        f.timed(work.Work{Pattern: work.Stream, Transport: transport, Size: size, HWM: queues(size)}),
				Contestants: withPureGo(transport, size, contest.C, contest.OneByOne, contest.Batches, contest.Pebbe),
				Floors:      throughputFloors(size),
			})
		}
	}
	return all
}

// queues bounds what large messages take of memory: 64 MiB for a queue. 0
// leaves the default of 1000 messages.
func queues(size int) int {
	const bytes, usual = 64 << 20, 1000
	if n := bytes / size; n < usual {
		return n
	}
	return 0
}

func throughputFloors(size int) []Floor {
	if size > 256<<10 { // large messages are to be received without a copy
		return []Floor{atLeast(contest.OneByOne, 0.95), atLeast(contest.Batches, 0.95)}
	}
	if size > 64<<10 {
		return nil
	}
	floors := []Floor{atLeast(contest.Batches, 1), atLeast(contest.OneByOne, 0.85)}
	if size == 16 {
		floors = append(floors, Floor{Who: contest.OneByOne, Against: contest.Pebbe, Bound: 2.5},
			Floor{Who: contest.Batches, Against: contest.Pebbe, Bound: 2.5})
	}
	return floors
}

// curve is throughput with encryption.
func curve(f Form) (all []Figure) {
	for _, size := range []int{16, 1 << 10, 64 << 10} {
		all = append(all, Figure{
			ID: fmt.Sprintf("curve/tcp/%d", size), Group: "CURVE",
			Title:  fmt.Sprintf("PUSH/PULL with CURVE, tcp %s", SizeName(size)),
			Metric: work.Rate, Unit: "msg/s",
			Work:        f.timed(work.Work{Pattern: work.Stream, Transport: "tcp", Size: size, Curve: 1}),
			Contestants: []string{contest.C, contest.OneByOne, contest.Batches, contest.Pebbe},
		})
	}
	return all
}

// concurrency is many goroutines that send on one socket. C has one thread,
// since that is what a socket allows there; with pebbe/zmq4 they share a mutex.
func concurrency(f Form) (all []Figure) {
	for _, transport := range some(f, []string{"tcp"}, []string{"tcp", "inproc"}) {
		for _, n := range []int{1, 4, 16, 64} {
			all = append(all, Figure{
				ID: fmt.Sprintf("concurrency/%s/%d", transport, n), Group: Concurrency,
				Title:  fmt.Sprintf("one PUSH, goroutines that send on it: %d, %s 16 B", n, transport),
				Metric: work.Rate, Unit: "msg/s",
				Work:        f.timed(work.Work{Pattern: work.Stream, Transport: transport, Size: 16, Senders: n}),
				Contestants: []string{contest.C, contest.OneByOne, contest.Batches, contest.Pebbe},
			})
		}
	}
	return all
}

// ioThreads is a stream with more of libzmq's own threads.
func ioThreads(f Form) (all []Figure) {
	for _, n := range []int{1, 2, 4} {
		all = append(all, Figure{
			ID: fmt.Sprintf("iothreads/%d", n), Group: "I/O threads",
			Title:  fmt.Sprintf("PUSH/PULL tcp 1 KiB, I/O threads: %d", n),
			Metric: work.Rate, Unit: "msg/s",
			Work:        f.timed(work.Work{Pattern: work.Stream, Transport: "tcp", Size: 1 << 10, IO: n}),
			Contestants: []string{contest.C, contest.OneByOne, contest.Batches},
		})
	}
	return all
}
