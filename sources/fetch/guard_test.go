package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

func TestGuard(t *testing.T) {
	tests := []struct {
		addr   string
		public bool
	}{
		{"8.8.8.8", true},
		{"100.63.255.255", true},
		{"172.32.0.1", true},
		{"223.255.255.255", true},
		{"2606:4700::1111", true},
		{"64:ff9b::808:808", true},
		{"2002:808:808::1", true},
		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"10.1.2.3", false},
		{"100.64.0.1", false},
		{"100.100.100.200", false},
		{"127.0.0.1", false},
		{"127.255.255.254", false},
		{"168.63.129.16", false},
		{"169.254.169.254", false},
		{"172.16.0.1", false},
		{"192.0.0.192", false},
		{"192.0.2.1", false},
		{"192.168.1.1", false},
		{"198.19.0.1", false},
		{"198.51.100.7", false},
		{"203.0.113.9", false},
		{"224.0.0.251", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"::", false},
		{"::1", false},
		{"::127.0.0.1", false},
		{"::ffff:127.0.0.1", false},
		{"::ffff:169.254.169.254", false},
		{"64:ff9b::7f00:1", false},
		{"64:ff9b::a9fe:a9fe", false},
		{"64:ff9b:1::808:808", false},
		{"100::1", false},
		{"2001::1", false},
		{"2001:db8::1", false},
		{"2002:7f00:1::", false},
		{"2002:a00:1::1", false},
		{"3fff::1", false},
		{"fc00::1", false},
		{"fd00:ec2::254", false},
		{"fe80::1", false},
		{"fe80::1%eth0", false},
		{"fec0::1", false},
		{"ff02::1", false},
	}
	for _, test := range tests {
		err := newGuard(nil).check("news.example", netip.MustParseAddr(test.addr))
		if (err == nil) != test.public {
			t.Errorf("%s: %v", test.addr, err)
		}
		var private *PrivateAddressError
		if err != nil && !errors.As(err, &private) {
			t.Errorf("%s: error of another kind: %v", test.addr, err)
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
