package opt_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gozmq/internal/options"
	"gozmq/internal/options/table"
	"gozmq/internal/testlib"
	"gozmq/libzmq"
)

const ms, sec = time.Millisecond, time.Second

func TestMain(m *testing.M) { testlib.Main(m) }

// version is that of the library, as package options counts.
func version(t testing.TB) int {
	t.Helper()
	major, minor, patch, err := libzmq.Version()
	if err != nil {
		t.Fatal(err)
	}
	return major*10000 + minor*100 + patch
}

// lacks reports whether the library cannot have an option.
func lacks(t testing.TB, spec options.Spec) bool {
	t.Helper()
	return version(t) < spec.Since || spec.Draft && !libzmq.Has("draft") || spec.Needs != "" && !libzmq.Has(spec.Needs)
}

// wantLacking wants an error that tells what the option needs.
func wantLacking(t testing.TB, spec options.Spec, err error) {
	t.Helper()
	if !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(fmt.Sprint(err), spec.Name+": needs ") {
		t.Errorf("the library lacks the option; error is %v", err)
	}
}

// named gives the options of package opt that are of a kind, by name.
func named(t testing.TB, kinds ...string) map[string]table.Row {
	t.Helper()
	rows, err := table.Read(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]table.Row{}
	for _, r := range rows {
		for _, kind := range kinds {
			if r.Kind == kind {
				found[r.Name] = r
			}
		}
	}
	return found
}
