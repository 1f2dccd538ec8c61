package archive_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/sources"
	"attache/sources/text"
)

func TestKeepTellsChanges(t *testing.T) {
	whole := found("gas", "Gas flows", "The pipe was opened on Monday.\n\nIt is long.", noon)
	tests := []struct {
		name    string
		first   func(f *sources.Found)
		then    func(f *sources.Found)
		changed int
	}{
		{name: "the same again", then: func(*sources.Found) {}},
		{name: "a new title", then: func(f *sources.Found) { f.Article.Title = "Gas flows at last" }, changed: 1},
		{name: "a new figure", then: func(f *sources.Found) { f.Article.Text += " It cost 4 million." }, changed: 1},
		{name: "white space", then: func(f *sources.Found) { f.Article.Text = "The pipe was opened  on Monday.\nIt is long. " }},
		{name: "the shape of quotes", first: func(f *sources.Found) { f.Article.Title = "“Gas” flows – Baku’s" },
			then: func(f *sources.Found) { f.Article.Title = `"Gas" flows - Baku's` }},
		{name: "a new date", then: func(f *sources.Found) { f.Article.Published.At = noon.Add(time.Hour) }},
		{name: "a page that can't be read any more", then: func(f *sources.Found) {
			f.Article.Text, f.Article.Partial = "The pipe …", sources.Unreachable
		}},
		{name: "a page that can be read now",
			first:   func(f *sources.Found) { f.Article.Text, f.Article.Partial = "The pipe …", sources.Unreachable },
			then:    func(*sources.Found) {},
			changed: 1},
		{name: "a summary that was rewritten",
			first:   func(f *sources.Found) { f.Article.Text, f.Article.Partial = "The pipe …", sources.Paywall },
			then:    func(f *sources.Found) { f.Article.Text, f.Article.Partial = "A pipe …", sources.Paywall },
			changed: 1},
	}
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				one, two := whole, whole
				if tt.first != nil {
					tt.first(&one)
					tt.first(&two)
					if tt.changed == 1 && two.Article.Partial != sources.Whole {
						two = whole
					}
				}
				tt.then(&two)
				url := "https://caspian-ledger.example/" + strings.ReplaceAll(tt.name, " ", "-")
				one.Article.URL, two.Article.URL = url, url
				two.Article.Seen = noon.Add(time.Hour)
				if fresh, _ := keep(t, a, one); fresh != 1 {
					t.Fatalf("%d new, want 1", fresh)
				}
				fresh, changed := keep(t, a, two)
				if fresh != 0 || changed != tt.changed {
					t.Errorf("%d new, %d changed; want 0, %d", fresh, changed, tt.changed)
				}
			})
		}
	})
}

func TestSummariesOfTwoSourcesAreNoChange(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		f := found("gas", "Gas flows", "The pipe …", noon)
		f.Article.Partial = sources.Paywall
		keep(t, a, f)
		f.Article.Text, f.Sighting.GUID = "About a pipe …", "other-guid"
		other := sources.Source{Name: "Ledger world", Outlet: ledger.Name, URL: "https://caspian-ledger.example/world", Kind: sources.Feed}
		fresh, changed, err := a.Keep(context.Background(), other, ledger, sources.State{}, []sources.Found{f})
		if fresh != 0 || changed != 0 || err != nil {
			t.Errorf("%d new, %d changed, %v", fresh, changed, err)
		}
	})
}

func TestVersionsKeepTheirText(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		f := found("toll", "Four hurt", "Four people were hurt.", noon)
		keep(t, a, f)
		indexAll(t, a, "v1", nil)
		f.Article.Text, f.Article.Seen = "Six people were hurt.", noon.Add(time.Hour)
		keep(t, a, f)
		id := search(t, a, archive.Query{})[0]
		// The new version is shown when it is indexed, as only then it is understood.
		if e := one(t, a, id); e.Version != 1 || e.Text != "Four people were hurt." {
			t.Errorf("before it is indexed: version %d, %q", e.Version, e.Text)
		}
		indexAll(t, a, "v1", nil)
		e := one(t, a, id)
		if e.Version != 2 || e.Number != 2 || e.FirstNumber != 1 || e.Text != "Six people were hurt." {
			t.Errorf("version %d, number %d, first %d, %q", e.Version, e.Number, e.FirstNumber, e.Text)
		}
		if !e.Seen.Equal(noon) || !e.Changed.Equal(noon.Add(time.Hour)) {
			t.Errorf("seen %v, changed %v", e.Seen, e.Changed)
		}
		old, err := a.Version(ctx, id, 1)
		if err != nil || old.Text != "Four people were hurt." {
			t.Errorf("version 1: %q, %v", old.Text, err)
		}
		if _, err := a.Version(ctx, id, 3); err == nil || !strings.Contains(err.Error(), "version 3") {
			t.Errorf("version 3: %v", err)
		}
		if got := slugs(t, a, archive.Query{Words: []string{"four people"}}); got != "" {
			t.Errorf("the old text is found: %s", got)
		}
	})
}

func TestDates(t *testing.T) {
	baku := time.FixedZone("", 4*3600)
	day := text.Date{At: time.Date(2026, 11, 23, 0, 0, 0, 0, baku), Day: true}
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		tests := []struct {
			slug        string
			first, then text.Date
			want        text.Date
			at          time.Time
		}{
			{"day", day, text.Date{}, day, day.At},
			{"none", text.Date{}, text.Date{}, text.Date{}, noon},
			{"future", text.Date{At: noon.Add(48 * time.Hour)}, text.Date{}, text.Date{At: noon.Add(48 * time.Hour)}, noon},
			{"moved", text.Date{At: noon.Add(-time.Hour)}, text.Date{At: noon.Add(-2 * time.Hour)}, text.Date{At: noon.Add(-2 * time.Hour)}, noon.Add(-2 * time.Hour)},
			{"instant stays", text.Date{At: noon.Add(-time.Hour)}, day, text.Date{At: noon.Add(-time.Hour)}, noon.Add(-time.Hour)},
			{"instant comes", day, text.Date{At: noon.Add(-time.Hour)}, text.Date{At: noon.Add(-time.Hour)}, noon.Add(-time.Hour)},
		}
		for _, tt := range tests {
			f := found(tt.slug, tt.slug, "Said "+tt.slug+".", noon)
			f.Article.Published = tt.first
			keep(t, a, f)
			indexAll(t, a, "v1", nil)
			f.Article.Published = tt.then
			keep(t, a, f)
			ids := search(t, a, archive.Query{Words: []string{tt.slug}, Since: tt.at, Until: tt.at.Add(time.Microsecond)})
			if len(ids) != 1 {
				t.Errorf("%s: not found at %v", tt.slug, tt.at)
				continue
			}
			e := one(t, a, ids[0])
			if diff := cmp.Diff(tt.want, e.Published); diff != "" || !e.At.Equal(tt.at) {
				t.Errorf("%s: at %v, published (-want +got):\n%s", tt.slug, e.At, diff)
			}
		}
	})
}

func TestSightings(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		long := strings.Repeat("guid", 2000)
		f, g := found("one", "One", "One.", noon), found("two", "Two", "Two.", noon)
		g.Sighting.GUID = long
		h := f // the same entry moved to another address
		keep(t, a, f, g)
		h.Article.URL += "-moved"
		h.Sighting.Mark, h.Sighting.Seen = "One, moved", noon.Add(time.Hour)
		keep(t, a, h)
		got, err := a.Sighted(ctx, wire.Name, []string{"one", long, "never"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"one": "One, moved", long: "Two"}, got); diff != "" {
			t.Errorf("marks (-want +got):\n%s", diff)
		}
		if got, err := a.Sighted(ctx, "another", []string{"one"}); len(got) != 0 || err != nil {
			t.Errorf("another source: %v, %v", got, err)
		}
	})
}

func TestSourcesAndTheirState(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		state := sources.State{
			Polled: wire.URL, Found: "https://caspian-ledger.example/found", Called: ledger.Name, ETag: `"x"`, LastModified: "Mon", FirstPoll: noon, LastPoll: noon.Add(1), LastOK: noon,
			FailingSince: noon, Failures: 3, Trouble: "503", NextPoll: noon.Add(time.Hour), NewestItem: noon,
		}
		state.LastPoll = noon.Add(time.Minute)
		f := found("else", "Elsewhere", "Else.", noon)
		f.Article.Outlet = "Levant Wire"
		if _, _, err := a.Keep(ctx, wire, ledger, state, []sources.Found{f}); err != nil {
			t.Fatal(err)
		}
		got, err := a.SourceState(ctx, wire.Name)
		if diff := cmp.Diff(state, got); diff != "" || err != nil {
			t.Errorf("state (-want +got):\n%s%v", diff, err)
		}
		all, err := a.Sources(ctx)
		want := []archive.SourceStatus{{Source: wire, State: state, Publisher: ledger}}
		if diff := cmp.Diff(want, all); diff != "" || err != nil {
			t.Errorf("sources (-want +got):\n%s%v", diff, err)
		}
		changed := ledger
		changed.Rating, changed.StateLinked = "C", true
		if _, _, err := a.Keep(ctx, wire, changed, state, nil); err != nil {
			t.Fatal(err)
		}
		outlets, err := a.Outlets(ctx)
		if diff := cmp.Diff([]sources.Outlet{changed, {Name: "Levant Wire"}}, outlets); diff != "" || err != nil {
			t.Errorf("outlets (-want +got):\n%s%v", diff, err)
		}
	})
}

func TestForeignBytesAreKept(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		f := found("bad", "A\x00B\xff", "C\x00D\xfe.", noon)
		f.Article.Authors = []string{"E\x00\xff"}
		f.Article.URL += strings.Repeat("/long", 1000)
		f.Sighting.Mark, f.Sighting.GUID = "\x00\xff", "\xff\x00"
		if fresh, _ := keep(t, a, f); fresh != 1 {
			t.Errorf("%d new", fresh)
		}
		if fresh, changed := keep(t, a, f); fresh != 0 || changed != 0 {
			t.Errorf("again: %d new, %d changed", fresh, changed)
		}
	})
}
