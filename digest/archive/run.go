package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrLost says that a lease ran out and another worker has taken the work: what
// was done for it must not be kept.
var ErrLost = errors.New("the lease was lost to another worker")

// ErrNotAlone says that another process runs on the SQLite file.
var ErrNotAlone = errors.New("another attache runs on it")

// ErrStale says that the desk got another edition since this one was built.
var ErrStale = errors.New("another edition of the desk was stored meanwhile")

// RunState is how far a run is.
type RunState string

// The states of a run. A run that is due or running is claimed, again where its
// lease has run out; the others are over.
const (
	RunDue     RunState = "due"
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"
	RunMissed  RunState = "missed" // its time was too long ago when attache came back
	RunBefore  RunState = "before" // its time was before the schedule was set
)

// Run is one due time of something that happens by a schedule. There is one for
// each name and due time, whoever plans it.
type Run struct {
	ID             int64
	Name           string // "edition Caucasus"
	Due            time.Time
	State          RunState
	Attempts       int
	Trouble        string // why it failed, or was put off
	Started, Ended time.Time

	fence int64
}

// PlanRun records that a run is due, and says whether that is new. Where state is
// RunMissed or RunBefore it is recorded as over.
func (a *Archive) PlanRun(ctx context.Context, name string, due time.Time, state RunState) (planned bool, err error) {
	ids, err := a.reserve(ctx, 1)
	if err != nil {
		return false, err
	}
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			"INSERT INTO runs (id, name, due, state) VALUES ($1, $2, $3, $4) ON CONFLICT (name, due) DO NOTHING",
			ids.next, name, instant{due}, state)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		planned = n > 0
		return errors.Join(err, a.dialect.notify(ctx, tx))
	})
	if err != nil {
		return false, fmt.Errorf("plan the run %s of %s: %w", name, due.Format(time.RFC3339), err)
	}
	if !planned {
		a.giveBack(ids)
	}
	a.wake()
	return planned, nil
}

const runColumns = "id, name, due, state, attempts, trouble, started, ended, fence"

// ClaimRun takes the run that has been due for longest, for as long as the lease:
// renew it before that. It returns nil where none is due.
func (a *Archive) ClaimRun(ctx context.Context, lease time.Duration) (run *Run, err error) {
	if _, err := a.look(ctx); err != nil {
		return nil, err
	}
	err = a.inWrite(ctx, func(tx *sql.Tx) error {
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		run, err = scanRun(tx.QueryRowContext(ctx, `
			UPDATE runs SET state = $1, fence = fence + 1, attempts = attempts + 1, lease_until = $2, started = COALESCE(started, $3)
			WHERE id = (
				SELECT id FROM runs WHERE state IN ('due', 'running') AND due <= $3
					AND (lease_until IS NULL OR lease_until <= $3 OR lease_until > $4)
				ORDER BY due, id LIMIT 1`+a.dialect.skipLocked()+`)
			RETURNING `+runColumns,
			RunRunning, instant{now.Add(lease)}, instant{now}, instant{now.Add(maxHold)}))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim a run: %w", err)
	}
	return run, nil
}

// scanRun reads a run, nil where there is none.
func scanRun(row interface{ Scan(...any) error }) (*Run, error) {
	var r Run
	var due, started, ended instant
	err := row.Scan(&r.ID, &r.Name, &due, &r.State, &r.Attempts, &r.Trouble, &started, &ended, &r.fence)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	r.Due, r.Started, r.Ended = due.Time, started.Time, ended.Time
	return &r, err
}

// RenewRun prolongs the lease of a claimed run. ErrLost says that it is too late.
func (a *Archive) RenewRun(ctx context.Context, r *Run, lease time.Duration) error {
	return a.changeRun(ctx, r, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, "UPDATE runs SET lease_until = $1 WHERE id = $2 AND fence = $3 AND state = 'running'",
			instant{now.Add(lease)}, r.ID, r.fence)
	})
}

// PutOffRun gives a claimed run back, to be claimed again after a while, and keeps
// why.
func (a *Archive) PutOffRun(ctx context.Context, r *Run, pause time.Duration, trouble string) error {
	return a.changeRun(ctx, r, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return tx.ExecContext(ctx, "UPDATE runs SET state = 'due', lease_until = $1, trouble = $2 WHERE id = $3 AND fence = $4 AND state = 'running'",
			instant{now.Add(min(pause, maxHold))}, trouble, r.ID, r.fence)
	})
}

// EndRun ends a claimed run, as done or as failed.
func (a *Archive) EndRun(ctx context.Context, r *Run, state RunState, trouble string) error {
	return a.changeRun(ctx, r, func(tx *sql.Tx, now time.Time) (sql.Result, error) {
		return endRun(ctx, tx, r, now, state, trouble)
	})
}

func endRun(ctx context.Context, tx *sql.Tx, r *Run, now time.Time, state RunState, trouble string) (sql.Result, error) {
	return tx.ExecContext(ctx, "UPDATE runs SET state = $1, trouble = $2, ended = $3, lease_until = NULL WHERE id = $4 AND fence = $5 AND state = 'running'",
		state, trouble, instant{now}, r.ID, r.fence)
}

func (a *Archive) changeRun(ctx context.Context, r *Run, change func(tx *sql.Tx, now time.Time) (sql.Result, error)) error {
	err := a.inWrite(ctx, func(tx *sql.Tx) error {
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		return guarded(change(tx, now))
	})
	if err != nil {
		return fmt.Errorf("the run %s of %s: %w", r.Name, r.Due.Format(time.RFC3339), err)
	}
	return nil
}

// guarded is ErrLost where a change that is guarded by a fence met no row.
func guarded(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return ErrLost
	}
	return err
}

// Runs lists the latest runs, newest first: those of a name, or of all names for
// the empty one.
func (a *Archive) Runs(ctx context.Context, name string, limit int) ([]Run, error) {
	var all []Run
	err := each(ctx, a.read, "SELECT "+runColumns+" FROM runs WHERE name = $1 OR $1 = '' ORDER BY due DESC, id DESC LIMIT $2",
		[]any{name, limit}, func(row *sql.Rows) error {
			r, err := scanRun(row)
			if err == nil {
				all = append(all, *r)
			}
			return err
		})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("list the runs: %w", err))
	}
	return all, nil
}

// Publish stores an edition with the deliveries of its parts, and ends its run, in
// one transaction. The run is nil for an edition that somebody asked for.
//
// Where the desk has one for that due time, the error is [ErrEditionExists]; where
// it got another since this one was built, [ErrStale]: the edition must be built
// again. [ErrLost] says that another worker has the run now.
func (a *Archive) Publish(ctx context.Context, r *Run, e Edition, parts []Delivery) error {
	err := a.exactly(ctx, func(tx *sql.Tx) error {
		now, err := a.dialect.now(ctx, tx, a.clock)
		if err != nil {
			return err
		}
		number, err := saveEdition(ctx, tx, e, now)
		if err != nil {
			return err
		}
		if number != e.Number {
			return ErrStale
		}
		if err := a.planDeliveries(ctx, tx, parts, now); err != nil {
			return err
		}
		if r == nil {
			return nil
		}
		return guarded(endRun(ctx, tx, r, now, RunDone, ""))
	})
	if err != nil {
		return fmt.Errorf("publish edition %d of desk %s: %w", e.Number, e.Desk, err)
	}
	a.wake()
	return nil
}

// Alone makes this process the only one that runs schedules and deliveries on a
// SQLite file, until it closes the archive or ends, however it ends. What another
// had claimed is free then. Where another is running, the error says so. Replicas
// on PostgreSQL need not be alone.
func (a *Archive) Alone(ctx context.Context) error {
	alone, err := a.dialect.alone()
	if err != nil || alone == nil {
		return err
	}
	a.lock = alone
	// What was being posted may still land: that keeps its lease.
	_, err = a.write.ExecContext(ctx, "UPDATE runs SET lease_until = NULL WHERE state = 'running'")
	return a.dialect.explain(err)
}
