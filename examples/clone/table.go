package main

import (
	"strings"
	"time"
)

// table is what a server knows. One goroutine uses it. The active server
// numbers and publishes the updates of clients; the passive one follows it.
type table struct {
	publish func(update) error
	active  bool
	entries map[string]entry
	seq     uint64 // of the last update
}

type entry struct {
	value   []byte
	expires time.Time // zero: never
}

func newTable(publish func(update) error) *table {
	return &table{publish: publish, entries: map[string]entry{}}
}

// takeOver makes the table that of the active server.
func (t *table) takeOver() { t.active = true }

// fromClient takes an update of a client, unless the table is passive. The
// client will see that it does not come back.
func (t *table) fromClient(u update, now time.Time) error {
	if !t.active || !isKey(u.key) {
		return nil
	}
	return t.change(u, now)
}

// change numbers an update, applies and publishes it.
func (t *table) change(u update, now time.Time) error {
	t.seq++
	u.seq = t.seq
	t.apply(u, now)
	return t.publish(u)
}

func (t *table) apply(u update, now time.Time) {
	if len(u.value) == 0 {
		delete(t.entries, u.key)
		return
	}
	e := entry{value: u.value}
	if u.ttl > 0 {
		e.expires = now.Add(u.ttl)
	}
	t.entries[u.key] = e
}

// replace makes the table a copy of the active server's.
func (t *table) replace(s snapshot) {
	if t.active {
		return
	}
	clear(t.entries)
	for key, value := range s.entries {
		t.entries[key] = entry{value: value}
	}
	t.seq = s.seq
}

// follow applies an update of the active server.
func (t *table) follow(u update, now time.Time) {
	if t.active {
		return
	}
	t.apply(u, now)
	t.seq = u.seq
}

// tick deletes what has lived for long enough. Only the active server decides
// that.
func (t *table) tick(now time.Time) error {
	for key, e := range t.entries {
		if e.expires.IsZero() || now.Before(e.expires) {
			continue
		}
		if err := t.change(update{key: key}, now); err != nil {
			return err
		}
	}
	return nil
}

// snapshot sends all entries of a subtree, and the end.
func (t *table) snapshot(subtree string, send func(update) error) error {
	for key, e := range t.entries {
		if !strings.HasPrefix(key, subtree) {
			continue
		}
		if err := send(update{key: key, seq: t.seq, value: e.value}); err != nil {
			return err
		}
	}
	return send(update{key: kThxBai, seq: t.seq, value: []byte(subtree)})
}
