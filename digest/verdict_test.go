package digest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
	"attache/sources"
)

// id finds an article by the end of its address.
func (b *bench) id(end string) int64 {
	b.t.Helper()
	return b.entry(end).ID
}

func (b *bench) entry(end string) archive.Entry {
	b.t.Helper()
	found, err := b.archive.SeenBetween(context.Background(), time.Time{}, time.Time{})
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range found {
		if strings.HasSuffix(found[i].URL, end) {
			return found[i]
		}
	}
	b.t.Fatalf("no article %s", end)
	return archive.Entry{}
}

// understoodAnew has every article understood anew, as by newer rules.
func (b *bench) understoodAnew(x *digest.Indexer) {
	b.t.Helper()
	ctx := context.Background()
	arts, err := b.archive.Unindexed(ctx, "older rules", 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	batch := make([]archive.Indexed, len(arts))
	of := b.stories()
	for i, art := range arts {
		batch[i] = archive.Indexed{Article: art.ID, Version: art.Version, Stamp: "older rules", Story: of[art.URL]}
	}
	if _, err := b.archive.Index(ctx, batch); err != nil {
		b.t.Fatal(err)
	}
	b.index(x)
}

// tell is another account of one of the events, in words of the others.
func (b *bench) tell(event, slug string, at time.Time) sources.Found {
	f := wires()[0]
	f.Article.URL, f.Article.Outlet = "https://"+slug+".example/a", slug
	f.Article.Text = strings.Join(events[event][:2], " ")
	f.Article.Title = strings.Join(strings.Fields(events[event][0])[:6], " ")
	f.Article.Published.At, f.Article.Seen, f.Article.Changed = at, at, at
	f.Sighting.GUID, f.Sighting.URL = f.Article.URL, f.Article.URL
	return f
}

var cableApart = []string{
	"wire-0.example/cable wire-2.example/cable",
	"wire-0.example/lifeboats wire-1.example/lifeboats wire-2.example/lifeboats",
	"wire-0.example/whales wire-1.example/whales wire-2.example/whales",
	"wire-1.example/cable",
}

// TestSetApart holds that an article that people set apart is out of its story at
// once, and stays out: in later batches, understood anew, by another indexer, and
// when an article comes that is like both.
func TestSetApart(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x, other := b.indexer(), b.indexer()
		b.store(wires()...)
		b.index(x)
		b.index(other)
		was := b.stories()["https://wire-0.example/cable"]
		effect, err := x.SetApart(ctx, b.id("wire-1.example/cable"), archive.Verdict{Desk: "Straits", Who: "Leyla"})
		if err != nil {
			t.Fatal(err)
		}
		of := b.stories()
		want := digest.Effect{
			Verdict: effect.Verdict,
			Before:  digest.StorySize{Story: was, Articles: 3, Origins: 3, Outlets: 3},
			After:   digest.StorySize{Story: was, Articles: 2, Origins: 2, Outlets: 2},
			Begun:   digest.StorySize{Story: of["https://wire-1.example/cable"], Articles: 1, Origins: 1, Outlets: 1},
		}
		if diff := cmp.Diff(want, effect); diff != "" || effect.Verdict == 0 {
			t.Errorf("the effect: %s", diff)
		}
		check := func(when string) {
			t.Helper()
			if diff := cmp.Diff(cableApart, b.events()); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", when, diff)
			}
		}
		check("at once")
		if why := b.entry("wire-1.example/cable").JoinWhy; why != "set apart by Leyla: it does not belong with the rest of its story" {
			t.Errorf("why: %q", why)
		}
		b.understoodAnew(x)
		check("understood anew")
		b.understoodAnew(other)
		check("by another indexer")
		b.understoodAnew(b.indexer())
		check("after a restart")

		b.store(b.tell("cable", "quay", morning.Add(-time.Hour)))
		b.index(other)
		of = b.stories()
		if of["https://wire-0.example/cable"] != was || of["https://wire-1.example/cable"] == was {
			t.Errorf("an article like both joined them: %v", of)
		}
	})
}

// TestSetApartTwice holds that the same verdict again changes nothing, and that one
// on an article that is alone fails.
func TestSetApartTwice(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, x, ctx := newBench(t, a), (*digest.Indexer)(nil), context.Background()
		x = b.indexer()
		b.store(wires()...)
		b.index(x)
		article := b.id("wire-1.example/cable")
		first, err := x.SetApart(ctx, article, archive.Verdict{Desk: "Straits", Who: "Leyla"})
		again, err2 := x.SetApart(ctx, article, archive.Verdict{Desk: "Straits", Who: "Leyla"})
		if diff := cmp.Diff(first, again); diff != "" || err != nil || err2 != nil {
			t.Errorf("again: %s, %v, %v", diff, err, err2)
		}
		if _, err := x.SetApart(ctx, article, archive.Verdict{Desk: "Straits", Who: "Rustam"}); !errors.Is(err, archive.ErrAlone) {
			t.Errorf("alone: %v", err)
		}
		all, err := a.Verdicts(ctx, "Straits")
		if err != nil || len(all) != 1 || all[0].ID != first.Verdict || len(all[0].From) != 2 || len(all[0].Moved) != 1 || all[0].At.IsZero() {
			t.Errorf("kept: %+v, %v", all, err)
		}
		if none, err := a.Verdicts(ctx, "Isles"); len(none) != 0 || err != nil {
			t.Errorf("of another desk: %+v, %v", none, err)
		}
	})
}

// republish is the account of the event in the text of another one, by an outlet.
func (b *bench) republish(outlet string, at time.Time) sources.Found {
	f := b.tell("cable", outlet, at)
	f.Article.Text, f.Article.Title = events["cable"][1]+more["ferries"], "Crossings from Bodo stopped"
	return f
}

// TestSetApartWithCopies holds that what was copied from an article goes with it,
// and that a copy that comes later does.
func TestSetApartWithCopies(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.index(x)
		b.store(b.republish("quay", morning.Add(-30*time.Hour)), b.republish("pier", morning.Add(-29*time.Hour)))
		b.index(x)
		if of := b.stories(); of["https://quay.example/a"] != of["https://wire-0.example/cable"] {
			t.Fatal("the account is of another story")
		}
		effect, err := x.SetApart(ctx, b.entry("pier.example/a").CopyOf, archive.Verdict{Desk: "Straits", Who: "Leyla"})
		if err != nil || effect.After.Origins != 2 {
			t.Fatalf("%+v, %v", effect, err)
		}
		b.store(b.republish("dock", morning.Add(-28*time.Hour)))
		b.index(x)
		b.understoodAnew(b.indexer())
		of := b.stories()
		own := of["https://pier.example/a"]
		if of["https://quay.example/a"] != own || of["https://dock.example/a"] != own || of["https://wire-0.example/cable"] == own {
			t.Errorf("stories: %v", of)
		}
	})
}

// TestSetReprintApart holds that a reprint goes alone: what it was copied from, and
// the other reprints of that, stay where they are, however they are indexed.
func TestSetReprintApart(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.store(b.republish("quay", morning.Add(-30*time.Hour)), b.republish("pier", morning.Add(-29*time.Hour)), b.republish("dock", morning.Add(-28*time.Hour)))
		b.index(x)
		was := b.stories()["https://wire-0.example/cable"]
		if _, err := x.SetApart(ctx, b.id("dock.example/a"), archive.Verdict{Desk: "Straits", Who: "Leyla"}); err != nil {
			t.Fatal(err)
		}
		for _, when := range []string{"at once", "understood anew"} {
			of := b.stories()
			if of["https://quay.example/a"] != was || of["https://pier.example/a"] != was || of["https://dock.example/a"] == was {
				t.Errorf("%s: %v", when, of)
			}
			b.understoodAnew(b.indexer())
		}
	})
}

// TestLiftApart holds that what was set apart goes back, and whoever has the number
// of the story that was begun finds it there.
func TestLiftApart(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.index(x)
		before := b.stories()
		effect, err := x.SetApart(ctx, b.id("wire-1.example/cable"), archive.Verdict{Desk: "Straits", Who: "Leyla"})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Lift(ctx, effect.Verdict); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, b.stories()); diff != "" {
			t.Errorf("after it was lifted: %s", diff)
		}
		now, err := a.StoriesNow(ctx, []int64{effect.Begun.Story})
		if err != nil || now[effect.Begun.Story] != effect.Before.Story {
			t.Errorf("the story that was begun is %v, %v", now, err)
		}
		b.understoodAnew(x)
		if diff := cmp.Diff(oneEach, b.events()); diff != "" {
			t.Errorf("understood anew: %s", diff)
		}
		if err := x.Lift(ctx, effect.Verdict); !errors.Is(err, archive.ErrNoVerdict) {
			t.Errorf("lifted twice: %v", err)
		}
	})
}

// TestLiftKeepsOthersApart holds that a verdict that is taken back puts nothing
// where another one keeps it out.
func TestLiftKeepsOthersApart(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.index(x)
		article, whales := b.id("wire-1.example/cable"), b.stories()["https://wire-0.example/whales"]
		change := func(c archive.Batch) {
			t.Helper()
			if _, err := a.IndexBatch(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		one, err := x.SetApart(ctx, article, archive.Verdict{Who: "Leyla"})
		if err != nil {
			t.Fatal(err)
		}
		change(archive.Batch{Moved: []story.Placed{{Article: article, Story: whales}}})
		two, err := x.SetApart(ctx, article, archive.Verdict{Who: "Rustam"})
		if err != nil {
			t.Fatal(err)
		}
		change(archive.Batch{Merged: []story.Merged{{Story: one.Before.Story, Into: whales}}})
		for _, lift := range []struct {
			verdict int64
			story   int64
		}{{two.Verdict, two.Begun.Story}, {one.Verdict, whales}} {
			if err := x.Lift(ctx, lift.verdict); err != nil {
				t.Fatal(err)
			}
			if got := b.entry("wire-1.example/cable").Story; got != lift.story {
				t.Errorf("it is in story %d, want %d", got, lift.story)
			}
		}
	})
}

// TestSetApartOutlastsMerges holds that a story does not go on in one that it is
// kept apart from, and that both may go on in others.
func TestSetApartOutlastsMerges(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.index(x)
		effect, err := x.SetApart(ctx, b.id("wire-1.example/cable"), archive.Verdict{Who: "Leyla"})
		if err != nil {
			t.Fatal(err)
		}
		whales := b.stories()["https://wire-0.example/whales"]
		if _, err := a.IndexBatch(ctx, archive.Batch{Merged: []story.Merged{{Story: effect.After.Story, Into: whales}}}); err != nil {
			t.Fatal(err)
		}
		b.understoodAnew(x)
		of := b.stories()
		if of["https://wire-1.example/cable"] == of["https://wire-0.example/cable"] {
			t.Errorf("they are together: %v", of)
		}
	})
}

// TestSetApartOutlastsItsArticles holds that two stories don't merge that were kept
// apart by articles which are long past.
func TestSetApartOutlastsItsArticles(t *testing.T) {
	b, ctx := newBench(t, archivetest.Open(t)), context.Background()
	x := b.indexer()
	b.store(wires()...)
	b.index(x)
	effect, err := x.SetApart(ctx, b.id("wire-1.example/cable"), archive.Verdict{Who: "Leyla"})
	if err != nil {
		t.Fatal(err)
	}
	late := morning.Add(20 * day)
	var others []sources.Found
	for i := range 520 {
		f := b.tell("lifeboats", fmt.Sprintf("other-%d", i), late)
		f.Article.Text, f.Article.Title = fmt.Sprintf("Nothing%[1]d like%[1]d any%[1]d other%[1]d word%[1]d.", i), fmt.Sprintf("Other%d", i)
		others = append(others, f)
	}
	b.store(others[1:]...)
	b.index(x)
	for i, in := range []int64{effect.After.Story, effect.Begun.Story} {
		f := b.tell("whales", fmt.Sprintf("late-%d", i), late)
		f.Article.Text = strings.Join(events["whales"][i:i+2], " ")
		b.store(f)
		at := archive.Indexed{Article: b.id(f.Article.URL), Version: 1, Stamp: digest.Stamp(), Story: in, JoinWhy: "for a test"}
		if _, err := b.archive.Index(ctx, []archive.Indexed{at}); err != nil {
			t.Fatal(err)
		}
	}
	b.store(others[0])
	b.index(b.indexer())
	now, err := b.archive.StoriesNow(ctx, []int64{effect.After.Story, effect.Begun.Story})
	if err != nil || now[effect.After.Story] != effect.After.Story || now[effect.Begun.Story] != effect.Begun.Story {
		t.Errorf("they are now %v, %v", now, err)
	}
	if of := b.stories(); of["https://late-0.example/a"] != of["https://late-1.example/a"] {
		t.Error("the later ones are no story")
	}
}

// TestSetApartAmidIndexing holds that a verdict is obeyed by indexers that are at
// work when it is given.
func TestSetApartAmidIndexing(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		b.store(wires()...)
		b.index(b.indexer())
		article := b.id("wire-1.example/cable")
		var more []sources.Found
		for i := range 12 {
			f := b.tell("cable", fmt.Sprintf("more-%d", i), morning.Add(-time.Duration(40+i)*time.Hour))
			f.Article.Text += fmt.Sprintf(" Shipmaster%[1]d spoke%[1]d of%[1]d it%[1]d.", i)
			more = append(more, f)
		}
		var work sync.WaitGroup
		for _, half := range [][]sources.Found{more[:6], more[6:]} {
			work.Go(func() {
				x := b.indexer()
				for _, f := range half {
					if _, _, err := a.Keep(ctx, sources.Source{Name: f.Article.Outlet, Outlet: "Wires"}, sources.Outlet{Name: "Wires"}, sources.State{}, []sources.Found{f}); err != nil {
						t.Error(err)
					}
					if _, err := x.Index(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		effect, err := b.indexer().SetApart(ctx, article, archive.Verdict{Who: "Leyla"})
		work.Wait()
		if err != nil {
			t.Fatal(err)
		}
		b.index(b.indexer())
		all, err := a.Verdicts(ctx, "")
		if err != nil || len(all) != 1 || all[0].ID != effect.Verdict {
			t.Fatalf("kept: %+v, %v", all, err)
		}
		own := b.entry("wire-1.example/cable").Story
		for url, id := range b.stories() {
			if found, err := a.ByURL(ctx, []string{url}); err != nil || id == own && slices.Contains(all[0].From, found[url]) {
				t.Errorf("%s is in its story, %v", url, err)
			}
		}
	})
}

// TestVerdictBetweenReadAndStore holds that a batch that was judged before a
// verdict is judged anew.
func TestVerdictBetweenReadAndStore(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		x := b.indexer()
		b.store(wires()...)
		b.index(x)
		w, err := a.Window(ctx, time.Time{}, time.Time{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.SetApart(ctx, b.id("wire-1.example/cable"), archive.Verdict{Who: "Leyla"}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.IndexBatch(ctx, archive.Batch{Revision: w.Revision}); !errors.Is(err, archive.ErrStoriesChanged) {
			t.Errorf("stored: %v", err)
		}
	})
}
