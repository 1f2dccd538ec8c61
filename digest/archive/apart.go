package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"attache/digest/story"
)

// setApart moves an article, with what was copied from it, out into a story of its
// own, and keeps from whom it is apart.
func (x *indexing) setApart(ctx context.Context, v Verdict) error {
	story, err := x.storyOf(ctx, v.Article)
	if err != nil {
		return err
	}
	moved, from, err := divide(ctx, x.tx, story, v.Article)
	if err != nil {
		return err
	}
	if story != v.Story || len(from) == 0 || !slices.Equal(moved, v.Moved) || !slices.Equal(from, v.From) {
		return ErrStoriesChanged
	}
	if err := x.keepVerdict(ctx, &v); err != nil {
		return err
	}
	for _, side := range []struct {
		articles []int64
		moved    bool
	}{{v.Moved, true}, {v.From, false}} {
		for _, id := range side.articles {
			_, err := x.tx.ExecContext(ctx, "INSERT INTO verdict_articles (verdict, article, moved) VALUES ($1, $2, $3)", v.ID, id, side.moved)
			if err != nil {
				return fmt.Errorf("keep article %d apart: %w", id, err)
			}
		}
	}
	own, err := x.story(ctx, -v.Article)
	if err != nil {
		return fmt.Errorf("begin a story: %w", err)
	}
	if err := x.moveAll(ctx, v.Moved, own, "set apart by "+v.Who+": it does not belong with the rest of its story"); err != nil {
		return err
	}
	return x.touch(ctx, v.Story)
}

// divide parts a story in an article with what was copied from it, and the rest. What
// the article itself was copied from is of the rest: nobody said that it is wrong.
func divide(ctx context.Context, db querier, story, article int64) (same, rest []int64, err error) {
	copyOf := map[int64]int64{}
	var members []int64
	err = each(ctx, db, `SELECT m.article, COALESCE(r.other, 0) FROM memberships m LEFT JOIN relations r ON r.article = m.article
		WHERE m.story = $1 ORDER BY m.article`, []any{story}, func(row *sql.Rows) error {
		var id, other int64
		err := row.Scan(&id, &other)
		members, copyOf[id] = append(members, id), other
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read story %d: %w", story, err)
	}
	from := func(id int64) bool {
		for range members { // a ring of copies, which should not be, ends too
			if id == article || id == 0 {
				break
			}
			id = copyOf[id]
		}
		return id == article
	}
	for _, id := range members {
		if from(id) {
			same = append(same, id)
		} else {
			rest = append(rest, id)
		}
	}
	return same, rest, nil
}

// moveAll puts articles into a story.
func (x *indexing) moveAll(ctx context.Context, articles []int64, into int64, why string) error {
	_, err := x.tx.ExecContext(ctx, "UPDATE memberships SET story = $1, why = $2, joined = $3 WHERE story <> $1 AND "+x.dialect.in("article", "$4"),
		into, storable(why), x.now, x.dialect.list(articles))
	if err != nil {
		return fmt.Errorf("move %d articles to story %d: %w", len(articles), into, err)
	}
	return x.touch(ctx, into)
}

// lift takes a verdict back. What was set apart goes back to its story, unless another
// verdict keeps it out; the tags of an article come back when it is indexed next.
func (x *indexing) lift(ctx context.Context, verdict int64) error {
	found, err := readVerdicts(ctx, x.tx, "id = $1", verdict)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrStoriesChanged
	}
	v := found[0]
	if _, err := x.tx.ExecContext(ctx, "DELETE FROM verdicts WHERE id = $1", verdict); err != nil {
		return err
	}
	if v.Kind == Apart {
		return x.putBack(ctx, &v)
	}
	_, err = x.tx.ExecContext(ctx, "UPDATE articles SET stamp = '' WHERE id = $1", v.Article)
	return err
}

// putBack puts what a verdict set apart back into the story that it was taken out
// of. What that leaves empty goes on there.
func (x *indexing) putBack(ctx context.Context, v *Verdict) error {
	var into int64
	err := x.tx.QueryRowContext(ctx, "SELECT COALESCE(merged_into, id) FROM stories WHERE id = $1", v.Story).Scan(&into)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	var left []int64
	err = each(ctx, x.tx, "SELECT DISTINCT story FROM memberships WHERE story <> $1 AND "+x.dialect.in("article", "$2"),
		[]any{into, x.dialect.list(v.Moved)}, func(row *sql.Rows) error {
			var id int64
			err := row.Scan(&id)
			left = append(left, id)
			return err
		})
	if err != nil {
		return err
	}
	if apart, err := x.keptApart(ctx, v.Moved, into); err != nil || apart {
		return err
	}
	if err := x.moveAll(ctx, v.Moved, into, "put back, as "+v.Who+" no longer sets it apart"); err != nil {
		return err
	}
	for _, id := range left {
		var members int
		if err := x.tx.QueryRowContext(ctx, "SELECT count(*) FROM memberships WHERE story = $1", id).Scan(&members); err != nil {
			return err
		}
		if members > 0 {
			continue
		}
		if err := x.merge(ctx, story.Merged{Story: id, Into: into}); err != nil {
			return fmt.Errorf("merge story %d: %w", id, err)
		}
	}
	return nil
}

// keptApart reports whether a verdict keeps some of the articles apart from some of
// a story.
func (x *indexing) keptApart(ctx context.Context, articles []int64, story int64) (apart bool, err error) {
	err = x.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM verdict_articles one
		JOIN verdict_articles other ON other.verdict = one.verdict AND other.moved <> one.moved
		JOIN memberships m ON m.article = other.article
		WHERE m.story = $1 AND `+x.dialect.in("one.article", "$2")+")", story, x.dialect.list(articles)).Scan(&apart)
	return apart, err
}
