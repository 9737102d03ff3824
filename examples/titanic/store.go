package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// store keeps requests and replies in a folder, each in a file that is written
// whole or not at all. What is pending after a crash is what was before it.
type store struct {
	dir string
	mu  sync.Mutex // held by whoever changes the folder
}

func openStore(dir string) (*store, error) {
	return &store{dir: dir}, os.MkdirAll(dir, 0o700)
}

const (
	requestFile = ".request"
	replyFile   = ".reply"
)

// path is the file of a request or reply. Ids come from clients, so ok says
// whether it is one of ours, and no way out of the folder.
func (s *store) path(id, kind string) (path string, ok bool) {
	b, err := hex.DecodeString(id)
	return filepath.Join(s.dir, strings.ToLower(id)+kind), err == nil && len(b) == 16
}

// add stores a request and returns its id.
func (s *store) add(request [][]byte) (id string, err error) {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	id = hex.EncodeToString(b)
	s.mu.Lock()
	defer s.mu.Unlock()
	path, _ := s.path(id, requestFile)
	return id, write(path, request)
}

// request is a request that was stored; fs.ErrNotExist if there is none.
func (s *store) request(id string) ([][]byte, error) { return s.read(id, requestFile) }

// reply is the reply to a request; fs.ErrNotExist if there is none.
func (s *store) reply(id string) ([][]byte, error) { return s.read(id, replyFile) }

// answer stores the reply to a request, unless that was closed meanwhile.
func (s *store) answer(id string, reply [][]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.request(id); err != nil {
		return err
	}
	path, _ := s.path(id, replyFile)
	return write(path, reply)
}

// remove forgets a request and its reply, if there are any.
func (s *store) remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, kind := range []string{requestFile, replyFile} {
		path, ok := s.path(id, kind)
		if !ok {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// pending are the ids of requests without reply.
func (s *store) pending() ([]string, error) {
	files, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, file := range files {
		id, isRequest := strings.CutSuffix(file.Name(), requestFile)
		if !isRequest {
			continue
		}
		path, ok := s.path(id, replyFile)
		if _, err := os.Stat(path); ok && errors.Is(err, fs.ErrNotExist) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (s *store) read(id, kind string) (frames [][]byte, err error) {
	path, ok := s.path(id, kind)
	if !ok {
		return nil, fs.ErrNotExist
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return frames, json.Unmarshal(b, &frames)
}

// write makes a file of frames: beside its place first, then, when it is on
// the disk, in it.
func write(path string, frames [][]byte) (err error) {
	b, err := json.Marshal(frames)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
