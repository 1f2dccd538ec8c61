package archive

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"
)

// maxHold is how far ahead anything is put off, at most. What lies further ahead
// was put off before the clock was set back, and counts as due.
const maxHold = 26 * time.Hour

// WithClock gives the archive with another clock, for tests. It shares the
// archive's connections. PostgreSQL has a clock of its own, which all replicas
// share and which stays.
func (a *Archive) WithClock(now func() time.Time) *Archive {
	b := *a
	b.clock = now
	return &b
}

// Now is the time by which runs and deliveries are due: PostgreSQL's clock, or
// this machine's on SQLite.
func (a *Archive) Now(ctx context.Context) (time.Time, error) {
	now, err := a.dialect.now(ctx, a.read, a.clock)
	return now, a.dialect.explain(err)
}

// Replicas reports whether several processes may run on this archive at once.
func (a *Archive) Replicas() bool { return a.read == a.write }

// pace is the clock as this process saw it last.
type pace struct {
	mu   sync.Mutex
	last time.Time
}

// jump is by how much the clock is put back, at least, for anybody to mind.
const jump = time.Minute

// look is [Archive.Now] for whoever claims. Where the machine's clock was put back
// since the last look, leases and pauses are put back too, so that they last as
// long as they were to last. What waits for a time of day waits for it. Other
// processes on the file are no workers, so one sees to it for all.
func (a *Archive) look(ctx context.Context) (time.Time, error) {
	now, err := a.Now(ctx)
	if err != nil || a.Replicas() {
		return now, err
	}
	a.pace.mu.Lock()
	defer a.pace.mu.Unlock()
	if back := a.pace.last.Sub(now); back >= jump {
		if err := a.putBack(ctx, now, back); err != nil {
			return now, err
		}
	}
	a.pace.last = now
	return now, nil
}

// putBack makes what holds deliveries and runs end earlier.
func (a *Archive) putBack(ctx context.Context, now time.Time, by time.Duration) error {
	err := a.inWrite(ctx, func(tx *sql.Tx) error {
		for _, update := range []string{
			"UPDATE deliveries SET lease_until = lease_until - $1 WHERE state IN ('sending', 'withdrawing') AND lease_until > $2",
			"UPDATE deliveries SET not_before = not_before - $1 WHERE state = 'planned' AND attempts > 0 AND not_before > $2",
			"UPDATE runs SET lease_until = lease_until - $1 WHERE state IN ('due', 'running') AND lease_until > $2",
		} {
			if _, err := tx.ExecContext(ctx, update, by.Microseconds(), instant{now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("put leases back with the clock: %w", err)
	}
	return nil
}
