package archive_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/theme"
	"attache/sources"
)

// library is a small archive with something for each kind of search.
func library(t testing.TB, a *archive.Archive) {
	t.Helper()
	keep(t, a,
		found("pipe", "Azerbaijan’s gas pipeline", "The pipelines carry gas to Türkiye. AT&T and C++ are named.", noon),
		found("drones", "Drones for Israel", "Kyiv-based makers sold drones; the gas price fell. Élysée agreed.", noon.Add(time.Hour)),
		found("cjk", "天然气 管道", "以色列与阿塞拜疆讨论天然气。", noon.Add(2*time.Hour)),
		found("zone", "О мире", "Переговоры о мире в Баку.", noon.Add(3*time.Hour)))
	indexAll(t, a, "v1", func(art sources.Article, in *archive.Indexed) {
		switch art.Title {
		case "Azerbaijan’s gas pipeline":
			azeIsr(art, in)
		case "Drones for Israel":
			in.Actors = []actor.About{{Actor: "ISR", Weight: 1}}
			in.Themes = []theme.Tag{{Theme: "arms-trade", Weight: 1}}
			in.Mentioned = []string{"ISR", "TUR"}
		}
	})
}

func TestSearch(t *testing.T) {
	dyad := actor.Pair("ISR", "AZE")
	tests := []struct {
		name string
		q    archive.Query
		want string
	}{
		{"all, the newest first", archive.Query{}, " zone cjk drones pipe"},
		{"limit", archive.Query{Limit: 2}, " zone cjk"},
		{"an actor", archive.Query{Actors: []string{"ISR"}}, " drones pipe"},
		{"two actors", archive.Query{Actors: []string{"ISR", "AZE"}}, " pipe"},
		{"any actor", archive.Query{AnyActors: []string{"AZE", "FRA"}}, " pipe"},
		{"named only", archive.Query{Mentioned: []string{"TUR"}}, " drones pipe"},
		{"about is more than named", archive.Query{Actors: []string{"TUR"}}, ""},
		{"dyad", archive.Query{Dyad: &dyad}, " pipe"},
		{"any dyad", archive.Query{AnyDyads: []actor.Dyad{actor.Pair("FRA", "USA"), dyad}}, " pipe"},
		{"theme", archive.Query{Themes: []string{"arms-trade"}}, " drones pipe"},
		{"any theme", archive.Query{Themes: []string{"gas", "sport"}}, " pipe"},
		{"actor and theme", archive.Query{Actors: []string{"AZE"}, Themes: []string{"sport"}}, ""},
		{"outlet", archive.Query{Outlets: []string{"CASPIAN  ledger"}, Limit: 1}, " zone"},
		{"an outlet that is not there", archive.Query{Outlets: []string{"Nobody"}}, ""},
		{"since", archive.Query{Since: noon.Add(2 * time.Hour)}, " zone cjk"},
		{"until is not included", archive.Query{Until: noon.Add(time.Hour)}, " pipe"},
		{"a far period", archive.Query{Since: time.Date(-4000, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, " zone cjk drones pipe"},
		{"a word", archive.Query{Words: []string{"gas"}}, " drones pipe"},
		{"a stem", archive.Query{Words: []string{"pipeline", "carrying"}}, " pipe"},
		{"a possessive", archive.Query{Words: []string{"Azerbaijan's gas"}}, " pipe"},
		{"a phrase", archive.Query{Words: []string{"gas price"}}, " drones"},
		{"a phrase in another order", archive.Query{Words: []string{"price gas"}}, ""},
		{"any word", archive.Query{AnyWords: []string{"pipeline", "drones"}}, " drones pipe"},
		{"words and any word", archive.Query{Words: []string{"gas"}, AnyWords: []string{"makers", "nothing"}}, " drones"},
		{"signs", archive.Query{Words: []string{"AT&T", "C++"}}, " pipe"},
		{"a hyphen", archive.Query{Words: []string{"Kyiv-based"}}, " drones"},
		{"marks", archive.Query{Words: []string{"turkiye"}}, " pipe"},
		{"marks asked for", archive.Query{Words: []string{"ELYSÉE"}}, " drones"},
		{"Chinese", archive.Query{Words: []string{"天然气"}}, " cjk"},
		{"Cyrillic", archive.Query{Words: []string{"БАКУ"}}, " zone"},
		{"operators are words", archive.Query{Words: []string{`gas" OR "price`}}, ""},
		{"a column is a word", archive.Query{Words: []string{"title:gas"}}, ""},
		{"no word at all", archive.Query{Words: []string{`"`, "*"}}, ""},
		{"signs beside a word", archive.Query{Words: []string{"--", "gas"}}, " drones pipe"},
		{"a tag with syntax", archive.Query{Actors: []string{`AZE" OR "x`}}, ""},
	}
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		library(t, a)
		for _, tt := range tests {
			if got := slugs(t, a, tt.q); got != tt.want {
				t.Errorf("%s: found%s; want%s", tt.name, got, tt.want)
			}
		}
		ids, total, err := a.Search(context.Background(), archive.Query{Limit: 1})
		if len(ids) != 1 || total != 4 || err != nil {
			t.Errorf("limit 1: %d ids of %d, %v", len(ids), total, err)
		}
	})
}

// TestEveryWordIsFound looks for each word by itself and for neighbours as a
// phrase: both databases must cut and fold a text as they do a question.
func TestEveryWordIsFound(t *testing.T) {
	const body = `1e5 3.14 -7 v1.2.3 a_b foo@example.com https://www.example.org/a/b?c=d <b>bold</b> &amp; ` +
		`/usr/local/bin naïve ŁÓDŹ Straße ﬁne Ⅳ ４２ İzmir IĞDIR ədliyyə ελλάδα Ÿ ўзбек 서울 東京 ภาษาไทย ქართული հայերեն עברית العربية हिन्दी ` +
		`rock’n’roll O'Brien's running THE a x٣ 12abc abc12 1st 20-year-old`
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		keep(t, a, found("words", "Words", body, noon))
		indexAll(t, a, "v1", nil)
		words := strings.Fields(body)
		for i, w := range words {
			if w == "&amp;" {
				w = "amp"
			}
			if got := search(t, a, archive.Query{Words: []string{w}}); len(got) != 1 {
				t.Errorf("%q is not found", w)
			}
			if i > 0 {
				if got := search(t, a, archive.Query{Words: []string{words[i-1] + " " + words[i]}}); len(got) != 1 {
					t.Errorf("%q is not found", words[i-1]+" "+words[i])
				}
			}
		}
	})
}

// TestFullMicrosecond puts a document at the last place that a microsecond has:
// the next one of that time, as of a midnight that many share, goes on behind.
func TestFullMicrosecond(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		a, err := archive.Open(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		keep(t, a, found("first", "A", "A.", noon))
		indexAll(t, a, "v1", nil)
		execute(t, dsn, "UPDATE docs SET key = key + 999")
		keep(t, a, found("second", "B", "B.", noon))
		indexAll(t, a, "v1", nil)
		if got := slugs(t, a, archive.Query{Since: noon}); got != " second first" {
			t.Errorf("found%s", got)
		}
		if got := slugs(t, a, archive.Query{Since: noon, Until: noon.Add(time.Microsecond)}); got != " first" {
			t.Errorf("in the microsecond itself, found%s", got)
		}
	})
}

// FuzzSearch holds that no search, whatever is in it, is an error, and that a
// document is found by its own text.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"gas", `"`, `" OR "`, "NEAR(a b)", "a*", "^a", "title:a", "-a", "(", "a AND", "'; DROP TABLE docs; --",
		"a & b | !c <-> d:*", "\x00", "\xff", "$1", "%", "\\", "{title body} : x", "日本", "ﷺ", "ǰ́", "a’s", "’s", strings.Repeat("a ", 500)} {
		f.Add(s, "AZE")
	}
	a := archivetest.Open(f)
	n := 0
	f.Fuzz(func(t *testing.T, s, id string) {
		ctx := context.Background()
		for _, q := range []archive.Query{
			{Words: []string{s}}, {AnyWords: []string{s, "b"}}, {Words: []string{s, s}, AnyWords: []string{s}},
			{Actors: []string{id, s}}, {Themes: []string{s}}, {Outlets: []string{s}}, {Dyad: &actor.Dyad{A: s, B: id}},
		} {
			if _, _, err := a.Search(ctx, q); err != nil {
				t.Fatalf("search %+v: %v", q, err)
			}
		}
		if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			return
		}
		n++
		// A day of its own, as others have the same words.
		at := noon.AddDate(0, 0, n)
		keep(t, a, found(fmt.Sprint("f", n), s, "Text.", at))
		indexAll(t, a, "v1", nil)
		q := archive.Query{Words: []string{s}, Since: at, Until: at.Add(time.Hour)}
		got := search(t, a, q)
		if letters := strings.ContainsFunc(s, func(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }); letters && len(got) != 1 {
			t.Fatalf("%q does not find itself", s)
		}
	})
}
