package archive

import (
	"context"
	"fmt"
	"math"
	"sort"
	"time"
)

// searchesBytes bounds what is kept in memory of what searches found.
const searchesBytes = 8 << 20

// searched is what a search found, the newest first, and how many fit in all.
type searched struct {
	hits  []hit
	total int
}

// hit is an article that fits, and its place in the order of time.
type hit struct{ article, key int64 }

// searched is runSearch for what may have been searched before, in this revision
// of the archive and a view that holds the same. A person's week ends at the moment
// of the question, and begins seven days before it: so that the next question asks
// for the same, a period that ends after all there is has no end, and what is not
// counted is searched from the beginning of a day to the end of an hour, and cut
// off afterwards.
func (a *Archive) searched(ctx context.Context, q Query, counted bool) (searched, error) {
	view, err := a.view(ctx)
	if err != nil {
		return searched{}, fmt.Errorf("search: %w", err)
	}
	if !q.Until.IsZero() && q.Until.UnixMicro() > view.from {
		q.Until = time.Time{}
	}
	if counted {
		return a.remembered(ctx, view, q, true)
	}
	wide := q
	if !q.Since.IsZero() {
		wide.Since = q.Since.UTC().Truncate(24 * time.Hour)
	}
	if !q.Until.IsZero() {
		wide.Until, wide.Limit = q.Until.UTC().Truncate(time.Hour).Add(time.Hour), q.Limit+lastHour
	}
	found, err := a.remembered(ctx, view, wide, false)
	if err != nil {
		return searched{}, err
	}
	hits := found.within(q.Since, q.Until)
	if len(found.hits) == wide.Limit && len(found.within(time.Time{}, q.Until)) < q.Limit { // the end of the hour had too many
		return a.remembered(ctx, view, q, false)
	}
	return searched{hits: hits[:min(len(hits), q.Limit)]}, nil
}

// lastHour is how many articles more are searched for than are asked for, as some
// may be of the end of an hour and be cut off.
const lastHour = 50

// within are the hits of a period.
func (s searched) within(since, until time.Time) []hit {
	hits := s.hits
	if !until.IsZero() {
		end := searchKey(until)
		hits = hits[sort.Search(len(hits), func(i int) bool { return hits[i].key < end }):]
	}
	if !since.IsZero() {
		first := searchKey(since)
		hits = hits[:sort.Search(len(hits), func(i int) bool { return hits[i].key < first })]
	}
	return hits
}

// remembered is runSearch, unless it is known what that gives.
func (a *Archive) remembered(ctx context.Context, view extent, q Query, counted bool) (searched, error) {
	key := q.key(view.from, counted)
	if found, ok := a.memory.recallSearch(view.revision, key); ok {
		return found, nil
	}
	all := a
	if view.to == math.MaxInt64 {
		all = a.At(time.Time{}) // nothing is left out of the view
	}
	found, err := all.runSearch(ctx, q, counted)
	if err != nil {
		return searched{}, err
	}
	a.memory.keepSearch(view.revision, key, found)
	return found, nil
}

// view is the archive's revision and, of a view of a time, since when it holds the
// same. Without a time nothing is known to end before the period does.
func (a *Archive) view(ctx context.Context) (extent, error) {
	if !a.asOf.IsZero() {
		return a.measure(ctx)
	}
	revision, err := a.revision(ctx)
	return extent{revision: revision, from: math.MaxInt64}, err
}

// key tells a query from others in the views that hold the same from a time on.
func (q *Query) key(from int64, counted bool) string {
	bound := func(t time.Time) int64 {
		if t.IsZero() {
			return math.MinInt64
		}
		return searchKey(t)
	}
	dyad := ""
	if q.Dyad != nil {
		dyad = q.Dyad.String()
	}
	return fmt.Sprintf("%q %q %q %q %v %q %q %q %q %d %d %d %d %t", q.Actors, q.AnyActors, q.Mentioned, dyad, q.AnyDyads, q.Themes, q.Outlets,
		q.Words, q.AnyWords, bound(q.Since), bound(q.Until), q.Limit, from, counted)
}

// recallSearch gives what a search found in the revision, where that is known.
func (m *memory) recallSearch(revision int64, key string) (searched, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turnTo(revision)
	found, ok := m.searches[key]
	return found, ok
}

// keepSearch remembers what a search found when the archive had the revision.
// Where there is no room for it, others are forgotten.
func (m *memory) keepSearch(revision int64, key string, found searched) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.searches[key]; known || revision != m.revision {
		return
	}
	if m.searches == nil {
		m.searches = map[string]searched{}
	}
	m.searches[key] = found
	m.searchesSize += found.bytes(key)
	for other, old := range m.searches {
		if m.searchesSize <= searchesBytes {
			return
		}
		delete(m.searches, other)
		m.searchesSize -= old.bytes(other)
	}
}

// bytes is about how much memory a search takes.
func (s searched) bytes(key string) int { return 128 + len(key) + 16*cap(s.hits) }
