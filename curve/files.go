package curve

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	publicSuffix = ".key"
	secretSuffix = ".key_secret"
	maxFile      = 1 << 16 // a file of keys has some hundred bytes
)

// Save writes a key pair into two files: name.key with the public key, to be
// given to others, and name.key_secret with both, which nobody but the owner
// of the process may read (mode 0600). CZMQ and pyzmq read them too. Metadata
// is written into both: names without spaces, values on one line without
// quotes. A file that exists is not touched, but is an error that is
// fs.ErrExist. Source: pyzmq's zmq.auth.create_certificates, CZMQ's zcert.
func Save(name string, own Secret, metadata map[string]string) (err error) {
	if own.IsZero() {
		return saving(name, errZero)
	}
	if err := SavePublic(name+publicSuffix, own.Public(), metadata); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(name+publicSuffix))
		}
	}()
	c := certificate{own.Public().String(), own.Reveal(), metadata}
	return save(name+secretSuffix, c, "ZeroMQ CURVE **Secret** Certificate\nDo not give this file to anybody.", 0o600)
}

// SavePublic writes a public key into the file at path. The rest is as with
// Save.
func SavePublic(path string, key Public, metadata map[string]string) error {
	if key.IsZero() {
		return saving(path, errZero)
	}
	c := certificate{key.String(), "", metadata}
	return save(path, c, "ZeroMQ CURVE Public Certificate\nMake sure that whoever gets it gets this one.", 0o644)
}

func save(path string, c certificate, comment string, mode fs.FileMode) error {
	text, err := c.format(comment)
	if err != nil {
		return saving(path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return saving(path, err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return saving(path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

func saving(path string, err error) error { return fmt.Errorf("curve: saving %s: %w", path, err) }

// LoadPublic reads the public key from a file that Save, pyzmq or CZMQ wrote,
// of either kind. Its errors hold nothing of the file. Source: pyzmq's
// zmq.auth.load_certificate.
func LoadPublic(path string) (Public, error) {
	c, err := load(path)
	if err != nil {
		return Public{}, err
	}
	k, err := c.publicKey()
	if err != nil {
		return Public{}, loading(path, err)
	}
	return k, nil
}

// LoadSecret reads the secret key from a file that Save, pyzmq or CZMQ wrote,
// which is the one called .key_secret. Where the file has the public key too,
// they must belong together. Its errors hold nothing of the file. Who may read
// the file is not looked at: pyzmq lets the system's umask decide that.
func LoadSecret(path string) (Secret, error) {
	c, err := load(path)
	if err != nil {
		return Secret{}, err
	}
	s, err := c.secretKey()
	if err != nil {
		return Secret{}, loading(path, err)
	}
	return s, nil
}

// LoadAll reads the public key of every file called .key in a folder, for
// Allow. One that cannot be read is an error: it would be a client that is
// missed. Source: pyzmq's zmq.auth.load_certificates.
func LoadAll(dir string) ([]Public, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, loading(dir, err)
	}
	var keys []Public
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), publicSuffix) {
			continue
		}
		k, err := LoadPublic(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

func load(path string) (c certificate, err error) {
	f, err := os.Open(path)
	if err != nil {
		return c, loading(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = errors.New("the file is too long for one of keys")
	}
	if err == nil {
		c, err = parseCertificate(string(text))
	}
	if err != nil {
		return c, loading(path, err)
	}
	return c, nil
}

func loading(path string, err error) error { return fmt.Errorf("curve: loading %s: %w", path, err) }
