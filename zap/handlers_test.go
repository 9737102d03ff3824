package zap_test

import (
	"context"
	"net/netip"
	"sync"
	"testing"

	"gozmq/zap"
)

func answer(r zap.Response) zap.Handler {
	return zap.HandlerFunc(func(context.Context, *zap.Request) zap.Response { return r })
}

var (
	allow = answer(zap.Response{Status: zap.StatusAllow, UserID: "first", Metadata: map[string]string{"a": "1", "b": "1"}})
	also  = answer(zap.Response{Status: zap.StatusAllow, UserID: "second", Metadata: map[string]string{"b": "2", "c": "2"}})
	deny  = answer(zap.Deny("no"))
	fail  = answer(zap.Fail("broken"))
	later = answer(zap.TryLater("busy"))
)

func TestAllAndAny(t *testing.T) {
	for name, c := range map[string]struct {
		handler zap.Handler
		want    zap.Status
	}{
		"all of none":         {zap.All(), zap.StatusDeny},
		"all allow":           {zap.All(allow, also), zap.StatusAllow},
		"all but the last":    {zap.All(allow, deny), zap.StatusDeny},
		"all, the first says": {zap.All(later, deny), zap.StatusTryLater},
		"any of none":         {zap.Any(), zap.StatusDeny},
		"any allows":          {zap.Any(deny, fail, allow), zap.StatusAllow},
		"any denies":          {zap.Any(deny, deny), zap.StatusDeny},
		"any is not sure":     {zap.Any(deny, later, fail), zap.StatusTryLater},
	} {
		if got := c.handler.Authenticate(t.Context(), &zap.Request{}); got.Status != c.want {
			t.Errorf("%s: %v, want %v", name, got.Status, c.want)
		}
	}
	got := zap.All(answer(zap.Allow("")), allow, also).Authenticate(t.Context(), &zap.Request{})
	if got.UserID != "first" || got.Metadata["b"] != "1" || got.Metadata["c"] != "2" {
		t.Errorf("All joined %v", got)
	}
}

func TestMux(t *testing.T) {
	var m zap.Mux
	m.Handle("a", allow)
	m.Handle("", later)
	m.Handle("gone", allow)
	m.Handle("gone", nil)
	for domain, want := range map[string]zap.Status{
		"a": zap.StatusAllow, "": zap.StatusTryLater, "gone": zap.StatusDeny, "A": zap.StatusDeny,
	} {
		if got := m.Authenticate(t.Context(), &zap.Request{Domain: domain}); got.Status != want {
			t.Errorf("domain %q: %v, want %v", domain, got.Status, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	networks := []netip.Prefix{
		netip.MustParsePrefix("10.1.2.3/8"), netip.MustParsePrefix("::ffff:192.0.2.0/120"), netip.MustParsePrefix("fe80::/10"),
	}
	in, out := zap.AllowFrom(networks...), zap.DenyFrom(networks...)
	for address, inside := range map[string]bool{
		"10.255.0.1": true, "::ffff:10.0.0.1": true, "192.0.2.7": true, "fe80::1%eth0": true,
		"11.0.0.1": false, "192.0.3.1": false, "2001:db8::1": false, "": false, "0:0:1234": false, "10.1": false,
	} {
		r := &zap.Request{Address: address}
		if got := in.Authenticate(t.Context(), r).Status == zap.StatusAllow; got != inside {
			t.Errorf("AllowFrom lets %q in: %v", address, got)
		}
		if got := out.Authenticate(t.Context(), r).Status == zap.StatusDeny; got != inside {
			t.Errorf("DenyFrom refuses %q: %v", address, got)
		}
	}
	in.Remove(netip.MustParsePrefix("10.0.0.0/8"))
	in.Add(netip.MustParsePrefix("11.0.0.0/8"), netip.MustParsePrefix("11.0.0.0/8"))
	if in.Authenticate(t.Context(), &zap.Request{Address: "10.0.0.1"}).Status != zap.StatusDeny ||
		in.Authenticate(t.Context(), &zap.Request{Address: "11.0.0.1"}).Status != zap.StatusAllow {
		t.Error("Add and Remove do not count")
	}
	in.Replace()
	if in.Authenticate(t.Context(), &zap.Request{Address: "11.0.0.1"}).Status != zap.StatusDeny {
		t.Error("Replace does not count")
	}
}

func TestHandlersChangeWhileAsked(t *testing.T) {
	var m zap.Mux
	a := zap.AllowFrom()
	network := netip.MustParsePrefix("10.0.0.0/8")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for range 500 {
				m.Handle("d", a)
				a.Add(network)
				a.Remove(network)
				m.Handle("d", nil)
			}
		}()
		go func() {
			defer wg.Done()
			for range 500 {
				m.Authenticate(t.Context(), &zap.Request{Domain: "d", Address: "10.0.0.1"})
			}
		}()
	}
	wg.Wait()
}
