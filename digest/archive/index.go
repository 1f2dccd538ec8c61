package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"attache/digest/actor"
	"attache/digest/story"
	"attache/digest/theme"
)

// Indexed is what the indexer makes of one version of an article.
type Indexed struct {
	Article   int64
	Version   int
	Stamp     string // names the state of the catalogues and rules that made it
	Lang      string // ISO 639-1; empty keeps what the source said
	Actors    []actor.About
	Dyads     []actor.Acting
	Focus     string   // the one state it is most about, or empty
	Mentioned []string // ids of all actors that it names
	Themes    []theme.Tag
	Copy      *story.Copy // nil when it is no copy
	// Story is the story that it belongs to. 0 begins one, or keeps the one that
	// this article began before; -9 is the story that article 9 begins now.
	Story   int64
	JoinWhy string // empty keeps what was said before
}

// Batch is what the indexer stores at once.
type Batch struct {
	Articles []Indexed
	Moved    []story.Placed // articles indexed before that belong to another story now
	Merged   []story.Merged
	Revision int64 // of the stories by which it was judged, as [Archive.Window] gave it; 0 for any
}

// ErrStoriesChanged says that stories changed since the batch was judged by them: it must
// be judged anew.
var ErrStoriesChanged = errors.New("the stories have changed since they were read")

// indexing is one call of Index at work.
type indexing struct {
	*Archive
	tx     *sql.Tx
	ids    *grant
	now    instant
	number int64           // the last one given
	begun  map[int64]int64 // the stories begun, by founder
}

// Index is [Archive.IndexBatch] for articles alone. It returns each one's story: 0
// for an article that is gone.
func (a *Archive) Index(ctx context.Context, articles []Indexed) ([]int64, error) {
	done, err := a.IndexBatch(ctx, Batch{Articles: articles})
	return done.Stories, err
}

// BatchDone is what became of a batch.
type BatchDone struct {
	Stories  []int64         // of its articles, 0 for one that is gone
	Begun    map[int64]int64 // the stories that it began, by founder
	Revision int64           // of the stories, with the batch
}

// IndexBatch stores what was made of a batch, in one transaction: tags, relation,
// story, document, and what moved for it from story to story. A version that has
// no number yet gets the archive's next one; a lock held until the transaction
// ends sees to it that numbers become visible in their order. What was made of a
// version before, by another stamp, is replaced; what the same stamp made stays,
// so that two indexers do no harm.
//
// It fails with [ErrStoriesChanged] where the stories have changed since the batch's
// revision, and with an [UnfitError] where the database has no place for one of
// the articles.
func (a *Archive) IndexBatch(ctx context.Context, b Batch) (done BatchDone, err error) {
	ids, err := a.reserve(ctx, len(b.Articles)+len(b.Moved))
	if err != nil {
		return done, err
	}
	defer a.giveBack(ids)
	first := *ids
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		*ids = first
		x := &indexing{Archive: a, tx: tx, ids: ids, now: instant{time.Now()}, begun: map[int64]int64{}}
		done = BatchDone{Stories: make([]int64, len(b.Articles)), Begun: x.begun}
		err := tx.QueryRowContext(ctx, "UPDATE counters SET value = value WHERE name = 'number' RETURNING value").Scan(&x.number)
		if err != nil {
			return fmt.Errorf("take the lock of numbers: %w", err)
		}
		err = tx.QueryRowContext(ctx, "UPDATE counters SET value = value + 1 WHERE name = 'stories' RETURNING value").Scan(&done.Revision)
		if err != nil {
			return fmt.Errorf("read the revision of the stories: %w", err)
		}
		if b.Revision != 0 && b.Revision != done.Revision-1 {
			return ErrStoriesChanged
		}
		for i, in := range b.Articles {
			if done.Stories[i], err = x.index(ctx, in); err != nil {
				return x.blame(&b.Articles[i], err)
			}
		}
		if err := x.regroup(ctx, b); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE counters SET value = $1 WHERE name = 'number'", x.number)
		return err
	})
	if err != nil {
		return BatchDone{}, fmt.Errorf("index %d articles: %w", len(b.Articles), err)
	}
	return done, nil
}

// UnfitError says that an article can't be indexed, whatever is done: the rest of
// its batch can, without it.
type UnfitError struct {
	Article int64
	Version int
	Err     error
}

func (e *UnfitError) Error() string { return fmt.Sprintf("article %d: %v", e.Article, e.Err) }

func (e *UnfitError) Unwrap() error { return e.Err }

// blame says which article an error is about, and whether it is to blame for it.
func (x *indexing) blame(in *Indexed, err error) error {
	if x.dialect.unfit(err) && !x.dialect.again(err) {
		return &UnfitError{in.Article, in.Version, err}
	}
	return fmt.Errorf("article %d: %w", in.Article, err)
}

// index stores what was made of one article and returns its story.
func (x *indexing) index(ctx context.Context, in Indexed) (int64, error) {
	var version, indexed int
	var stamp string
	err := x.tx.QueryRowContext(ctx, "SELECT version, indexed_version, stamp FROM articles WHERE id = $1"+x.dialect.lock(), in.Article).
		Scan(&version, &indexed, &stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if in.Version < indexed || in.Version == indexed && stamp == in.Stamp {
		return x.storyOf(ctx, in.Article)
	}
	if err := x.numbered(ctx, in); err != nil {
		return 0, err
	}
	if err := x.tag(ctx, in); err != nil {
		return 0, err
	}
	if err := x.relate(ctx, in); err != nil {
		return 0, err
	}
	joined, err := x.join(ctx, in)
	if err != nil {
		return 0, err
	}
	if in.Version != version {
		in.Stamp = "" // a newer version waits to be indexed
	}
	_, err = x.tx.ExecContext(ctx, "UPDATE articles SET indexed_version = $1, stamp = $2, state_changed = $3 WHERE id = $4",
		in.Version, in.Stamp, x.now, in.Article)
	if err != nil {
		return 0, err
	}
	return joined, x.rewriteDoc(ctx, x.tx, in.Article)
}

// storyOf is the story that an article belongs to, 0 for none.
func (x *indexing) storyOf(ctx context.Context, article int64) (int64, error) {
	var id int64
	err := x.tx.QueryRowContext(ctx, "SELECT story FROM memberships WHERE article = $1", article).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// numbered gives the version the next number unless it has one.
func (x *indexing) numbered(ctx context.Context, in Indexed) error {
	res, err := x.tx.ExecContext(ctx, `
		UPDATE article_versions SET number = COALESCE(number, $1), lang = CASE WHEN $2 = '' THEN lang ELSE $2 END
		WHERE article = $3 AND version = $4`, x.number+1, in.Lang, in.Article, in.Version)
	if err != nil {
		return fmt.Errorf("number version %d: %w", in.Version, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("number version %d: %w", in.Version, ErrNoVersion))
	}
	var number int64
	err = x.tx.QueryRowContext(ctx, "SELECT number FROM article_versions WHERE article = $1 AND version = $2", in.Article, in.Version).Scan(&number)
	x.number = max(x.number, number)
	return err
}

// tag replaces the version's tags.
func (x *indexing) tag(ctx context.Context, in Indexed) error {
	if _, err := x.tx.ExecContext(ctx, "DELETE FROM tags WHERE article = $1 AND version = $2", in.Article, in.Version); err != nil {
		return fmt.Errorf("drop tags: %w", err)
	}
	var args params
	var rows []string
	article, version, stamp := args.add(in.Article), args.add(in.Version), args.add(in.Stamp)
	seen := map[string]bool{}
	put := func(kind, id string, weight float64, why string) {
		if id == "" || seen[kind+":"+id] {
			return
		}
		seen[kind+":"+id] = true
		rows = append(rows, "("+strings.Join([]string{
			article, version, args.add(kind), args.add(id), args.add(len(rows)), args.add(weight), args.add(storable(why)), stamp,
		}, ", ")+")")
	}
	for _, t := range in.Actors {
		put(tagActor, t.Actor, t.Weight, t.Why)
	}
	for _, t := range in.Dyads {
		put(tagDyad, t.Dyad.String(), t.Weight, t.Why)
	}
	for _, t := range in.Themes {
		put(tagTheme, t.Theme, t.Weight, t.Why)
	}
	put(tagFocus, in.Focus, 1, "")
	for _, id := range in.Mentioned {
		put(tagMention, id, 1, "")
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := x.tx.ExecContext(ctx, "INSERT INTO tags (article, version, kind, id, place, weight, why, stamp) VALUES "+strings.Join(rows, ", "), args...)
	if err != nil {
		return fmt.Errorf("store tags: %w", err)
	}
	return nil
}

// relate replaces the article's relation to what it copies. A text that is gone
// can't be copied.
func (x *indexing) relate(ctx context.Context, in Indexed) error {
	if _, err := x.tx.ExecContext(ctx, "DELETE FROM relations WHERE article = $1", in.Article); err != nil {
		return fmt.Errorf("drop relation: %w", err)
	}
	if in.Copy == nil {
		return nil
	}
	_, err := x.tx.ExecContext(ctx, `
		INSERT INTO relations (article, other, kind, share, why, stamp)
		SELECT $1, a.id, $2, $3, $4, $5 FROM articles a WHERE a.id = $6 AND a.id <> $1`,
		in.Article, string(in.Copy.Relation), in.Copy.Share, storable(in.Copy.Why), in.Stamp, in.Copy.Of)
	if err != nil {
		return fmt.Errorf("store relation to %d: %w", in.Copy.Of, err)
	}
	return nil
}
