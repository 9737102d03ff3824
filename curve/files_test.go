package curve_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gozmq/curve"
	"gozmq/internal/testkit"
)

func TestFiles(t *testing.T) {
	public, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "alice")
	if err := curve.Save(name, secret, map[string]string{"email": "alice@example.org"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{name + ".key", name + ".key_secret"} {
		if p, err := curve.LoadPublic(path); err != nil || p != public {
			t.Errorf("%s has %v, %v", path, p, err)
		}
	}
	if s, err := curve.LoadSecret(name + ".key_secret"); err != nil || !s.Equal(secret) {
		t.Errorf("the secret file has another key: %v", err)
	}
	if _, err := curve.LoadSecret(name + ".key"); err == nil {
		t.Error("the public file has a secret key")
	}
	info, err := os.Stat(name + ".key_secret")
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the secret file has mode %v", info.Mode())
	}
	if b, err := os.ReadFile(name + ".key"); err != nil || strings.Contains(string(b), secret.Reveal()) {
		t.Errorf("the public file holds the secret key: %v", err)
	}
	testkit.WantError(t, curve.Save(name, secret, nil), fs.ErrExist)
	if all, err := curve.LoadAll(dir); err != nil || len(all) != 1 || all[0] != public {
		t.Errorf("the folder has %v, %v", all, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bad.key"), []byte("curve\n    public-key = \"x\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := curve.LoadAll(dir); err == nil || !strings.Contains(err.Error(), "bad.key") {
		t.Errorf("a bad key in the folder: %v", err)
	}
}

func TestSaveLeavesNothingBehind(t *testing.T) {
	_, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "x")
	if err := os.WriteFile(name+".key_secret", []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		curve.Save(name, secret, nil),
		curve.Save(filepath.Join(dir, "y"), secret, map[string]string{"a": "two\nlines"}),
		curve.Save(filepath.Join(dir, "y"), secret, map[string]string{"a": `a "quote"`}),
		curve.Save(filepath.Join(dir, "y"), secret, map[string]string{"a b": "x"}),
		curve.Save(filepath.Join(dir, "y"), curve.Secret{}, nil),
		curve.SavePublic(filepath.Join(dir, "y"), curve.Public{}, nil),
		curve.Save(filepath.Join(dir, "no", "folder"), secret, nil),
	} {
		if err == nil {
			t.Error("no error")
		} else if strings.Contains(err.Error(), secret.Reveal()) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	if b, err := os.ReadFile(name + ".key_secret"); err != nil || string(b) != "keep" {
		t.Errorf("the file that was there is %q, %v", b, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	public, secret, err := curve.NewKeys()
	other, _, err2 := curve.NewKeys()
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	pubLine, otherLine, secretLine := "    public-key = \""+public.String()+"\"\n", "    public-key = \""+other.String()+"\"\n",
		"    secret-key = \""+secret.Reveal()+"\"\n"
	for name, text := range map[string]string{
		"empty":             "",
		"no section":        pubLine + secretLine,
		"another section":   "metadata\n" + pubLine + secretLine,
		"twice":             "curve\n" + pubLine + otherLine + secretLine,
		"not a pair":        "curve\n" + otherLine + secretLine,
		"half a key":        "curve\n    secret-key = \"" + secret.Reveal()[:20] + "\"\n",
		"never closed":      "curve\n    secret-key = \"" + secret.Reveal() + "\n",
		"raw bytes":         "curve\n    secret-key = \"" + strings.Repeat("k", 32) + "\"\n",
		"too long":          "curve\n" + pubLine + secretLine + strings.Repeat("#\n", 1<<16),
		"zeros":             "curve\n    secret-key = \"" + strings.Repeat("0", 40) + "\"\n",
		"another character": "curve\n    secret-key = \"" + secret.Reveal()[:39] + "~\"\n",
	} {
		path := filepath.Join(t.TempDir(), "k")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := curve.LoadSecret(path); err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), secret.Reveal()[:20]) {
			t.Errorf("%s: the error shows the key: %v", name, err)
		}
	}
	_, err = curve.LoadSecret(filepath.Join(t.TempDir(), "none"))
	testkit.WantError(t, err, fs.ErrNotExist)
}

// Files go both ways between Go and pyzmq.
func TestFilesOfPyzmq(t *testing.T) {
	python := testkit.Python(t)
	public, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := curve.Save(filepath.Join(dir, "go"), secret, map[string]string{"name": "x = 1 # y"}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import sys, zmq.auth
dir = sys.argv[1]
print(*(k.decode() if k else "" for f in ("go.key", "go.key_secret") for k in zmq.auth.load_certificate(dir + "/" + f)), sep="\n")
zmq.auth.create_certificates(dir, "py", metadata={"name": "value"})
print(*(k.decode() for k in zmq.auth.load_certificate(dir + "/py.key_secret")), sep="\n")
`, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(string(out), "\n")
	if len(got) < 6 || got[0] != public.String() || got[1] != "" || got[2] != public.String() || got[3] != secret.Reveal() {
		t.Fatal("pyzmq reads other keys than Go wrote")
	}
	for _, file := range []string{"py.key", "py.key_secret"} {
		if p, err := curve.LoadPublic(filepath.Join(dir, file)); err != nil || p.String() != got[4] {
			t.Errorf("%s has %v, %v, pyzmq wrote %s", file, p, err, got[4])
		}
	}
	if s, err := curve.LoadSecret(filepath.Join(dir, "py.key_secret")); err != nil || s.Reveal() != got[5] {
		t.Errorf("Go reads another secret key than pyzmq wrote: %v", err)
	}
}
