package zmqtest

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
)

// A Report is what one run of the suite found.
type Report struct {
	Version int      // of libzmq, or of the libzmq whose behaviour the engine has: 40304
	Drafts  bool     // the library was built with its draft API
	Results []Result // one for each row

	capabilities map[string]bool

	mu    sync.Mutex        // guards Results, and what follows
	skips map[string]string // why rows, or parts of them, skip themselves
}

// A Result is how one row came out.
type Result struct {
	Row     string // its id
	Must    string // its sentence
	Key     bool   `json:",omitempty"` // one of the rows that separate implementations most
	Outcome string // one of the constants
	Note    string `json:",omitempty"` // why, where that is to be said
}

// The outcomes of a row.
const (
	Passed   = "pass"     // the test of the row passes
	Failed   = "FAIL"     // it does not
	Deviates = "deviates" // as the engine's Deviation says, and its test asserts
	Skipped  = "skipped"  // the engine lacks the capability
	Proven   = "proven"   // by a test outside the suite, which Note names
	Untested = "untested" // Note says why
)

var capabilities = []string{"ipc", "pgm", "tipc", "norm", "curve", "gssapi", "vmci", "draft", "WS", "WSS"}

func newReport(t *testing.T, newContext NewContext) *Report {
	t.Helper()
	zctx, err := newContext()
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{Version: zctx.Version(), capabilities: map[string]bool{}, skips: map[string]string{}}
	for _, c := range capabilities {
		r.capabilities[c] = zctx.Has(c)
	}
	r.Drafts = r.has("draft")
	if err := zctx.Close(); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *Report) has(capability string) bool { return r.capabilities[capability] }

// lacks is why the engine cannot have the row, and empty where it can.
func (r *Report) lacks(row row) string {
	switch {
	case row.needs != "" && !r.has(row.needs):
		return "needs a library with " + row.needs
	case r.Version < row.since:
		return "since " + version(row.since)
	}
	return ""
}

// skip takes note of why a row, or a part of it, skips itself.
func (r *Report) skip(row row, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.skips[row.id] = why
}

func (r *Report) reason(row row) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.skips[row.id]
}

func (r *Report) record(t *testing.T, row row, differs deviations) {
	result := Result{Row: row.id, Must: row.must, Key: row.key}
	switch {
	case t.Failed():
		result.Outcome = Failed
	case r.lacks(row) != "":
		// Whatever else is known of it, nothing of the row was tried.
		result.Outcome, result.Note = Skipped, r.lacks(row)
	case len(differs) > 0:
		result.Outcome, result.Note = Deviates, differs.why()
		if d := differs[0]; d.Test == nil && d.Part == "" {
			result.Outcome = Untested
		}
	case t.Skipped():
		result.Outcome, result.Note = Skipped, r.reason(row)
	default:
		result.Outcome = Passed
	}
	r.add(result)
}

func (r *Report) untested(row row) {
	result := Result{Row: row.id, Must: row.must, Key: row.key, Outcome: Untested, Note: row.why}
	if row.proof != "" {
		result.Outcome, result.Note = Proven, row.proof
	}
	r.add(result)
}

func (r *Report) add(result Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Results = append(r.Results, result)
}

// Write writes the report as JSON, the results in the order of the rows.
// Command zmqtest/table makes the table of the documentation from it.
func (r *Report) Write(w io.Writer) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	order := map[string]int{}
	for i, row := range rows() {
		order[row.id] = i
	}
	slices.SortFunc(r.Results, func(a, b Result) int { return order[a.Row] - order[b.Row] })
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	return enc.Encode(r)
}

func version(v int) string { return fmt.Sprintf("%d.%d.%d", v/10000, v/100%100, v%100) }
