package digest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/story"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

// events are what several outlets report over some days.
var events = map[string][]string{
	"cable": {
		"Divers found a loose power cable under the Bodo ferry pier and the harbour master stopped all crossings to the northern isles.",
		"Ferry crossings from Bodo to the northern isles were stopped after divers saw a loose power cable beneath the pier, the harbour master said.",
		"A cable ship reached Bodo to mend the loose power cable under the ferry pier, and crossings to the northern isles may begin again, the harbour master said.",
	},
	"whales": {
		"Biologists counted 412 humpback whales off Tromso this autumn, the fewest since the census began, the polar institute said.",
		"The autumn census off Tromso found only 412 humpback whales, biologists of the polar institute said.",
		"Krill is scarce off Tromso, biologists of the polar institute said after their census of humpback whales came out low.",
	},
	"lifeboats": {
		"Treasury clerks costed new lifeboats at 40 million crowns and the rescue society welcomed the budget.",
		"The rescue society will get lifeboats for 40 million crowns, treasury clerks said of the budget.",
		"Engines of the new lifeboats that the treasury budgeted for the rescue society will be built in Bergen.",
	},
}

// wires are the articles of the events, the earliest first.
func wires() []sources.Found {
	var all []sources.Found
	for event, texts := range events {
		for i, body := range texts {
			at := morning.Add(-72*time.Hour + time.Duration(i*20+len(event))*time.Hour)
			url := fmt.Sprintf("https://wire-%d.example/%s", i, event)
			all = append(all, sources.Found{
				Article: sources.Article{
					URL: url, Outlet: fmt.Sprintf("Wire %d", i), Title: strings.Join(strings.Fields(body)[:6], " "), Text: body,
					Lang: "en", Published: text.Date{At: at}, Seen: at, Changed: at,
				},
				Sighting: sources.Sighting{Source: "wires", GUID: url, URL: url, Seen: at},
			})
		}
	}
	slices.SortFunc(all, func(a, b sources.Found) int { return a.Article.Published.At.Compare(b.Article.Published.At) })
	return all
}

func (b *bench) indexer() *digest.Indexer {
	return &digest.Indexer{Archive: b.archive, Actors: b.actors, Themes: theme.NewTagger(b.actors)}
}

// store keeps articles without indexing them.
func (b *bench) store(found ...sources.Found) {
	b.t.Helper()
	_, _, err := b.archive.Keep(context.Background(), sources.Source{Name: "wires", Outlet: "Wires"}, sources.Outlet{Name: "Wires"}, sources.State{}, found)
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) index(x *digest.Indexer) {
	b.t.Helper()
	if _, err := x.Index(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

// stories gives the story of each article, by address.
func (b *bench) stories() map[string]int64 {
	b.t.Helper()
	found, err := b.archive.SeenBetween(context.Background(), time.Time{}, time.Time{})
	if err != nil {
		b.t.Fatal(err)
	}
	of := map[string]int64{}
	for i := range found {
		if found[i].JoinWhy == "" || found[i].Story == 0 {
			b.t.Errorf("%s is in story %d: %q", found[i].URL, found[i].Story, found[i].JoinWhy)
		}
		of[found[i].URL] = found[i].Story
	}
	return of
}

// events lists the addresses of each story, in order.
func (b *bench) events() []string {
	b.t.Helper()
	by := map[int64][]string{}
	for url, id := range b.stories() {
		by[id] = append(by[id], strings.TrimPrefix(url, "https://"))
	}
	var all []string
	for _, urls := range by {
		slices.Sort(urls)
		all = append(all, strings.Join(urls, " "))
	}
	slices.Sort(all)
	return all
}

// oneEach is each event as one story.
var oneEach = []string{
	"wire-0.example/cable wire-1.example/cable wire-2.example/cable",
	"wire-0.example/lifeboats wire-1.example/lifeboats wire-2.example/lifeboats",
	"wire-0.example/whales wire-1.example/whales wire-2.example/whales",
}

// TestStoriesOfArrivals holds that the same stories come of the same articles,
// however they arrive: at once, one by one, the latest first, as a backlog, or by
// an indexer that dies after each.
func TestStoriesOfArrivals(t *testing.T) {
	oneByOne := func(b *bench, all []sources.Found) {
		x := b.indexer()
		for _, f := range all {
			b.store(f)
			b.index(x)
		}
	}
	for name, arrive := range map[string]func(b *bench, all []sources.Found){
		"at once":    func(b *bench, all []sources.Found) { b.store(all...); b.index(b.indexer()) },
		"one by one": oneByOne,
		"the latest first": func(b *bench, all []sources.Found) {
			slices.Reverse(all)
			oneByOne(b, all)
		},
		"as a backlog": func(b *bench, all []sources.Found) {
			for i := range all {
				all[i].Article.Backlog, all[i].Article.Seen = true, morning
			}
			b.store(all[4:]...)
			b.index(b.indexer())
			b.store(all[:4]...)
			b.index(b.indexer())
		},
		"killed after each": func(b *bench, all []sources.Found) {
			for _, f := range all {
				b.store(f)
				b.index(b.indexer())
			}
		},
		"two indexers in turn": func(b *bench, all []sources.Found) {
			x := []*digest.Indexer{b.indexer(), b.indexer()}
			for i, f := range all {
				b.store(f)
				b.index(x[i%2])
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
				b := newBench(t, a)
				arrive(b, wires())
				if diff := cmp.Diff(oneEach, b.events()); diff != "" {
					t.Errorf("the stories (-want +got):\n%s", diff)
				}
				before := b.stories()
				b.index(b.indexer())
				if diff := cmp.Diff(before, b.stories()); diff != "" {
					t.Errorf("indexed again, the stories moved: %s", diff)
				}
			})
		})
	}
}

// TestStoriesKeepTheirIDs holds that a story's articles stay in it from day to
// day, also when one of them changes.
func TestStoriesKeepTheirIDs(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, x, all := newBench(t, a), digest.Indexer{}, wires()
		x.Archive, x.Actors, x.Themes = b.archive, b.actors, theme.NewTagger(b.actors)
		known := map[string]int64{}
		check := func() {
			t.Helper()
			for url, id := range b.stories() {
				if was := known[url]; was != 0 && was != id {
					t.Errorf("%s went from story %d to %d", url, was, id)
				}
				known[url] = id
			}
		}
		change := func(f sources.Found) {
			t.Helper()
			f.Article.Text += " Islanders were flown out by helicopter."
			b.store(f)
			b.index(&x)
			check()
		}
		for i, f := range all {
			b.store(f)
			b.index(&x)
			check()
			if i == 0 { // alone in its story
				change(f)
			}
		}
		change(all[1])
	})
}

// TestStoppedIndexer holds that an indexer that is stopped says so, and that the
// next one goes on.
func TestStoppedIndexer(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b := newBench(t, a)
		b.store(wires()...)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := b.indexer().Index(ctx); err == nil {
			t.Error("a stopped indexer says that it is done")
		}
		b.index(b.indexer())
		if diff := cmp.Diff(oneEach, b.events()); diff != "" {
			t.Errorf("the stories (-want +got):\n%s", diff)
		}
	})
}

// TestMergedStoryIsToldAsUpdate holds that a story which went on in another one is
// told under the number that the last edition gave it.
func TestMergedStoryIsToldAsUpdate(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		b, hour := newBench(t, a), time.Hour
		b.store(wires()...) // by which it is known what words are rare
		b.keep("Lume Post", "first", "Ferries stop", ferries+more["ferries"], morning.Add(-5*hour), morning.Add(-4*hour), false)
		shown := b.edition(morning)
		b.keep("Isle TV", "second", "Lifeboats", budget+more["budget"], morning.Add(5*hour), morning.Add(6*hour), false)
		was, now := shown.Stories[0].ID, b.stories()["https://second.example/a"]
		if was == now {
			t.Fatal("the second article is of the first one's story already")
		}
		_, err := a.IndexBatch(context.Background(), archive.Batch{Merged: []story.Merged{{Story: was, Into: now}}})
		if err != nil {
			t.Fatal(err)
		}
		d := b.edition(morning.Add(24 * hour))
		if len(d.Stories) != 1 || d.Stories[0].State != digest.MoreOrigins || d.Stories[0].Was != "1.1" || d.Stories[0].Lead.Sentence.Text != budget {
			t.Errorf("the next edition: %+v", d.Stories)
		}
	})
}
