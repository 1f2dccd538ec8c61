package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrHandled says that a request was handled before.
var ErrHandled = errors.New("the request was handled before")

// ErrTooMany says that more was asked than may be.
var ErrTooMany = errors.New("too much was asked")

// Most is how many requests there may be of one person, and in one place, since a
// time: the one that is settled is counted.
type Most struct {
	Since             time.Time
	OfPerson, InPlace int
}

// Settled is what became of a request.
type Settled struct {
	Request       string // its id; empty where it doesn't matter whether it comes again
	Person, Place string // who made it, and where, for [Archive.RequestsSince]
	Most          *Most  // nil: any number
	Conversations []Conversing
	Deliveries    []Delivery
	Changes       []DeskChange
	Withdraw      []string // conversations whose deliveries are taken back
	Verdicts      []Verdict
	Lifted        []int64 // verdicts that are taken back
}

// Settle keeps what became of a request, all or nothing. The error is [ErrHandled]
// where that was kept before, and [ErrConversationChanged] where a conversation
// went on since it was read, or [ErrStoriesChanged] where the verdicts are on stories
// as they are no longer: then the request is to be handled anew. It is [ErrTooMany]
// where others were settled before it and leave no room, however many are at once.
func (a *Archive) Settle(ctx context.Context, s Settled) error {
	ids, err := a.reserve(ctx, len(s.Changes)+2*len(s.Verdicts)) // of a verdict, and of a story that it begins
	if err != nil {
		return err
	}
	write := a.inWrite
	if len(s.Deliveries)+len(s.Changes)+len(s.Withdraw)+len(s.Verdicts)+len(s.Lifted) > 0 {
		write = a.exactly
	}
	err = write(ctx, func(tx *sql.Tx) error { return a.settle(ctx, tx, s, *ids) })
	if err != nil {
		return fmt.Errorf("keep what became of a request: %w", err)
	}
	if len(s.Deliveries)+len(s.Withdraw) > 0 {
		a.wake()
	}
	return nil
}

func (a *Archive) settle(ctx context.Context, tx *sql.Tx, s Settled, ids grant) error {
	now, err := a.dialect.now(ctx, tx, a.clock)
	if err != nil {
		return err
	}
	if s.Most != nil {
		if err := a.dialect.inTurn(ctx, tx, s.Person, s.Place); err != nil {
			return err
		}
	}
	if s.Request != "" {
		err := guarded(tx.ExecContext(ctx, "INSERT INTO requests (id, handled, person, place) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
			s.Request, instant{now}, s.Person, s.Place))
		if errors.Is(err, ErrLost) {
			return ErrHandled
		}
		if err != nil {
			return err
		}
	}
	if m := s.Most; m != nil {
		byPerson, inPlace, err := requestsSince(ctx, tx, s.Person, s.Place, m.Since)
		if err != nil {
			return err
		}
		if byPerson > m.OfPerson || inPlace > m.InPlace {
			return ErrTooMany
		}
	}
	for _, c := range s.Conversations {
		if err := converse(ctx, tx, c, now); err != nil {
			return err
		}
	}
	for _, c := range s.Changes {
		if err := changeDesk(ctx, tx, c, ids.take(), now); err != nil {
			return err
		}
	}
	if err := a.judge(ctx, tx, s.Verdicts, s.Lifted, &ids); err != nil {
		return err
	}
	for _, key := range s.Withdraw {
		if err := a.recall(ctx, tx, key, now); err != nil {
			return err
		}
	}
	return a.planDeliveries(ctx, tx, s.Deliveries, now)
}

// Handled reports whether what became of a request was kept.
func (a *Archive) Handled(ctx context.Context, request string) (bool, error) {
	var n int
	err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM requests WHERE id = $1", request).Scan(&n)
	if err != nil {
		return false, a.dialect.explain(fmt.Errorf("look up a request: %w", err))
	}
	return n > 0, nil
}

// RequestsSince counts the requests of a person, and those in a place, since a
// time.
func (a *Archive) RequestsSince(ctx context.Context, person, place string, since time.Time) (byPerson, inPlace int, err error) {
	byPerson, inPlace, err = requestsSince(ctx, a.read, person, place, since)
	if err != nil {
		return 0, 0, a.dialect.explain(fmt.Errorf("count requests: %w", err))
	}
	return byPerson, inPlace, nil
}

func requestsSince(ctx context.Context, db querier, person, place string, since time.Time) (byPerson, inPlace int, err error) {
	err = db.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM requests WHERE person = $1 AND handled >= $3), (SELECT count(*) FROM requests WHERE place = $2 AND handled >= $3)`,
		person, place, instant{since}).Scan(&byPerson, &inPlace)
	return byPerson, inPlace, err
}

// Forget deletes the requests, conversations and answers that are older than the
// first time, and the runs that were over before the second, but of each name the
// last, by which its next is planned; it counts what it deleted. Editions, what was posted of them and what was changed in chat stay.
func (a *Archive) Forget(ctx context.Context, asked, ran time.Time) (deleted int64, err error) {
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		deleted = 0
		for _, d := range []struct {
			query  string
			before time.Time
		}{
			{"DELETE FROM requests WHERE handled < $1", asked},
			{"DELETE FROM conversations WHERE changed < $1", asked},
			{`DELETE FROM deliveries WHERE conversation <> '' AND edition IS NULL AND state_changed < $1
				AND state NOT IN ('planned', 'sending', 'withdrawing')
				AND NOT EXISTS (SELECT 1 FROM deliveries u WHERE u.parent = deliveries.key AND u.conversation <> deliveries.conversation)`, asked},
			{`DELETE FROM runs WHERE state NOT IN ('due', 'running') AND due < $1
				AND EXISTS (SELECT 1 FROM runs later WHERE later.name = runs.name AND later.due > runs.due)`, ran},
		} {
			result, err := tx.ExecContext(ctx, d.query, instant{d.before})
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			deleted += n
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("delete what is old: %w", err)
	}
	return deleted, nil
}
