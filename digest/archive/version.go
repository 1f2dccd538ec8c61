package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"attache/sources"
)

// ErrNoVersion says that the archive has no such version of such an article.
var ErrNoVersion = errors.New("no such version of an article")

// versionColumns are the columns of a version and its article and outlet, in
// the order of scanArticle; the tables are v, a and o.
const versionColumns = `a.id, v.version, v.number, a.url, o.name, v.via, v.title, v.authors,
	v.published, v.published_zone, v.published_day, v.updated, v.updated_zone, v.updated_day,
	v.lang, v.text, v.partial, a.seen, v.changed, a.backlog`

// scanArticle returns the places to scan versionColumns into, and what sets the
// rest of the article from them.
func scanArticle(art *sources.Article) (places []any, set func() error) {
	var number sql.NullInt64
	var authors string
	var published, updated storedDate
	var seen, changed instant
	places = []any{
		&art.ID, &art.Version, &number, &art.URL, &art.Outlet, &art.Via, &art.Title, &authors,
		&published.at, &published.zone, &published.day, &updated.at, &updated.zone, &updated.day,
		&art.Lang, &art.Text, &art.Partial, &seen, &changed, &art.Backlog,
	}
	return places, func() error {
		art.Number, art.Seen, art.Changed = number.Int64, seen.Time, changed.Time
		setDates(art, published, updated)
		if err := json.Unmarshal([]byte(authors), &art.Authors); err != nil {
			return fmt.Errorf("read the authors of article %d: %w", art.ID, err)
		}
		return nil
	}
}

// Version returns one version of an article. It fails with [ErrNoVersion] where
// there is none.
func (a *Archive) Version(ctx context.Context, id int64, version int) (sources.Article, error) {
	art, err := readVersion(ctx, a.read, id, version)
	if errors.Is(err, sql.ErrNoRows) {
		return art, fmt.Errorf("version %d of article %d: %w", version, id, ErrNoVersion)
	}
	if err != nil {
		return art, a.dialect.explain(fmt.Errorf("read version %d of article %d: %w", version, id, err))
	}
	return art, nil
}

// ByURL returns the ids of articles by their URLs. One that no article has is
// not in the map.
func (a *Archive) ByURL(ctx context.Context, urls []string) (map[string]int64, error) {
	ids, byHash := make(map[string]int64, len(urls)), make(map[string]string, len(urls))
	hashes := make([]string, len(urls))
	for i, u := range urls {
		hashes[i] = hashed(storable(u))
		byHash[hashes[i]] = u
	}
	err := each(ctx, a.read, "SELECT a.url_hash, a.id FROM articles a WHERE "+a.dialect.in("a.url_hash", "$1"),
		[]any{a.dialect.list(hashes)}, func(row *sql.Rows) error {
			var hash string
			var id int64
			if err := row.Scan(&hash, &id); err != nil {
				return err
			}
			ids[byHash[hash]] = id
			return nil
		})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("look up %d articles: %w", len(urls), err))
	}
	return ids, nil
}

func readVersion(ctx context.Context, db querier, id int64, version int) (sources.Article, error) {
	var art sources.Article
	places, set := scanArticle(&art)
	err := db.QueryRowContext(ctx, "SELECT "+versionColumns+` FROM articles a
		JOIN outlets o ON o.id = a.outlet JOIN article_versions v ON v.article = a.id
		WHERE a.id = $1 AND v.version = $2`, id, version).Scan(places...)
	if err != nil {
		return sources.Article{}, err
	}
	return art, set()
}

func insertVersion(ctx context.Context, tx *sql.Tx, art *sources.Article) error {
	authors, err := json.Marshal(art.Authors)
	if err != nil {
		return fmt.Errorf("store authors: %w", err)
	}
	published := storeDate(art.Published.At, art.Published.Day)
	updated := storeDate(art.Updated.At, art.Updated.Day)
	_, err = tx.ExecContext(ctx, `
		INSERT INTO article_versions (article, version, hash, title, authors, via,
			published, published_zone, published_day, updated, updated_zone, updated_day,
			lang, text, partial, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		art.ID, art.Version, contentHash(art), art.Title, string(authors), art.Via,
		published.at, published.zone, published.day, updated.at, updated.zone, updated.day,
		art.Lang, art.Text, string(art.Partial), instant{art.Changed})
	if err != nil {
		return fmt.Errorf("store version %d: %w", art.Version, err)
	}
	return nil
}

// contentHash tells whether a title and text changed: what a publisher's
// software may set otherwise each time, white space and the shape of quotes and
// dashes, does not count.
func contentHash(art *sources.Article) string {
	return hashed(normal(art.Title) + "\n" + normal(art.Text))
}

func normal(s string) string {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
	return strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-").Replace(s)
}

// update compares a known article with what was found now. It stores a new
// version where title or text changed, else what else is better known now.
func (k *keeping) update(ctx context.Context, art *sources.Article) (changed bool, err error) {
	// The row is locked first, and only then its version read: whoever held the
	// lock may have made a new one.
	var version int
	if err := k.tx.QueryRowContext(ctx, "SELECT version FROM articles WHERE id = $1"+k.dialect.lock(), art.ID).Scan(&version); err != nil {
		return false, err
	}
	old, err := readVersion(ctx, k.tx, art.ID, version)
	if err != nil {
		return false, err
	}
	learn(art, &old)
	changed, err = k.isChange(ctx, &old, art)
	if err != nil {
		return false, err
	}
	if !changed {
		return false, k.refresh(ctx, &old, art)
	}
	art.Version = version + 1
	if err := insertVersion(ctx, k.tx, art); err != nil {
		return false, err
	}
	_, err = k.tx.ExecContext(ctx, "UPDATE articles SET version = $1, stamp = '', content_changed = $2, state_changed = $2 WHERE id = $3",
		art.Version, instant{art.Changed}, art.ID)
	if err != nil {
		return false, err
	}
	return true, k.move(ctx, art)
}

// learn fills what was found now with what was known before where it says less,
// and takes over what first sight settled.
func learn(art, old *sources.Article) {
	art.Seen, art.Backlog = old.Seen, old.Backlog
	if len(art.Authors) == 0 {
		art.Authors = old.Authors
	}
	if art.Via == "" {
		art.Via = old.Via
	}
	if art.Lang == "" {
		art.Lang = old.Lang
	}
	if art.Updated.IsZero() {
		art.Updated = old.Updated
	}
	sameDay := art.Published.Day && !old.Published.Day &&
		old.Published.At.In(art.Published.At.Location()).Format(time.DateOnly) == art.Published.At.Format(time.DateOnly)
	if art.Published.IsZero() || sameDay && !old.Published.IsZero() {
		art.Published = old.Published
	}
}

// isChange reports whether what was found now is a new version.
func (k *keeping) isChange(ctx context.Context, old, art *sources.Article) (bool, error) {
	if contentHash(old) == contentHash(art) {
		return false, nil
	}
	if k.kind == sources.Import {
		others, err := k.sightings(ctx, art.ID, "<>")
		return others == 0, err
	}
	if art.Partial == sources.Whole {
		return true, nil
	}
	if old.Partial == sources.Whole {
		return false, nil
	}
	before, err := k.sightings(ctx, art.ID, "=")
	return before > 0, err
}

// sightings counts those of an article by this source ("=") or by others ("<>").
func (k *keeping) sightings(ctx context.Context, article int64, compare string) (n int, err error) {
	err = k.tx.QueryRowContext(ctx, "SELECT count(*) FROM sightings WHERE article = $1 AND source "+compare+" $2", article, k.source).Scan(&n)
	return n, err
}

// refresh stores what was learnt about a version whose content is the same.
func (k *keeping) refresh(ctx context.Context, old, art *sources.Article) error {
	authors, err := json.Marshal(art.Authors)
	if err != nil {
		return fmt.Errorf("store authors: %w", err)
	}
	published := storeDate(art.Published.At, art.Published.Day)
	updated := storeDate(art.Updated.At, art.Updated.Day)
	if published.is(storeDate(old.Published.At, old.Published.Day)) && updated.is(storeDate(old.Updated.At, old.Updated.Day)) &&
		slices.Equal(old.Authors, art.Authors) && old.Via == art.Via && old.Lang == art.Lang {
		return k.move(ctx, art)
	}
	k.revised = true
	_, err = k.tx.ExecContext(ctx, `
		UPDATE article_versions SET authors = $1, via = $2, published = $3, published_zone = $4, published_day = $5,
			updated = $6, updated_zone = $7, updated_day = $8, lang = $9
		WHERE article = $10 AND version = $11`,
		string(authors), art.Via, published.at, published.zone, published.day,
		updated.at, updated.zone, updated.day, art.Lang, old.ID, old.Version)
	if err != nil {
		return err
	}
	return k.move(ctx, art)
}

// move sets the article's place in the order of time, and moves its document
// there if it has one.
func (k *keeping) move(ctx context.Context, art *sources.Article) error {
	at := instant{art.When()}
	res, err := k.tx.ExecContext(ctx, "UPDATE articles SET at = $1, state_changed = $2 WHERE id = $3 AND at <> $1",
		at, instant{time.Now()}, art.ID)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return err
	}
	k.revised = true
	return k.rewriteDoc(ctx, k.tx, art.ID)
}
