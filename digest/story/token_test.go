package story

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTokenize(t *testing.T) {
	for s, want := range map[string]string{
		"Israel's isn't the U.S. army":           "israel isnt the us army",
		"4,000 troops, 4.50 percent; 3.0 times.": "4000 troops 4.5 percent 3 times",
		"Erdoğan’s Straße":                       "erdogan strasse",
		"air-defence a.b. end.Next":              "air defence a b end next",
		"東京で":                                    "東 京 で",
		"":                                       "",
		"\xff\xfe …—":                            "",
	} {
		var words []string
		for _, tok := range tokenize(s, 100) {
			words = append(words, tok.word)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("words of %q are %q, want %q", s, got, want)
		}
	}
	tokens := tokenize("The Ankara bourse fell. Turkey rose 3 points in Izmir.", 100)
	var names []string
	for _, tok := range tokens {
		if tok.name {
			names = append(names, tok.word)
		}
	}
	if got := strings.Join(names, " "); got != "ankara izmir" {
		t.Errorf("names are %q", got)
	}
	if n := len(tokenize("a b c d e", 3)); n != 3 {
		t.Errorf("%d words where 3 were asked for", n)
	}
}

func FuzzStories(f *testing.F) {
	f.Add("CORRECTED: Port to dredge", dredging, "Port to dredge", dredging)
	f.Add("", "", "", "")
	f.Add("(corrected)", "\xff'.,4,.5", "İ ﬁ", "東京 U.S.A. 1,000,000")
	f.Fuzz(func(t *testing.T, titleA, textA, titleB, textB string) {
		items := []Item{
			{ID: 1, Story: 1, Outlet: "A", Title: titleA, Text: textA, Published: at(0)},
			{ID: 2, Story: 2, Outlet: "B", Title: titleB, Text: textB},
		}
		w := NewWindow()
		for _, it := range items {
			w.Add(it)
			if it.ID += 10; w.Copy(it) != nil {
				it.CopyOf = it.ID - 10
			}
			it.Story = 0
			w.Add(it)
		}
		for _, p := range w.Regroup().Placed {
			it := items[(p.Article-1)%10]
			if p.Story == 0 || utf8.ValidString(it.Title) && utf8.ValidString(it.Text) && !utf8.ValidString(p.Why) {
				t.Errorf("placed %+v", p)
			}
		}
		if groups, why := Stories(items); len(groups) != 2 || groups[0] != 0 || why[0] == "" {
			t.Errorf("stories %v", groups)
		}
		Copies(items)
	})
}
