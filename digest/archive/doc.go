package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// doc is an article as the full-text index holds it. The database keeps no text
// of it, only the index.
type doc struct {
	key         int64
	article     int64
	title, body string   // plain
	tags        []string // tokens
}

// maxWords is how many bytes of an article can be searched for, title and text
// together: some 80,000 words. PostgreSQL's index holds 1 MB of a document, and a
// word of two letters or more takes no more than twice its bytes and the space's
// there. All the text is kept, and read for what it is about.
const maxWords = 480 << 10

// upTo is the beginning of words parted by spaces, in at most so many bytes.
func upTo(most int, words string) string {
	if len(words) <= most {
		return words
	}
	return words[:max(0, strings.LastIndexByte(words[:most+1], ' '))]
}

// perMicrosecond is how many keys there are for a microsecond.
const perMicrosecond = 1000

// searchKey is the first key of a time; it bounds periods. A time that no key
// has room for, thousands of years away, bounds nothing.
func searchKey(t time.Time) int64 {
	const most = math.MaxInt64 / perMicrosecond
	return min(max(t.UnixMicro(), -most), most-1) * perMicrosecond
}

// rewriteDoc writes the document of an article's indexed version anew, from
// what is stored of it. An article that is not indexed has none.
func (a *Archive) rewriteDoc(ctx context.Context, tx *sql.Tx, article int64) error {
	var title, text string
	var outlet int64
	var version int
	var at instant
	err := tx.QueryRowContext(ctx, `
		SELECT v.title, v.text, a.outlet, a.indexed_version, a.at FROM articles a
		JOIN article_versions v ON v.article = a.id AND v.version = a.indexed_version
		WHERE a.id = $1`, article).Scan(&title, &text, &outlet, &version, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read article %d: %w", article, err)
	}
	d := doc{article: article, tags: []string{token(tagOutlet, fmt.Sprint(outlet))}}
	d.title = upTo(maxWords, plain(title))
	d.body = upTo(maxWords-len(d.title), plain(text))
	err = each(ctx, tx, "SELECT kind, id FROM tags WHERE article = $1 AND version = $2", []any{article, version}, func(row *sql.Rows) error {
		var kind, id string
		if err := row.Scan(&kind, &id); err != nil {
			return err
		}
		d.tags = append(d.tags, token(kind, id))
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the tags of article %d: %w", article, err)
	}
	if d.key, err = freeKey(ctx, tx, article, at); err != nil {
		return fmt.Errorf("find article %d a place in the index: %w", article, err)
	}
	if err := a.dialect.putDoc(ctx, tx, d); err != nil {
		return fmt.Errorf("index article %d: %w", article, err)
	}
	return nil
}

// freeKey deletes the article's document and returns the key of the next one:
// the same where its time did not change, else the first that is free. Where a
// microsecond is full, as the midnights of dates without a time may be, the
// next one is taken.
func freeKey(ctx context.Context, tx *sql.Tx, article int64, at instant) (int64, error) {
	var old int64
	err := tx.QueryRowContext(ctx, "DELETE FROM docs WHERE article = $1 RETURNING key", article).Scan(&old)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	first := searchKey(at.Time)
	if err == nil && old >= first && old < first+perMicrosecond {
		return old, nil
	}
	for ; ; first += perMicrosecond {
		var last sql.NullInt64
		err := tx.QueryRowContext(ctx, "SELECT max(key) FROM docs WHERE key >= $1 AND key < $2", first, first+perMicrosecond).Scan(&last)
		if err != nil {
			return 0, err
		}
		if !last.Valid {
			return first, nil
		}
		if last.Int64 < first+perMicrosecond-1 {
			return last.Int64 + 1, nil
		}
	}
}
