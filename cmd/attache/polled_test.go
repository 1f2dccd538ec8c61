package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/config"
	"attache/digest/archive"
	"attache/sources"
)

const polledConfig = `sources:
  - feed: https://ledger.example/rss
    outlet: Caspian Ledger
    rating: B
    country: AZE
  - site: https://wire.example
    name: Wire
    every: 2h
`

func parsed(t *testing.T, yaml string) *config.Config {
	t.Helper()
	c, err := config.Parse("attache.yaml", []byte(yaml), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// added is a source as the archive has it.
func added(name, url, outlet string, facts sources.Outlet) archive.AddedSource {
	return archive.AddedSource{Source: sources.Source{Name: name, URL: url, Outlet: outlet, Kind: sources.Feed}, Facts: facts, Every: time.Hour, Added: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}
}

func TestSourcesJoinsConfigAndArchive(t *testing.T) {
	a, ctx := importApp(t), context.Background()
	_, err := a.archive.AddSources(ctx, []archive.AddedSource{
		added("A copy", "HTTPS://Ledger.example:443/rss/", "", sources.Outlet{}),
		added("Wire", "https://wire.example/sport", "", sources.Outlet{}),
		added("World", "https://ledger.example/world", "Caspian Ledger", sources.Outlet{Country: "ARM", Rating: "E", StateLinked: true}),
		added("Y1", "https://yerevan.example/1", "Yerevan Day", sources.Outlet{Country: "ARM"}),
		added("Y2", "https://yerevan.example/2", "Yerevan Day", sources.Outlet{Rating: "C", StateLinked: true}),
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := a.sources(ctx, parsed(t, polledConfig))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range all {
		o := p.outlet
		got = append(got, fmt.Sprintf("%s|%s|%s|%s %s %t|%s|%d", p.source.Name, p.source.Kind, o.Name, o.Country, o.Rating, o.StateLinked, p.every, p.line))
	}
	want := []string{
		"Caspian Ledger|feed|Caspian Ledger|AZE B false|0s|2",
		"Wire|site|| F false|2h0m0s|6",
		"Wire 2|feed|| F false|1h0m0s|0",
		"World|feed|Caspian Ledger|AZE B false|1h0m0s|0",
		"Y1|feed|Yerevan Day|ARM C true|1h0m0s|0",
		"Y2|feed|Yerevan Day|ARM C true|1h0m0s|0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if host := all[3].outlet.Host; host != "ledger.example" {
		t.Errorf("host %q", host)
	}
}

func TestNamesStayUnique(t *testing.T) {
	l := newListing(parsed(t, polledConfig))
	seen := map[string]bool{}
	for i := range 5000 {
		if _, ok := l.add(added("Wire", fmt.Sprintf("https://feeds.example/%d", i), "", sources.Outlet{})); !ok {
			t.Fatalf("%d is not added", i)
		}
	}
	for _, p := range l.all {
		if seen[p.source.Name] || strings.HasPrefix(p.source.Name, "Wire 1 ") {
			t.Fatalf("%s for the second time", p.source.Name)
		}
		seen[p.source.Name] = true
	}
}

// TestOneRuleForAddresses holds that the config and the list of sources tell
// addresses by the same rule.
func TestOneRuleForAddresses(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example/rss", "HTTPS://A.Example:443/rss/#top", true},
		{"https://a.example/rss", "https://a.example./rss", true},
		{"https://a.example/rss", "https://a.example/rss?", true},
		{"http://[2001:DB8::1]/rss", "http://[2001:db8::1]:80/rss", true},
		{"http://[2001:db8::1]:8080/rss", "http://[2001:db8::1]/rss", false},
		{"https://a.example/rss", "https://a.example/rss?x=1", false},
		{"https://a.example/rss", "http://a.example/rss", false},
		{"https://a.example:80/rss", "https://a.example/rss", false},
		{"https://a.example/RSS", "https://a.example/rss", false},
		{"https://a.example/a%2Fb", "https://a.example/a/b", false},
	} {
		if got := sources.Address(tt.a) == sources.Address(tt.b); got != tt.same {
			t.Errorf("sources: %s and %s: %t", tt.a, tt.b, got)
		}
		_, err := config.Parse("x", []byte(fmt.Sprintf("sources: [{name: a, feed: %q}, {name: b, feed: %q}]", tt.a, tt.b)), nil)
		if got := err != nil; got != tt.same {
			t.Errorf("config: %s and %s: %v", tt.a, tt.b, err)
		}
	}
}
