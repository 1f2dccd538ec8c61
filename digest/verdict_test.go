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

// apart is what became of a verdict that sets an article apart.
type apart struct {
	verdict int64
	was     int64 // the story that it was in
	begun   int64 // that it is in
	left    digest.StorySize
}

// setApart settles that an article is set apart, by the stories as they are then.
func (b *bench) setApart(ctx context.Context, article int64, who string) (apart, error) {
	b.t.Helper()
	v, left, err := (&digest.Builder{Archive: b.archive}).SetApart(ctx, article)
	if err != nil {
		return apart{}, err
	}
	v.Desk, v.Who = "Straits", who
	err = b.archive.Settle(ctx, archive.Settled{Verdicts: []archive.Verdict{v}})
	if errors.Is(err, archive.ErrStoriesChanged) {
		return b.setApart(ctx, article, who)
	}
	if err != nil {
		return apart{}, err
	}
	e, err := b.archive.Entries(ctx, []int64{article})
	if err != nil {
		b.t.Fatal(err)
	}
	return apart{verdict: b.lastVerdict(article), was: v.Story, begun: e[0].Story, left: left}, nil
}

// untag settles that an article is not about something.
func (b *bench) untag(ctx context.Context, article int64, tag archive.Tag, who string) (verdict int64, err error) {
	b.t.Helper()
	all, err := (&digest.Builder{Archive: b.archive}).Untag(ctx, article, []archive.Tag{tag})
	if err != nil || len(all) == 0 {
		return 0, err
	}
	all[0].Desk, all[0].Who = "Straits", who
	if err := b.archive.Settle(ctx, archive.Settled{Verdicts: all}); err != nil {
		return 0, err
	}
	return b.lastVerdict(article), nil
}

// lift settles that a verdict is taken back.
func (b *bench) lift(ctx context.Context, x *digest.Indexer, verdict int64) error {
	if err := b.archive.Settle(ctx, archive.Settled{Lifted: []int64{verdict}}); err != nil {
		return err
	}
	return x.Anew(ctx)
}

func (b *bench) lastVerdict(article int64) int64 {
	b.t.Helper()
	all, err := b.archive.Verdicts(context.Background(), article)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(all) == 0 {
		return 0
	}
	return all[0].ID
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
		effect, err := b.setApart(ctx, b.id("wire-1.example/cable"), "Leyla")
		if err != nil {
			t.Fatal(err)
		}
		of := b.stories()
		if want := (digest.StorySize{Origins: 2, Outlets: 2}); effect.was != was || effect.left != want || effect.begun != of["https://wire-1.example/cable"] {
			t.Errorf("the effect: %+v", effect)
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

// TestSetApartTwice holds that the same verdict again changes nothing, that one by the
// stories of before is to be made anew, and that one on an article that is alone fails.
func TestSetApartTwice(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, ctx := newBench(t, a), context.Background()
		b.store(wires()...)
		b.index(b.indexer())
		article := b.id("wire-1.example/cable")
		early, _, err := (&digest.Builder{Archive: a}).SetApart(ctx, article)
		if err != nil {
			t.Fatal(err)
		}
		first, err := b.setApart(ctx, article, "Leyla")
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Settle(ctx, archive.Settled{Verdicts: []archive.Verdict{early}}); !errors.Is(err, archive.ErrStoriesChanged) {
			t.Errorf("by the stories of before: %v", err)
		}
		if _, err := b.setApart(ctx, article, "Rustam"); !errors.Is(err, archive.ErrAlone) {
			t.Errorf("alone: %v", err)
		}
		all, err := a.Verdicts(ctx, article)
		if err != nil || len(all) != 1 || all[0].ID != first.verdict || len(all[0].From) != 2 || len(all[0].Moved) != 1 || all[0].At.IsZero() {
			t.Errorf("kept: %+v, %v", all, err)
		}
		if none, err := a.Verdicts(ctx, b.id("wire-0.example/cable")); len(none) != 0 || err != nil {
			t.Errorf("on another article: %+v, %v", none, err)
		}
	})
}

// TestVerdictOfARequestOnce holds that a request that comes again changes nothing
// more, and that one that fails changes nothing.
func TestVerdictOfARequestOnce(t *testing.T) {
	b, ctx := newBench(t, archivetest.Open(t)), context.Background()
	b.store(wires()...)
	b.index(b.indexer())
	v, _, err := (&digest.Builder{Archive: b.archive}).SetApart(ctx, b.id("wire-1.example/cable"))
	if err != nil {
		t.Fatal(err)
	}
	s := archive.Settled{Request: "r1", Verdicts: []archive.Verdict{v}, Lifted: []int64{1 << 40}}
	if err := b.archive.Settle(ctx, s); !errors.Is(err, archive.ErrStoriesChanged) {
		t.Fatalf("a verdict that there isn't is lifted: %v", err)
	}
	if b.lastVerdict(v.Article) != 0 {
		t.Error("half of a request was kept")
	}
	s.Lifted = nil
	if err := b.archive.Settle(ctx, s); err != nil {
		t.Fatal(err)
	}
	if err := b.archive.Settle(ctx, s); !errors.Is(err, archive.ErrHandled) {
		t.Errorf("again: %v", err)
	}
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
		effect, err := b.setApart(ctx, b.entry("pier.example/a").CopyOf, "Leyla")
		if err != nil || effect.left.Origins != 2 {
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
		if _, err := b.setApart(ctx, b.id("dock.example/a"), "Leyla"); err != nil {
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
		effect, err := b.setApart(ctx, b.id("wire-1.example/cable"), "Leyla")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.lift(ctx, x, effect.verdict); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, b.stories()); diff != "" {
			t.Errorf("after it was lifted: %s", diff)
		}
		now, err := a.StoriesNow(ctx, []int64{effect.begun})
		if err != nil || now[effect.begun] != effect.was {
			t.Errorf("the story that was begun is %v, %v", now, err)
		}
		b.understoodAnew(x)
		if diff := cmp.Diff(oneEach, b.events()); diff != "" {
			t.Errorf("understood anew: %s", diff)
		}
		if err := b.lift(ctx, x, effect.verdict); !errors.Is(err, archive.ErrStoriesChanged) {
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
		one, err := b.setApart(ctx, article, "Leyla")
		if err != nil {
			t.Fatal(err)
		}
		change(archive.Batch{Moved: []story.Placed{{Article: article, Story: whales}}})
		two, err := b.setApart(ctx, article, "Rustam")
		if err != nil {
			t.Fatal(err)
		}
		change(archive.Batch{Merged: []story.Merged{{Story: one.was, Into: whales}}})
		for _, lift := range []struct {
			verdict int64
			story   int64
		}{{two.verdict, two.begun}, {one.verdict, whales}} {
			if err := b.lift(ctx, x, lift.verdict); err != nil {
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
		effect, err := b.setApart(ctx, b.id("wire-1.example/cable"), "Leyla")
		if err != nil {
			t.Fatal(err)
		}
		whales := b.stories()["https://wire-0.example/whales"]
		if _, err := a.IndexBatch(ctx, archive.Batch{Merged: []story.Merged{{Story: effect.was, Into: whales}}}); err != nil {
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
	effect, err := b.setApart(ctx, b.id("wire-1.example/cable"), "Leyla")
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
	for i, in := range []int64{effect.was, effect.begun} {
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
	now, err := b.archive.StoriesNow(ctx, []int64{effect.was, effect.begun})
	if err != nil || now[effect.was] != effect.was || now[effect.begun] != effect.begun {
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
		effect, err := b.setApart(ctx, article, "Leyla")
		work.Wait()
		if err != nil {
			t.Fatal(err)
		}
		b.index(b.indexer())
		all, err := a.Verdicts(ctx, article)
		if err != nil || len(all) != 1 || all[0].ID != effect.verdict {
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
		if _, err := b.setApart(ctx, b.id("wire-1.example/cable"), "Leyla"); err != nil {
			t.Fatal(err)
		}
		if _, err := a.IndexBatch(ctx, archive.Batch{Revision: w.Revision}); !errors.Is(err, archive.ErrStoriesChanged) {
			t.Errorf("stored: %v", err)
		}
	})
}
