package libzmq_test

import (
	"flag"
	"os"
	"testing"

	"gozmq/internal/testlib"
	"gozmq/libzmq"
	"gozmq/zmqtest"
)

var report = flag.String("conformance", "", "write what the conformance suite found to this `file`")

// TestConformance holds the engine to the rows of package zmqtest. Its table,
// docs/conformance.md, is made by `make conformance`.
func TestConformance(t *testing.T) {
	testlib.Depends()
	found := zmqtest.Run(t, libzmq.NewContext, deviations...)
	if *report == "" {
		return
	}
	f, err := os.Create(*report)
	if err != nil {
		t.Fatal(err)
	}
	if err := found.Write(f); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
