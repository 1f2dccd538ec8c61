package actor

import (
	"regexp"
	"testing"
)

func TestActorsAreSound(t *testing.T) {
	c := Load()
	id := regexp.MustCompile(`^[A-Z0-9]+$`)
	seen := map[string]bool{}
	states := 0
	for _, a := range c.All() {
		if !id.MatchString(a.ID) {
			t.Errorf("%q: an id is of capitals and digits", a.ID)
		}
		if seen[a.ID] {
			t.Errorf("%s stands twice", a.ID)
		}
		seen[a.ID] = true
		if a.Name == "" {
			t.Errorf("%s has no name", a.ID)
		}
		if a.Kind == State {
			states++
			if len(a.ID) != 3 || a.Country != a.ID {
				t.Errorf("%s counts as %q", a.ID, a.Country)
			}
		}
		if a.Country != "" {
			if s, ok := c.Actor(a.Country); !ok || s.Kind != State {
				t.Errorf("%s counts as %q, which is no state", a.ID, a.Country)
			}
		}
	}
	if states != 250 {
		t.Errorf("%d states, want ISO 3166's 249 and Kosovo", states)
	}
}

func TestFindTellsNamesFromWords(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Baku and Ankara signed", []string{"AZE", "TUR"}},
		{"a frozen turkey costs us more", nil},
		{"New Mexico sued", []string{"USA"}},
		{"U.S. envoy in the UAE", []string{"USA", "ARE"}},
		{"TURKEY AND IRAN HOLD TALKS IN BAKU", []string{"TUR", "IRN", "AZE"}},
		{"Marcus Jordan scored. Jordan was happy.", nil},
		{"Guinea-Bissau, Papua New Guinea", []string{"GNB", "PNG"}},
		{"Türkiye’s envoy to Côte d’Ivoire", []string{"TUR", "CIV"}},
		{"al-Qaeda and Hezbollah", []string{"ALQAEDA", "HEZBOLLAH"}},
	} {
		var got []string
		for _, m := range c.Find(test.text) {
			got = append(got, m.Actor)
		}
		if len(got) != len(test.want) {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%q: %v, want %v", test.text, got, test.want)
			}
		}
	}
}

// Two actors may not bear one name: the first would hide the second.
func TestNoNameOfTwoActors(t *testing.T) {
	c := Load()
	for _, ends := range c.trie.ends {
		for i, p := range ends {
			for _, q := range ends[:i] {
				a, b := c.trie.patterns[p], c.trie.patterns[q]
				switch {
				case a.actor != b.actor && c.names[p] == c.names[q]:
					t.Errorf("%q stands for %s and for %s", c.names[p], c.nameOf(b.actor), c.nameOf(a.actor))
				case c.names[p] == c.names[q]:
					t.Errorf("%q stands twice for %s", c.names[p], c.nameOf(a.actor))
				}
			}
		}
	}
}

func (c *Catalogue) nameOf(actor int32) string {
	if actor < 0 {
		return "nobody"
	}
	return c.actors[actor].ID
}
