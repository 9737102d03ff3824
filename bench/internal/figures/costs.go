package figures

import (
	"fmt"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/machine"
	"gozmq/bench/internal/work"
)

// Parked are n sockets that nothing comes to, each with a goroutine in Recv;
// in C all are in one zmq_poll. Sockets over tcp listen, which costs a
// descriptor more.
func Parked(n int, transport string, f Form) Figure {
	w := work.Work{Pattern: work.Parked, Transport: transport, Sockets: parkable(n, transport), WarmMS: 500, TimeMS: 1500}
	if f.Full {
		w.WarmMS, w.TimeMS = 1000, 5000
	}
	figure := Figure{
		ID: fmt.Sprintf("parked/%d", n), Group: "parked sockets",
		Title:  fmt.Sprintf("%d parked sockets, %s", w.Sockets, transport),
		Metric: work.Threads, Unit: "OS threads", Less: true, Work: w,
		Contestants: []string{contest.C, contest.Gozmq}, Rounds: 1,
	}
	if n == 2000 {
		figure.Floors = []Floor{
			{Who: contest.Gozmq, Bound: 32, AtMost: true},
			// "No CPU": what a tick of some timer now and then takes.
			{Who: contest.Gozmq, Metric: work.CPU, Bound: 0.1, AtMost: true},
		}
	}
	return figure
}

// parkable is how many of n sockets the limit of open files allows.
func parkable(n int, transport string) int {
	each, spare := 2, 128
	if transport != "inproc" {
		each = 3
	}
	limit := machine.Files(uint64(n*each + spare))
	return min(n, (int(min(limit, 1<<30))-spare)/each)
}

func parked(f Form) []Figure {
	all := []Figure{Parked(2000, "tcp", f)}
	if f.Full {
		all = append(all, Parked(10000, "inproc", f))
	}
	return all
}

// Cancel is how long a call takes to return when its context is cancelled.
func Cancel(n int) Figure {
	return Figure{
		ID: "cancel", Group: "cancelled calls", Title: fmt.Sprintf("Recv, cancelled %d times", n),
		Metric: work.Median, Unit: "µs", Less: true,
		Work:        work.Work{Pattern: work.Cancel, Transport: "tcp", Calls: n},
		Contestants: []string{contest.Gozmq}, Rounds: 1,
	}
}

func cancel(Form) []Figure { return []Figure{Cancel(1000)} }

// allocs are the allocations of each call. That is no matter of luck, so one
// run says it.
func allocs(Form) (all []Figure) {
	for _, size := range []int{16, 64 << 10} {
		figure := Figure{
			ID: fmt.Sprintf("allocs/%d", size), Group: "allocations",
			Title:  fmt.Sprintf("allocations, %s", SizeName(size)),
			Metric: "Recv", Unit: "allocs per call", Less: true,
			Work:        work.Work{Pattern: work.Allocs, Transport: "inproc", Size: size, Calls: 512},
			Contestants: []string{contest.Gozmq, contest.Pebbe}, Rounds: 1,
		}
		for _, call := range []string{"Send", "SendMsg", "SendBatch of 32", "RecvMsg", "RecvBatch of 32", "Recv"} {
			floor := Floor{Who: contest.Gozmq, Metric: call, AtMost: true}
			if call == "Recv" {
				floor.Bound = 2
			}
			figure.Floors = append(figure.Floors, floor)
		}
		all = append(all, figure)
	}
	return all
}
