package archive

import (
	"context"
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
