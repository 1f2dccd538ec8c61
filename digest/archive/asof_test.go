package archive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
	"attache/sources"
	"attache/sources/text"
)

// past fills an archive over three days: an article that changes, one that
// corrects it, one of the backlog, and one that was published long before it
// was seen.
func past(t *testing.T, a *archive.Archive) {
	t.Helper()
	first := found("toll", "Four hurt", "Four people were hurt.", noon)
	keep(t, a, first)
	indexAll(t, a, "v1", azeIsr)
	first.Article.Text, first.Article.Seen = "Six people were hurt.", noon.Add(24*time.Hour)
	correction := found("correction", "Correction: six hurt", "Six people, not four.", noon.Add(25*time.Hour))
	old := found("old", "Old", "Backlog says old things.", noon.Add(30*time.Hour))
	old.Article.Backlog, old.Article.Published = true, text.Date{At: noon.Add(-time.Hour)}
	late := found("late", "Late", "It was seen late.", noon.Add(48*time.Hour))
	late.Article.Published = text.Date{At: noon.Add(-2 * time.Hour)}
	keep(t, a, first, correction, old, late)
	toll := search(t, a, archive.Query{Words: []string{"four"}})[0]
	indexAll(t, a, "v1", func(art sources.Article, in *archive.Indexed) {
		if art.ID == toll {
			in.Focus = "TUR"
		}
		if art.Title == "Correction: six hurt" {
			in.Copy = &story.Copy{Of: toll, Relation: story.Correction}
		}
	})
}

func TestAsItWasThen(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		past(t, a)
		tests := []struct {
			name   string
			at     time.Time
			found  string
			extent archive.Extent
		}{
			{"before all", noon.Add(-3 * time.Hour), "", archive.Extent{}},
			{"the backlog is there", noon.Add(-time.Minute), " old", archive.Extent{Articles: 1, Begins: noon.Add(-time.Hour), Newest: noon.Add(-time.Hour)}},
			{"the first day", noon, " toll old", archive.Extent{Articles: 2, Begins: noon.Add(-time.Hour), Newest: noon}},
			{"the second day", noon.Add(26 * time.Hour), " correction toll old", archive.Extent{Articles: 3, Begins: noon.Add(-time.Hour), Newest: noon.Add(25 * time.Hour)}},
			{"what was seen late", noon.Add(72 * time.Hour), " correction toll old late", archive.Extent{Articles: 4, Begins: noon.Add(-2 * time.Hour), Newest: noon.Add(25 * time.Hour)}},
		}
		for _, tt := range tests {
			if got := slugs(t, a, archive.Query{AsOf: tt.at}); got != tt.found {
				t.Errorf("%s: found%s; want%s", tt.name, got, tt.found)
			}
			got, err := a.At(tt.at).Extent(context.Background())
			if diff := cmp.Diff(tt.extent, got); diff != "" || err != nil {
				t.Errorf("%s: %v extent (-want +got):\n%s", tt.name, err, diff)
			}
		}
		if got := slugs(t, a, archive.Query{}); got != " correction toll old late" {
			t.Errorf("now: found%s", got)
		}
	})
}

func TestVersionOfThen(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		past(t, a)
		toll := search(t, a, archive.Query{AsOf: noon})[0]
		then := one(t, a.At(noon), toll)
		if then.Text != "Four people were hurt." || then.Focus != "AZE" || then.CorrectedBy != 0 || len(then.Actors) != 2 {
			t.Errorf("then: %q, focus %s, corrected by %d, %v", then.Text, then.Focus, then.CorrectedBy, then.Actors)
		}
		now := one(t, a, toll)
		if now.Text != "Six people were hurt." || now.Focus != "TUR" || now.CorrectedBy == 0 || len(now.Actors) != 0 {
			t.Errorf("now: %q, focus %s, corrected by %d, %v", now.Text, now.Focus, now.CorrectedBy, now.Actors)
		}
		late, err := a.At(noon).Entries(ctx, []int64{now.CorrectedBy, toll})
		if err != nil || len(late) != 1 {
			t.Errorf("then: %d articles, %v", len(late), err)
		}
		stories, err := a.At(noon).StoryEntries(ctx, []int64{now.Story})
		if err != nil || len(stories[now.Story]) != 1 || stories[now.Story][0].Version != 1 {
			t.Errorf("the story then: %+v, %v", stories, err)
		}
	})
}

func TestNews(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		past(t, a)
		list := func(readTo int64, since time.Time) (titles string) {
			news, last, err := a.News(ctx, readTo, since)
			if err != nil || last != 5 {
				t.Fatal(last, err)
			}
			for i, e := range news {
				if i > 0 && news[i-1].Number >= e.Number {
					t.Errorf("number %d after %d", e.Number, news[i-1].Number)
				}
				titles += " " + e.Title
			}
			return titles
		}
		for _, tt := range []struct {
			readTo int64
			since  time.Time
			want   string
		}{
			{0, time.Time{}, " Four hurt Correction: six hurt Old Late"}, // each once, with its newest version
			{1, time.Time{}, " Four hurt Correction: six hurt Old Late"}, // the second version
			{1, noon.Add(time.Hour), " Four hurt Correction: six hurt"},  // a later version counts whatever its date
			{2, time.Time{}, " Correction: six hurt Old Late"},
			{5, time.Time{}, ""},
		} {
			if got := list(tt.readTo, tt.since); got != tt.want {
				t.Errorf("after %d, since %v: %s; want %s", tt.readTo, tt.since, got, tt.want)
			}
		}
		seen, err := a.SeenBetween(ctx, noon.Add(-time.Hour), noon.Add(25*time.Hour))
		if err != nil || len(seen) != 2 || seen[0].Title != "Four hurt" || seen[1].Title != "Old" {
			t.Errorf("seen between: %d, %v", len(seen), err)
		}
	})
}

func TestCountByDay(t *testing.T) {
	baku := time.FixedZone("", 4*3600)
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		keep(t, a,
			found("a", "A", "A.", noon),                    // 23rd
			found("b", "B", "B.", noon.Add(9*time.Hour)),   // 24th in Baku
			found("c", "C", "C.", noon.Add(10*time.Hour)),  // 24th
			found("d", "D", "D.", noon.Add(-48*time.Hour)), // 21st
			found("e", "E", "E.", noon.Add(72*time.Hour)))  // 26th, outside
		indexAll(t, a, "v1", func(art sources.Article, in *archive.Indexed) {
			azeIsr(art, in)
			if art.Title == "C" {
				in.Story = -3 // that of B
			}
		})
		since, until := time.Date(2026, 11, 21, 0, 0, 0, 0, baku), time.Date(2026, 11, 25, 0, 0, 0, 0, baku)
		want := []archive.DayCount{
			{Day: since, Articles: 1, Stories: 1},
			{Day: since.AddDate(0, 0, 1)},
			{Day: since.AddDate(0, 0, 2), Articles: 1, Stories: 1},
			{Day: since.AddDate(0, 0, 3), Articles: 2, Stories: 1},
		}
		for _, tag := range []string{"dyad:AZE-ISR", "actor:AZE", "theme:gas", "mention:TUR", "focus:AZE"} {
			got, err := a.CountByDay(ctx, tag, since, until, baku)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: %v (-want +got):\n%s", tag, err, diff)
			}
		}
		if _, err := a.CountByDay(ctx, "AZE", since, until, baku); err == nil {
			t.Error("a tag without a kind was counted")
		}
	})
}
