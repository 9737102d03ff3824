package zmqtest

import (
	"slices"
	"strings"
	"testing"

	zmq "gozmq"
)

// NewContext makes a context on the engine that is tested.
type NewContext func(...zmq.ContextSetting) (*zmq.Context, error)

// A row is one behaviour.
type row struct {
	id   string
	must string // the behaviour, as a sentence
	key  bool   // one of those that separate implementations most

	over  []string // transports, one subtest each; none when it does not matter
	needs string   // what Context.Has must report, such as "draft" or "curve"
	since int      // the first version of libzmq's interface with it, 40305
	alone bool     // counts threads, descriptors or the like: nothing beside it

	test func(t *T)

	// A row without a test here says where its proof is, or why it has none.
	proof string // a test of this module: "libzmq/capi.TestMsgCopy"
	why   string
}

// all are the transports that every engine has.
var all = []string{"inproc", "ipc", "tcp"}

// remote are those that leave the process.
var remote = []string{"ipc", "tcp"}

// A Deviation is a row to which an engine is known not to hold.
type Deviation struct {
	Row string // the row's id
	// Part is the name of the row's part that differs (T.Run), where the rest
	// holds; empty is the whole row.
	Part string
	Why  string // what is different and why it stays so, for the table
	// Applies reports whether the context's engine, in this version, deviates.
	// nil is always.
	Applies func(*zmq.Context) bool
	// Test, where there is one, asserts what the engine does instead. It runs
	// in the place of the row or part, so that a change of it is noticed too;
	// without one the row counts as untested.
	Test func(t *T)
}

// Run runs every row as a subtest named by its id and sentence, and returns
// what came out. Rows whose capability the engine lacks are skipped, and the
// report says so. Most rows run in parallel.
func Run(t *testing.T, newContext NewContext, deviations ...Deviation) *Report {
	t.Helper()
	s := &suite{new: newContext, deviations: deviations, report: newReport(t, newContext)}
	for _, d := range deviations {
		if !slices.ContainsFunc(rows(), func(r row) bool { return r.id == d.Row }) {
			t.Errorf("a deviation names row %q, which does not exist", d.Row)
		}
	}
	// Run of a group returns when its parallel tests have ended.
	t.Run("rows", func(t *testing.T) {
		for _, r := range rows() {
			if r.test == nil {
				s.report.untested(r)
				continue
			}
			t.Run(r.id+" "+r.must, func(t *testing.T) { s.run(t, r) })
		}
	})
	return s.report
}

type suite struct {
	new        NewContext
	deviations []Deviation
	report     *Report
}

func (s *suite) run(t *testing.T, r row) {
	differs := s.applying(t, r)
	t.Cleanup(func() { s.report.record(t, r, differs) })
	if why := s.report.lacks(r); why != "" {
		t.Skip(why)
	}
	test := differs.instead(t, "", r.test)
	skips := func(why string) { s.report.skip(r, why) }
	if !r.alone {
		t.Parallel()
	}
	if len(r.over) == 0 {
		test(&T{T: t, Transport: "tcp", new: s.new, differs: differs, skips: skips})
		return
	}
	for _, transport := range r.over {
		t.Run(transport, func(t *testing.T) { test(&T{T: t, Transport: transport, new: s.new, differs: differs, skips: skips}) })
	}
}

// applying are the deviations of a row, or of its parts, that the engine has.
func (s *suite) applying(t *testing.T, r row) (found deviations) {
	for _, d := range s.deviations {
		if d.Row != r.id {
			continue
		}
		zctx, err := s.new()
		if err != nil {
			t.Fatal(err)
		}
		if d.Applies == nil || d.Applies(zctx) {
			found = append(found, d)
		}
		if err := zctx.Close(); err != nil {
			t.Error(err)
		}
	}
	return found
}

// deviations are those of one row.
type deviations []Deviation

// instead is what runs in the place of a part of the row, "" for the whole.
func (ds deviations) instead(t *testing.T, part string, test func(*T)) func(*T) {
	for _, d := range ds {
		if d.Part != part {
			continue
		}
		if d.Test == nil {
			t.Skip("known to deviate: " + d.Why)
		}
		return d.Test
	}
	return test
}

// why is the reason of all, for the table.
func (ds deviations) why() string {
	var whys []string
	for _, d := range ds {
		whys = append(whys, d.Why)
	}
	return strings.Join(whys, "; ")
}
