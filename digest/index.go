package digest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

const (
	// storySpan is how far back, and forth, the articles are read that may be of
	// one story with a new one, or its originals. What lies further apart is never
	// joined.
	storySpan = 7 * 24 * time.Hour
	// storyLeast is how many articles are read in any case: what words are rare,
	// and how alike two articles must be, is not known from a few.
	storyLeast = 500
)

// Indexer understands articles: it tags each with actors, dyads and themes,
// folds copies, and groups them into stories. It is safe to kill at any moment:
// what was not recorded is done again. It keeps the recent articles in memory
// between its runs.
type Indexer struct {
	Archive *archive.Archive
	Actors  *actor.Catalogue
	Themes  *theme.Tagger

	mu     sync.Mutex
	recent *recent // nil when they must be read
}

// recent is the articles of some days, as they stand in the archive.
type recent struct {
	*story.Window
	since, until time.Time // it has all articles between them
	revision     int64
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
	Aside    []Aside
}

// Aside is an article that the archive keeps and can't index: nothing finds it.
type Aside struct {
	URL string
	Why error
}

func (a Aside) String() string {
	return fmt.Sprintf("%s can't be indexed, and is left out: %s", text.Trim(a.URL, 200), text.Trim(text.Line(a.Why.Error()), 300))
}

const (
	batchSize = 500           // articles that are indexed in one transaction
	readSize  = 8 * batchSize // that are read at once, to be taken in order of time
	maxStale  = 20            // times that another indexer may come first
)

// Index understands every article that lacks the present stamp. One that the
// archive has no place for is set aside, and the others go on.
func (x *Indexer) Index(ctx context.Context) (Indexed, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	var done Indexed
	for stale := 0; ; {
		articles, err := x.Archive.Unindexed(ctx, Stamp(), readSize)
		if err != nil {
			return done, fmt.Errorf("reading what is to be indexed: %w", err)
		}
		if len(articles) == 0 {
			return done, nil
		}
		err = x.index(ctx, articles, &done)
		if errors.Is(err, archive.ErrStoriesChanged) && stale < maxStale {
			stale++
			continue
		}
		var unfit *archive.UnfitError
		if errors.As(err, &unfit) {
			if err := x.setAside(ctx, articles, unfit, &done); err != nil {
				return done, err
			}
			continue
		}
		if err != nil {
			return done, fmt.Errorf("indexing %d articles: %w", len(articles), err)
		}
	}
}

// setAside leaves an article out until it, or the understanding, is another one.
func (x *Indexer) setAside(ctx context.Context, articles []sources.Article, unfit *archive.UnfitError, done *Indexed) error {
	i := slices.IndexFunc(articles, func(a sources.Article) bool { return a.ID == unfit.Article })
	if i < 0 {
		return fmt.Errorf("indexing: %w", unfit)
	}
	if err := x.Archive.SetAside(ctx, Stamp(), unfit); err != nil {
		return err
	}
	done.Aside = append(done.Aside, Aside{articles[i].URL, unfit.Err})
	return nil
}

// index takes articles in the order of their publication, so that an original
// comes before its reprints, and the window moves on.
func (x *Indexer) index(ctx context.Context, articles []sources.Article, done *Indexed) error {
	slices.SortStableFunc(articles, func(a, b sources.Article) int { return a.When().Compare(b.When()) })
	for batch := range slices.Chunk(articles, batchSize) {
		copies, err := x.batch(ctx, batch)
		if err != nil {
			x.recent = nil
			return err
		}
		done.Articles += len(batch)
		done.Copies += copies
	}
	return nil
}

// batch indexes some articles, and moves others where these tell that their
// stories are others.
func (x *Indexer) batch(ctx context.Context, articles []sources.Article) (copies int, err error) {
	had, err := x.read(ctx, articles)
	if err != nil {
		return 0, err
	}
	w := x.recent
	rulings, err := x.rulings(ctx, articles)
	if err != nil {
		return 0, err
	}
	b := archive.Batch{Articles: make([]archive.Indexed, len(articles)), Revision: w.revision}
	place := make(map[int64]int, len(articles))
	for i := range articles {
		in, it := x.understand(&articles[i])
		obey(rulings[it.ID], &in, &it)
		it.Story = had[it.ID]
		if in.Copy = w.Copy(it); in.Copy != nil {
			it.CopyOf = in.Copy.Of
			copies++
		}
		w.Add(it)
		in.Story = it.Story
		b.Articles[i], place[in.Article] = in, i
	}
	grouping := w.Regroup()
	for _, p := range grouping.Placed {
		if i, ok := place[p.Article]; ok {
			b.Articles[i].Story, b.Articles[i].JoinWhy = p.Story, p.Why
		} else {
			b.Moved = append(b.Moved, p)
		}
	}
	b.Merged = grouping.Merged
	stored, err := x.Archive.IndexBatch(ctx, b)
	if err != nil {
		return 0, err
	}
	return copies, x.stored(b, stored)
}

// rulings reads what people said of the articles.
func (x *Indexer) rulings(ctx context.Context, articles []sources.Article) (map[int64]archive.Ruling, error) {
	ids := make([]int64, len(articles))
	for i := range articles {
		ids[i] = articles[i].ID
	}
	return x.Archive.Rulings(ctx, ids)
}

// stored brings the articles in memory to what the archive made of them.
func (x *Indexer) stored(b archive.Batch, done archive.BatchDone) error {
	for founder, id := range done.Begun {
		x.recent.Name(-founder, id)
	}
	x.recent.revision = done.Revision
	for i, in := range b.Articles {
		if x.recent.Story(in.Article) != done.Stories[i] {
			x.recent = nil // an article is gone: it is no part of any story
			return nil
		}
	}
	return nil
}

// read sees to it that the articles are in memory that these may belong to,
// themselves left out: what is understood anew is judged anew. It returns the
// stories that they had.
func (x *Indexer) read(ctx context.Context, articles []sources.Article) (had map[int64]int64, err error) {
	since, until := articles[0].When().Add(-storySpan), articles[len(articles)-1].When().Add(storySpan)
	if x.recent.holds(since, until, articles) {
		x.recent.forget(since)
		return nil, nil
	}
	found, err := x.Archive.Window(ctx, since, until, storyLeast)
	if err != nil {
		return nil, fmt.Errorf("reading the recent articles: %w", err)
	}
	anew := map[int64]bool{}
	for i := range articles {
		anew[articles[i].ID] = true
	}
	x.recent = &recent{story.NewWindow(), found.Since, until, found.Revision}
	if found.Newest {
		x.recent.until = time.Time{}
	}
	for id, marks := range found.Apart {
		x.recent.KeepApart(id, marks)
	}
	had = map[int64]int64{}
	// An original comes before its copies, whatever their times.
	slices.SortStableFunc(found.Items, func(a, b story.Item) int { return cmp.Compare(min(a.CopyOf, 1), min(b.CopyOf, 1)) })
	for _, it := range found.Items {
		if anew[it.ID] {
			had[it.ID] = it.Story
		} else {
			x.recent.Add(it)
		}
	}
	return had, nil
}

// forget leaves out what is older than needed, once that is much.
func (r *recent) forget(before time.Time) {
	if w, since := r.Since(before, storyLeast); w != r.Window {
		r.Window, r.since = w, since
	}
}

// holds reports whether all articles between two times are in memory, and none of
// these.
func (r *recent) holds(since, until time.Time, articles []sources.Article) bool {
	if r == nil || since.Before(r.since) || !r.until.IsZero() && until.After(r.until) {
		return false
	}
	return !slices.ContainsFunc(articles, func(a sources.Article) bool { return r.Has(a.ID) })
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
