package curve

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Files of keys are written in ZPL, ZeroMQ's RFC 4, as CZMQ and pyzmq do:
//
//	metadata
//	    name = "value"
//	curve
//	    public-key = "..."
//	    secret-key = "..."

// certificate is what a file of keys says.
type certificate struct {
	public, secret string
	metadata       map[string]string
}

// The errors hold nothing of the file, which may be a secret.
var (
	errNoPublic = errors.New("there is no public key")
	errNoSecret = errors.New("there is no secret key")
	errTwice    = errors.New("a key stands there twice")
	errPair     = errors.New("the public key does not belong to the secret key")
)

// parseCertificate reads what a file says, and leaves out what is not about
// keys: others write comments and more sections.
func parseCertificate(file string) (c certificate, err error) {
	c.metadata = make(map[string]string)
	section := ""
	for line := range strings.Lines(file) {
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, pair := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if !indented {
			section = name
			continue
		}
		if !pair {
			continue
		}
		switch value = unquote(value); {
		case section == "metadata":
			c.metadata[name] = value
		case section != "curve":
		case name == "public-key":
			err = once(&c.public, value)
		case name == "secret-key":
			err = once(&c.secret, value)
		}
		if err != nil {
			return certificate{}, err
		}
	}
	return c, nil
}

// once sets a value that may not be there twice: which one would count?
func once(s *string, value string) error {
	if *s != "" {
		return errTwice
	}
	*s = value
	return nil
}

// unquote takes the quotes off a value. Without quotes all of the line counts:
// a key may hold a "#".
func unquote(value string) string {
	value = strings.TrimSpace(value)
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return value
	}
	inner, _, closed := strings.Cut(value[1:], value[:1])
	if !closed {
		return value
	}
	return inner
}

// publicKey and secretKey give the keys of a certificate, which must be one.
func (c certificate) publicKey() (Public, error) {
	if c.public == "" {
		return Public{}, errNoPublic
	}
	return parseText(c.public)
}

func (c certificate) secretKey() (Secret, error) {
	if c.secret == "" {
		return Secret{}, errNoSecret
	}
	k, err := parseText(c.secret)
	if err != nil {
		return Secret{}, err
	}
	s := newSecret(k)
	if c.public == "" {
		return s, nil
	}
	if p, err := c.publicKey(); err != nil {
		return Secret{}, err
	} else if p != s.Public() {
		return Secret{}, errPair
	}
	return s, nil
}

// parseText is parse for keys that can only be text.
func parseText(key string) (Public, error) {
	if len(key) != textSize {
		return Public{}, errKeySize
	}
	return parse(key)
}

// format writes a certificate.
func (c certificate) format(comment string) (string, error) {
	var b strings.Builder
	for line := range strings.Lines(comment) {
		b.WriteString("#   " + line)
	}
	b.WriteString("\n\nmetadata\n")
	for _, name := range slices.Sorted(maps.Keys(c.metadata)) {
		value := c.metadata[name]
		if !plainText(name) || name == "" || strings.ContainsAny(name, "=# \t") || !plainText(value) {
			return "", fmt.Errorf("metadata %q: a name has no spaces, = or #, and neither it nor the value quotes or control characters", name)
		}
		fmt.Fprintf(&b, "    %s = \"%s\"\n", name, value)
	}
	b.WriteString("curve\n")
	fmt.Fprintf(&b, "    public-key = \"%s\"\n", c.public)
	if c.secret != "" {
		fmt.Fprintf(&b, "    secret-key = \"%s\"\n", c.secret)
	}
	return b.String(), nil
}

func plainText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == '"' || r == '\'' })
}
