package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// DeskChange is what somebody changed of a desk in chat.
type DeskChange struct {
	ID     int64 // given by Settle
	Desk   string
	Who    string
	At     time.Time // by the archive's clock; given by Settle
	Change json.RawMessage
}

func changeDesk(ctx context.Context, tx *sql.Tx, c DeskChange, id int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO desk_changes (id, desk, who, at, change) VALUES ($1, $2, $3, $4, $5)",
		id, c.Desk, c.Who, instant{now}, string(c.Change))
	if err != nil {
		return fmt.Errorf("change the desk %s: %w", c.Desk, err)
	}
	return nil
}

// DeskChanges lists what was changed of a desk, the first first.
func (a *Archive) DeskChanges(ctx context.Context, desk string) ([]DeskChange, error) {
	var all []DeskChange
	err := each(ctx, a.read, "SELECT id, desk, who, at, change FROM desk_changes WHERE desk = $1 ORDER BY at, id", []any{desk}, func(row *sql.Rows) error {
		var c DeskChange
		var at instant
		var change string
		err := row.Scan(&c.ID, &c.Desk, &c.Who, &at, &change)
		c.At, c.Change = at.Time, json.RawMessage(change)
		all = append(all, c)
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read what was changed of desk %s: %w", desk, err))
	}
	return all, nil
}

// ChangedDesks are the names of the desks that something was changed of, the one
// that was changed first before the others.
func (a *Archive) ChangedDesks(ctx context.Context) (names []string, err error) {
	err = each(ctx, a.read, "SELECT desk FROM desk_changes GROUP BY desk ORDER BY min(at), min(id)", nil, func(row *sql.Rows) error {
		var name string
		err := row.Scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("list the desks that were changed: %w", err))
	}
	return names, nil
}

// DeskRevision counts what was changed of all desks: it is another one whenever
// something was.
func (a *Archive) DeskRevision(ctx context.Context) (n int64, err error) {
	err = a.read.QueryRowContext(ctx, "SELECT count(*) FROM desk_changes").Scan(&n)
	if err != nil {
		return 0, a.dialect.explain(fmt.Errorf("count what was changed of desks: %w", err))
	}
	return n, nil
}
