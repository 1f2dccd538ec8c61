package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// recall takes back what was planned or posted of a conversation: what isn't
// posted is dropped, what is will be withdrawn, and what is being posted will be
// when that is known.
func (a *Archive) recall(ctx context.Context, tx *sql.Tx, conversation string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE deliveries SET recalled = 1, not_before = NULL, state_changed = $2,
			trouble = CASE state WHEN 'planned' THEN 'taken back before it was posted' ELSE trouble END,
			state = CASE state WHEN 'planned' THEN 'dropped' WHEN 'sent' THEN 'withdrawing' ELSE state END
		WHERE conversation = $1 AND edition IS NULL AND recalled = 0`, conversation, instant{now})
	if err != nil {
		return fmt.Errorf("take back the answers of %s: %w", conversation, err)
	}
	return a.dialect.notify(ctx, tx)
}

// DeliveryWithdrawn records that a claimed delivery was taken out of its place.
func (a *Archive) DeliveryWithdrawn(ctx context.Context, d *Delivery) error {
	return a.endWithdrawal(ctx, d, Withdrawn, "")
}

// DeliveryStays records that a claimed delivery can't be taken out of its place,
// and why.
func (a *Archive) DeliveryStays(ctx context.Context, d *Delivery, trouble string) error {
	return a.endWithdrawal(ctx, d, Sent, trouble)
}

func (a *Archive) endWithdrawal(ctx context.Context, d *Delivery, state DeliveryState, trouble string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, `
			UPDATE deliveries SET state = $1, trouble = $2, lease_until = NULL, state_changed = $3
			WHERE key = $4 AND fence = $5 AND state = 'withdrawing'`, state, trouble, instant{now}, d.Key, d.fence)
	})
}

// PutOffWithdrawal has a claimed delivery taken out of its place later. Nothing
// else waits for that.
func (a *Archive) PutOffWithdrawal(ctx context.Context, d *Delivery, pause time.Duration, trouble string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, "UPDATE deliveries SET lease_until = $1, trouble = $2 WHERE key = $3 AND fence = $4 AND state = 'withdrawing'",
			instant{now.Add(min(pause, maxHold))}, trouble, d.Key, d.fence)
	})
}

// Posted returns the delivery that stands at a platform's id in a place of an
// adapter, "slack" or "slack/NAME"; nil where that is none.
func (a *Archive) Posted(ctx context.Context, adapter, platformID string) (*Delivery, error) {
	d, err := scanDelivery(a.read.QueryRowContext(ctx, "SELECT "+deliveryColumns+fromDeliveries+
		"WHERE d.platform_id = $1 AND substr(d.place, 1, length($2)) = $2 ORDER BY d.planned DESC, d.sequence LIMIT 1", platformID, adapter+":"))
	if errors.Is(err, sql.ErrNoRows) || platformID == "" {
		return nil, nil
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("find what was posted as %s: %w", platformID, err))
	}
	return &d, nil
}
