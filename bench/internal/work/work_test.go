package work

import "testing"

func TestArgsAndParse(t *testing.T) {
	want := Work{
		Pattern: Stream, Transport: "tcp", Via: Streamer, Front: "a", Back: "b", Program: "c", Ends: 1, Size: 1, Batch: 2, HWM: 3, Senders: 4, Subs: 5,
		Window: 6, Sockets: 7, Calls: 8, IO: 9, Curve: 1, WarmMS: 10, TimeMS: 11,
	}
	got, err := Parse(want.Args())
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for _, bad := range []string{"size", "size=x", "colour=red"} {
		if _, err := Parse([]string{bad}); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

func TestChunk(t *testing.T) {
	for _, c := range []struct {
		w    Work
		want int
	}{
		{Work{Size: 16}, 256},
		{Work{Size: 1 << 16}, 16},
		{Work{Size: 1 << 20}, 1},
		{Work{Size: 1 << 20, Batch: 16}, 16},
		{Work{Size: 16, Window: 100}, 100},
		{Work{}, 256},
	} {
		if got := c.w.Chunk(); got != c.want {
			t.Errorf("%+v: got %d, want %d", c.w, got, c.want)
		}
	}
}
