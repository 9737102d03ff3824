package main

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"gozmq/internal/testkit"
)

// bench is a table, what it published, and a clock that is set by hand.
type bench struct {
	*testing.T
	*table
	now       time.Time
	published []string
}

func newBench(t *testing.T, active bool) *bench {
	b := &bench{T: t, now: time.Now()}
	b.table = newTable(func(u update) error {
		b.published = append(b.published, fmt.Sprintf("%d %s=%s", u.seq, u.key, u.value))
		return nil
	})
	b.active = active
	return b
}

func (b *bench) client(key, value, id string, ttl time.Duration) {
	b.Helper()
	if err := b.fromClient(update{key: key, value: []byte(value), id: id, ttl: ttl}, b.now); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) expect(want ...string) {
	b.Helper()
	if !slices.Equal(b.published, want) {
		b.Errorf("published %q, want %q", b.published, want)
	}
	b.published = nil
}

func (b *bench) expectSnapshot(subtree string, want ...string) {
	b.Helper()
	var got []string
	err := b.snapshot(subtree, func(u update) error {
		got = append(got, fmt.Sprintf("%d %s=%s", u.seq, u.key, u.value))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(got[:len(got)-1]) // the end comes last
	if !slices.Equal(got, want) {
		b.Errorf("the copy of %q is %q, want %q", subtree, got, want)
	}
}

func TestActiveTable(t *testing.T) {
	b := newBench(t, true)
	b.client("/a/1", "one", "", 0)
	b.client("/a/2", "two", "", 0)
	b.client("/b/1", "three", "", 0)
	b.client(hugz, "no key", "", 0)
	b.client("/a/1", "", "", 0)
	b.expect("1 /a/1=one", "2 /a/2=two", "3 /b/1=three", "4 /a/1=")
	b.expectSnapshot("/a/", "4 /a/2=two", "4 KTHXBAI=/a/")
	b.expectSnapshot("", "4 /a/2=two", "4 /b/1=three", "4 KTHXBAI=")
}

func TestTimeToLive(t *testing.T) {
	b := newBench(t, true)
	b.client("/short", "x", "", time.Second)
	b.client("/long", "y", "", time.Minute)
	b.client("/ever", "z", "", 0)
	b.published = nil
	if err := b.tick(b.now.Add(2 * time.Second)); err != nil {
		t.Fatal(err)
	}
	b.expect("4 /short=")
	b.expectSnapshot("", "4 /ever=z", "4 /long=y", "4 KTHXBAI=")
}

// A passive table takes nothing from clients, an active one nothing from
// another server.
func TestTakeOver(t *testing.T) {
	b := newBench(t, false)
	b.replace(snapshot{map[string][]byte{"/a": []byte("old"), "/b": []byte("old")}, 7})
	b.client("/a", "ignored", "", 0)
	b.follow(update{key: "/a", value: []byte("new"), seq: 8}, b.now)
	b.follow(update{key: "/b", seq: 9}, b.now)
	b.follow(update{key: "/c", value: []byte("short"), ttl: time.Second, seq: 10}, b.now)
	b.expect()
	b.takeOver()
	b.expectSnapshot("", "10 /a=new", "10 /c=short", "10 KTHXBAI=")
	b.follow(update{key: "/a", value: []byte("stale"), seq: 9}, b.now)
	b.replace(snapshot{})
	b.client("/d", "more", "", 0)
	if err := b.tick(b.now.Add(2 * time.Second)); err != nil {
		t.Fatal(err)
	}
	b.expect("11 /d=more", "12 /c=")
	b.expectSnapshot("", "12 /a=new", "12 /d=more", "12 KTHXBAI=")
}

func TestParse(t *testing.T) {
	for _, u := range []update{
		{key: "/a", seq: 1 << 40, id: newID(), ttl: 90 * time.Second, value: []byte{0, 1}},
		{key: kThxBai, value: []byte("/subtree/")},
		{key: hugz, value: []byte{}},
	} {
		if got, err := parse(u.frames()); err != nil || !reflect.DeepEqual(got, u) {
			t.Errorf("%+v becomes %+v, %v", u, got, err)
		}
	}
	seq, id := "12345678", "1234567890123456"
	for _, frames := range [][]string{
		{},
		{"/a", seq, id, ""},
		{"/a", "1", id, "", "value"},
		{"/a", seq, "1", "", "value"},
		{"/a", seq, id, "ttl=\n", "value"},
		{"/a", seq, id, "ttl=-1\n", "value"},
		{"/a", seq, id, "ttl=99999999999\n", "value"},
		{"/a", seq, id, "", "value", "more"},
	} {
		if u, err := parse(testkit.Bytes(frames...)); err == nil {
			t.Errorf("%q becomes %+v, want an error", frames, u)
		}
	}
}
