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
	}{
		"without the capability":     {row{needs: "gssapi"}, nil, Skipped},
		"and known to deviate":       {row{needs: "gssapi"}, part, Skipped},
		"too old a library":          {row{since: 40306}, whole, Skipped},
		"a deviation without a test": {row{needs: "curve", since: 40305}, whole, Untested},
		"a part of it":               {row{needs: "curve"}, part, Deviates},
		"skipped for another reason": {row{needs: "curve"}, nil, Skipped},
	} {
		t.Run(name, func(t *testing.T) {
			r := &Report{Version: 40305, capabilities: map[string]bool{"curve": true}}
			t.Run("row", func(t *testing.T) {
				t.Cleanup(func() { r.record(t, c.row, c.differs) })
				t.Skip("as a row that is not run")
			})
			if got := r.Results[0].Outcome; got != c.want {
				t.Errorf("the outcome is %s, want %s", got, c.want)
			}
		})
	}
}
