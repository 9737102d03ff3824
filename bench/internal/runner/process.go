package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"gozmq/bench/internal/contest"
	"gozmq/bench/internal/figures"
	"gozmq/bench/internal/results"
	"gozmq/bench/internal/work"
)

// patience is what a run may take beyond its own time, before it counts as
// stuck. It grows with the sockets: making and closing 10,000 takes many
// seconds on a slow machine.
func patience(w work.Work) time.Duration {
	return 20*time.Second + time.Duration(w.Sockets+w.Subs)*10*time.Millisecond
}

type sample struct {
	results.Sample
	err error
}

// once measures in a new process.
func (r *Runner) once(ctx context.Context, f figures.Figure, who string) (s sample) {
	w := contest.Adapt(f.Work, who)
	if w.Ends != 0 {
		w.Program = r.C
	}
	ctx, cancel := context.WithTimeout(ctx, patience(w)+w.Warm()+w.Time())
	defer cancel()
	args := append([]string{}, r.Go...)
	args = append(args, who)
	if who == contest.C {
		args = []string{r.C}
	}
	args = append(args, w.Args()...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.WaitDelay = time.Second
	began := time.Now()
	out, err := cmd.Output()
	s.Who, s.Wall = who, time.Since(began).Seconds()
	if cmd.ProcessState != nil {
		s.CPU = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	}
	s.Values, s.err = outcome(out, err, ctx.Err(), stderr.String())
	return s
}

func outcome(out []byte, err, ended error, stderr string) (values work.Outcome, _ error) {
	switch {
	case errors.Is(ended, context.DeadlineExceeded):
		return nil, fmt.Errorf("did not end in time: %s", lastLine(stderr))
	case err != nil:
		return nil, fmt.Errorf("%w: %s", err, lastLine(stderr))
	}
	if err := json.Unmarshal(out, &values); err != nil {
		return nil, fmt.Errorf("printed %q: %w", out, err)
	}
	return values, nil
}

// lastLine is where programs say why they give up.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
