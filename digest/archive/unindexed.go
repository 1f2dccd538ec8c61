package archive

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
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

// Window returns the indexed articles whose time is since or later, with their
// stories and the actors they are about, the earliest first.
func (a *Archive) Window(ctx context.Context, since time.Time) ([]story.Item, error) {
	var items []story.Item
	place := map[int64]int{}
	err := each(ctx, a.read, `SELECT a.id, COALESCE(m.story, 0), o.name, v.via, a.at, v.title, v.text FROM articles a
		JOIN outlets o ON o.id = a.outlet
		JOIN article_versions v ON v.article = a.id AND v.version = a.indexed_version
		LEFT JOIN memberships m ON m.article = a.id
		WHERE a.at >= $1 ORDER BY a.at, a.id`, []any{instant{floor(since)}}, func(row *sql.Rows) error {
		var it story.Item
		var at instant
		if err := row.Scan(&it.ID, &it.Story, &it.Outlet, &it.Via, &at, &it.Title, &it.Text); err != nil {
			return err
		}
		it.Published = at.Time
		place[it.ID] = len(items)
		items = append(items, it)
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the articles since %s: %w", since.Format(time.DateOnly), err))
	}
	err = each(ctx, a.read, `SELECT t.article, t.id FROM articles a
		JOIN tags t ON t.article = a.id AND t.version = a.indexed_version AND t.kind = 'actor'
		WHERE a.at >= $1 ORDER BY t.article, t.place`, []any{instant{floor(since)}}, func(row *sql.Rows) error {
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
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the actors since %s: %w", since.Format(time.DateOnly), err))
	}
	return items, nil
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
