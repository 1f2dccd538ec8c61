package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"attache/digest/actor"
)

// defaultLimit is how many articles a search returns when its query does not say.
const defaultLimit = 300

// Query says what to search for. Its parts narrow each other; an empty part
// narrows nothing.
type Query struct {
	Actors    []string     // ids; about all of these
	AnyActors []string     // about any of these
	Mentioned []string     // naming all of these
	Dyad      *actor.Dyad  // its members act on each other
	AnyDyads  []actor.Dyad // any of these
	Themes    []string     // ids; any of these
	Outlets   []string     // names; published by any of these; case and marks do not count
	Since     time.Time    // by the article's time; zero is open
	Until     time.Time    // not included; zero is open
	Words     []string     // all of these; what holds several words is a phrase
	AnyWords  []string     // any of these
	AsOf      time.Time    // as if it were then, as [Archive.At] gives it; zero is now
	Limit     int          // 300 where it is 0
}

// Search returns the ids of the articles that fit, the newest first, at most
// Limit of them, and how many fit in all. Nothing in a word is an operator;
// words are compared by their stems, without case and marks. Words that hold no
// letter and no digit are passed over, unless there are no others: then nothing
// fits.
func (a *Archive) Search(ctx context.Context, q Query) (ids []int64, total int, err error) {
	return a.search(ctx, q, true)
}

// Find returns the ids that [Archive.Search] does, and doesn't count what fits.
func (a *Archive) Find(ctx context.Context, q Query) ([]int64, error) {
	ids, _, err := a.search(ctx, q, false)
	return ids, err
}

// search returns the ids of the articles that fit and, where it is wanted, how
// many fit in all.
func (a *Archive) search(ctx context.Context, q Query, counted bool) (ids []int64, total int, err error) {
	if !q.AsOf.IsZero() {
		a = a.At(q.AsOf)
	}
	q.Limit = cmp.Or(q.Limit, defaultLimit)
	found, err := a.searched(ctx, q, counted)
	if err != nil {
		return nil, 0, a.dialect.explain(err)
	}
	ids = make([]int64, len(found.hits))
	for i, h := range found.hits {
		ids[i] = h.article
	}
	return ids, found.total, nil
}

// runSearch searches the database for the articles that fit in the archive's view.
func (a *Archive) runSearch(ctx context.Context, q Query, counted bool) (found searched, err error) {
	m, args, err := a.condition(ctx, q)
	if errors.Is(err, errNothing) {
		return searched{}, nil
	}
	if err != nil {
		return searched{}, fmt.Errorf("search: %w", err)
	}
	query := "SELECT docs.article, " + m.key + " FROM " + m.from + m.docs + " WHERE " + m.where + " ORDER BY " + m.key + " DESC LIMIT " + fmt.Sprint(q.Limit)
	err = each(ctx, a.read, query, args, func(row *sql.Rows) error {
		var h hit
		err := row.Scan(&h.article, &h.key)
		found.hits = append(found.hits, h)
		return err
	})
	if err != nil {
		return searched{}, fmt.Errorf("search: %w", err)
	}
	found.total = len(found.hits)
	if found.total < q.Limit || !counted {
		return found, nil
	}
	if err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM "+m.from+" WHERE "+m.where, args...).Scan(&found.total); err != nil {
		return searched{}, fmt.Errorf("count what fits: %w", err)
	}
	return found, nil
}

// errNothing says that no article can fit.
var errNothing = errors.New("nothing can fit")

// condition turns a query into the parts of a SELECT.
func (a *Archive) condition(ctx context.Context, q Query) (m match, args params, err error) {
	clauses, err := a.clauses(ctx, q)
	if err != nil {
		return match{}, nil, err
	}
	m = a.dialect.matching(clauses, &args)
	if !q.Since.IsZero() {
		m.where += " AND " + m.key + " >= " + args.add(searchKey(q.Since))
	}
	if !q.Until.IsZero() {
		m.where += " AND " + m.key + " < " + args.add(searchKey(q.Until))
	}
	if !a.asOf.IsZero() {
		m.from += m.docs + " JOIN articles ON articles.id = docs.article"
		m.docs = ""
		m.where += a.seenBy("articles", &args)
	}
	return m, args, nil
}

// clauses lists what a document must have to fit a query.
func (a *Archive) clauses(ctx context.Context, q Query) ([]clause, error) {
	var all []clause
	tags := func(kind string, ids []string) (c clause) {
		for _, id := range ids {
			c = append(c, term{tag: true, text: token(kind, plainID(id))})
		}
		return c
	}
	for _, t := range tags(tagActor, q.Actors) {
		all = append(all, clause{t})
	}
	for _, t := range tags(tagMention, q.Mentioned) {
		all = append(all, clause{t})
	}
	if q.Dyad != nil {
		all = append(all, tags(tagDyad, []string{q.Dyad.String()}))
	}
	dyads := make([]string, len(q.AnyDyads))
	for i, d := range q.AnyDyads {
		dyads[i] = d.String()
	}
	all = append(all, tags(tagActor, q.AnyActors), tags(tagDyad, dyads), tags(tagTheme, q.Themes))
	if len(q.Outlets) > 0 {
		outlets, err := a.outletTags(ctx, q.Outlets)
		if err != nil {
			return nil, err
		}
		all = append(all, outlets)
	}
	words := wordTerms(q.Words)
	for _, t := range words {
		all = append(all, clause{t})
	}
	some := wordTerms(q.AnyWords)
	all = append(all, some)
	if len(words) == 0 && len(q.Words) > 0 || len(some) == 0 && len(q.AnyWords) > 0 {
		return nil, errNothing
	}
	return slices.DeleteFunc(all, func(c clause) bool { return len(c) == 0 }), nil
}

// plainID keeps of an id what ids are made of, so that it stays one word.
func plainID(id string) string {
	return string(slices.DeleteFunc([]byte(id), func(c byte) bool {
		return c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	}))
}

// wordTerms makes terms of words, but for those that hold none.
func wordTerms(words []string) (c clause) {
	for _, w := range words {
		if p := plain(w); p != "" {
			c = append(c, term{text: p})
		}
	}
	return c
}

// outletTags finds outlets by name. That none of them is known means that
// nothing fits.
func (a *Archive) outletTags(ctx context.Context, names []string) (c clause, err error) {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = fold(name)
	}
	query := "SELECT id FROM outlets WHERE " + a.dialect.in("folded", "$1")
	err = each(ctx, a.read, query, []any{a.dialect.list(folded)}, func(row *sql.Rows) error {
		var id int64
		if err := row.Scan(&id); err != nil {
			return err
		}
		c = append(c, term{tag: true, text: token(tagOutlet, fmt.Sprint(id))})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up outlets: %w", err)
	}
	if len(c) == 0 {
		return nil, errNothing
	}
	return c, nil
}
