package fetch

import (
	"net/netip"
)

// guard tells addresses that may be dialled from those that may not. It judges
// addresses, not names, when they are dialled: a name can change what it points
// to between a check and the dialling.
type guard struct {
	allowed []netip.Prefix
}

func newGuard(allowed []netip.Prefix) guard {
	g := guard{}
	for _, p := range allowed {
		if p.Addr().Is4In6() && p.Bits() >= 96 {
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		g.allowed = append(g.allowed, p.Masked())
	}
	return g
}

// check returns a *PrivateAddressError for an address that may not be dialled.
func (g guard) check(host string, addr netip.Addr) error {
	addr = addr.Unmap()
	for _, p := range g.allowed {
		if p.Contains(addr.WithZone("")) {
			return nil
		}
	}
	if public(addr) {
		return nil
	}
	return &PrivateAddressError{Host: host, Addr: addr}
}

// special are the networks that are not for public hosts, by the IANA registries
// of special-purpose addresses for IPv4 and IPv6
// (https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry). Of IPv6 only
// those within 2000::/3 need a mention.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carriers' NAT; some clouds' metadata
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("168.63.129.16/32"), // Azure's host, whose address looks public
	netip.MustParsePrefix("169.254.0.0/16"),   // link-local, with most clouds' metadata
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("224.0.0.0/3"), // multicast, reserved, broadcast
	netip.MustParsePrefix("2001::/23"),   // protocol assignments, Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("3fff::/20"),
}

var (
	globalUnicast = netip.MustParsePrefix("2000::/3")
	nat64         = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour     = netip.MustParsePrefix("2002::/16")
)

// public reports whether an address is one of the public internet. Addresses
// that carry an IPv4 address lead to it, so that one is judged.
func public(addr netip.Addr) bool {
	if addr.Zone() != "" || !addr.IsValid() {
		return false
	}
	if addr.Is6() {
		bytes := addr.As16()
		switch {
		case nat64.Contains(addr):
			return public(netip.AddrFrom4([4]byte(bytes[12:16])))
		case sixToFour.Contains(addr):
			return public(netip.AddrFrom4([4]byte(bytes[2:6])))
		case !globalUnicast.Contains(addr):
			return false
		}
	}
	for _, p := range special {
		if p.Contains(addr) {
			return false
		}
	}
	return true
}
