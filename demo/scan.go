package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// entry is a regular file as it was when the tree was read. What is sent later
// is read again, so a file that changed meanwhile does not match.
type entry struct {
	name string // relative to the tree, with slashes
	mode fs.FileMode
	size int64
	sum  string // SHA-256 of the content, in hex
}

// scan reads a tree: every regular file, links not followed.
func scan(ctx context.Context, tree string) (entries []entry, size int64, err error) {
	err = filepath.WalkDir(tree, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case !d.Type().IsRegular():
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(tree, path)
		if err != nil {
			return err
		}
		sum, n, err := sumFile(path)
		if err != nil {
			return err
		}
		entries = append(entries, entry{filepath.ToSlash(name), info.Mode().Perm(), n, sum})
		size += n
		return nil
	})
	if err == nil && len(entries) == 0 {
		err = fmt.Errorf("no regular file in %s", tree)
	}
	return entries, size, err
}

// sumFile is the SHA-256 of what is on disk, in hex, and the size.
func sumFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close() // only read
	h := sha256.New()
	size, err = io.Copy(h, f)
	if err != nil {
		return "", 0, fmt.Errorf("read %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
