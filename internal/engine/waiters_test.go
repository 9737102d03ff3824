package engine

import "testing"

func waiter(want Events, shared bool) *Waiter {
	return &Waiter{Want: want, Shared: shared, C: make(chan struct{}, 1)}
}

// woken reports which of some waiters have a token, and takes it.
func woken(some ...*Waiter) (which []bool) {
	for _, w := range some {
		select {
		case <-w.C:
			which = append(which, true)
		default:
			which = append(which, false)
		}
	}
	return which
}

func want(t *testing.T, what string, got []bool, want ...bool) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: woken are %v, want %v", what, got, want)
			return
		}
	}
}

func TestWake(t *testing.T) {
	var l Waiters
	first, second, out, watch := waiter(In, false), waiter(In, false), waiter(Out, false), waiter(In|Out, true)
	for _, w := range []*Waiter{first, second, out, watch} {
		l.Add(w)
	}
	l.Wake(In)
	want(t, "In", woken(first, second, out, watch), true, false, false, true)
	l.Wake(In | Out)
	want(t, "In and Out", woken(first, second, out, watch), false, true, true, true)
	if l.Len() != 1 { // who watches stays
		t.Errorf("%d are left", l.Len())
	}
	l.WakeAll()
	want(t, "the end", woken(watch), true)
}

// News wakes all who wait for it, each of whom has a peer of its own in mind,
// and nobody else.
func TestTell(t *testing.T) {
	var l Waiters
	l.Tell() // nobody
	in, one, other, both := waiter(In, false), waiter(News, false), waiter(News, false), waiter(Out|News, false)
	for _, w := range []*Waiter{one, in, other, both} {
		l.Add(w)
	}
	l.Wake(In | Out)
	want(t, "In and Out", woken(in, one, other, both), true, false, false, true)
	l.Add(both)
	l.Add(in)
	l.Tell()
	want(t, "news", woken(in, one, other, both), false, true, true, true)
	if l.Remove(in) || l.Len() != 0 {
		t.Errorf("%d are left", l.Len())
	}
}

// Who waits for the end alone makes nobody look for events.
func TestLenIsOfThoseWhoWantSomething(t *testing.T) {
	var l Waiters
	guard := waiter(0, true)
	l.Add(guard)
	if l.Len() != 0 {
		t.Errorf("Len is %d", l.Len())
	}
	l.Wake(In | Out)
	want(t, "In and Out", woken(guard), false)
	l.WakeAll()
	want(t, "the end", woken(guard), true)
}
