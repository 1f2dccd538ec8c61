package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"attache/sources"
)

var _ sources.Store = (*Archive)(nil)

// keeping is one call of Keep at work.
type keeping struct {
	*Archive
	tx      *sql.Tx
	ids     *grant
	source  int64
	kind    sources.Kind
	outlets map[string]int64 // by name
	revised bool             // what entries are made of has changed
}

// Keep implements [sources.Store]. An article belongs to the outlet that it
// names; where it names none, to the source's. A changed date moves the article
// in the order of time; it makes no version.
//
// Only what can be called a change makes a version: a page that could be read
// before is not replaced by a feed's summary of it, nor one source's summary by
// another's.
func (a *Archive) Keep(ctx context.Context, src sources.Source, outlet sources.Outlet, state sources.State, found []sources.Found) (fresh, changed int, err error) {
	fresh, changed, err = a.keepAll(ctx, src, outlet.Name, []sources.Outlet{outlet}, state, found)
	if err != nil {
		return 0, 0, fmt.Errorf("keep what source %s showed: %w", short(src.Name), err)
	}
	return fresh, changed, nil
}

// Import stores articles that came from a file, as Keep does, with what is known
// of their outlets; an outlet of none of them is left out. An article that a
// source showed keeps its text: an import changes only what imports brought.
func (a *Archive) Import(ctx context.Context, known []sources.Outlet, found []sources.Found) (fresh, changed int, err error) {
	if len(found) == 0 {
		return 0, 0, nil
	}
	named := map[string]bool{}
	for _, f := range found {
		named[f.Article.Outlet] = true
	}
	known = slices.DeleteFunc(slices.Clone(known), func(o sources.Outlet) bool { return !named[o.Name] })
	// Every source belongs to an outlet; which one means nothing here.
	src := sources.Source{Name: sources.ImportSource, Kind: sources.Import}
	fresh, changed, err = a.keepAll(ctx, src, found[0].Article.Outlet, known, sources.State{}, found)
	if err != nil {
		return 0, 0, fmt.Errorf("keep %d imported articles: %w", len(found), err)
	}
	return fresh, changed, nil
}

// keepAll stores a source of the outlet of that name with its state and what it
// showed, and what is known of outlets.
func (a *Archive) keepAll(ctx context.Context, src sources.Source, outlet string, known []sources.Outlet, state sources.State, found []sources.Found) (fresh, changed int, err error) {
	// Always in one order, so that two replicas never wait for each other.
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(x, y sources.Found) int {
		return cmp.Compare(hashed(x.Article.URL), hashed(y.Article.URL))
	})
	ids, err := a.reserve(ctx, 2+len(known)+2*len(found))
	if err != nil {
		return 0, 0, err
	}
	defer a.giveBack(ids)
	first := *ids
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		*ids, fresh, changed = first, 0, 0
		k := &keeping{Archive: a, tx: tx, ids: ids, kind: src.Kind, outlets: map[string]int64{}}
		for _, o := range known {
			id, other, err := keepOutlet(ctx, tx, ids, o)
			if err != nil {
				return err
			}
			k.outlets[o.Name], k.revised = id, k.revised || other
		}
		own, err := k.outlet(ctx, outlet)
		if err != nil {
			return err
		}
		if k.source, err = keepSource(ctx, tx, ids, src, own, state); err != nil {
			return err
		}
		for _, f := range found {
			f.Article.Outlet = cmp.Or(f.Article.Outlet, outlet)
			isNew, isChanged, err := k.keep(ctx, f)
			if err != nil {
				return fmt.Errorf("store article %s: %w", short(f.Article.URL), err)
			}
			fresh, changed = fresh+count(isNew), changed+count(isChanged)
		}
		if k.revised || fresh+changed > 0 {
			return revise(ctx, tx)
		}
		return nil
	})
	return fresh, changed, err
}

// outlet returns the id of an outlet by its name.
func (k *keeping) outlet(ctx context.Context, name string) (int64, error) {
	if id, ok := k.outlets[name]; ok {
		return id, nil
	}
	id, other, err := nameOutlet(ctx, k.tx, k.ids, name)
	if err == nil {
		k.outlets[name], k.revised = id, k.revised || other
	}
	return id, err
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// keep stores one article and its sighting.
func (k *keeping) keep(ctx context.Context, f sources.Found) (fresh, changed bool, err error) {
	art := &f.Article
	if art.URL == "" {
		return false, false, errors.New("it has no URL")
	}
	tidy(art, f.Sighting)
	outlet, err := k.outlet(ctx, art.Outlet)
	if err != nil {
		return false, false, err
	}
	if fresh, err = k.insert(ctx, art, outlet); err != nil {
		return false, false, err
	}
	if !fresh {
		if changed, err = k.update(ctx, art); err != nil {
			return false, false, err
		}
	}
	return fresh, changed, k.sight(ctx, art.ID, f.Sighting)
}

// tidy makes an article's strings storable, and fills in when it was seen.
func tidy(art *sources.Article, s sources.Sighting) {
	art.URL, art.Title, art.Text = storable(art.URL), storable(art.Title), storable(art.Text)
	art.Outlet, art.Via, art.Lang = storable(art.Outlet), storable(art.Via), storable(art.Lang)
	authors := make([]string, len(art.Authors))
	for i, author := range art.Authors {
		authors[i] = storable(author)
	}
	art.Authors = authors
	if art.Seen.IsZero() {
		art.Seen = s.Seen
	}
	if art.Seen.IsZero() {
		art.Seen = time.Now()
	}
	if art.Changed.IsZero() {
		art.Changed = art.Seen
	}
}

// insert stores an article whose URL was never seen, with its first version. It
// sets the article's id and reports whether it was new.
func (k *keeping) insert(ctx context.Context, art *sources.Article, outlet int64) (bool, error) {
	var id int64
	err := k.tx.QueryRowContext(ctx, "SELECT id FROM articles WHERE url_hash = $1", hashed(art.URL)).Scan(&id)
	if err == nil {
		art.ID = id
		return false, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	res, err := k.tx.ExecContext(ctx, `
		INSERT INTO articles (id, url_hash, url, outlet, version, seen, at, backlog, content_changed, state_changed)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $5, $5) ON CONFLICT (url_hash) DO NOTHING`,
		k.ids.take(), hashed(art.URL), art.URL, outlet, instant{art.Seen}, instant{art.When()}, art.Backlog)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, err
	}
	if err := k.tx.QueryRowContext(ctx, "SELECT id FROM articles WHERE url_hash = $1", hashed(art.URL)).Scan(&art.ID); err != nil {
		return false, err
	}
	if n == 0 { // another replica was quicker
		return false, nil
	}
	art.Version, art.Changed = 1, art.Seen
	return true, insertVersion(ctx, k.tx, art)
}

// sight records that the source showed the article.
func (k *keeping) sight(ctx context.Context, article int64, s sources.Sighting) error {
	seen := s.Seen
	if seen.IsZero() {
		seen = time.Now()
	}
	_, err := k.tx.ExecContext(ctx, `
		INSERT INTO sightings (source, guid, article, url, mark, seen, last) VALUES ($1, $2, $3, $4, $5, $6, $6)
		ON CONFLICT (source, guid, article) DO UPDATE SET url = excluded.url, mark = excluded.mark, last = excluded.last`,
		k.source, guidKey(s.GUID), article, storable(s.URL), storable(s.Mark), instant{seen})
	if err != nil {
		return fmt.Errorf("store the sighting: %w", err)
	}
	return nil
}
