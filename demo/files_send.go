package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	zmq "gozmq"
)

// A batch is sent when it has this many messages or bytes, whichever comes
// first: small files go together, a large one does not wait in memory.
const (
	batchMessages = 64
	batchBytes    = 1 << 20
)

// pushFiles sends every file as one message [name, mode, SHA-256, content],
// then [count, bytes], and waits until the first process confirms both.
func (s *sending) pushFiles(ctx context.Context, endpoint string) (report, error) {
	sock, err := s.connect(zmq.PUSH, endpoint, confirmedOnly)
	if err != nil {
		return report{}, err
	}
	defer sock.Close()

	var total int64
	batch := make([]zmq.Msg, batchMessages)
	n, size := 0, 0
	flush := func() error {
		if _, err := sock.SendBatch(ctx, batch[:n]); err != nil {
			return err
		}
		n, size = 0, 0
		return nil
	}
	for _, e := range s.entries {
		content, err := os.ReadFile(filepath.Join(s.tree, filepath.FromSlash(e.name)))
		if err != nil {
			return report{}, err
		}
		batch[n].Reset()
		batch[n].Append([]byte(e.name), strconv.AppendUint(nil, uint64(e.mode), 8), []byte(e.sum), content)
		n, size = n+1, size+len(content)
		total += int64(len(content))
		if n == len(batch) || size >= batchBytes {
			if err := flush(); err != nil {
				return report{}, err
			}
		}
	}
	if err := flush(); err != nil {
		return report{}, err
	}
	if err := sock.Send(ctx, fmt.Append(nil, len(s.entries)), fmt.Append(nil, total)); err != nil {
		return report{}, err
	}
	return s.confirmed(len(s.entries), total)
}
