package actor

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func ids(ms []Mention) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Actor)
	}
	return out
}

func TestFind(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Baku and Ankara signed", []string{"AZE", "TUR"}},
		{"a frozen turkey costs us more", nil},
		{"New Mexico sued Chad Brennan near Lebanon Springs", []string{"USA", "USA"}},
		{"U.S. envoy in the UAE; the US-led talks", []string{"USA", "ARE", "USA"}},
		{"TURKEY AND IRAN HOLD TALKS IN BAKU", []string{"TUR", "IRN", "AZE"}},
		{"WHO WANTS A CAR FROM GERMANY", []string{"DEU"}},
		{"The WHO sent vaccine to Chad.", []string{"WHO", "TCD"}},
		{"Marcus Jordan scored 31. Jordan was happy. Coach Israel Vargas agreed.", nil},
		{"Jim Jordan spoke. Jordan said no.", []string{"USA"}},
		{"King Abdullah II flew home to Jordan", []string{"ABDULLAHIIOFJORDAN", "JOR"}},
		{"Guinea-Bissau, Papua New Guinea and a guinea pig", []string{"GNB", "PNG"}},
		{"The Niger Delta is rich in oil", []string{"NGA"}},
		{"Türkiye’s envoy to Côte d’Ivoire", []string{"TUR", "CIV"}},
		{"al-Qaeda and Hezbollah", []string{"ALQAEDA", "HEZBOLLAH"}},
		{"The Washington Post on the Panama Papers", nil},
		{"shares of Carbide <UK> fell", nil},
		{"Paris, Texas", []string{"USA"}},
		{"Peanut growers in Georgia asked the governor in Atlanta", []string{"USA", "USA"}},
		{"The pipeline runs from Baku by way of Georgia", []string{"AZE", "GEO"}},
		{"Turkey prices are up, and flocks are small", nil},
		{"Turkey shut the border", []string{"TUR"}},
		{"Aliyev said so", nil},
		{"President Aliyev said so", []string{"ILHAMALIYEV"}},
		{"Aliyev said in Baku", []string{"ILHAMALIYEV", "AZE"}},
		{"opec+ is not OPEC+ here", []string{"OPECPLUS"}},
		{"Congo's army left Brazzaville", []string{"COG", "COG"}},
		{"Congo's army left Goma", []string{"COD", "COD"}},
		{"AZE, ISR and TUR are codes", nil},
		{"", nil},
	} {
		if diff := cmp.Diff(test.want, ids(c.Find(test.text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestFindTyped(t *testing.T) {
	c := Load()
	for _, test := range []struct {
		text string
		want []string
	}{
		{"latest on azerbaijan-israel", []string{"AZE", "ISR"}},
		{"azerbaijan–israel since monday", []string{"AZE", "ISR"}},
		{"turkey/iran on energy", []string{"TUR", "IRN"}},
		{"tell us who said it in saudi arabia", []string{"SAU"}},
		{"what did the kremlin say on the u.s.?", []string{"RUS", "USA"}},
		{"hamas and opec+ and the uk", []string{"HAMAS", "OPECPLUS", "GBR"}},
		{"how do i roast a turkey with gravy", nil},
	} {
		if diff := cmp.Diff(test.want, ids(c.FindTyped(test.text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"U.S.-Israel", "Côte d’Ivoire\n\nİstanbul", "\xff\xfeParis,", "D.R. CONGO (BAKU) - <UK>", "al-", "St. Lucia.", strings.Repeat("A", 90), "OPEC+"} {
		f.Add(s)
	}
	c := Load()
	f.Fuzz(func(t *testing.T, s string) {
		for _, find := range []func(string) []Mention{c.Find, c.FindTyped} {
			last := 0
			for _, m := range find(s) {
				if m.Start < last || m.End <= m.Start || m.End > len(s) {
					t.Fatalf("%q: span [%d,%d) after %d", s, m.Start, m.End, last)
				}
				if !utf8.RuneStart(s[m.Start]) || m.End < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[m.End]) {
					t.Fatalf("%q: span [%d,%d) cuts a letter", s, m.Start, m.End)
				}
				if _, ok := c.Actor(m.Actor); !ok {
					t.Fatalf("%q: unknown actor %q", s, m.Actor)
				}
				last = m.End
			}
		}
		tags := c.Tag(s, s)
		if !slices.IsSortedFunc(tags.About, func(a, b About) int { return int(100*b.Weight) - int(100*a.Weight) }) {
			t.Fatalf("%q: %v is not sorted", s, tags.About)
		}
		for _, a := range tags.About {
			if a.Weight <= 0 || a.Weight > 1 || a.Why == "" {
				t.Fatalf("%q: %+v", s, a)
			}
		}
		c.Resolve(s)
	})
}
