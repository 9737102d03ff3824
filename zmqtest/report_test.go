package zmqtest

import "testing"

// TestRecord: what a row came out as, when it was not run.
func TestRecord(t *testing.T) {
	part := deviations{{Row: "O27", Part: "a part", Why: "libzmq does otherwise"}}
	whole := deviations{{Row: "O27", Why: "libzmq does otherwise"}}
	for name, c := range map[string]struct {
		row     row
		differs deviations
		want    string
		why     string
	}{
		"without the capability":     {row{needs: "gssapi"}, nil, Skipped, "needs a library with gssapi"},
		"and known to deviate":       {row{needs: "gssapi"}, part, Skipped, "needs a library with gssapi"},
		"too old a library":          {row{since: 40306}, whole, Skipped, "since 4.3.6"},
		"a deviation without a test": {row{needs: "curve", since: 40305}, whole, Untested, whole.why()},
		"a part of it":               {row{needs: "curve"}, part, Deviates, part.why()},
		"skipped for another reason": {row{needs: "curve"}, nil, Skipped, "there is none here"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &Report{Version: 40305, capabilities: map[string]bool{"curve": true}, skips: map[string]string{}}
			t.Run("row", func(t *testing.T) {
				t.Cleanup(func() { r.record(t, c.row, c.differs) })
				(&T{T: t, skips: func(why string) { r.skip(c.row, why) }}).Skip("there is none here")
			})
			if got := r.Results[0]; got.Outcome != c.want || got.Note != c.why {
				t.Errorf("the outcome is %s: %q; want %s: %q", got.Outcome, got.Note, c.want, c.why)
			}
		})
	}
}
