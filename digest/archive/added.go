package archive

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"attache/sources"
)

// AddedSource is a source that was added by hand or by import. The archive
// defines it, as the config does the others.
type AddedSource struct {
	sources.Source                // its Outlet may be empty: what the site calls itself
	Facts          sources.Outlet // what was said of the outlet; its name and host are not kept
	Every          time.Duration  // between two polls; 0: as the source's answers ask for
	Added          time.Time
}

// AddedSources returns the sources that were added, by name.
func (a *Archive) AddedSources(ctx context.Context) ([]AddedSource, error) {
	all := []AddedSource{}
	query := "SELECT name, url, kind, outlet, country, rating, state_linked, every, added FROM added_sources"
	err := each(ctx, a.read, query, nil, func(row *sql.Rows) error {
		var s AddedSource
		var added instant
		err := row.Scan(&s.Name, &s.URL, &s.Kind, &s.Outlet, &s.Facts.Country, &s.Facts.Rating, &s.Facts.StateLinked, &s.Every, &added)
		s.Added = added.Time
		all = append(all, s)
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the added sources: %w", err))
	}
	// Not by the database: the two order letters differently.
	slices.SortFunc(all, func(x, y AddedSource) int { return cmp.Compare(x.Name, y.Name) })
	return all, nil
}

// AddSources adds sources, all of them or none, and returns how many it added.
// One whose name or address is there already is left as it is.
func (a *Archive) AddSources(ctx context.Context, add []AddedSource) (added int, err error) {
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		added = 0
		for _, s := range add {
			res, err := tx.ExecContext(ctx, `
				INSERT INTO added_sources (name, address, url, kind, outlet, country, rating, state_linked, every, added)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
				storable(s.Name), addressKey(s.URL), storable(s.URL), string(s.Kind), storable(s.Outlet),
				storable(s.Facts.Country), storable(s.Facts.Rating), s.Facts.StateLinked, int64(s.Every), instant{s.Added})
			if err != nil {
				return fmt.Errorf("add source %s: %w", short(s.Name), err)
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	return added, err
}

// RemoveSource takes an added source off the list, and reports whether it was on
// it. What it showed stays.
func (a *Archive) RemoveSource(ctx context.Context, name string) (bool, error) {
	var n int64
	err := a.inWrite(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM added_sources WHERE name = $1", storable(name))
		if err != nil {
			return fmt.Errorf("remove source %s: %w", short(name), err)
		}
		if n, err = res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE sources SET listed = $1 WHERE name = $2", false, storable(name))
		return err
	})
	return n > 0, err
}

// SourceArticles returns how many articles each source has shown, by its name.
func (a *Archive) SourceArticles(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	query := "SELECT s.name, count(DISTINCT i.article) FROM sightings i JOIN sources s ON s.id = i.source GROUP BY s.name"
	err := each(ctx, a.read, query, nil, func(row *sql.Rows) error {
		var name string
		var n int
		err := row.Scan(&name, &n)
		counts[name] = n
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("count the sources' articles: %w", err))
	}
	return counts, nil
}
