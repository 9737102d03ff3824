package message

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// lossless are the formats that bring every message back as it was.
var lossless = []Format{Escaped, Hex, Base64, JSON, MsgPack, ZMTP}

func frames(f ...string) [][]byte {
	m := make([][]byte, len(f))
	for i := range f {
		m[i] = []byte(f[i])
	}
	return m
}

func write(t testing.TB, f Format, o Options, messages ...[][]byte) string {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, f, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if err := w.Write(m, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// read reads to the end, or the first error.
func read(t testing.TB, f Format, o Options, text string) (messages [][][]byte, err error) {
	t.Helper()
	r, err := NewReader(iotest.OneByteReader(strings.NewReader(text)), f, o)
	if err != nil {
		t.Fatal(err)
	}
	for {
		m, err := r.Read()
		if err == io.EOF {
			return messages, nil
		}
		if err != nil {
			return messages, err
		}
		messages = append(messages, m)
	}
}

var samples = [][][]byte{
	frames(""),
	frames("hello"),
	frames("", ""),
	frames("a", "", "ü\tb\nc\\d"),
	frames("\x00\xff\x1b[31m", "\r\n", `\n`),
	frames(strings.Repeat("long", 1000), "[\"{}\\"),
}

func same(a, b [][][]byte) bool {
	return slices.EqualFunc(a, b, func(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) })
}

func TestRoundTrip(t *testing.T) {
	for _, f := range lossless {
		text := write(t, f, Options{}, samples...)
		got, err := read(t, f, Options{}, text)
		if err != nil || !same(got, samples) {
			t.Errorf("%s: got %q, %v, want %q", f, got, err, samples)
		}
		for _, m := range samples {
			if got, err := Parse(f, Options{}, []byte(write(t, f, Options{}, m))); err != nil || !same([][][]byte{got}, [][][]byte{m}) {
				t.Errorf("%s alone: got %q, %v, want %q", f, got, err, m)
			}
		}
	}
}

func TestWritten(t *testing.T) {
	m := frames("a\x1b", "b\n", "\xff")
	for _, c := range []struct {
		format  Format
		options Options
		want    string
	}{
		{Text, Options{}, "a\x1b\tb\n\t\xff\n"},
		{Text, Options{Separator: "|", Delimiter: "\x00"}, "a\x1b|b\n|\xff\x00"},
		{Text, Options{Printable: true}, "a\\x1b\tb\n\t\\xff\n"},
		{Escaped, Options{}, `a\x1b` + "\t" + `b\n` + "\t" + `\xff` + "\n"},
		{Escaped, Options{Separator: "||"}, `a\x1b||b\n||\xff` + "\n"},
		{Hex, Options{}, "611b 620a ff\n"},
		{Base64, Options{}, "YRs= Ygo= /w==\n"},
		{JSON, Options{}, `["a\u001b","b\n",{"base64":"/w=="}]` + "\n"},
		{MsgPack, Options{}, "\x93\xc4\x02a\x1b\xc4\x02b\n\xc4\x01\xff"},
		{ZMTP, Options{}, "\x01\x02a\x1b\x01\x02b\n\x00\x01\xff"},
		{Raw, Options{}, "a\x1bb\n\xff"},
	} {
		if got := write(t, c.format, c.options, m); got != c.want {
			t.Errorf("%s %+v: got %q, want %q", c.format, c.options, got, c.want)
		}
	}
}

func TestAbout(t *testing.T) {
	var out bytes.Buffer
	w, err := NewWriter(&out, JSON, Options{})
	if err != nil {
		t.Fatal(err)
	}
	about := &About{Time: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), Peer: "127.0.0.1", UserID: "<alice>"}
	if err := errors.Join(w.Write(frames("x"), about), w.Flush()); err != nil {
		t.Fatal(err)
	}
	want := `{"time":"2020-01-02T03:04:05Z","peer":"127.0.0.1","user_id":"<alice>","frames":["x"]}` + "\n"
	if out.String() != want {
		t.Errorf("got %s, want %s", &out, want)
	}
	if got, err := Parse(JSON, Options{}, out.Bytes()); err != nil || !same([][][]byte{got}, [][][]byte{frames("x")}) {
		t.Errorf("read again: %q, %v", got, err)
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		format  Format
		options Options
		text    string
		want    [][][]byte
	}{
		{Text, Options{}, "", nil},
		{Text, Options{}, "a\tb\n\nlast", [][][]byte{frames("a\tb"), frames(""), frames("last")}},
		{Text, Options{Separator: ","}, "a,b\n,\n", [][][]byte{frames("a", "b"), frames("", "")}},
		{Text, Options{Delimiter: "--\n"}, "a-\nb--\nc", [][][]byte{frames("a-\nb"), frames("c")}},
		{Text, Options{Printable: true}, "a\\x1b\n", [][][]byte{frames(`a\x1b`)}},
		{Escaped, Options{}, `\x41\0` + "\t" + `\\n` + "\n", [][][]byte{frames("A\x00", `\n`)}},
		{Hex, Options{}, "00ff 41\r\n", [][][]byte{frames("\x00\xff", "A")}},
		{JSON, Options{}, ` "one" ["two", {"base64":"/w=="}]` + "\n\n" + `{"frames":["three"]}`,
			[][][]byte{frames("one"), frames("two", "\xff"), frames("three")}},
		{JSON, Options{}, "[\n\"a\",\n\"b]\\\"\"\n]", [][][]byte{frames("a", `b]"`)}},
		{JSON, Options{}, `{"base64":"AA=="}`, [][][]byte{frames("\x00")}},
		{MsgPack, Options{}, "\x92\xa1a\xd9\x01b\x91\xc4\x00", [][][]byte{frames("a", "b"), frames("")}},
		{Raw, Options{}, "", nil},
		{Raw, Options{}, "a\nb", [][][]byte{frames("a\nb")}},
		{Raw, Options{Block: 2}, "abcde", [][][]byte{frames("ab"), frames("cd"), frames("e")}},
	} {
		got, err := read(t, c.format, c.options, c.text)
		if err != nil || !same(got, c.want) {
			t.Errorf("%s %+v %q: got %q, %v, want %q", c.format, c.options, c.text, got, err, c.want)
		}
	}
}

func TestBadInput(t *testing.T) {
	const midway = "the input ends in the middle of it"
	for _, c := range []struct {
		format Format
		text   string
		want   string // what the error says
	}{
		{Escaped, "good\n\\q\n", `message 2 of the input, as escaped: "\\q" is no escape`},
		{Escaped, "\\", "escapes nothing"},
		{Escaped, `\x4`, "two hexadecimal digits"},
		{Hex, "0", "odd length hex"},
		{Hex, "zz", "invalid byte"},
		{Base64, "A", "illegal base64"},
		{JSON, "[1]", errFrame.Error()},
		{JSON, "17\n", errFrame.Error()},
		{JSON, `[{"hex":"00"}]`, errFrame.Error()},
		{JSON, `{"frames":17}`, errFrame.Error()},
		{JSON, "[]", "one frame at least"},
		{JSON, `{"frames":[]}`, "one frame at least"},
		{JSON, `["a"`, "unexpected end"},
		{JSON, "]", "invalid character"},
		{MsgPack, "\xc0", "no array"},
		{MsgPack, "\x90", "one frame at least"},
		{MsgPack, "\x91\x01", "frame 1 is no binary"},
		{MsgPack, "\xdd\xff\xff\xff\xff", midway},
		{MsgPack, "\x91\xc6\xff\xff\xff\xff.", midway},
		{ZMTP, "\x04\x00", "not those of a message"},
		{ZMTP, "\x01\x00", midway},
		{ZMTP, "\x00\x02a", midway},
		{ZMTP, "\x02\x7f\xff\xff\xff\xff\xff\xff\xff.", midway},
		{ZMTP, "\x02\xff\xff\xff\xff\xff\xff\xff\xff.", "cannot have"},
	} {
		_, err := read(t, c.format, Options{}, c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: got %v, want an error with %q", c.format, c.text, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s %q: the error is more than one line: %v", c.format, c.text, err)
		}
	}
}

// No format reads more than it may into memory.
func TestMax(t *testing.T) {
	endless := map[Format]string{
		Text: "x", Hex: "00", Base64: "A", JSON: `["` + strings.Repeat("x", 1<<16), Raw: "x",
		MsgPack: "\x91\xc6\x7f\xff\xff\xff", ZMTP: "\x02\x00\x00\x00\x7f\xff\xff\xff\xff",
	}
	for f, begin := range endless {
		r, err := NewReader(io.MultiReader(strings.NewReader(begin), repeat('0')), f, Options{Max: 1 << 17})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(); err == nil || !strings.Contains(err.Error(), "--max-size") {
			t.Errorf("%s: got %v, want that it is too long", f, err)
		}
	}
	// It counts for each message, not for all.
	many := strings.Repeat(strings.Repeat("x", 1000)+"\n", 1000)
	if got, err := read(t, Text, Options{Max: 1000}, many); err != nil || len(got) != 1000 {
		t.Errorf("got %d messages, %v; want 1000", len(got), err)
	}
}

type repeat byte

func (r repeat) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(r)
	}
	return len(b), nil
}

func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		format  Format
		options Options
	}{
		{"xml", Options{}}, {JSON, Options{Separator: ","}}, {Raw, Options{Delimiter: "\x00"}},
		{Escaped, Options{Separator: "n"}}, {Escaped, Options{Delimiter: `\`}},
	} {
		if _, err := NewReader(strings.NewReader(""), c.format, c.options); err == nil {
			t.Errorf("reading %s with %+v: no error", c.format, c.options)
		}
		if _, err := NewWriter(io.Discard, c.format, c.options); err == nil {
			t.Errorf("writing %s with %+v: no error", c.format, c.options)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("broken")
	for _, f := range Formats {
		r, err := NewReader(io.MultiReader(strings.NewReader(" "), iotest.ErrReader(broken)), f, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f == MsgPack || f == ZMTP {
			continue // the space is an error before that
		}
		if _, err := r.Read(); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want %v", f, err, broken)
		}
	}
}

// What is read is written and read again the same; nothing panics.
func FuzzRead(f *testing.F) {
	for i, format := range lossless {
		f.Add(i, []byte(write(f, format, Options{}, samples[:5]...))) // short ones
	}
	f.Fuzz(func(t *testing.T, i int, text []byte) {
		if i < 0 || i >= len(lossless) {
			return
		}
		format := lossless[i]
		got, _ := read(t, format, Options{Max: 1 << 16}, string(text))
		again, err := read(t, format, Options{}, write(t, format, Options{}, got...))
		if err != nil || len(got) > 0 && !reflect.DeepEqual(normal(again), normal(got)) {
			t.Errorf("%s: read %q, then %q, %v", format, got, again, err)
		}
	})
}

// normal makes empty frames alike.
func normal(messages [][][]byte) (s [][]string) {
	for _, m := range messages {
		var fs []string
		for _, f := range m {
			fs = append(fs, string(f))
		}
		s = append(s, fs)
	}
	return s
}
