package main

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// What is no key. The first frame of the messages that are no update.
const (
	iCanHaz = "ICANHAZ?" // subtree: a client wants all there is
	kThxBai = "KTHXBAI"  // that was all
	hugz    = "HUGZ"     // the server lives
)

// update is a change of one key. An empty value deletes it.
//
// All messages but ICANHAZ? have the form of one: five frames, with the key,
// the sequence number, the id, the properties and the value.
type update struct {
	key   string
	seq   uint64 // the server's count of updates
	id    string // 16 bytes that its client made up, or none
	ttl   time.Duration
	value []byte
}

// newID makes an id.
func newID() string {
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	return string(id)
}

// frames is the message of an update.
func (u update) frames() [][]byte {
	var properties []byte
	if u.ttl > 0 {
		properties = fmt.Appendf(nil, "ttl=%d\n", int(u.ttl.Round(time.Second).Seconds()))
	}
	return [][]byte{[]byte(u.key), binary.BigEndian.AppendUint64(nil, u.seq), []byte(u.id), properties, u.value}
}

// parse reads a message. Properties that it does not know it ignores.
func parse(frames [][]byte) (update, error) {
	if len(frames) != 5 || len(frames[1]) != 8 || (len(frames[2]) != 0 && len(frames[2]) != 16) {
		return update{}, fmt.Errorf("no update: %q", frames)
	}
	u := update{
		key:   string(frames[0]),
		seq:   binary.BigEndian.Uint64(frames[1]),
		id:    string(frames[2]),
		value: frames[4],
	}
	for line := range strings.Lines(string(frames[3])) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if name != "ttl" {
			continue
		}
		seconds, err := strconv.ParseUint(value, 10, 31)
		if err != nil {
			return update{}, fmt.Errorf("time to live of %q: %w", u.key, err)
		}
		u.ttl = time.Duration(seconds) * time.Second
	}
	return u, nil
}

// isKey reports whether a key may be set.
func isKey(key string) bool { return key != "" && key != kThxBai && key != hugz }
