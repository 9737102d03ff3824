// Package cprogram builds the benchmarks in C, where they run, so that both
// sides have the same libzmq and the same compiler as everything else there.
package cprogram

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Build compiles all C files of sources into a program in dir, and gives its
// path.
func Build(sources fs.FS, dir string) (string, error) {
	var files []string
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		ending := filepath.Ext(name)
		if ending != ".c" && ending != ".h" {
			return nil
		}
		text, err := fs.ReadFile(sources, name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.Base(name))
		if ending == ".c" {
			files = append(files, path)
		}
		return os.WriteFile(path, text, 0o600)
	})
	if err != nil {
		return "", fmt.Errorf("lay out the C sources: %w", err)
	}
	library, err := flags()
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "bench-c")
	args := append([]string{"-std=gnu11", "-O2", "-Wall", "-o", program}, files...)
	args = append(append(args, library...), "-lpthread")
	if out, err := exec.Command(compiler(), args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile the C benchmarks: %w: %s", err, out)
	}
	return program, nil
}

func compiler() string {
	if cc := os.Getenv("CC"); cc != "" {
		return cc
	}
	return "cc"
}

// flags says where libzmq is, as pkg-config knows it.
func flags() ([]string, error) {
	out, err := exec.Command("pkg-config", "--cflags", "--libs", "libzmq").Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("pkg-config libzmq: %w: %s", err, failed.Stderr)
	}
	if err != nil {
		return nil, fmt.Errorf("pkg-config libzmq: %w", err)
	}
	return strings.Fields(string(out)), nil
}
