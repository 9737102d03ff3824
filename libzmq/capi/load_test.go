//go:build cgo

package capi

import (
	"debug/elf"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// loadIn tries to load path in a process of its own, because a process can load only one.
func loadIn(t *testing.T, path string) string {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GOZMQ_TEST_LOAD=1", "ZMQ_LIBRARY="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func TestLoad(t *testing.T) {
	if static {
		t.Skip("built with libzmq_static: nothing is loaded")
	}
	t.Run("an absent library is named, with the package to install", func(t *testing.T) {
		out := loadIn(t, "/nonexistent/libzmq.so.5")
		for _, s := range []string{"/nonexistent/libzmq.so.5", "apt install libzmq5", "apk add libzmq", "dnf install zeromq",
			"brew install zeromq", "ZMQ_LIBRARY", "notexist=true", "typed=true"} {
			if !strings.Contains(out, s) {
				t.Errorf("no %q in %q", s, out)
			}
		}
	})
	t.Run("a library that is not libzmq is refused", func(t *testing.T) {
		if runtime.GOOS != "linux" {
			t.Skip("the name of the C library is Linux's")
		}
		out := loadIn(t, "libc.so.6")
		if !strings.Contains(out, "not a libzmq") || !strings.Contains(out, "unsupported=true") {
			t.Errorf("%q", out)
		}
	})
	t.Run("a file that is no library is refused", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "libzmq.so")
		ok(t, os.WriteFile(file, []byte("text"), 0o600))
		out := loadIn(t, file)
		if !strings.Contains(out, "cannot use "+file) || strings.Contains(out, "apt install") {
			t.Errorf("%q", out)
		}
	})
	t.Run("an old or foreign version is refused", func(t *testing.T) {
		for version, wanted := range map[string]bool{"4,1,1": false, "3,2,5": false, "5,0,0": false, "4,1,2": true} {
			out := loadIn(t, fakeLibrary(t, version))
			if wanted != strings.HasPrefix(out, "<nil>") {
				t.Errorf("%s: %q", version, out)
			}
			if !wanted && !strings.Contains(out, strings.ReplaceAll(version, ",", ".")) {
				t.Errorf("%q does not name version %s", out, version)
			}
		}
	})
}

// fakeLibrary compiles a library that claims to be some version of libzmq.
func fakeLibrary(t *testing.T, version string) string {
	return compile(t, `int zmq_errno(void){return 1;} void*zmq_ctx_new(void){return 0;}
void zmq_version(int*a,int*b,int*c){int v[]={`+version+`};*a=v[0];*b=v[1];*c=v[2];}`)
}

// compile makes a library of a program in C.
func compile(t *testing.T, src string) string {
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("no C compiler: " + err.Error())
	}
	dir := t.TempDir()
	ok(t, os.WriteFile(dir+"/fake.c", []byte(src), 0o600))
	lib := dir + "/libfake.so"
	if out, err := exec.Command(cc, "-shared", "-fPIC", "-o", lib, dir+"/fake.c").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return lib
}

func TestLoadIsOncePerProcess(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := Load(""); err != nil {
				t.Error(err)
			}
			_ = LibraryPath()
		}()
	}
	wg.Wait()
	if LibraryPath() == "" {
		t.Error("no path")
	}
	if !static {
		ok(t, Load(LibraryPath()))
		real, err := filepath.EvalSymlinks(LibraryPath())
		ok(t, err)
		ok(t, Load(real))
	}
	err := Load("/nonexistent/other.so")
	var le *LoadError
	if !errors.As(err, &le) {
		t.Fatalf("%v", err)
	}
	if !static && !strings.Contains(err.Error(), LibraryPath()) {
		t.Errorf("%q does not say which library is loaded", err)
	}
	want(t, Load("a\x00b"), EINVAL)
}

// TestEverySymbolIsWrapped compares the wrappers with what the loaded file exports.
func TestEverySymbolIsWrapped(t *testing.T) {
	if static || runtime.GOOS != "linux" {
		t.Skip("reads the ELF file that was loaded")
	}
	ok(t, Load(""))
	file, err := filepath.EvalSymlinks(LibraryPath())
	ok(t, err)
	f, err := elf.Open(file)
	ok(t, err)
	defer f.Close()
	symbols, err := f.DynamicSymbols()
	ok(t, err)
	w, n := wrapped(t), 0
	for _, s := range symbols {
		if strings.HasPrefix(s.Name, "zmq_") && s.Section != elf.SHN_UNDEF {
			n++
			if !w[s.Name] {
				t.Errorf("nothing wraps %s", s.Name)
			}
		}
	}
	major, minor, patch, err := Version()
	ok(t, err)
	t.Logf("%s: libzmq %d.%d.%d exports %d functions", file, major, minor, patch, n)
	if n < 40 {
		t.Errorf("only %d symbols: the test looks at the wrong ones", n)
	}
}

func TestStrerror(t *testing.T) {
	if Strerror(ETERM) == "" || Strerror(EAGAIN) == "" {
		t.Error("libzmq has no words for its errors")
	}
	_ = Strerror(Errno(1 << 40))
	_ = LastErrno()
	if Has("no such thing") || Has("a\x00b") || Has("") || Has("tcp") {
		t.Error("has what it cannot have")
	}
}
