package zap_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"gozmq/zap"
)

// O29: a password appears nowhere by accident.
func TestRedacted(t *testing.T) {
	const hush = "hush-hush"
	r, err := zap.Parse(frames("1.0", "1", "d", "a", "i", "PLAIN", "alice", hush))
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		r *zap.Request
		v zap.Request
		p zap.Password
		P zap.Password
	}
	h := holder{r, *r, r.Password, r.Password}
	for _, v := range []any{r, *r, r.Password, &r.Password, h, &h, []zap.Password{r.Password}, map[string]any{"r": *r}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%c", "%U", "%e", "%b", "%o", "%T", "%w"} {
			if got := fmt.Sprintf(verb, v); leaks(got, hush) {
				t.Errorf("%s of %T shows it: %s", verb, v, got)
			}
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		if leaks(log.String(), hush) {
			t.Errorf("slog of %T shows it: %s", v, &log)
		}
		if b, _ := json.Marshal(v); leaks(string(b), hush) {
			t.Errorf("JSON of %T shows it: %s", v, b)
		}
	}
	if _, err := json.Marshal(r.Password); err == nil {
		t.Error("a password became JSON")
	}
	if got := fmt.Sprint(r.Password); got != "[redacted]" {
		t.Errorf("a password prints as %q", got)
	}
	if !strings.Contains(r.String(), `user "alice"`) {
		t.Errorf("the request is %s", r)
	}
}

// leaks finds a secret as text, in hexadecimal, and as a list of numbers.
func leaks(printed, secret string) bool {
	numbers := strings.Trim(fmt.Sprint([]byte(secret)), "[]")
	return strings.Contains(printed, secret) || strings.Contains(strings.ToLower(printed), fmt.Sprintf("%x", secret)) ||
		strings.Contains(printed, numbers)
}

func TestPassword(t *testing.T) {
	var none zap.Password
	p := zap.NewPassword("secret")
	if !none.Equal("") || none.Equal("x") || !p.Equal("secret") || p.Equal("secret ") || p.Equal("") || p.Reveal() != "secret" {
		t.Error("passwords compare wrongly")
	}
}
