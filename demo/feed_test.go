package main

import (
	"encoding/binary"
	"strings"
	"testing"
)

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func TestCheckItem(t *testing.T) {
	next := map[string]uint64{}
	for _, c := range []struct {
		topic string
		body  []byte
		wrong string // "" is right
	}{
		{"price.EUR", number(0), ""},
		{"price.USD", number(0), ""},
		{"price.EUR", number(1), ""},
		{"price.EUR", number(3), "number 3 came when 2 was due"},
		{"price.EUR", number(4), ""},
		{"price.EUR", number(4), "number 4 came when 5 was due"},
		{"news.EUR", number(0), "not subscribed"},
		{"price.USD", []byte("1"), "1 bytes"},
	} {
		err := checkItem(next, []byte(c.topic), c.body)
		if (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s %x: got %v, want %q", c.topic, c.body, err, c.wrong)
		}
	}
}

func TestWanted(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 300_000: 200_000} {
		if got := wanted(n); got != want {
			t.Errorf("wanted(%d) = %d, want %d", n, got, want)
		}
	}
}
