package archive

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"attache/digest/story"
	"attache/sources"
)

// Unindexed returns articles whose newest version lacks the stamp, the first
// seen first, and of those seen at once the first published; limit is how many
// at most.
func (a *Archive) Unindexed(ctx context.Context, stamp string, limit int) ([]sources.Article, error) {
	stamps, err := a.otherStamps(ctx, stamp)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("look for articles to index: %w", err))
	}
	// One walk along the index for each stamp that there is, which are few: to
	// ask for "another stamp" would sort the whole archive for each batch.
	var found []sources.Article
	for _, s := range stamps {
		err := each(ctx, a.read, "SELECT "+versionColumns+` FROM articles a
			JOIN outlets o ON o.id = a.outlet
			JOIN article_versions v ON v.article = a.id AND v.version = a.version
			WHERE a.stamp = $1 ORDER BY a.seen, a.at, a.id LIMIT $2`, []any{s, limit}, func(row *sql.Rows) error {
			var art sources.Article
			places, set := scanArticle(&art)
			if err := row.Scan(places...); err != nil {
				return err
			}
			if err := set(); err != nil {
				return err
			}
			found = append(found, art)
			return nil
		})
		if err != nil {
			return nil, a.dialect.explain(fmt.Errorf("read articles to index: %w", err))
		}
	}
	slices.SortFunc(found, func(x, y sources.Article) int {
		return cmp.Or(x.Seen.Compare(y.Seen), x.When().Compare(y.When()), cmp.Compare(x.ID, y.ID))
	})
	return found[:min(limit, len(found))], nil
}

// SetAside records that a version of an article can't be indexed by what the
// stamp names, and why, in a note of the owner "index" under the article's id: it
// is asked for again when it changes, or the stamp.
func (a *Archive) SetAside(ctx context.Context, stamp string, unfit *UnfitError) error {
	why, err := json.Marshal(map[string]any{"version": unfit.Version, "stamp": stamp, "why": unfit.Err.Error()})
	if err != nil {
		return err
	}
	if err := a.SetNote(ctx, "index", strconv.FormatInt(unfit.Article, 10), why); err != nil {
		return err
	}
	_, err = a.write.ExecContext(ctx, "UPDATE articles SET stamp = $1 WHERE id = $2 AND version = $3", stamp, unfit.Article, unfit.Version)
	if err != nil {
		return a.dialect.explain(fmt.Errorf("set article %d aside: %w", unfit.Article, err))
	}
	return nil
}

// otherStamps returns the stamps that articles have, but for the one given.
func (a *Archive) otherStamps(ctx context.Context, stamp string) ([]string, error) {
	var stamps []string
	query, args := "SELECT min(stamp) FROM articles", []any(nil)
	for {
		var next sql.NullString
		if err := a.read.QueryRowContext(ctx, query, args...).Scan(&next); err != nil {
			return nil, err
		}
		if !next.Valid {
			return stamps, nil
		}
		if next.String != stamp {
			stamps = append(stamps, next.String)
		}
		query, args = "SELECT min(stamp) FROM articles WHERE stamp > $1", []any{next.String}
	}
}

// Window is what the archive has of some days, as stories are judged.
type Window struct {
	Items    []story.Item      // indexed articles, the earliest first
	Since    time.Time         // it has all articles since then; zero for all that there are
	Revision int64             // of the stories
	Apart    map[int64][]int64 // by story: the marks of all its articles, as in story.Item
	Newest   bool              // no article indexed is later
}

// Window returns the indexed articles whose time is between the two, or more of
// those before until where these are not so many as least; with their stories,
// what they copy, and the actors they are about.
func (a *Archive) Window(ctx context.Context, since, until time.Time, least int) (Window, error) {
	var w Window
	to := instant{ceiling(until)}
	// The revision first: what changes after it is found out when the batch is stored.
	err := a.read.QueryRowContext(ctx, "SELECT value FROM counters WHERE name = 'stories'").Scan(&w.Revision)
	if err == nil {
		w.Since, err = a.windowSince(ctx, since, to, least)
	}
	from := instant{floor(w.Since)}
	if err == nil {
		err = a.windowItems(ctx, &w, from, to)
	}
	if err == nil {
		err = a.windowActors(ctx, w.Items, from, to)
	}
	if err == nil {
		err = a.windowVerdicts(ctx, &w, from, to)
	}
	if err == nil {
		err = a.read.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM articles WHERE at > $1 AND indexed_version > 0)", to).Scan(&w.Newest)
	}
	if err != nil {
		return w, a.dialect.explain(fmt.Errorf("read the articles since %s: %w", since.Format(time.DateOnly), err))
	}
	return w, nil
}

// windowSince is where a window of so many articles begins, since at the latest.
func (a *Archive) windowSince(ctx context.Context, since time.Time, to instant, least int) (time.Time, error) {
	if least == 0 {
		return since, nil
	}
	var at instant
	err := a.read.QueryRowContext(ctx, "SELECT at FROM articles WHERE at <= $1 AND indexed_version > 0 ORDER BY at DESC LIMIT 1 OFFSET $2",
		to, least-1).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if at.Before(since) {
		return at.Time, err
	}
	return since, err
}

func (a *Archive) windowItems(ctx context.Context, w *Window, from, to instant) error {
	return each(ctx, a.read, `SELECT a.id, COALESCE(m.story, 0), o.name, v.via, a.at, v.title, v.text, COALESCE(r.other, 0) FROM articles a
		JOIN outlets o ON o.id = a.outlet
		JOIN article_versions v ON v.article = a.id AND v.version = a.indexed_version
		LEFT JOIN memberships m ON m.article = a.id
		LEFT JOIN relations r ON r.article = a.id
		WHERE a.at >= $1 AND a.at <= $2 ORDER BY a.at, a.id`, []any{from, to}, func(row *sql.Rows) error {
		var it story.Item
		var at instant
		if err := row.Scan(&it.ID, &it.Story, &it.Outlet, &it.Via, &at, &it.Title, &it.Text, &it.CopyOf); err != nil {
			return err
		}
		it.Published = at.Time
		w.Items = append(w.Items, it)
		return nil
	})
}

func (a *Archive) windowActors(ctx context.Context, items []story.Item, from, to instant) error {
	place := make(map[int64]int, len(items))
	for i := range items {
		place[items[i].ID] = i
	}
	return each(ctx, a.read, `SELECT t.article, t.id FROM articles a
		JOIN tags t ON t.article = a.id AND t.version = a.indexed_version AND t.kind = 'actor'
		WHERE a.at >= $1 AND a.at <= $2 ORDER BY t.article, t.place`, []any{from, to}, func(row *sql.Rows) error {
		var id int64
		var actor string
		if err := row.Scan(&id, &actor); err != nil {
			return err
		}
		if i, ok := place[id]; ok {
			items[i].Actors = append(items[i].Actors, actor)
		}
		return nil
	})
}

// windowVerdicts reads whom verdicts keep apart: the articles, and the stories, whose
// articles may be of before the window.
func (a *Archive) windowVerdicts(ctx context.Context, w *Window, from, to instant) error {
	place := make(map[int64]int, len(w.Items))
	for i := range w.Items {
		place[w.Items[i].ID] = i
	}
	err := each(ctx, a.read, `SELECT va.article, va.verdict, va.moved FROM verdict_articles va JOIN articles a ON a.id = va.article
		WHERE a.at >= $1 AND a.at <= $2 ORDER BY va.article, va.verdict`, []any{from, to}, func(row *sql.Rows) error {
		var id int64
		mark, err := scanMark(row, &id)
		if i, ok := place[id]; ok {
			w.Items[i].Apart = append(w.Items[i].Apart, mark)
		}
		return err
	})
	if err != nil {
		return err
	}
	w.Apart = map[int64][]int64{}
	return each(ctx, a.read, `SELECT DISTINCT m.story, va.verdict, va.moved FROM verdict_articles va JOIN memberships m ON m.article = va.article
		WHERE m.story IN (SELECT n.story FROM memberships n JOIN articles a ON a.id = n.article WHERE a.at >= $1 AND a.at <= $2)
		ORDER BY m.story, va.verdict, va.moved`, []any{from, to}, func(row *sql.Rows) error {
		var id int64
		mark, err := scanMark(row, &id)
		w.Apart[id] = append(w.Apart[id], mark)
		return err
	})
}

// floor makes the zero time the earliest that can be stored, so that it bounds
// nothing.
func floor(t time.Time) time.Time {
	if t.IsZero() {
		return time.UnixMicro(-1 << 52)
	}
	return t
}

// ceiling makes the zero time the latest that can be stored.
func ceiling(t time.Time) time.Time {
	if t.IsZero() {
		return time.UnixMicro(1 << 52)
	}
	return t
}
