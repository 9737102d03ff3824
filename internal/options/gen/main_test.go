package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gozmq/internal/options"
	"gozmq/internal/options/table"
)

func rows(t *testing.T) []table.Row {
	t.Helper()
	rows, err := table.Read("../../../opt")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestPageIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../../../docs/options.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page(rows(t)) {
		t.Error("docs/options.md is old; go run ./internal/options/gen makes it again")
	}
}

// The drafts of libzmq, which its header shows to builds with drafts only.
// The last are newer than what most systems have.
var drafts = map[string]int{
	"ZMQ_ZAP_ENFORCE_DOMAIN": 93, "ZMQ_LOOPBACK_FASTPATH": 94, "ZMQ_METADATA": 95, "ZMQ_MULTICAST_LOOP": 96,
	"ZMQ_ROUTER_NOTIFY": 97, "ZMQ_XPUB_MANUAL_LAST_VALUE": 98, "ZMQ_SOCKS_USERNAME": 99, "ZMQ_SOCKS_PASSWORD": 100,
	"ZMQ_IN_BATCH_SIZE": 101, "ZMQ_OUT_BATCH_SIZE": 102, "ZMQ_WSS_KEY_PEM": 103, "ZMQ_WSS_CERT_PEM": 104,
	"ZMQ_WSS_TRUST_PEM": 105, "ZMQ_WSS_HOSTNAME": 106, "ZMQ_WSS_TRUST_SYSTEM": 107, "ZMQ_ONLY_FIRST_SUBSCRIBE": 108,
	"ZMQ_RECONNECT_STOP": 109, "ZMQ_HELLO_MSG": 110, "ZMQ_DISCONNECT_MSG": 111, "ZMQ_PRIORITY": 112,
	"ZMQ_BUSY_POLL": 113, "ZMQ_HICCUP_MSG": 114, "ZMQ_XSUB_VERBOSE_UNSUBSCRIBE": 115, "ZMQ_TOPICS_COUNT": 116,
	"ZMQ_NORM_MODE": 117, "ZMQ_NORM_UNICAST_NACK": 118, "ZMQ_NORM_BUFFER_SIZE": 119, "ZMQ_NORM_SEGMENT_SIZE": 120,
	"ZMQ_NORM_BLOCK_SIZE": 121, "ZMQ_NORM_NUM_PARITY": 122, "ZMQ_NORM_NUM_AUTOPARITY": 123, "ZMQ_NORM_PUSH": 124,
}

func TestDraftsAreThere(t *testing.T) {
	have := numbers(rows(t))
	for name, number := range drafts {
		if have[name] != number {
			t.Errorf("%s = %d is missing", name, number)
		}
	}
}

func numbers(rows []table.Row) map[string]int {
	have := map[string]int{}
	for _, r := range rows {
		have[r.C] = r.Number
	}
	return have
}

// Every option of the header on this machine is in package opt, with its
// number. ZMQ_LIBRARY brings the header of its own installation along.
func TestHeader(t *testing.T) {
	have := numbers(rows(t))
	headers := []string{"/usr/include/zmq.h"}
	if lib := os.Getenv("ZMQ_LIBRARY"); lib != "" {
		headers = append(headers, filepath.Join(filepath.Dir(lib), "../include/zmq.h"))
	}
	found := 0
	for _, header := range headers {
		defined, err := optionsOf(header)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		found++
		for name, number := range defined {
			if got, ok := have[name]; !ok || got != number {
				t.Errorf("%s has %s = %d, opt has %d", header, name, number, got)
			}
		}
		t.Logf("%s: %d options", header, len(defined))
	}
	if found == 0 {
		t.Skipf("no header of libzmq at %s", strings.Join(headers, " or "))
	}
}

// The sections of zmq.h that define options, by the comments above them.
var sections = regexp.MustCompile(`(?i)context options|socket options|deprecated options`)

func optionsOf(header string) (map[string]int, error) {
	f, err := os.Open(header)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	define := regexp.MustCompile(`^#define (ZMQ_\w+) (\d+)$`)
	defined := map[string]int{}
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "/*") {
			inside = sections.MatchString(line)
		}
		m := define.FindStringSubmatch(line)
		if !inside || m == nil || strings.HasSuffix(m[1], "_DFLT") {
			continue
		}
		if strings.HasPrefix(m[1], "ZMQ_RECONNECT_STOP_") || strings.HasPrefix(m[1], "ZMQ_NORM_CC") || m[1] == "ZMQ_NORM_FIXED" {
			continue // values, not options
		}
		if defined[m[1]], err = strconv.Atoi(m[2]); err != nil {
			return nil, err
		}
	}
	if len(defined) < 80 {
		return nil, fmt.Errorf("%s: only %d options found; have its comments changed?", header, len(defined))
	}
	return defined, nil
}

// What users read is what values are encoded by.
func TestDocsAgreeWithSpecs(t *testing.T) {
	for _, r := range rows(t) {
		spec, ok := options.Socket(r.Number)
		if r.Context() {
			spec, ok = options.Context(r.Number)
		}
		if !ok || !strings.Contains(spec.Name, r.C) {
			t.Errorf("%s: no description of %s", r.Name, r.C)
			continue
		}
		if want := sizes(spec, r); want != "" && r.Facts["Range"] != want && r.Settable() {
			t.Errorf("%s: range is %q, want %q", r.Name, r.Facts["Range"], want)
		}
		if (spec.Unit != 0) != (r.Type == "time.Duration") {
			t.Errorf("%s: a %s with the unit %v", r.Name, r.Type, spec.Unit)
		}
		since := fmt.Sprintf("libzmq %d.%d", spec.Since/10000, spec.Since/100%100)
		if patch := spec.Since % 100; patch != 0 || spec.Since >= 40300 {
			since += fmt.Sprintf(".%d", patch)
		}
		if words := strings.FieldsFunc(r.Facts["Since"], func(c rune) bool { return c == ';' }); words[0] != since {
			t.Errorf("%s: since %q, want %q", r.Name, words[0], since)
		}
		if needs := strings.Contains(r.Facts["Since"], "needs a build with drafts"); needs != spec.Draft {
			t.Errorf("%s: needs drafts: %v and %v", r.Name, needs, spec.Draft)
		}
		for _, typ := range strings.Fields(spec.Sockets) {
			if !strings.Contains(r.Facts["Sockets"], typ) {
				t.Errorf("%s: %s is not in %q", r.Name, typ, r.Facts["Sockets"])
			}
		}
	}
}

// sizes is the range of a description in words; "" where words say more.
func sizes(spec options.Spec, r table.Row) string {
	switch {
	case spec.Min == spec.Max || r.Type == "bool":
		return ""
	case strings.Contains(r.Facts["Range"], "combination"), strings.Contains(r.Facts["Range"], "any length"),
		spec.Wire == options.Metadata, spec.Wire == options.ThreadName, r.Name == "MaxSockets":
		return ""
	case spec.Wire == options.Bytes || spec.Wire == options.Text:
		return fmt.Sprintf("%d to %d bytes", spec.Min, spec.Max)
	case spec.Unit == time.Millisecond:
		return fmt.Sprintf("%d to %d ms", spec.Min, spec.Max)
	case spec.Unit == time.Second:
		return fmt.Sprintf("%d to %d s", spec.Min, spec.Max)
	}
	return fmt.Sprintf("%d to %d", spec.Min, spec.Max)
}
