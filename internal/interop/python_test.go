package interop

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"testing"
	"time"

	"gozmq/internal/testkit"
)

// python is a process that runs peer.py. It does one command after the
// other; waiting for a message does not keep it from taking the next command,
// which is then done later.
type python struct {
	t       *testing.T
	in      io.WriteCloser
	answers chan answer
	sockets int
}

type command struct {
	Do       string    `json:"do"`
	Socket   int       `json:"socket"`
	Type     string    `json:"type,omitempty"`
	Options  [][2]any  `json:"options"`
	Endpoint string    `json:"endpoint,omitempty"`
	Count    int       `json:"count,omitempty"`
	Timeout  int       `json:"timeout,omitempty"`
	Sizes    [][]int   `json:"sizes"`
	Messages []message `json:"-"` // they follow the line
}

type answer struct {
	OK    json.RawMessage `json:"ok"`
	Error string          `json:"error"`
	Sizes [][]int         `json:"sizes"`

	messages []message
}

// read reads the messages that follow an answer's line.
func (a *answer) read(r io.Reader) error {
	for _, sizes := range a.Sizes {
		m := message{}
		for _, n := range sizes {
			f := make([]byte, n)
			if _, err := io.ReadFull(r, f); err != nil {
				return err
			}
			m = append(m, f)
		}
		a.messages = append(a.messages, m)
	}
	return nil
}

// startPython starts a peer that ends with the test.
func startPython(t *testing.T) *python {
	t.Helper()
	cmd := testkit.PythonCommand(t, "peer.py")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &python{t: t, in: in, answers: make(chan answer)}
	go func() {
		defer close(p.answers)
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return
			}
			var a answer
			if err := errors.Join(json.Unmarshal(line, &a), a.read(lines)); err != nil {
				a.Error = err.Error()
			}
			p.answers <- a
		}
	}()
	t.Cleanup(func() {
		_ = in.Close()
		// A command that nobody waited for any more may hang: the process
		// must not.
		end := time.AfterFunc(testkit.Hang, func() { _ = cmd.Process.Kill() })
		for range p.answers {
		}
		end.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("peer.py: %v", err)
		}
	})
	return p
}

// begin gives the process a command, and returns what waits for the answer.
func (p *python) begin(t *testing.T, c command) (wait func(result any)) {
	t.Helper()
	c.Sizes = [][]int{}
	var body []byte
	for _, m := range c.Messages {
		var sizes []int
		for _, f := range m {
			sizes = append(sizes, len(f))
			body = append(body, f...)
		}
		c.Sizes = append(c.Sizes, sizes)
	}
	line, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.in.Write(append(append(line, '\n'), body...)); err != nil {
		t.Fatal(err)
	}
	return func(result any) {
		t.Helper()
		select {
		case a, ok := <-p.answers:
			switch {
			case !ok:
				t.Fatalf("peer.py ended during %s", c.Do)
			case a.Error != "":
				t.Fatalf("peer.py: %s: %s", c.Do, a.Error)
			case a.Sizes != nil:
				*result.(*[]message) = a.messages
			case result != nil:
				if err := json.Unmarshal(a.OK, result); err != nil {
					t.Fatal(err)
				}
			}
		case <-time.After(2 * testkit.Hang):
			t.Fatalf("peer.py hangs in %s", c.Do)
		}
	}
}

func (p *python) do(t *testing.T, c command, result any) {
	t.Helper()
	p.begin(t, c)(result)
}
