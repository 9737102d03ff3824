package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	zmq "gozmq"
	"gozmq/opt"
)

// receiveFiles pulls a whole tree into dir, checks every file on disk, and
// confirms what arrived.
func (r *run) receiveFiles(ctx context.Context, name, endpoint, dir string, want report) error {
	sock, err := r.bind(zmq.PULL, endpoint)
	if err != nil {
		return err
	}
	defer sock.Close() // nothing is left in it once the end has come
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	ph := r.begin(name, "files", want.Messages)
	defer ph.end()
	if err := r.peer.order(order{Do: doFiles, Endpoint: sock.LastEndpoint()}); err != nil {
		return err
	}
	end, err := r.pull(ctx, sock, dir, ph)
	if err != nil {
		return err
	}
	ph.stop()
	if end.Messages != ph.messages || end.Bytes != ph.bytes {
		ph.failed(fmt.Errorf("%d files with %d bytes were sent, but %d with %d arrived",
			end.Messages, end.Bytes, ph.messages, ph.bytes))
	}
	if err := r.peer.order(order{Do: doConfirm, Messages: ph.messages, Bytes: ph.bytes}); err != nil {
		return err
	}
	if _, err := r.peer.soon(); err != nil {
		return err
	}
	// Room for the next one.
	return os.RemoveAll(dir)
}

// pull stores files until the message with the counts comes.
func (r *run) pull(ctx context.Context, sock *zmq.Socket, dir string, ph *phase) (end report, err error) {
	batch := make([]zmq.Msg, batchMessages)
	for {
		n, err := sock.RecvBatch(ctx, batch)
		if err != nil {
			return end, err
		}
		for i := range batch[:n] {
			m := &batch[i]
			if m.Len() == 2 {
				return parseEnd(m)
			}
			ph.add(len(m.Frame(3)))
			if err := store(dir, m); err != nil {
				ph.failed(err)
			} else {
				ph.verified++
			}
		}
	}
}

func parseEnd(m *zmq.Msg) (end report, err error) {
	end.Messages, err = strconv.Atoi(string(m.Frame(0)))
	if err == nil {
		end.Bytes, err = strconv.ParseInt(string(m.Frame(1)), 10, 64)
	}
	if err != nil {
		err = fmt.Errorf("read the counts at the end: %w", err)
	}
	return end, err
}

var (
	errName = errors.New("refused: the name leads out of the folder")
	errSum  = errors.New("what is on disk differs from what was sent")
)

// store writes one file of the message [name, mode, SHA-256, content] below
// dir and reads it back. Names come from outside: none may lead elsewhere.
func store(dir string, m *zmq.Msg) error {
	if m.Len() != 4 {
		return fmt.Errorf("a file has 4 frames, got %d", m.Len())
	}
	name := filepath.FromSlash(string(m.Frame(0)))
	if !filepath.IsLocal(name) {
		return fmt.Errorf("file %q: %w", name, errName)
	}
	mode, err := strconv.ParseUint(string(m.Frame(1)), 8, 9)
	if err != nil {
		return fmt.Errorf("file %q: mode: %w", name, err)
	}
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("file %q: %w", name, err)
	}
	if err := write(path, m.Frame(3)); err != nil {
		return fmt.Errorf("file %q: %w", name, err)
	}
	if err := verify(path, string(m.Frame(2))); err != nil {
		return fmt.Errorf("file %q: %w", name, err)
	}
	// Last, because the mode may forbid reading.
	if err := os.Chmod(path, os.FileMode(mode)); err != nil {
		return fmt.Errorf("file %q: %w", name, err)
	}
	return nil
}

// write makes a new file: one that is there already came twice.
func write(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// verify reads a file from disk and compares its SHA-256.
func verify(path, sum string) error {
	got, _, err := sumFile(path)
	if err != nil {
		return err
	}
	if got != sum {
		return fmt.Errorf("%w: SHA-256 %s, sent as %s", errSum, got, sum)
	}
	return nil
}

// bind makes a socket that the second process can reach. Nothing that the
// demo waits for takes long, so silence is an error.
func (r *run) bind(t zmq.SocketType, endpoint string, settings ...zmq.Setting) (*zmq.Socket, error) {
	sock, err := r.zctx.NewSocket(t, append(settings, opt.RecvTimeout.To(silence))...)
	if err != nil {
		return nil, err
	}
	if err := sock.Bind(endpoint); err != nil {
		return nil, errors.Join(err, sock.Close())
	}
	return sock, nil
}
