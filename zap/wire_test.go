package zap_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"gozmq/zap"
)

func frames(text ...string) [][]byte {
	b := make([][]byte, len(text))
	for i, s := range text {
		b[i] = []byte(s)
	}
	return b
}

func TestParse(t *testing.T) {
	key := strings.Repeat("k", 32)
	for name, request := range map[string][]string{
		"NULL":    {"1.0", "1", "d", "127.0.0.1", "id", "NULL"},
		"PLAIN":   {"1.0", "1", "d", "127.0.0.1", "id", "PLAIN", "user", "hush"},
		"CURVE":   {"1.0", "1", "d", "127.0.0.1", "id", "CURVE", key},
		"GSSAPI":  {"1.0", "1", "d", "127.0.0.1", "id", "GSSAPI", "alice@REALM"},
		"unknown": {"1.0", "1", "d", "127.0.0.1", "id", "unknown", "a", "b", "c"},
	} {
		raw := frames(request...)
		r, err := zap.Parse(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, f := range raw { // the request is the handler's own
			clear(f)
		}
		if r.Version != "1.0" || r.ID != "1" || r.Domain != "d" || r.Address != "127.0.0.1" || string(r.Identity) != "id" ||
			r.Mechanism != name {
			t.Errorf("%s: %v", name, r)
		}
		if got := bytes.Join(r.Credentials(), nil); string(got) != strings.Join(request[6:], "") {
			t.Errorf("%s: the credentials are %q", name, got)
		}
		if name == "PLAIN" && (r.Username != "user" || r.Password.Reveal() != "hush") ||
			name == "CURVE" && string(r.PublicKey[:]) != key || name == "GSSAPI" && r.Principal != "alice@REALM" {
			t.Errorf("%s: %v", name, r)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, request := range [][]string{
		{}, {"1.0"}, {"1.0", "1", "d", "a", "i"}, {"", "", "", "", "", ""}, {"2.0", "1", "d", "a", "i", "NULL"},
		{"1.0", "1", "d", "a", "i", "NULL", "x"}, {"1.0", "1", "d", "a", "i", "PLAIN", "secret user"},
		{"1.0", "1", "d", "a", "i", "CURVE", strings.Repeat("k", 31)}, {"1.0", "1", "d", "a", "i", "CURVE"},
		{"1.0", "1", "d", "a", "i", "GSSAPI"},
	} {
		r, err := zap.Parse(frames(request...))
		if err == nil {
			t.Errorf("%q is %v", request, r)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error shows it: %v", request, err)
		}
	}
}

func TestFrames(t *testing.T) {
	got, err := zap.Frames(zap.Response{Status: zap.StatusAllow, Text: strings.Repeat("t", 300), UserID: "u",
		Metadata: map[string]string{"B": "2", "A": "1"}}, "77")
	want := frames("1.0", "77", "200", strings.Repeat("t", 255), "u", "\x01A\x00\x00\x00\x011\x01B\x00\x00\x00\x012")
	if err != nil || !bytes.Equal(bytes.Join(got, []byte{0}), bytes.Join(want, []byte{0})) {
		t.Errorf("frames %q, %v", got, err)
	}
	// Who is refused has no user id, whatever the handler says.
	got, err = zap.Frames(zap.Response{Status: zap.StatusDeny, UserID: "u", Metadata: map[string]string{"A": "1"}}, "1")
	if err != nil || len(got) != 6 || len(got[4]) != 0 || len(got[5]) != 0 || string(got[2]) != "400" {
		t.Errorf("frames %q, %v", got, err)
	}
}

func TestMetadataRefused(t *testing.T) {
	for name, m := range map[string]map[string]string{
		"no name":       {"": "x"},
		"long name":     {strings.Repeat("n", 256): "x"},
		"space":         {"a b": "x"},
		"colon":         {"a:b": "x"},
		"umlaut":        {"ä": "x"},
		"ZeroMQ's own":  {"user-ID": "x"},
		"another":       {"Socket-Type": "x"},
		"twice":         {"Role": "x", "role": "y"},
		"too long":      {"a": strings.Repeat("v", 1<<20)},
		"too much":      {"a": strings.Repeat("v", 1<<19), "b": strings.Repeat("v", 1<<19)},
		"a NUL in name": {"a\x00": "x"},
	} {
		if zap.CheckMetadata(m) == nil {
			t.Errorf("%s: no error", name)
		}
		got, err := zap.Frames(zap.Response{Status: zap.StatusAllow, Metadata: m}, "1")
		if err == nil || string(got[2]) != "500" {
			t.Errorf("%s: %q, %v", name, got[2], err)
		}
	}
}

func FuzzRequest(f *testing.F) {
	f.Add([]byte("1.0\n1\nd\n127.0.0.1\nid\nNULL"))
	f.Add([]byte("1.0\n1\nd\n127.0.0.1\nid\nPLAIN\nuser\npassword"))
	f.Add([]byte("1.0\n1\nd\n127.0.0.1\nid\nCURVE\nkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"))
	f.Add([]byte("1.0\n1\nd\n::1\n\nGSSAPI\nalice"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := zap.Parse(bytes.Split(b, []byte("\n")))
		if (r == nil) == (err == nil) {
			t.Fatal(r, err)
		}
		for _, h := range []zap.Handler{new(zap.Mux), zap.AllowFrom(), zap.All(), zap.Any()} {
			if r != nil {
				if got := h.Authenticate(t.Context(), r); got.Status == zap.StatusAllow {
					t.Fatalf("%v is let in", r)
				}
			}
		}
		_ = r.String()
	})
}

func FuzzMetadata(f *testing.F) {
	f.Add([]byte("\x01A\x00\x00\x00\x011"))
	f.Add([]byte("\x01A\xff\xff\xff\xff1"))
	f.Add([]byte("\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := zap.DecodeMetadata(b)
		if err != nil {
			return
		}
		again, err := zap.DecodeMetadata(zap.EncodeMetadata(m))
		if err != nil || !maps.Equal(m, again) {
			t.Fatalf("%q became %q, %v", m, again, err)
		}
	})
}
