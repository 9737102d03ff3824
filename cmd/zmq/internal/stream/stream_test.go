package stream

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestWholeStream(t *testing.T) {
	s, r := NewSender(), &Receiver{}
	var got bytes.Buffer
	for _, m := range [][][]byte{s.Block([]byte("hello, ")), s.Block([]byte("world")), s.End()} {
		if r.Ended() {
			t.Fatal("ended early")
		}
		b, err := r.Take(m)
		if err != nil {
			t.Fatal(err)
		}
		got.Write(b)
	}
	if got.String() != "hello, world" || !r.Ended() || r.Received() != 12 || s.Sent() != 12 {
		t.Errorf("got %q, ended %v, received %d, sent %d", &got, r.Ended(), r.Received(), s.Sent())
	}
	if err := s.Confirmed(r.Confirm(nil)); err != nil {
		t.Errorf("confirmed: %v", err)
	}
	if err := s.Confirmed(r.Confirm(errors.New("disk full"))); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("failure: got %v", err)
	}
	if err := s.Confirmed((&Receiver{}).Confirm(nil)); err == nil {
		t.Error("a confirmation of another stream passes")
	}
}

func TestEmptyStream(t *testing.T) {
	var r Receiver
	if b, err := r.Take(NewSender().End()); len(b) > 0 || err != nil || !r.Ended() {
		t.Errorf("got %q, %v, ended %v", b, err, r.Ended())
	}
}

func TestBrokenStreams(t *testing.T) {
	s, other := NewSender(), NewSender()
	a, b, c := s.Block([]byte("a")), s.Block([]byte("b")), s.Block([]byte("c"))
	stranger := [][]byte{[]byte("hello"), []byte("world")}
	for _, test := range []struct {
		name     string
		messages [][][]byte
		want     string
	}{
		{"late", [][][]byte{b}, "first 1 bytes of the stream are missing"},
		{"gap", [][][]byte{a, c}, "goes on at byte 2 instead of 1"},
		{"twice", [][][]byte{a, a}, "goes on at byte 0 instead of 1"},
		{"end early", [][][]byte{a, s.End()}, "goes on at byte 3 instead of 1"},
		{"two senders", [][][]byte{a, other.Block([]byte("x"))}, "two senders"},
		{"broken off", [][][]byte{a, s.Break(errors.New("disk\nfull"))}, `broke off after 3 bytes: "disk\nfull"`},
		{"broken off at once", [][][]byte{other.Break(errors.New("why"))}, "broke off"},
		{"others' messages", [][][]byte{stranger}, "not part of a stream"},
		{"one frame", [][][]byte{a[:1]}, "not part of a stream"},
		{"no frame", [][][]byte{nil}, "not part of a stream"},
		{"short head", [][][]byte{{a[0][:headSize-1], nil}}, "not part of a stream"},
	} {
		var r Receiver
		var err error
		for _, m := range test.messages {
			_, err = r.Take(m)
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error with %q", test.name, err, test.want)
		}
		if r.Ended() {
			t.Errorf("%s: ended", test.name)
		}
	}
}
