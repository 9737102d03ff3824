package machine

import (
	"strings"
	"testing"
)

func TestDescribe(t *testing.T) {
	m, err := Describe()
	if err != nil {
		t.Fatal(err)
	}
	if line := m.String(); !strings.Contains(line, "libzmq "+m.Libzmq) || m.Libzmq == "" || m.Cores == 0 {
		t.Errorf("got %q", line)
	}
	if load := Load(); load < 0 {
		t.Errorf("load %v", load)
	}
	if share := StolenSince(Ticks{}); share < 0 || share > 1 {
		t.Errorf("stolen: %v", share)
	}
}

func TestSelf(t *testing.T) {
	p, err := Self()
	if err != nil || p.CPU < 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if limit := Files(16); limit < 16 {
		t.Errorf("%d files", limit)
	}
}
