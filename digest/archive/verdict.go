package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// VerdictKind is what a person says is wrong with what was made of an article.
type VerdictKind string

// The kinds of verdict.
const (
	Apart VerdictKind = "apart" // it does not belong with the rest of its story
	Untag VerdictKind = "untag" // it is not about something
)

// Tag is one thing that an article may be about.
type Tag struct {
	Kind TagKind
	ID   string // "AZE", "AZE-ISR", "gas"
}

// TagKind is what kind of thing that is.
type TagKind string

// The kinds of tag that a verdict can take away.
const (
	ActorTag TagKind = tagActor
	DyadTag  TagKind = tagDyad
	ThemeTag TagKind = tagTheme
)

// Verdict is what a person said was wrong.
type Verdict struct {
	ID      int64 // given when it is kept
	Desk    string
	Who     string
	At      time.Time
	Kind    VerdictKind
	Article int64
	Tag     Tag     // of Untag
	Story   int64   // of Apart: the story that the article was in, as it was numbered then
	Moved   []int64 // of Apart: the article and what was copied from it
	From    []int64 // of Apart: those of the story that they are kept apart from
}

// ErrAlone says that an article can't be set apart.
var ErrAlone = errors.New("the article's story has no other article")

// Ruling is what verdicts say of an article, for whoever understands it anew.
type Ruling struct {
	Apart []int64 // as in story.Item
	Not   []Tag   // what it is not about
}

// Rulings returns what verdicts say of articles. One of which they say nothing is
// not in the map.
func (a *Archive) Rulings(ctx context.Context, articles []int64) (map[int64]Ruling, error) {
	of := map[int64]Ruling{}
	list := []any{a.dialect.list(articles)}
	err := each(ctx, a.read, "SELECT article, verdict, moved FROM verdict_articles WHERE "+a.dialect.in("article", "$1")+" ORDER BY verdict", list,
		func(row *sql.Rows) error {
			var article int64
			mark, err := scanMark(row, &article)
			r := of[article]
			r.Apart = append(r.Apart, mark)
			of[article] = r
			return err
		})
	if err == nil {
		err = each(ctx, a.read, "SELECT article, tag_kind, tag FROM verdicts WHERE kind = 'untag' AND "+a.dialect.in("article", "$1")+" ORDER BY id", list,
			func(row *sql.Rows) error {
				var article int64
				var t Tag
				err := row.Scan(&article, &t.Kind, &t.ID)
				r := of[article]
				r.Not = append(r.Not, t)
				of[article] = r
				return err
			})
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the verdicts on %d articles: %w", len(articles), err))
	}
	return of, nil
}

// scanMark reads whose an apart verdict is (an article's, a story's), and its mark
// there.
func scanMark(row *sql.Rows, whose *int64) (int64, error) {
	var verdict int64
	var moved bool
	err := row.Scan(whose, &verdict, &moved)
	if moved {
		return verdict, err
	}
	return -verdict, err
}

// Verdicts lists what people said of an article, whatever desk they said it for, the
// last first.
func (a *Archive) Verdicts(ctx context.Context, article int64) ([]Verdict, error) {
	all, err := readVerdicts(ctx, a.read, "article = $1", article)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the verdicts on article %d: %w", article, err))
	}
	return all, nil
}

// readVerdicts reads those that meet a condition, the last first.
func readVerdicts(ctx context.Context, db querier, where string, args ...any) ([]Verdict, error) {
	var all []Verdict
	place := map[int64]int{}
	err := each(ctx, db, "SELECT id, desk, who, at, kind, article, story, tag_kind, tag FROM verdicts WHERE "+where+" ORDER BY at DESC, id DESC", args,
		func(row *sql.Rows) error {
			var v Verdict
			var at instant
			err := row.Scan(&v.ID, &v.Desk, &v.Who, &at, &v.Kind, &v.Article, &v.Story, &v.Tag.Kind, &v.Tag.ID)
			v.At, place[v.ID] = at.Time, len(all)
			all = append(all, v)
			return err
		})
	if err != nil {
		return nil, err
	}
	return all, each(ctx, db, `SELECT verdict, article, moved FROM verdict_articles
		WHERE verdict IN (SELECT id FROM verdicts WHERE `+where+") ORDER BY article", args, func(row *sql.Rows) error {
		var verdict, article int64
		var moved bool
		if err := row.Scan(&verdict, &article, &moved); err != nil {
			return err
		}
		i, ok := place[verdict]
		switch {
		case !ok: // it was said in between
		case moved:
			all[i].Moved = append(all[i].Moved, article)
		default:
			all[i].From = append(all[i].From, article)
		}
		return nil
	})
}

// Apart tells how an article's story parts where the article is set apart: in it with
// what was copied from it, and the rest. The error is [ErrAlone] where there is no rest.
func (a *Archive) Apart(ctx context.Context, article int64) (v Verdict, err error) {
	v = Verdict{Kind: Apart, Article: article}
	err = a.read.QueryRowContext(ctx, "SELECT story FROM memberships WHERE article = $1", article).Scan(&v.Story)
	if errors.Is(err, sql.ErrNoRows) {
		return v, ErrAlone
	}
	if err == nil {
		v.Moved, v.From, err = divide(ctx, a.read, v.Story, article)
	}
	if err != nil {
		return v, a.dialect.explain(fmt.Errorf("part the story of article %d: %w", article, err))
	}
	if len(v.From) == 0 {
		return v, ErrAlone
	}
	return v, nil
}

// Tagged reports whether an article has a tag that a verdict can take away.
func (a *Archive) Tagged(ctx context.Context, article int64, t Tag) (is bool, err error) {
	where, args := untagged(article, t)
	err = a.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM tags WHERE "+where+")", args...).Scan(&is)
	if err != nil {
		return false, a.dialect.explain(fmt.Errorf("look for the tag %s of article %d: %w", t.ID, article, err))
	}
	return is, nil
}

// judge keeps verdicts, and takes others back, within a transaction: an article that
// is set apart begins a story of its own, with what was copied from it; one that is
// not about something loses the tag, of an actor also its pairs. Whoever judged by
// the stories as they were before has [ErrStoriesChanged], as has whoever made a
// verdict by other stories than there are.
func (a *Archive) judge(ctx context.Context, tx *sql.Tx, verdicts []Verdict, lifted []int64, ids *grant) error {
	if len(verdicts)+len(lifted) == 0 {
		return nil
	}
	x := &indexing{Archive: a, tx: tx, ids: ids, now: instant{time.Now()}, begun: map[int64]int64{}}
	if err := x.lockStories(ctx); err != nil {
		return err
	}
	for _, v := range verdicts {
		keep := x.untag
		if v.Kind == Apart {
			keep = x.setApart
		}
		if err := keep(ctx, v); err != nil {
			return fmt.Errorf("keep the verdict on article %d: %w", v.Article, err)
		}
	}
	for _, id := range lifted {
		if err := x.lift(ctx, id); err != nil {
			return fmt.Errorf("lift verdict %d: %w", id, err)
		}
	}
	return nil
}

// lockStories takes the lock of numbers, and has all that was judged by the
// stories as they were judged anew.
func (x *indexing) lockStories(ctx context.Context) error {
	for _, what := range []string{"value = value WHERE name = 'number'", "value = value + 1 WHERE name = 'stories'"} {
		if _, err := x.tx.ExecContext(ctx, "UPDATE counters SET "+what); err != nil {
			return fmt.Errorf("lock the stories: %w", err)
		}
	}
	return nil
}

// keepVerdict stores a verdict, and gives it its id.
func (x *indexing) keepVerdict(ctx context.Context, v *Verdict) error {
	if v.At.IsZero() {
		v.At = x.now.Time
	}
	v.ID = x.ids.take()
	_, err := x.tx.ExecContext(ctx, "INSERT INTO verdicts (id, desk, who, at, kind, article, story, tag_kind, tag) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		v.ID, v.Desk, v.Who, instant{v.At}, string(v.Kind), v.Article, v.Story, string(v.Tag.Kind), v.Tag.ID)
	return err
}

// untag drops a tag of an article, in all of its versions. What an article is not
// about is neither in its pairs, nor the state that it is most about, nor found
// by its name.
func (x *indexing) untag(ctx context.Context, v Verdict) error {
	where, args := untagged(v.Article, v.Tag)
	res, err := x.tx.ExecContext(ctx, "DELETE FROM tags WHERE "+where, args...)
	if err != nil {
		return fmt.Errorf("drop the tag %s: %w", v.Tag.ID, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrStoriesChanged)
	}
	if err := x.keepVerdict(ctx, &v); err != nil {
		return err
	}
	return x.rewriteDoc(ctx, x.tx, v.Article)
}

// untagged are the rows of tags that an article loses with a tag.
func untagged(article int64, t Tag) (where string, args []any) {
	if t.Kind == ActorTag {
		return "article = $1 AND (kind IN ('actor', 'focus', 'mention') AND id = $2 OR kind = 'dyad' AND (id LIKE $3 OR id LIKE $4))",
			[]any{article, t.ID, t.ID + "-%", "%-" + t.ID}
	}
	return "article = $1 AND kind = $2 AND id = $3", []any{article, string(t.Kind), t.ID}
}
