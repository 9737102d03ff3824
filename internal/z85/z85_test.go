package z85_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"gozmq/internal/z85"
)

var vectors = []struct{ data, text string }{
	{"864fd26fb559f75b", "HelloWorld"}, // RFC 32
	{"", ""},
	{"00000000", "00000"},
	{"ffffffff", "%nSc0"},
	{"00000001", "00001"},
	// RFC 32's test keys.
	{"8e0bdd697628b91d8f245587ee95c5b04d48963f79259877b49cd9063aead3b7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"},
	{"bb88471d65e2659b30c55a5321cebb5aab2b70a398645c26dca2b2fcb43fc518", "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"},
}

// O25: keypair/public/z85 vectors.
func TestVectors(t *testing.T) {
	for _, v := range vectors {
		data, err := hex.DecodeString(v.data)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := z85.Encode(data); err != nil || text != v.text {
			t.Errorf("Encode(%x) = %q, %v, want %q", data, text, err, v.text)
		}
		if got, err := z85.Decode(v.text); err != nil || !bytes.Equal(got, data) {
			t.Errorf("Decode(%q) = %x, %v, want %x", v.text, got, err, data)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5} {
		if _, err := z85.Encode(make([]byte, n)); !errors.Is(err, z85.ErrLength) {
			t.Errorf("Encode of %d bytes: %v", n, err)
		}
	}
	for text, want := range map[string]error{
		"0":          z85.ErrLength,
		"0000":       z85.ErrLength,
		"000000":     z85.ErrLength,
		"00 00":      z85.ErrCharacter,
		"0000\x00":   z85.ErrCharacter,
		"0000\xff":   z85.ErrCharacter,
		"0000\"":     z85.ErrCharacter,
		"%nSc1":      z85.ErrRange,
		"#####":      z85.ErrRange,
		"00000#####": z85.ErrRange,
	} {
		if _, err := z85.Decode(text); !errors.Is(err, want) {
			t.Errorf("Decode(%q): %v, want %v", text, err, want)
		}
	}
}

func FuzzZ85(f *testing.F) {
	for _, v := range vectors {
		f.Add([]byte(v.text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if data, err := z85.Decode(string(b)); err == nil {
			if text, err := z85.Encode(data); err != nil || text != string(b) {
				t.Fatalf("%q became %q, %v", b, text, err)
			}
		}
		b = b[:len(b)/4*4]
		text, err := z85.Encode(b)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := z85.Decode(text); err != nil || !bytes.Equal(data, b) {
			t.Fatalf("%x became %x, %v", b, data, err)
		}
	})
}
