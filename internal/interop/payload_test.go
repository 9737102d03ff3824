package interop

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"gozmq/internal/testkit"
)

// payloads are messages around all the sizes where something changes: no
// bytes, libzmq's 33 bytes within a message, one byte of length on the wire,
// its 8 KiB buffer, many frames.
var payloads = []struct {
	name string
	msg  message
}{
	{"an empty frame", message{{}}},
	{"1 byte", message{pattern(1)}},
	{"33 bytes", message{pattern(33)}},
	{"34 bytes", message{pattern(34)}},
	{"255 bytes", message{pattern(255)}},
	{"256 bytes", message{pattern(256)}},
	{"8191 bytes", message{pattern(8191)}},
	{"8192 bytes", message{pattern(8192)}},
	{"8193 bytes", message{pattern(8193)}},
	{"1 MiB", message{pattern(1 << 20)}},
	{"bytes that are no text", message{{0, 0xff, 0, 0xfe, '\n', 0}}},
	{"2 frames", message{pattern(7), pattern(70)}},
	{"empty frames around", message{{}, pattern(3), {}}},
	{"20 frames", frames(20)},
	{"1000 frames", frames(1000)},
}

// streamed is how many messages go one after the other.
const streamed = 1000

// stream is messages that tell their place.
func stream() []message {
	all := make([]message, streamed)
	for i := range all {
		all[i] = message{[]byte(testkit.Numbered(i))}
	}
	return all
}

func allPayloads() []message {
	var all []message
	for _, p := range payloads {
		all = append(all, p.msg)
	}
	return all
}

// pattern is n bytes of all values, NUL among them.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8)
	}
	return b
}

func frames(n int) message {
	m := make(message, n)
	for i := range m {
		m[i] = pattern(i % 50)
	}
	return m
}

// same fails when got is not want. It names what differs, not the bytes.
func same(t *testing.T, what string, got, want []message) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d messages, want %d", what, len(got), len(want))
	}
	for i := range want {
		if why := different(got[i], want[i]); why != "" {
			t.Fatalf("%s: message %d: %s", what, i, why)
		}
	}
}

func different(got, want message) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%d frames, want %d", len(got), len(want))
	}
	for i := range want {
		switch {
		case len(got[i]) != len(want[i]):
			return fmt.Sprintf("frame %d has %d bytes, want %d", i, len(got[i]), len(want[i]))
		case !bytes.Equal(got[i], want[i]):
			return fmt.Sprintf("frame %d has other bytes: %.32q, want %.32q", i, got[i], want[i])
		}
	}
	return ""
}

func timeout(milliseconds int) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Duration(milliseconds)*time.Millisecond)
}
