//go:build !unix

package main

import "context"

func signals(_ context.Context, f *figures) error {
	f.note("this system has no signals")
	return nil
}
