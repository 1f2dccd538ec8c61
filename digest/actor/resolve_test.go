package actor

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestResolve(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		name string
		want Resolution
	}{
		{"azerbaijan", Resolution{Actors: []string{"AZE"}}},
		{"Baku", Resolution{Actors: []string{"AZE"}}},
		{"AZE", Resolution{Actors: []string{"AZE"}}},
		{"aliyev", Resolution{Actors: []string{"ILHAMALIYEV"}}},
		{"opec+", Resolution{Actors: []string{"OPECPLUS"}}},
		{"the United Nations", Resolution{Actors: []string{"UN"}}},
		{"The Hague", Resolution{Actors: []string{"NLD"}}},
		{"türkiye", Resolution{Actors: []string{"TUR"}}},
		{"us", Resolution{Actors: []string{"USA"}}},
		{"Georgia", Resolution{Actors: []string{"GEO"}, Other: []string{"Georgia (U.S. state)"}}},
		{"jordan", Resolution{Actors: []string{"JOR"}, Other: []string{"Jordan (a person's name)"}}},
		{"Congo", Resolution{Actors: []string{"COD", "COG"}}},
		{"Korea", Resolution{Actors: []string{"KOR", "PRK"}}},
		{"guinea", Resolution{Actors: []string{"GIN", "GNB", "GNQ", "PNG"}}},
		{"Azerbajan", Resolution{Actors: []string{"AZE"}, Corrected: "Azerbaijan"}},
		{"Isreal", Resolution{Actors: []string{"ISR"}, Corrected: "Israel"}},
		{"Zembla", Resolution{Nearest: []string{"Zambia"}}},
		{"qwertyuiop", Resolution{}},
		{"", Resolution{}},
	} {
		if diff := cmp.Diff(test.want, c.Resolve(test.name)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNames(t *testing.T) {
	c := Load()
	if got := c.DyadName(Pair("ISR", "AZE")); got != "Azerbaijan–Israel" {
		t.Errorf("dyad: %q", got)
	}
	if got := c.Name("NOBODY"); got != "NOBODY" {
		t.Errorf("unknown: %q", got)
	}
	if d, ok := ParseDyad("AZE-ISR"); !ok || d != Pair("ISR", "AZE") {
		t.Errorf("parsed: %v %v", d, ok)
	}
}
