package cprogram

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"

	"gozmq/bench/internal/work"
)

// Run measures with the program in C, in a process of its own.
func Run(program string, w work.Work) (out work.Outcome, err error) {
	text, err := exec.Command(program, w.Args()...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("%w: %s", err, failed.Stderr)
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("the program in C printed %q: %w", text, err)
	}
	return out, nil
}

// Ends measures a proxy, whose endpoints are given, from both of its ends.
func Ends(w work.Work, front, back string) (work.Outcome, error) {
	w.Front, w.Back = front, back
	return Run(w.Program, w)
}
