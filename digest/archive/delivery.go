package archive

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ErrNoDelivery says that there is no delivery of that key.
var ErrNoDelivery = errors.New("no such delivery")

// DeliveryState is how far a delivery is.
type DeliveryState string

// The states of a delivery: planned, sending, sent, or one of the ends without
// success. Refused and unknown are the dead letters. What was sent may be withdrawn.
const (
	Planned DeliveryState = "planned"
	Sending DeliveryState = "sending" // a post was begun; whether it landed is open
	Sent    DeliveryState = "sent"
	Refused DeliveryState = "refused" // for good, or with the part it goes under
	Unknown DeliveryState = "unknown" // nobody can tell whether it landed, so it isn't posted again
	Dropped DeliveryState = "dropped" // by hand, or as what it answers is gone

	Withdrawing DeliveryState = "withdrawing" // to be taken out of its place
	Withdrawn   DeliveryState = "withdrawn"
)

// words says how far a delivery is, for people.
func (s DeliveryState) words() string {
	switch s {
	case Planned:
		return "planned, and goes out by itself"
	case Sending:
		return "being sent now: look again in a minute"
	case Sent:
		return "sent already"
	case Withdrawing:
		return "being taken out of its place"
	}
	return string(s) + " already"
}

// Delivery is one part on its way to one place. Those of a place go out in the
// order of their sequence, one at a time.
type Delivery struct {
	Key      string // what it is and where it goes: planned once
	Place    string // the channel, its threads included
	Sequence int64  // given when it is planned
	Parent   string // the key of the part that it goes under; empty for none
	Under    string // the platform's id of what it goes under, where that has no key
	Desk     string
	Edition  int // 0: of none
	// Conversation is the key of the one that goes on below it; empty for none.
	Conversation string
	Payload      json.RawMessage
	State        DeliveryState
	Attempts     int
	Trouble      string
	PlatformID   string    // once it is sent
	NotBefore    time.Time // zero: at once
	Planned      time.Time
	Changed      time.Time // of its state

	ParentID string // the platform's id of what it goes under
	Doubt    bool   // an earlier post may have landed: look before posting

	fence int64
}

// planDeliveries stores parts behind all that their places have. A key that is
// planned already stays as it is.
func (a *Archive) planDeliveries(ctx context.Context, tx *sql.Tx, parts []Delivery, now time.Time) error {
	last := make(map[string]int64)
	for _, d := range parts {
		if _, known := last[d.Place]; !known {
			var n int64
			if err := tx.QueryRowContext(ctx, "SELECT COALESCE(max(sequence), 0) FROM deliveries WHERE place = $1", d.Place).Scan(&n); err != nil {
				return fmt.Errorf("find the end of what goes to %s: %w", d.Place, err)
			}
			last[d.Place] = n
		}
		last[d.Place]++
		_, err := tx.ExecContext(ctx, `
			INSERT INTO deliveries (key, place, sequence, parent, desk, edition, payload, state, not_before, planned, state_changed, under_id, conversation)
			VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, 0), $7, 'planned', $8, $9, $9, $10, $11)
			ON CONFLICT (key) DO NOTHING`,
			d.Key, d.Place, last[d.Place], d.Parent, d.Desk, d.Edition, string(d.Payload), instant{d.NotBefore}, instant{now}, d.Under, d.Conversation)
		if err != nil {
			return fmt.Errorf("plan the delivery %s: %w", d.Key, err)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return a.dialect.notify(ctx, tx)
}

// Plan stores deliveries behind all that their places have. A key that is planned
// already stays as it is.
func (a *Archive) Plan(ctx context.Context, parts []Delivery) error {
	err := a.exactly(ctx, func(tx *sql.Tx) error {
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		return a.planDeliveries(ctx, tx, parts, now)
	})
	a.wake()
	return err
}

const deliveryColumns = `d.key, d.place, d.sequence, COALESCE(d.parent, ''), COALESCE(d.desk, ''), COALESCE(d.edition, 0), d.payload,
	d.state, d.attempts, d.trouble, d.platform_id, d.not_before, d.planned, d.state_changed, COALESCE(p.platform_id, d.under_id), d.under_id, d.conversation, d.fence`

const fromDeliveries = " FROM deliveries d LEFT JOIN deliveries p ON p.key = d.parent "

func scanDelivery(row interface{ Scan(...any) error }) (d Delivery, err error) {
	var notBefore, planned, changed instant
	var payload string
	err = row.Scan(&d.Key, &d.Place, &d.Sequence, &d.Parent, &d.Desk, &d.Edition, &payload,
		&d.State, &d.Attempts, &d.Trouble, &d.PlatformID, &notBefore, &planned, &changed, &d.ParentID, &d.Under, &d.Conversation, &d.fence)
	d.Payload, d.NotBefore, d.Planned, d.Changed = json.RawMessage(payload), notBefore.Time, planned.Time, changed.Time
	d.Doubt = d.State == Sending
	return d, err
}

// claims is how many places are looked at for one that no other worker takes.
const claims = 16

// ClaimDelivery takes the first delivery of a place that has one to go, and
// records that it is being sent: by the end of the lease its worker must be done
// and nothing of its post may land any more. It returns nil where there is none.
//
// Where it was being sent already, its Doubt is set: look in the place for it
// before it is posted. One that is withdrawing is to be taken out of its place.
func (a *Archive) ClaimDelivery(ctx context.Context, lease time.Duration) (*Delivery, error) {
	now, err := a.look(ctx)
	if err != nil {
		return nil, err
	}
	heads, err := a.heads(ctx, now)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("find what is to be delivered: %w", err))
	}
	for _, d := range heads {
		err := a.changeDelivery(ctx, &d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
			return tx.ExecContext(ctx, `
				UPDATE deliveries SET state = CASE state WHEN 'withdrawing' THEN state ELSE 'sending' END, fence = fence + 1, attempts = attempts + 1, lease_until = $1, not_before = NULL, state_changed = $2
				WHERE key = $3 AND fence = $4 AND state = $5`,
				instant{now.Add(lease)}, instant{now}, d.Key, d.fence, d.State)
		})
		if errors.Is(err, ErrLost) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if d.State != Withdrawing {
			d.State = Sending
		}
		d.fence, d.Attempts = d.fence+1, d.Attempts+1
		return &d, nil
	}
	return nil, nil
}

// heads are the first deliveries that are open in each place, where their time
// has come, and what is to be withdrawn.
func (a *Archive) heads(ctx context.Context, now time.Time) ([]Delivery, error) {
	return a.deliveries(ctx, `
		WHERE d.state = 'withdrawing' AND (d.lease_until IS NULL OR d.lease_until <= $1 OR d.lease_until > $2)
			OR d.state IN ('planned', 'sending')
			AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.place = d.place AND e.state IN ('planned', 'sending') AND e.sequence < d.sequence)
			AND (d.state = 'planned' AND (d.not_before IS NULL OR d.not_before <= $1 OR d.not_before > $2)
				OR d.state = 'sending' AND (d.lease_until <= $1 OR d.lease_until > $2))
		ORDER BY d.planned, d.place LIMIT $3`,
		instant{now}, instant{now.Add(maxHold)}, claims)
}

// deliveries reads those that the rest of a SELECT names, in its order.
func (a *Archive) deliveries(ctx context.Context, rest string, args ...any) (all []Delivery, err error) {
	err = each(ctx, a.read, "SELECT "+deliveryColumns+fromDeliveries+rest, args, func(row *sql.Rows) error {
		d, err := scanDelivery(row)
		all = append(all, d)
		return err
	})
	return all, err
}

// RenewDelivery prolongs the lease of a claimed delivery. ErrLost says that it is
// too late.
func (a *Archive) RenewDelivery(ctx context.Context, d *Delivery, lease time.Duration) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, "UPDATE deliveries SET lease_until = $1 WHERE key = $2 AND fence = $3 AND state = 'sending'",
			instant{now.Add(lease)}, d.Key, d.fence)
	})
}

// DeliverySent records that a claimed delivery was posted, as what.
func (a *Archive) DeliverySent(ctx context.Context, d *Delivery, platformID string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, `
			UPDATE deliveries SET state = CASE recalled WHEN 1 THEN 'withdrawing' ELSE 'sent' END, platform_id = $1, trouble = '', lease_until = NULL, state_changed = $2
			WHERE key = $3 AND fence = $4 AND state = 'sending'`, platformID, instant{now}, d.Key, d.fence)
	})
}

// PutOffDelivery gives back a claimed delivery that certainly was not posted. Its
// whole place waits with it.
func (a *Archive) PutOffDelivery(ctx context.Context, d *Delivery, pause time.Duration, trouble string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, `
			UPDATE deliveries SET state = CASE recalled WHEN 1 THEN 'dropped' ELSE 'planned' END, not_before = $1, trouble = $2, lease_until = NULL, state_changed = $3
			WHERE key = $4 AND fence = $5 AND state = 'sending'`,
			instant{now.Add(min(pause, maxHold))}, trouble, instant{now}, d.Key, d.fence)
	})
}

// DoubtDelivery leaves open whether a claimed delivery was posted, until somebody
// looks after the pause.
func (a *Archive) DoubtDelivery(ctx context.Context, d *Delivery, pause time.Duration, trouble string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, "UPDATE deliveries SET lease_until = $1, trouble = $2 WHERE key = $3 AND fence = $4 AND state = 'sending'",
			instant{now.Add(min(pause, maxHold))}, trouble, d.Key, d.fence)
	})
}

// BuryDelivery puts a claimed delivery to the dead letters, as refused or unknown,
// and all that goes under it. The rest of its place goes on.
func (a *Archive) BuryDelivery(ctx context.Context, d *Delivery, state DeliveryState, trouble string) error {
	return a.changeDelivery(ctx, d, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		result, err := tx.ExecContext(ctx, `
			UPDATE deliveries SET state = $1, trouble = $2, lease_until = NULL, state_changed = $3
			WHERE key = $4 AND fence = $5 AND state = 'sending'`, state, trouble, instant{now}, d.Key, d.fence)
		if err != nil {
			return nil, err
		}
		return result, a.under(ctx, tx, d.Key, now, []DeliveryState{Planned}, Refused, "the part that it goes under was not posted")
	})
}

// under changes what goes under a delivery, to any depth, where it is in one of
// the states.
func (a *Archive) under(ctx context.Context, tx *sql.Tx, key string, now time.Time, from []DeliveryState, to DeliveryState, trouble string) error {
	_, err := tx.ExecContext(ctx, `
		WITH RECURSIVE below (key) AS (
			SELECT key FROM deliveries WHERE parent = $1
			UNION ALL SELECT d.key FROM deliveries d JOIN below b ON d.parent = b.key)
		UPDATE deliveries SET state = $2, trouble = $3, not_before = NULL, state_changed = $4
		WHERE key IN (SELECT key FROM below) AND `+a.dialect.in("state", "$5"),
		key, to, trouble, instant{now}, a.dialect.list(stateNames(from)))
	return err
}

func (a *Archive) changeDelivery(ctx context.Context, d *Delivery, change func(tx *sql.Tx, now time.Time) (sql.Result, error)) error {
	err := a.exactly(ctx, func(tx *sql.Tx) error {
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		return guarded(change(tx, now))
	})
	if err != nil {
		return fmt.Errorf("the delivery %s: %w", d.Key, err)
	}
	return nil
}

// Deliveries lists those in one of the states, or all where none is named, newest
// first.
func (a *Archive) Deliveries(ctx context.Context, limit int, states ...DeliveryState) ([]Delivery, error) {
	where, args := "", []any{limit}
	if len(states) > 0 {
		where, args = "WHERE "+a.dialect.in("d.state", "$2"), append(args, a.dialect.list(stateNames(states)))
	}
	all, err := a.deliveries(ctx, where+" ORDER BY d.planned DESC, d.place, d.sequence DESC LIMIT $1", args...)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("list the deliveries: %w", err))
	}
	return all, nil
}

// EditionDeliveries lists those of an edition, in the order in which each place
// gets them.
func (a *Archive) EditionDeliveries(ctx context.Context, desk string, edition int) ([]Delivery, error) {
	all, err := a.deliveries(ctx, "WHERE d.desk = $1 AND d.edition = $2 ORDER BY d.place, d.sequence", desk, edition)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("list the deliveries of edition %d of desk %s: %w", edition, desk, err))
	}
	return all, nil
}

// Delivery returns the one of that key. The error is [ErrNoDelivery] where there
// is none.
func (a *Archive) Delivery(ctx context.Context, key string) (Delivery, error) {
	d, err := scanDelivery(a.read.QueryRowContext(ctx, "SELECT "+deliveryColumns+fromDeliveries+"WHERE d.key = $1", key))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoDelivery
	}
	if err != nil {
		return Delivery{}, a.dialect.explain(fmt.Errorf("read the delivery %s: %w", key, err))
	}
	return d, nil
}

// RetryDelivery plans a dead letter again, at once, with what goes under it. It
// goes out before all that its place has now, as its sequence stays.
func (a *Archive) RetryDelivery(ctx context.Context, key string) error {
	dead := []DeliveryState{Refused, Unknown, Dropped}
	return a.byHand(ctx, key, byHand{from: dead, to: Planned, below: Planned, check: func(d Delivery) error {
		if d.Parent != "" && d.ParentID == "" {
			return fmt.Errorf("it goes under %s, which was not posted: retry that", d.Parent)
		}
		return nil
	}})
}

// SettleDelivery records that somebody found a delivery in its place, as what, of
// which the place could not tell. What goes under it is planned again.
func (a *Archive) SettleDelivery(ctx context.Context, key, platformID string) error {
	return a.byHand(ctx, key, byHand{from: []DeliveryState{Unknown}, to: Sent, below: Planned, platformID: platformID})
}

// DropDelivery gives up a delivery that is planned or dead, with what goes under
// it.
func (a *Archive) DropDelivery(ctx context.Context, key string) error {
	return a.byHand(ctx, key, byHand{from: []DeliveryState{Planned, Refused, Unknown}, to: Dropped, below: Dropped, trouble: "dropped by hand"})
}

// byHand is what somebody does to a delivery.
type byHand struct {
	from       []DeliveryState // that it may be in
	to, below  DeliveryState   // its own state then, and that of what goes under it
	trouble    string
	platformID string               // empty: as it was
	check      func(Delivery) error // what speaks against it; nil for nothing
}

// byHand changes a delivery and what goes under it, where they are in one of the
// states and nothing speaks against it.
func (a *Archive) byHand(ctx context.Context, key string, h byHand) error {
	err := a.exactly(ctx, func(tx *sql.Tx) error {
		d, err := scanDelivery(tx.QueryRowContext(ctx, "SELECT "+deliveryColumns+fromDeliveries+"WHERE d.key = $1", key))
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoDelivery
		}
		if err != nil {
			return err
		}
		if h.check != nil {
			if err := h.check(d); err != nil {
				return err
			}
		}
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `
			UPDATE deliveries SET state = $1, trouble = $2, not_before = NULL, state_changed = $3, platform_id = $8
			WHERE key = $4 AND fence = $5 AND state = $6 AND `+a.dialect.in("state", "$7"),
			h.to, h.trouble, instant{now}, key, d.fence, d.State, a.dialect.list(stateNames(h.from)), cmp.Or(h.platformID, d.PlatformID))
		if err := guarded(result, err); errors.Is(err, ErrLost) {
			return fmt.Errorf("it is %s", d.State.words())
		} else if err != nil {
			return err
		}
		below := append([]DeliveryState{Refused}, h.from...)
		if err := a.under(ctx, tx, key, now, below, h.below, h.trouble); err != nil {
			return err
		}
		return a.dialect.notify(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("the delivery %s: %w", key, err)
	}
	a.wake()
	return nil
}

func stateNames(states []DeliveryState) []string {
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	return names
}
