package zmqtest

import (
	"testing"

	"gozmq/internal/options/table"
)

// TestTrips: every option of package opt that can be set and read has a trip.
func TestTrips(t *testing.T) {
	rows, err := table.Read("../opt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range rows {
		switch r.Kind {
		case "Option":
			if tr, ok := trips()[r.Name]; !ok || tr.num != r.Number {
				t.Errorf("opt.%s has no trip", r.Name)
			}
		case "ContextOption":
			if tr, ok := contextTrips(false)[r.Name]; !ok || tr.num != r.Number {
				t.Errorf("opt.%s has no trip", r.Name)
			}
		default:
			continue
		}
		n++
	}
	if n < 80 {
		t.Errorf("only %d options are found", n)
	}
}
