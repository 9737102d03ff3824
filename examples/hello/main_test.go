package main

import (
	"strings"
	"testing"

	"gozmq/internal/testkit"
	"gozmq/internal/testlib"
)

func TestMain(m *testing.M) { testlib.Main(m) }

func TestHello(t *testing.T) {
	var out strings.Builder
	if err := hello(testkit.Soon(t), "", testkit.Endpoint(t, "ipc"), &out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "hello, world\nhello, gopher\nhello, guide\n"; got != want {
		t.Errorf("the client printed %q, want %q", got, want)
	}
}
