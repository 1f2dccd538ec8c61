package ask

import (
	"context"
	"fmt"
	"slices"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/summary"
)

// poolSize bounds how many of the newest articles one search may return: more
// than a question is ever answered from, few enough to weigh within a second.
const poolSize = 400

// inquiry is one question on its way to an answer.
type inquiry struct {
	*Engine
	Archive *archive.Archive // the engine's, held for the question

	who    Asker
	slots  Slots
	period Period // the one that is searched
	held   *Within
	wide   bool   // also what has only the words, whatever it is about
	limit  int    // of the articles that one search may return, the newest first
	terms  []term // the words that articles are weighed by
	stems  *stems
	idf    []float64 // of the terms, once articles were weighed
}

// gather searches for what may answer the slots within the period. What only
// the words or only one actor fit is in it as well: it is weighed afterwards.
func (q *inquiry) gather(ctx context.Context) ([]archive.Entry, error) {
	if len(q.slots.Stories)+len(q.slots.Articles) > 0 {
		return q.referred(ctx)
	}
	var ids []int64
	for _, query := range q.queries() {
		query.Since, query.Until, query.AsOf = q.period.Start, q.period.End, q.who.Now
		if len(q.slots.Outlets) > 0 {
			query.Outlets = withArticle(q.slots.Outlets)
		}
		query.Limit = q.limit
		found, err := q.Archive.Find(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("search the archive: %w", err)
		}
		ids = append(ids, found...)
	}
	slices.Sort(ids)
	entries, err := q.Archive.At(q.who.Now).Entries(ctx, slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("read what was found: %w", err)
	}
	if q.held != nil {
		entries = slices.DeleteFunc(entries, func(e archive.Entry) bool { return !q.held.has(&e) })
	}
	return entries, nil
}

// queries are the searches that a question makes, each of them wider than the
// answer may be.
func (q *inquiry) queries() []archive.Query {
	s := q.slots
	var all []archive.Query
	switch {
	case len(s.Pairs) > 1:
		all = append(all, archive.Query{AnyDyads: s.Pairs})
	case s.Dyad != nil:
		both := []string{s.Dyad.A, s.Dyad.B}
		all = append(all, archive.Query{Dyad: s.Dyad}, archive.Query{Actors: both}, archive.Query{Mentioned: both})
	case len(s.Actors) > 1:
		all = append(all, archive.Query{AnyDyads: pairsOf(s.Actors)}, archive.Query{AnyActors: s.Actors})
	case len(s.Actors) == 1:
		all = append(all, archive.Query{Actors: s.Actors}, archive.Query{Mentioned: s.Actors})
	}
	words := q.words()
	if q.specific() && !q.wide {
		for _, of := range s.Figures {
			words = append(words, summary.FigureWords(of)...)
		}
	}
	actors := s.Actors
	if q.wide {
		actors = nil
	}
	if len(words) > 0 {
		all = append(all, archive.Query{AnyWords: words, AnyActors: actors})
	}
	if len(s.Themes) > 0 {
		all = append(all, archive.Query{Themes: s.Themes, AnyActors: s.Actors})
	}
	if len(all) == 0 && q.held != nil {
		return q.held.queries()
	}
	if len(all) == 0 {
		all = append(all, archive.Query{})
	}
	return all
}

// words are the terms as they were typed.
func (q *inquiry) words() []string {
	var out []string
	for _, t := range q.terms {
		out = append(out, t.typed)
	}
	return out
}

func pairsOf(ids []string) []actor.Dyad {
	var out []actor.Dyad
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			out = append(out, actor.Pair(a, b))
		}
	}
	return out
}

// referred reads the stories and articles that a question names by their
// numbers.
func (q *inquiry) referred(ctx context.Context) ([]archive.Entry, error) {
	past := q.Archive.At(q.who.Now)
	entries, err := past.Entries(ctx, q.slots.Articles)
	if err != nil {
		return nil, fmt.Errorf("read articles by their numbers: %w", err)
	}
	byStory, err := past.StoryEntries(ctx, q.slots.Stories)
	if err != nil {
		return nil, fmt.Errorf("read stories by their numbers: %w", err)
	}
	for _, id := range q.slots.Stories {
		entries = append(entries, byStory[id]...)
	}
	return slices.DeleteFunc(entries, func(e archive.Entry) bool { return !q.within(e) }), nil
}

// within reports whether an article is of the period and the outlets.
func (q *inquiry) within(e archive.Entry) bool {
	if !q.period.Start.IsZero() && e.At.Before(q.period.Start) || !q.period.End.IsZero() && !e.At.Before(q.period.End) {
		return false
	}
	return len(q.slots.Outlets) == 0 || slices.ContainsFunc(q.slots.Outlets, func(o string) bool { return sameName(o, e.Outlet) })
}

// week is the period that is searched where a question names none.
func week(now time.Time) Period { return Period{Start: now.AddDate(0, 0, -7), End: now} }
