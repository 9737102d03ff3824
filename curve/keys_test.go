package curve_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	zmq "gozmq"
	"gozmq/curve"
	"gozmq/internal/testlib"
	"gozmq/internal/z85"
)

func TestMain(m *testing.M) { testlib.Main(m) }

// A key pair of RFC 7748, section 6.1.
var pairs = []struct{ secret, public string }{
	{"5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb", "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"},
}

func TestPublicOfSecret(t *testing.T) {
	for _, p := range pairs {
		raw, _ := hex.DecodeString(p.secret)
		s, err := curve.ParseSecret(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(pub(s)); got != p.public {
			t.Errorf("the public key is %s, want %s", got, p.public)
		}
	}
}

// The pair in the manual of zmq_curve_keypair.
func TestPublicOfManual(t *testing.T) {
	s, err := curve.ParseSecret("D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs")
	if err != nil || s.Public().String() != "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID" {
		t.Errorf("the public key is %v, %v", s.Public(), err)
	}
}

func pub(s curve.Secret) []byte { p := s.Public(); return p[:] }

func TestKeysAsText(t *testing.T) {
	public, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	if secret.Public() != public || public.IsZero() || secret.IsZero() {
		t.Error("the keys do not belong together")
	}
	for _, text := range []string{public.String(), string(public[:])} {
		if p, err := curve.ParsePublic(text); err != nil || p != public {
			t.Errorf("%q is %v, %v", text, p, err)
		}
		if p, err := curve.ParsePublic([]byte(text)); err != nil || p != public {
			t.Errorf("%q is %v, %v", text, p, err)
		}
	}
	s, err := curve.ParseSecret(secret.Reveal())
	if err != nil || !s.Equal(secret) || s.Equal(curve.Secret{}) {
		t.Errorf("the secret key is another one, %v", err)
	}
	var config struct{ Server curve.Public }
	b, err := json.Marshal(map[string]any{"Server": public})
	if err == nil {
		err = json.Unmarshal(b, &config)
	}
	if err != nil || config.Server != public {
		t.Errorf("JSON %s became %v, %v", b, config.Server, err)
	}
	var secrets struct{ Own curve.Secret }
	if err := json.Unmarshal(fmt.Appendf(nil, `{"Own":%q}`, secret.Reveal()), &secrets); err != nil || !secrets.Own.Equal(secret) {
		t.Errorf("a secret in JSON is not read: %v", err)
	}
	if !(curve.Secret{}).Public().IsZero() {
		t.Error("no key has a public key")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "short", strings.Repeat("k", 31), strings.Repeat("k", 33), strings.Repeat("k", 41), strings.Repeat("k", 123),
		strings.Repeat("\x00", 32), strings.Repeat("0", 40), strings.Repeat("#", 40), strings.Repeat("k", 39) + " ",
	} {
		if _, err := curve.ParsePublic(text); err == nil {
			t.Errorf("%q is a public key", text)
		}
		if _, err := curve.ParseSecret(text); err == nil {
			t.Errorf("%q is a secret key", text)
		} else if text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

// O29: a secret appears nowhere by accident.
func TestSecretIsRedacted(t *testing.T) {
	public, secret, err := curve.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		s curve.Secret
		S curve.Secret
		p *curve.Secret
	}
	h := holder{secret, secret, &secret}
	for _, v := range []any{secret, &secret, h, &h, []curve.Secret{secret}, map[string]any{"h": h}, &map[string]any{"h": &h},
		curve.Client(public, secret), curve.Server(secret, curve.Anyone()), []zmq.Setting{curve.Client(public, secret)},
		struct{ s zmq.Setting }{curve.Server(secret, curve.Anyone())}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t", "%p", "%c", "%U", "%e", "%b", "%o", "%T", "%w", "%!"} {
			if got := fmt.Sprintf(verb, v); leaks(got, secret) {
				t.Errorf("%s of %T shows it: %s", verb, v, got)
			}
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		b, _ := json.Marshal(v)
		if leaks(log.String()+string(b), secret) {
			t.Errorf("a log or JSON of %T shows it: %s, %s", v, &log, b)
		}
	}
	if fmt.Sprintf("%v %s", secret, h.p) != "[redacted] [redacted]" {
		t.Errorf("a secret prints as %v", secret)
	}
	if _, err := json.Marshal(secret); err == nil {
		t.Error("a secret became JSON")
	}
}

// leaks finds a key as Z85, in hexadecimal, and as a list of numbers.
func leaks(printed string, s curve.Secret) bool {
	raw, err := z85.Decode(s.Reveal())
	return err != nil || strings.Contains(printed, s.Reveal()) ||
		strings.Contains(strings.ToLower(printed), hex.EncodeToString(raw)) ||
		strings.Contains(printed, strings.Trim(fmt.Sprint(raw), "[]")) ||
		strings.Contains(strings.ToLower(printed), fmt.Sprintf("% x", raw)) || strings.Contains(printed, string(raw))
}

func TestSet(t *testing.T) {
	a, _, err1 := curve.NewKeys()
	b, _, err2 := curve.NewKeys()
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	k := curve.Allow(a, a, curve.Public{})
	if !k.Has(a) || k.Has(b) || k.Len() != 1 || k.Has(curve.Public{}) {
		t.Error("Allow has other keys")
	}
	k.Replace(b)
	if k.Has(a) || !k.Has(b) {
		t.Error("Replace has other keys")
	}
	k.Remove(b, b, a)
	if k.Len() != 0 {
		t.Error("Remove leaves keys")
	}
	var zero curve.Keys
	zero.Add(a)
	if !zero.Has(a) {
		t.Error("the zero Keys does not work")
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID")
	f.Add(strings.Repeat("k", 32))
	f.Add(strings.Repeat("#", 40))
	f.Fuzz(func(t *testing.T, text string) {
		p, err := curve.ParsePublic(text)
		s, err2 := curve.ParseSecret([]byte(text))
		if (err == nil) != (err2 == nil) || (err == nil) == p.IsZero() {
			t.Fatalf("%q: %v, %v", text, err, err2)
		}
		if err != nil {
			return
		}
		if again, err := curve.ParsePublic(p.String()); err != nil || again != p {
			t.Fatalf("%v became %v, %v", p, again, err)
		}
		if s.Reveal() != p.String() {
			t.Fatal("a secret and a public key read differently")
		}
		_ = s.Public()
	})
}
