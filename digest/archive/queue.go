package archive

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// AmbiguousKeyError says that several deliveries have a key that begins or ends
// with what was given.
type AmbiguousKeyError struct {
	Part string
	Keys []string // some of them
}

func (e *AmbiguousKeyError) Error() string {
	return fmt.Sprintf("%q may be %s", e.Part, strings.Join(e.Keys, " or "))
}

// DeliveryKey completes a key that was given by its beginning or its end. The
// error is [ErrNoDelivery] where there is none, and an *[AmbiguousKeyError] where
// there are several.
func (a *Archive) DeliveryKey(ctx context.Context, part string) (string, error) {
	const most = 3
	var keys []string
	err := each(ctx, a.read, `
		SELECT key FROM deliveries
		WHERE key = $1 OR substr(key, 1, length($1)) = $1 OR substr(key, length(key) - length($1) + 1) = $1
		ORDER BY CASE WHEN key = $1 THEN 0 ELSE 1 END, key LIMIT $2`, []any{part, most}, func(row *sql.Rows) error {
		var key string
		err := row.Scan(&key)
		keys = append(keys, key)
		return err
	})
	switch {
	case err != nil:
		return "", a.dialect.explain(fmt.Errorf("look up the delivery %s: %w", part, err))
	case len(keys) == 0 || part == "":
		return "", fmt.Errorf("%q: %w", part, ErrNoDelivery)
	case len(keys) > 1 && keys[0] != part:
		return "", &AmbiguousKeyError{part, keys}
	}
	return keys[0], nil
}

// Queue is what goes to one place.
type Queue struct {
	Place            string
	Open, Dead, Sent int       // deliveries: planned or being sent, refused or unknown, sent
	LastSent         time.Time // zero for never
	Head             *Delivery // the first that is open; nil where none is
}

// Queues tells of each place how its deliveries go, by the place.
func (a *Archive) Queues(ctx context.Context) ([]Queue, error) {
	var all []Queue
	err := each(ctx, a.read, `
		SELECT place, count(CASE WHEN state IN ('planned', 'sending') THEN 1 END), count(CASE WHEN state IN ('refused', 'unknown') THEN 1 END),
			count(CASE WHEN state = 'sent' THEN 1 END), max(CASE WHEN state = 'sent' THEN state_changed END)
		FROM deliveries GROUP BY place ORDER BY place`, nil, func(row *sql.Rows) error {
		var q Queue
		var last instant
		err := row.Scan(&q.Place, &q.Open, &q.Dead, &q.Sent, &last)
		q.LastSent = last.Time
		all = append(all, q)
		return err
	})
	if err == nil {
		err = a.queueHeads(ctx, all)
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("count the deliveries: %w", err))
	}
	return all, nil
}

func (a *Archive) queueHeads(ctx context.Context, all []Queue) error {
	at := make(map[string]int, len(all))
	for i, q := range all {
		at[q.Place] = i
	}
	return each(ctx, a.read, "SELECT "+deliveryColumns+fromDeliveries+`
		WHERE d.state IN ('planned', 'sending')
			AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.place = d.place AND e.state IN ('planned', 'sending') AND e.sequence < d.sequence)`,
		nil, func(row *sql.Rows) error {
			d, err := scanDelivery(row)
			if i, ok := at[d.Place]; ok {
				all[i].Head = &d
			}
			return err
		})
}

// LastPosted tells of each desk when something of it was last posted.
func (a *Archive) LastPosted(ctx context.Context) (map[string]time.Time, error) {
	last := map[string]time.Time{}
	err := each(ctx, a.read, "SELECT desk, max(state_changed) FROM deliveries WHERE state = 'sent' AND desk IS NOT NULL GROUP BY desk", nil, func(row *sql.Rows) error {
		var desk string
		var at instant
		err := row.Scan(&desk, &at)
		last[desk] = at.Time
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read when desks were last posted to: %w", err))
	}
	return last, nil
}
