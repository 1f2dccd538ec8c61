package digest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/theme"
	"attache/sources"
)

// storySpan is how far back a new article's story and originals are sought.
const storySpan = 5 * 24 * time.Hour

// Indexer understands articles: it tags each with actors, dyads and themes,
// folds copies, and joins it to its story. It is safe to kill at any moment:
// what was not recorded is done again.
type Indexer struct {
	Archive *archive.Archive
	Actors  *actor.Catalogue
	Themes  *theme.Tagger
}

// Stamp names the present understanding. Articles that carry another one are
// understood anew.
func Stamp() string {
	return fmt.Sprintf("actor %d, theme %d, story %d", actor.Version, theme.Version, story.Version)
}

// Indexed counts what an Indexer did.
type Indexed struct {
	Articles int
	Copies   int // reprints and corrections among them
}

// batchSize is how many articles are indexed in one transaction.
const batchSize = 500

// Index understands every article that lacks the present stamp, oldest first.
func (x *Indexer) Index(ctx context.Context) (Indexed, error) {
	var done Indexed
	for {
		articles, err := x.Archive.Unindexed(ctx, Stamp(), batchSize)
		if err != nil {
			return done, fmt.Errorf("reading what is to be indexed: %w", err)
		}
		if len(articles) == 0 {
			return done, nil
		}
		copies, err := x.batch(ctx, articles)
		if err != nil {
			return done, fmt.Errorf("indexing %d articles: %w", len(articles), err)
		}
		done.Articles += len(articles)
		done.Copies += copies
	}
}

// batch indexes some articles, in the order of their publication, so that an
// original comes before its reprints.
func (x *Indexer) batch(ctx context.Context, articles []sources.Article) (copies int, err error) {
	slices.SortStableFunc(articles, func(a, b sources.Article) int { return a.When().Compare(b.When()) })
	w, err := x.window(ctx, articles)
	if err != nil {
		return 0, err
	}
	batch := make([]archive.Indexed, 0, len(articles))
	for i := range articles {
		in, it := x.understand(&articles[i])
		joined := w.Join(it)
		in.Copy, in.Story, in.JoinWhy = joined.Copy, joined.Story, joined.Why
		if in.Copy != nil {
			copies++
		}
		it.Story = in.Story
		if it.Story == 0 {
			it.Story = int64(-len(batch) - 1) // the story that this article of the batch begins
		}
		w.Add(it)
		batch = append(batch, in)
	}
	_, err = x.Archive.Index(ctx, batch)
	return copies, err
}

// window reads the indexed articles that these may belong to, themselves left
// out: what is understood anew is joined anew.
func (x *Indexer) window(ctx context.Context, articles []sources.Article) (*story.Window, error) {
	anew := map[int64]bool{}
	for i := range articles {
		anew[articles[i].ID] = true
	}
	items, err := x.Archive.Window(ctx, articles[0].When().Add(-storySpan))
	if err != nil {
		return nil, fmt.Errorf("reading the recent articles: %w", err)
	}
	w := story.NewWindow(storySpan)
	for _, it := range items {
		if !anew[it.ID] {
			w.Add(it)
		}
	}
	return w, nil
}

func (x *Indexer) understand(a *sources.Article) (archive.Indexed, story.Item) {
	tags := x.Actors.Tag(a.Title, a.Text)
	in := archive.Indexed{
		Article: a.ID, Version: a.Version, Stamp: Stamp(), Lang: a.Lang,
		Actors: tags.About, Dyads: tags.Dyads, Focus: tags.Focus,
		Mentioned: mentioned(tags.Mentions),
		Themes:    x.Themes.Tag(a.Title, a.Text, tags.About),
	}
	it := story.Item{
		ID: a.ID, Outlet: a.Outlet, Via: a.Via, Published: a.When(), Title: a.Title, Text: a.Text,
	}
	for _, about := range tags.About {
		it.Actors = append(it.Actors, about.Actor)
	}
	return in, it
}

// mentioned lists the ids of all actors named, each once, in order.
func mentioned(ms []actor.Mention) []string {
	seen := map[string]bool{}
	var ids []string
	for _, m := range ms {
		if !seen[m.Actor] {
			seen[m.Actor] = true
			ids = append(ids, m.Actor)
		}
	}
	return ids
}
