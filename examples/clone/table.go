package main

import (
	"slices"
	"strings"
	"time"
)

// table is what a server knows. One goroutine uses it. The active server
// numbers and publishes the updates of clients. The passive one follows it, and
// keeps what it hears from clients until it hears that from the active one too:
// when it takes over, the rest is what was lost.
type table struct {
	publish func(update) error
	active  bool

	entries map[string]entry
	seq     uint64               // of the last update
	pending []held               // of clients, while passive
	applied map[string]time.Time // ids of updates of the active server, while passive
}

type entry struct {
	value   []byte
	expires time.Time // zero: never
}

// held is an update and when it came.
type held struct {
	update
	at time.Time
}

// holdFor is how long the passive server keeps what may be lost. The active one
// has published an update long before, or has refused it.
const holdFor = time.Minute

func newTable(publish func(update) error) *table {
	return &table{publish: publish, entries: map[string]entry{}, applied: map[string]time.Time{}}
}

// fromClient takes an update of a client.
func (t *table) fromClient(u update, now time.Time) error {
	if !isKey(u.key) {
		return nil
	}
	if t.active {
		return t.change(u, now)
	}
	if _, known := t.applied[u.id]; !known || u.id == "" {
		t.pending = append(t.pending, held{u, now})
	}
	return nil
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

// takeOver makes the table that of the active server.
func (t *table) takeOver(now time.Time) error {
	if t.active {
		return nil
	}
	t.active = true
	pending := t.pending
	t.pending = nil
	clear(t.applied)
	for _, h := range pending {
		if err := t.change(h.update, now); err != nil {
			return err
		}
	}
	return nil
}

// replace makes the table a copy of the active server's.
func (t *table) replace(all map[string][]byte, seq uint64) {
	if t.active {
		return
	}
	clear(t.entries)
	for key, value := range all {
		t.entries[key] = entry{value: value}
	}
	t.seq = seq
}

// follow applies an update of the active server.
func (t *table) follow(u update, now time.Time) {
	if t.active {
		return
	}
	t.apply(u, now)
	t.seq = u.seq
	if u.id == "" {
		return
	}
	t.applied[u.id] = now
	t.pending = slices.DeleteFunc(t.pending, func(h held) bool { return h.id == u.id })
}

// tick deletes what has lived for long enough, and what is held for too long.
func (t *table) tick(now time.Time) error {
	t.pending = slices.DeleteFunc(t.pending, func(h held) bool { return now.Sub(h.at) > holdFor })
	for id, at := range t.applied {
		if now.Sub(at) > holdFor {
			delete(t.applied, id)
		}
	}
	if !t.active {
		return nil // the active server decides
	}
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
