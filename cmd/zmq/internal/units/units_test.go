package units

import (
	"testing"
	"time"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "17": 17, "17B": 17, "64KiB": 65536, "64K": 65536, "1.5kB": 1500, "2 MiB": 2 << 20, "1G": 1 << 30,
	} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("ParseSize(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "x", "1XB", "KiB", "NaN", "Inf", "1e30"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("ParseSize(%q) = %d, want an error", text, got)
		}
	}
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]float64{"100": 100, "2.5/s": 2.5, "30/m": 0.5, "36/h": 0.01, "0": 0} {
		if got, err := ParseRate(text); err != nil || got != want {
			t.Errorf("ParseRate(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "/s", "1/", "1/d", "Inf", "x"} {
		if got, err := ParseRate(text); err == nil {
			t.Errorf("ParseRate(%q) = %v, want an error", text, got)
		}
	}
}

func TestParseWait(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "250ms": 250 * time.Millisecond, "1m30s": 90 * time.Second, "forever": Forever, "-1": Forever,
	} {
		if got, err := ParseWait(text); err != nil || got != want {
			t.Errorf("ParseWait(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "-2s", "never"} {
		if got, err := ParseWait(text); err == nil {
			t.Errorf("ParseWait(%q) = %v, want an error", text, got)
		}
	}
}

func TestWrite(t *testing.T) {
	for got, want := range map[string]string{
		Size(0):                       "0 B",
		Size(1023):                    "1023 B",
		Size(65536):                   "64 KiB",
		Size(1.5 * (1 << 30)):         "1.5 GiB",
		Count(0):                      "0",
		Count(999):                    "999",
		Count(1000):                   "1,000",
		Count(1234567.6):              "1,234,568",
		Count(-1234):                  "-1,234",
		Took(0):                       "0 ns",
		Took(999):                     "999 ns",
		Took(1500):                    "1.50 µs",
		Took(12345 * time.Nanosecond): "12.3 µs",
		Took(123 * time.Millisecond):  "123 ms",
		Took(90 * time.Second):        "90.0 s",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
