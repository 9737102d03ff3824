package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/plain"
	"gozmq/zap"
)

// security is the flags of CURVE and PLAIN. No secret is an argument: all users
// of a machine see those.
type security struct {
	curveKey       string
	curveServerKey string
	curveAllow     []string
	plainUser      string
	plainPassword  string // a file
	plainUsers     string // a file
}

const passwordVariable = "ZMQ_PLAIN_PASSWORD"

const securityHelp = `CURVE encrypts, and proves who is at both ends. Each side has a key pair, which
zmq keygen makes: NAME.key is public, NAME.key_secret is not. CZMQ and pyzmq read
and write the same files. Which side is the server has nothing to do with who
binds.

  server   zmq pull --bind :5555 \
             --curve-key server.key_secret --curve-allow clients/
  client   zmq push --connect host:5555 \
             --curve-server-key server.key --curve-key me.key_secret

A server says whom it lets in, by --curve-allow as often as needed: a public key
(a file, or its 40 characters), a folder of .key files, or any, which is whoever
knows the server's public key. A client without --curve-key makes a key pair up.

PLAIN is a user name and a password, and encrypts nothing, the password neither.

  server   zmq pull --bind :5555 --plain-users users   # lines of user:password
  client   zmq push --connect host:5555 \
             --plain-user joe --plain-password-file password

The environment variable ` + passwordVariable + ` will do for the client's password.

Who is not let in is told on stderr, on both sides, and goes on waiting.`

func (s *security) addFlags(f *pflag.FlagSet) {
	f.StringVar(&s.curveKey, "curve-key", "", "own secret key: a `file` of zmq keygen (.key_secret)")
	f.StringVar(&s.curveServerKey, "curve-server-key", "", "be a client of CURVE, of the server with this public `key`: a file, or its text")
	f.StringArrayVar(&s.curveAllow, "curve-allow", nil, "be a server of CURVE that lets `whom` in: a public key, a folder of them, or any")
	f.StringVar(&s.plainUser, "plain-user", "", "be a client of PLAIN with this `name`")
	f.StringVar(&s.plainPassword, "plain-password-file", "", "the `file` with the password; default: "+passwordVariable)
	f.StringVar(&s.plainUsers, "plain-users", "", "be a server of PLAIN: a `file` with lines of user:password")
}

// given reports whether any of the flags is.
func (s *security) given() bool {
	return s.curveKey != "" || s.curveServerKey != "" || len(s.curveAllow) > 0 ||
		s.plainUser != "" || s.plainPassword != "" || s.plainUsers != ""
}

// setting is the zero Setting without flags.
func (s *security) setting() (zmq.Setting, error) {
	curveClient, curveServer := s.curveServerKey != "", len(s.curveAllow) > 0
	plainClient, plainServer := s.plainUser != "", s.plainUsers != ""
	n := 0
	for _, role := range []bool{curveClient, curveServer, plainClient, plainServer} {
		if role {
			n++
		}
	}
	switch {
	case n > 1:
		return zmq.Setting{}, usagef("a socket has one of --curve-server-key, --curve-allow, --plain-user and --plain-users")
	case s.curveKey != "" && !curveClient && !curveServer:
		return zmq.Setting{}, usagef("--curve-key comes with --curve-server-key (client) or --curve-allow (server)")
	case s.plainPassword != "" && !plainClient:
		return zmq.Setting{}, usagef("--plain-password-file comes with --plain-user")
	case curveServer:
		return s.server()
	case curveClient:
		return s.client()
	case plainServer:
		users, err := readUsers(s.plainUsers)
		return plain.Server(users), err
	case plainClient:
		password, err := s.password()
		return plain.Client(s.plainUser, password), err
	}
	return zmq.Setting{}, nil
}

func (s *security) server() (zmq.Setting, error) {
	if s.curveKey == "" {
		return zmq.Setting{}, usagef("a server of CURVE needs its --curve-key")
	}
	own, err := curve.LoadSecret(s.curveKey)
	if err != nil {
		return zmq.Setting{}, err
	}
	clients, err := allowed(s.curveAllow)
	return curve.Server(own, clients), err
}

// allowed is who may come in.
func allowed(whom []string) (zap.Handler, error) {
	keys := curve.Allow()
	for _, text := range whom {
		if text == "any" {
			return curve.Anyone(), nil
		}
		if info, err := os.Stat(text); err == nil && info.IsDir() {
			all, err := curve.LoadAll(text)
			if err != nil {
				return nil, err
			}
			if len(all) == 0 {
				return nil, fmt.Errorf("no .key file in %s, so nobody would be let in", text)
			}
			keys.Add(all...)
			continue
		}
		key, err := publicKey(text)
		if err != nil {
			return nil, err
		}
		keys.Add(key)
	}
	return keys, nil
}

// publicKey reads a key, or the file with it. A file goes first: its name may
// have 40 characters too.
func publicKey(text string) (curve.Public, error) {
	if _, err := os.Stat(text); err != nil {
		key, parseErr := curve.ParsePublic(text)
		if parseErr != nil {
			return key, fmt.Errorf("%q is neither a public key nor a file of one: %w", text, err)
		}
		return key, nil
	}
	return curve.LoadPublic(text)
}

func (s *security) client() (zmq.Setting, error) {
	server, err := publicKey(s.curveServerKey)
	if err != nil {
		return zmq.Setting{}, err
	}
	var own curve.Secret
	if s.curveKey == "" {
		_, own, err = curve.NewKeys()
	} else {
		own, err = curve.LoadSecret(s.curveKey)
	}
	return curve.Client(server, own), err
}

func (s *security) password() (string, error) {
	if s.plainPassword == "" {
		password := os.Getenv(passwordVariable)
		if password == "" {
			return "", usagef("no password for --plain-user: give --plain-password-file or set %s", passwordVariable)
		}
		return password, nil
	}
	b, err := os.ReadFile(s.plainPassword)
	return strings.TrimRight(string(b), "\r\n"), err
}

// readUsers reads lines of user:password. Its errors say nothing of what is in
// them.
func readUsers(path string) (*plain.Users, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	users := map[string]string{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		user, password, ok := strings.Cut(line, ":")
		if !ok || user == "" || password == "" {
			return nil, fmt.Errorf("%s:%d: not user:password", path, n)
		}
		users[user] = password
	}
	if len(users) == 0 && lines.Err() == nil {
		return nil, fmt.Errorf("%s: no user in it", path)
	}
	return plain.Passwords(users), lines.Err()
}
