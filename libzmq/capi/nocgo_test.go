//go:build !cgo

package capi

import (
	"errors"
	"testing"
)

func TestWithoutCgo(t *testing.T) {
	_, err := CtxNew()
	for _, err := range []error{err, Load(""), (*Socket)(nil).Bind("x"), (&Msg{}).Init()} {
		if !errors.Is(err, ErrNoCgo) || !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%v", err)
		}
	}
	if Has("draft") || LibraryPath() != "" {
		t.Error("has something")
	}
}
