package fetch

import (
	"errors"
	"net/netip"
	"slices"
	"testing"
)

func TestGuard(t *testing.T) {
	public := []string{
		"8.8.8.8", "100.63.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "64:ff9b::808:808",
		"2002:808:808::1",
	}
	private := []string{
		"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
		"168.63.129.16", "169.254.169.254", "172.16.0.1", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.19.0.1",
		"198.51.100.7", "203.0.113.9", "224.0.0.251", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
		"::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
		"64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1",
		"fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
	}
	for _, addr := range append(public, private...) {
		err := newGuard(nil).check("news.example", netip.MustParseAddr(addr))
		if want := slices.Contains(public, addr); (err == nil) != want {
			t.Errorf("%s: %v", addr, err)
		}
		var refused *PrivateAddressError
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%s: error of another kind: %v", addr, err)
		}
	}
}

func TestGuardExceptions(t *testing.T) {
	g := newGuard([]netip.Prefix{
		netip.MustParsePrefix("127.0.0.1/8"),
		netip.MustParsePrefix("fd12::/16"),
		netip.MustParsePrefix("::ffff:10.0.0.0/104"),
	})
	for addr, allowed := range map[string]bool{
		"127.9.9.9": true, "::ffff:127.0.0.1": true, "fd12::7": true, "10.200.0.1": true,
		"::1": false, "fd13::1": false, "64:ff9b::7f00:1": false, "192.168.0.1": false,
	} {
		if err := g.check("h", netip.MustParseAddr(addr)); (err == nil) != allowed {
			t.Errorf("%s: %v", addr, err)
		}
	}
}
