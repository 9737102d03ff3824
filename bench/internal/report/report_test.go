package report

import (
	"strings"
	"testing"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/plots"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/work"
)

// sample is one of messages per second.
func sample(round int, who string, rate float64) results.Sample {
	return results.Sample{Round: round, Who: who, Values: work.Outcome{work.Rate: rate}}
}

// some are results of three rounds; in the second the machine was slow.
func some() results.Results {
	rates := figures.Figure{
		Group: figures.Throughput, Title: "PUSH/PULL tcp 16 B", Metric: work.Rate, Unit: "msg/s",
		Work: work.Work{Transport: "tcp", Size: 16},
		Floors: []figures.Floor{
			{Who: contest.Batches, Against: contest.C, Bound: 1},
			{Who: contest.OneByOne, Against: contest.C, Bound: 0.85},
			{Who: contest.OneByOne, Against: contest.Pebbe, Bound: 2.5}, // who is not there
		},
	}
	costs := figures.Figure{
		Group: "allocations", Title: "allocations, 16 B", Metric: "Recv", Unit: "allocs per call", Rounds: 1,
		Floors: []figures.Floor{
			{Who: contest.Gozmq, Metric: "Send", AtMost: true}, {Who: contest.Gozmq, Metric: "Recv", Bound: 2, AtMost: true},
		},
	}
	r := results.Results{Rounds: 3, Seconds: 61, Figures: []results.Figure{
		{Figure: rates, Samples: []results.Sample{
			sample(1, contest.C, 1e6), sample(1, contest.OneByOne, 0.8e6), sample(1, contest.Batches, 1.1e6),
			sample(2, contest.C, 0.4e6), sample(2, contest.OneByOne, 0.32e6), sample(2, contest.Batches, 0.48e6),
			sample(3, contest.C, 1e6), sample(3, contest.OneByOne, 0.9e6), {Round: 3, Who: contest.Batches, Err: "broken"},
		}},
		{Figure: costs, Samples: []results.Sample{
			{Round: 1, Who: contest.Gozmq, Values: work.Outcome{"Send": 0, "Recv": 3}},
			{Round: 1, Who: contest.Pebbe, Values: work.Outcome{"Send": 1}},
		}},
	}}
	r.Machine.Cores, r.Machine.Libzmq = 2, "4.3.4"
	return r
}

func TestMarkdown(t *testing.T) {
	got := Markdown(some(), []plots.Drawn{{Name: "ratio-tcp", Title: "Ratios"}})
	for _, want := range []string{
		"libzmq 4.3.4", "3 rounds in 1m1s", "The machine was noisy", "In 1 of 1 figures",
		"- PUSH/PULL tcp 16 B, gozmq batches, round 3: broken",
		"| PUSH/PULL tcp 16 B ⚠ | gozmq batches | C | 1.15 | 1.10 – 1.20 | 2 | ≥ 1 | met |\n",
		"| PUSH/PULL tcp 16 B ⚠ | gozmq one by one | C | 0.80 | 0.80 – 0.90 | 3 | ≥ 0.85 | **under** |\n",
		"| allocations, 16 B | gozmq | Send | 0 | 0 | 1 | ≤ 0 | met |\n",
		"| allocations, 16 B | gozmq | Recv | 3 | 3 | 1 | ≤ 2 | **over** |\n",
		"| medians | C | gozmq, batches | gozmq, one by one | pebbe/zmq4 | go-zeromq/zmq4 |\n",
		"| PUSH/PULL tcp 16 B, msg/s | 1 000 000 | 790 000 | 800 000 | – | – |\n",
		"![Ratios](ratio-tcp.svg)\n",
		"### Throughput\n",
		"| PUSH/PULL tcp 16 B ⚠ | C | 1 000 000 | 400 000 – 1 000 000 | 1 | – | – | – |\n",
		"| PUSH/PULL tcp 16 B ⚠ | gozmq one by one | 800 000 | 320 000 – 900 000 | 0.80 | 0.80 – 0.90 | – | – |\n",
		"### Allocations\n",
		"| figure | who | Send | Recv |\n|---|---|--:|--:|\n",
		"| allocations, 16 B | pebbe/zmq4 | 1 | – |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "≥ 2.5") {
		t.Errorf("a floor against nobody is in\n%s", got)
	}
}

func TestNothing(t *testing.T) {
	got := Markdown(results.Results{Interrupted: true, Figures: []results.Figure{{Figure: figures.Figure{Group: "x"}}}}, nil)
	if !strings.Contains(got, "Interrupted") || strings.Contains(got, "Floors") {
		t.Errorf("got %s", got)
	}
	if err := Write(t.TempDir(), results.Results{}); err != nil {
		t.Error(err)
	}
}

func TestNumber(t *testing.T) {
	for want, v := range map[string]float64{
		"0": 0, "32": 32, "0.01": 0.012, "2.50": 2.5, "31.0": 31.04, "1 234": 1234.4, "12 345 678": 12345678,
	} {
		if got := number(v); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
	}
}
