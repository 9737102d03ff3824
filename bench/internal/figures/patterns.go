package figures

import (
	"fmt"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/work"
)

// latency is a round trip of REQ and REP.
func latency(f Form) (all []Figure) {
	for _, transport := range transports {
		for _, size := range some(f, []int{16}, []int{16, 1 << 10, 64 << 10}) {
			figure := Figure{
				ID: fmt.Sprintf("latency/%s/%d", transport, size), Group: Latency,
				Title:  fmt.Sprintf("REQ/REP %s %s", transport, SizeName(size)),
				Metric: work.Median, Unit: "µs", Less: true,
				Work:        f.timed(work.Work{Pattern: work.RoundTrip, Transport: transport, Size: size}),
				Contestants: withPureGo(transport, size, contest.C, contest.Gozmq, contest.Pebbe),
			}
			if transport == "tcp" && size == 16 {
				figure.Floors = []Floor{
					{Who: contest.Gozmq, Against: contest.C, Bound: 1.25, AtMost: true},
					{Who: contest.Gozmq, Against: contest.Pebbe, Bound: 1, AtMost: true},
				}
			}
			all = append(all, figure)
		}
	}
	return all
}

// fanout is one PUB and many SUBs.
func fanout(f Form) (all []Figure) {
	n := 50
	if f.Full {
		n = 200
	}
	for _, transport := range []string{"inproc", "tcp"} {
		all = append(all, Figure{
			ID: fmt.Sprintf("fanout/%s", transport), Group: "PUB and SUBs",
			Title:  fmt.Sprintf("PUB to %d SUBs, %s 16 B", n, transport),
			Metric: work.Rate, Unit: "msg/s",
			Work:        f.timed(work.Work{Pattern: work.Fanout, Transport: transport, Size: 16, Subs: n}),
			Contestants: []string{contest.C, contest.OneByOne, contest.Batches, contest.Pebbe},
			Floors:      []Floor{atLeast(contest.OneByOne, 0.9), atLeast(contest.Batches, 0.9)},
		})
	}
	return all
}

// proxies are zmq.Proxy beside zmq_proxy; pebbe/zmq4 has C's. Their ends are the
// same for all: a process of the program in C. In the full form they are
// measured together with ends of the same library as well, in one process.
func proxies(f Form) (all []Figure) {
	for _, p := range proxied {
		w := f.timed(p.work)
		w.Transport, w.Size, w.Ends = "tcp", 16, 1
		figure := Figure{
			ID: fmt.Sprintf("proxy/%s/tcp", p.id), Group: "proxies",
			Title:  fmt.Sprintf("proxy %s, tcp 16 B", p.title),
			Metric: work.Rate, Unit: "msg/s", Work: w,
			Contestants: []string{contest.C, contest.Gozmq, contest.Pebbe},
		}
		if p.floor {
			figure.Floors = []Floor{atLeast(contest.Gozmq, 0.9)}
		}
		all = append(all, figure)
	}
	if !f.Full {
		return all
	}
	for _, transport := range []string{"tcp", "inproc"} {
		for _, p := range proxied {
			w := f.timed(p.work)
			w.Transport, w.Size = transport, 16
			all = append(all, Figure{
				ID: fmt.Sprintf("whole/%s/%s", p.id, transport), Group: "proxies with their ends",
				Title:  fmt.Sprintf("proxy %s with its ends, %s 16 B", p.title, transport),
				Metric: work.Rate, Unit: "msg/s", Work: w,
				Contestants: []string{contest.C, contest.OneByOne, contest.Batches, contest.Pebbe},
			})
		}
	}
	return all
}

var proxied = []struct {
	id, title string
	work      work.Work
	floor     bool
}{
	{"broker", "ROUTER/DEALER, 100 requests in flight", work.Work{Pattern: work.Broker, Window: 100}, true},
	{"forwarder", "XSUB/XPUB", work.Work{Pattern: work.Stream, Via: work.Forwarder}, true},
	{"streamer", "PULL/PUSH", work.Work{Pattern: work.Stream, Via: work.Streamer}, false},
}
