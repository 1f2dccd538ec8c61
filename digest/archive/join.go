package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"attache/digest/story"
)

// join puts the article into its story and returns it.
func (x *indexing) join(ctx context.Context, in Indexed) (int64, error) {
	id, err := x.named(ctx, in)
	if err != nil {
		return 0, fmt.Errorf("begin a story: %w", err)
	}
	_, err = x.tx.ExecContext(ctx, `
		INSERT INTO memberships (article, story, why, stamp, joined) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (article) DO UPDATE SET story = excluded.story, stamp = excluded.stamp,
			why = CASE WHEN excluded.why = '' THEN memberships.why ELSE excluded.why END,
			joined = CASE WHEN memberships.story = excluded.story THEN memberships.joined ELSE excluded.joined END`,
		in.Article, id, storable(in.JoinWhy), in.Stamp, x.now)
	if err != nil {
		return 0, fmt.Errorf("join story %d: %w", id, err)
	}
	return id, x.touch(ctx, id)
}

// named returns the story that an article was given: one that there is, one that
// is begun, or, where none is named, the one that it founded and is in.
func (x *indexing) named(ctx context.Context, in Indexed) (int64, error) {
	if in.Story != 0 {
		return x.story(ctx, in.Story)
	}
	var id int64
	err := x.tx.QueryRowContext(ctx, `SELECT s.id FROM memberships m JOIN stories s ON s.id = m.story
		WHERE m.article = $1 AND s.founder = $1`, in.Article).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return x.story(ctx, -in.Article)
	}
	return id, err
}

// story returns the id of a story; a negative one is that of the founder of a
// story that begins.
func (x *indexing) story(ctx context.Context, id int64) (int64, error) {
	founder := -id
	if founder < 0 {
		return id, nil
	}
	if known, ok := x.begun[founder]; ok {
		return known, nil
	}
	begun := x.ids.take()
	_, err := x.tx.ExecContext(ctx, `INSERT INTO stories (id, founder, begun, changed)
		VALUES ($1, $2, COALESCE((SELECT at FROM articles WHERE id = $2), $3), $3)`, begun, founder, x.now)
	x.begun[founder] = begun
	return begun, err
}

func (x *indexing) touch(ctx context.Context, story int64) error {
	if _, err := x.tx.ExecContext(ctx, "UPDATE stories SET changed = $1 WHERE id = $2", x.now, story); err != nil {
		return fmt.Errorf("touch story %d: %w", story, err)
	}
	return nil
}

// regroup moves articles that were indexed before, and merges stories.
func (x *indexing) regroup(ctx context.Context, b Batch) error {
	for _, p := range b.Moved {
		id, err := x.story(ctx, p.Story)
		if err != nil {
			return fmt.Errorf("begin a story: %w", err)
		}
		_, err = x.tx.ExecContext(ctx, "UPDATE memberships SET story = $1, why = $2, joined = $3 WHERE article = $4 AND story <> $1",
			id, storable(p.Why), x.now, p.Article)
		if err != nil {
			return fmt.Errorf("move article %d to story %d: %w", p.Article, id, err)
		}
		if err := x.touch(ctx, id); err != nil {
			return err
		}
	}
	for _, m := range b.Merged {
		if err := x.merge(ctx, m); err != nil {
			return fmt.Errorf("merge story %d: %w", m.Story, err)
		}
	}
	return nil
}

// merge has a story go on in another one: with what it has left of old articles,
// and for whoever asks by its id.
func (x *indexing) merge(ctx context.Context, m story.Merged) error {
	into, err := x.story(ctx, m.Into)
	if err != nil || into == m.Story {
		return err
	}
	_, err = x.tx.ExecContext(ctx, "UPDATE memberships SET story = $1, why = $2, joined = $3 WHERE story = $4",
		into, "moved here with its story, which goes on in this one", x.now, m.Story)
	if err != nil {
		return err
	}
	_, err = x.tx.ExecContext(ctx, "UPDATE stories SET merged_into = $1, changed = $2 WHERE id = $3 OR merged_into = $3", into, x.now, m.Story)
	return err
}

// StoriesNow tells under which id each story is kept now: its own, or that of
// the story in which it goes on.
func (a *Archive) StoriesNow(ctx context.Context, ids []int64) (map[int64]int64, error) {
	now := make(map[int64]int64, len(ids))
	for _, id := range ids {
		now[id] = id
	}
	query := "SELECT id, merged_into FROM stories WHERE merged_into IS NOT NULL AND " + a.dialect.in("id", "$1")
	err := each(ctx, a.read, query, []any{a.dialect.list(ids)}, func(row *sql.Rows) error {
		var id, into int64
		if err := row.Scan(&id, &into); err != nil {
			return err
		}
		now[id] = into
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("look up %d stories: %w", len(ids), err))
	}
	return now, nil
}
