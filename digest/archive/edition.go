package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ErrEditionExists says that the desk has an edition for that due time already.
var ErrEditionExists = errors.New("the desk has an edition for this time")

// Edition is a stored digest of a desk.
type Edition struct {
	Desk         string
	Number       int       // from 1; given by SaveEdition
	Due          time.Time // unique for the desk
	Since, Until time.Time // its window, until not included
	ReadTo       int64     // the archive's last number that it read
	Body         json.RawMessage
	Sentences    []EditionSentence // in order
}

// EditionSentence is a sentence that an edition cites: a span, in bytes, of one
// version of an article's text.
type EditionSentence struct {
	N       int   // the citation's number in the edition, [n]
	Story   int64 // the story it stands for
	StoryNo int   // the story's number in the edition, the 1 of 12.1
	Article int64
	Version int
	Start   int
	End     int
	Hash    string // of the sentence, as summary makes it
}

// LastEdition returns the desk's latest edition that was built before a time,
// or the last one stored for the zero time. It returns nil where there is none.
func (a *Archive) LastEdition(ctx context.Context, desk string, before time.Time) (*Edition, error) {
	if before.IsZero() { // by number: a clock that was wrong may have put another one later
		return a.edition(ctx, "desk = $1 ORDER BY number DESC LIMIT 1", desk)
	}
	return a.edition(ctx, "desk = $1 AND until < $2 ORDER BY until DESC, number DESC LIMIT 1", desk, instant{ceiling(before)})
}

// Edition returns the desk's edition of that number, nil where there is none.
func (a *Archive) Edition(ctx context.Context, desk string, number int) (*Edition, error) {
	return a.edition(ctx, "desk = $1 AND number = $2", desk, number)
}

// EditionThatRead returns the desk's first edition that read up to a number of the
// archive, nil where there is none yet.
func (a *Archive) EditionThatRead(ctx context.Context, desk string, number int64) (*Edition, error) {
	return a.edition(ctx, "desk = $1 AND read_to >= $2 ORDER BY number LIMIT 1", desk, number)
}

func (a *Archive) edition(ctx context.Context, where string, args ...any) (*Edition, error) {
	var e Edition
	var due, since, until instant
	var body string
	err := a.read.QueryRowContext(ctx, "SELECT desk, number, due, since, until, read_to, body FROM editions WHERE "+where, args...).
		Scan(&e.Desk, &e.Number, &due, &since, &until, &e.ReadTo, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read an edition of desk %v: %w", args[0], err))
	}
	e.Due, e.Since, e.Until, e.Body = due.Time, since.Time, until.Time, json.RawMessage(body)
	err = each(ctx, a.read, `SELECT n, story, story_no, article, version, start_byte, end_byte, hash
		FROM edition_sentences WHERE desk = $1 AND number = $2 ORDER BY place`, []any{e.Desk, e.Number}, func(row *sql.Rows) error {
		var s EditionSentence
		if err := row.Scan(&s.N, &s.Story, &s.StoryNo, &s.Article, &s.Version, &s.Start, &s.End, &s.Hash); err != nil {
			return err
		}
		e.Sentences = append(e.Sentences, s)
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the sentences of edition %d of desk %s: %w", e.Number, e.Desk, err))
	}
	return &e, nil
}

// SaveEdition stores an edition under the desk's next number and returns that.
// It fails with [ErrEditionExists] where the desk has one for the same due time.
func (a *Archive) SaveEdition(ctx context.Context, e Edition) (number int, err error) {
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		number, err = saveEdition(ctx, tx, e, time.Now())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("save an edition of desk %s: %w", e.Desk, err)
	}
	return number, nil
}

// saveEdition stores an edition with its sentences under the desk's next number.
func saveEdition(ctx context.Context, tx *sql.Tx, e Edition, now time.Time) (number int, err error) {
	if number, err = insertEdition(ctx, tx, e, now); err != nil {
		return 0, err
	}
	for i, s := range e.Sentences {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO edition_sentences (desk, number, place, n, story, story_no, article, version, start_byte, end_byte, hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			e.Desk, number, i, s.N, s.Story, s.StoryNo, s.Article, s.Version, s.Start, s.End, s.Hash)
		if err != nil {
			return 0, fmt.Errorf("store sentence %d: %w", i+1, err)
		}
	}
	return number, nil
}

// insertEdition stores the edition's row. Another replica may take the number at
// the same time: then the next one is tried.
func insertEdition(ctx context.Context, tx *sql.Tx, e Edition, now time.Time) (int, error) {
	body := string(e.Body)
	if body == "" {
		body = "null"
	}
	for {
		var exists int
		err := tx.QueryRowContext(ctx, "SELECT count(*) FROM editions WHERE desk = $1 AND due = $2", e.Desk, instant{e.Due}).Scan(&exists)
		if err != nil {
			return 0, err
		}
		if exists > 0 {
			return 0, ErrEditionExists
		}
		var number int
		err = tx.QueryRowContext(ctx, `
			INSERT INTO editions (desk, number, due, since, until, read_to, body, stored)
			SELECT $1, COALESCE(max(number), 0) + 1, $2, $3, $4, $5, $6, $7 FROM editions WHERE desk = $1
			ON CONFLICT DO NOTHING RETURNING number`,
			e.Desk, instant{e.Due}, instant{e.Since}, instant{e.Until}, e.ReadTo, body, instant{now}).Scan(&number)
		if !errors.Is(err, sql.ErrNoRows) {
			return number, err
		}
	}
}
