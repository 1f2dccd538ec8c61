package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"attache/bot/schedule"
	"attache/digest/archive"
)

// Job is something that happens by a schedule.
type Job struct {
	Name     string             // "edition Caucasus"
	Schedule *schedule.Schedule // nil: only by hand
	Spec     string             // the schedule as it is written: where it changes, nothing is made up for
	Grace    time.Duration      // how late it may still run
	// Do does the work of a run. Its network work is outside any transaction. It
	// says whether it ended the run, in the transaction of its result.
	Do func(ctx context.Context, r *archive.Run) (ended bool, err error)
	// Late is called while a run isn't over [LateAfter] its due time, again and
	// again; nil where nobody waits for it.
	Late func(ctx context.Context, r *archive.Run) error
}

// key tells the job under one schedule from the same under another.
func (j *Job) key() string { return j.Name + " " + j.Spec }

// LateAfter is how long after its due time a run is late.
const LateAfter = 5 * time.Minute

// Runner plans each due time of its jobs as one run, and does the runs that are
// due. Any number of replicas may do so on one archive.
type Runner struct {
	Archive *archive.Archive
	Jobs    []Job
	Log     *slog.Logger
	Done    func(ctx context.Context, r *archive.Run, err error) // after each run; nil for nothing
	Lease   time.Duration                                        // zero: 30 s
	Poll    time.Duration                                        // between two looks at the clock; zero: 1 s

	busy    sync.WaitGroup
	down    Down
	watched map[string]watch // by job and its schedule

	planNag, claimNag nag
}

// watch is what is known of a job's due times without asking the archive.
type watch struct {
	next time.Time // nothing is due before
	open bool      // the last run may not be over
}

// Down is a time in which attache did not run. The zero Down is none.
type Down struct {
	From, To time.Time
}

// runs is how many are done at once.
const runs = 4

// Run plans and does runs until ctx ends. Those in hand have until wait is over to
// end by themselves.
func (r *Runner) Run(ctx context.Context, wait time.Duration) {
	hand, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	planned := r.Archive.Planned(ctx)
	free := make(chan struct{}, runs)
	for ctx.Err() == nil {
		if err := r.Tick(ctx); err != nil && ctx.Err() == nil {
			r.planNag.error(r.Log, "planning runs", err)
		}
		if err := r.claimAll(ctx, hand, free); err != nil && ctx.Err() == nil {
			r.claimNag.error(r.Log, "claiming runs", err)
		}
		select {
		case <-ctx.Done():
		case <-planned:
		case <-time.After(cmp.Or(r.Poll, time.Second)):
		}
	}
	timer := time.AfterFunc(wait, func() { stop(fmt.Errorf("attache stops: %w", context.Canceled)) })
	defer timer.Stop()
	r.busy.Wait()
}

// claimAll begins runs while there are some and hands for them.
func (r *Runner) claimAll(ctx, hand context.Context, free chan struct{}) error {
	for {
		select {
		case free <- struct{}{}:
		default:
			return nil
		}
		run, err := r.Archive.ClaimRun(ctx, r.lease())
		if run == nil || err != nil {
			<-free
			return err
		}
		r.busy.Go(func() {
			defer func() { <-free }()
			r.do(hand, run)
		})
	}
}

// Step does one run that is due, and says whether there was one.
func (r *Runner) Step(ctx context.Context) (more bool, err error) {
	run, err := r.Archive.ClaimRun(ctx, r.lease())
	if run == nil || err != nil {
		return false, err
	}
	r.do(ctx, run)
	return true, nil
}

func (r *Runner) lease() time.Duration { return cmp.Or(r.Lease, 30*time.Second) }

func (r *Runner) job(name string) *Job {
	for i := range r.Jobs {
		if r.Jobs[i].Name == name {
			return &r.Jobs[i]
		}
	}
	return nil
}

// do does a run under its lease, and records how it ended.
func (r *Runner) do(ctx context.Context, run *archive.Run) {
	log := r.Log.With("run", run.Name, "due", run.Due.UTC().Format(time.RFC3339), "attempt", run.Attempts)
	job := r.job(run.Name)
	if job == nil {
		r.end(ctx, log, run, archive.RunFailed, "the config has nothing of that name")
		return
	}
	if why := r.leftBehind(ctx, job, run); why != "" {
		r.end(ctx, log, run, archive.RunMissed, why)
		return
	}
	log.Info("run begins")
	work, cancel := context.WithCancelCause(ctx)
	renewing := make(chan struct{})
	go func() {
		defer close(renewing)
		r.renew(work, cancel, run)
	}()
	ended, err := r.attempt(work, job, run)
	if err != nil && context.Cause(work) != nil {
		err = context.Cause(work)
	}
	cancel(nil)
	<-renewing
	// A run that is stopped is given back, which must not be stopped too.
	r.settle(context.WithoutCancel(ctx), log, job, run, ended, err)
	if r.Done != nil {
		r.Done(context.WithoutCancel(ctx), run, err)
	}
}

// leftBehind says why it is too late for a run that was left behind: an outage makes one
// run, not one for each time that was missed.
func (r *Runner) leftBehind(ctx context.Context, job *Job, run *archive.Run) string {
	now, err := r.Archive.Now(ctx)
	if err != nil {
		return ""
	}
	if now.Sub(run.Due) > max(job.Grace, LateAfter) {
		return "its grace was over"
	}
	last, err := r.Archive.Runs(ctx, run.Name, 1)
	if err == nil && len(last) > 0 && last[0].Due.After(run.Due) && !last[0].Due.After(now) {
		return "the run due " + last[0].Due.UTC().Format(time.RFC3339) + " stands for it"
	}
	return ""
}

// attempt keeps a fault in one job from the others.
func (r *Runner) attempt(ctx context.Context, job *Job, run *archive.Run) (ended bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a fault of attache: %v", p)
		}
	}()
	return job.Do(ctx, run)
}

// renew prolongs the lease until ctx ends, and stops the work where it is lost.
func (r *Runner) renew(ctx context.Context, stop context.CancelCauseFunc, run *archive.Run) {
	every := time.NewTicker(r.lease() / 3)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		if err := r.Archive.RenewRun(ctx, run, r.lease()); errors.Is(err, archive.ErrLost) {
			stop(err)
			return
		}
	}
}

// settle ends a run, or puts it off where it failed and has time left.
func (r *Runner) settle(ctx context.Context, log *slog.Logger, job *Job, run *archive.Run, ended bool, err error) {
	switch {
	case ended:
		log.Info("run done")
	case err == nil:
		r.end(ctx, log, run, archive.RunDone, "")
	case errors.Is(err, archive.ErrLost):
		log.Warn("run lost to another worker")
	default:
		r.again(ctx, log, job, run, err)
	}
}

// again puts a run off that failed, until it is too late for it.
func (r *Runner) again(ctx context.Context, log *slog.Logger, job *Job, run *archive.Run, failure error) {
	now, err := r.Archive.Now(ctx)
	wait := pause(run.Attempts)
	if errors.Is(failure, context.Canceled) {
		wait = 0
	}
	if err == nil && now.Add(wait).Sub(run.Due) > max(job.Grace, LateAfter) {
		log.Error("run failed", "error", failure)
		r.end(ctx, log, run, archive.RunFailed, failure.Error())
		return
	}
	log.Warn("run put off", "wait", wait.Round(time.Millisecond), "error", failure)
	if err := r.Archive.PutOffRun(ctx, run, wait, failure.Error()); err != nil {
		log.Error("putting a run off", "error", err) // its lease will run out
	}
}

func (r *Runner) end(ctx context.Context, log *slog.Logger, run *archive.Run, state archive.RunState, trouble string) {
	if err := r.Archive.EndRun(ctx, run, state, trouble); err != nil {
		log.Error("ending a run", "error", err) // its lease will run out
		return
	}
	log.Info("run "+string(state), "trouble", trouble)
}

// notes is under what the runner keeps what it must know after a restart.
const notes = "runner"

// Begin finds out since when attache did not run, before the first Tick.
func (r *Runner) Begin(ctx context.Context) error {
	alive, err := LastAlive(ctx, r.Archive)
	if err != nil || alive.IsZero() {
		return err
	}
	now, err := r.Archive.Now(ctx)
	if err != nil {
		return err
	}
	if now.Sub(alive) > 2*aliveEvery {
		r.down = Down{From: alive, To: now}
	}
	return nil
}

// LastAlive is when a runner of the archive was last at work, to about half a
// minute; zero for never.
func LastAlive(ctx context.Context, a *archive.Archive) (alive time.Time, err error) {
	kept, err := a.Note(ctx, notes, "alive")
	if err != nil || kept == nil {
		return time.Time{}, err
	}
	if err := json.Unmarshal(kept, &alive); err != nil {
		return time.Time{}, fmt.Errorf("reading when attache last ran: %w", err)
	}
	return alive, nil
}

// Down is when attache last did not run, as far as Begin saw.
func (r *Runner) Down() Down { return r.down }

// aliveEvery is how often it is noted that attache runs.
const aliveEvery = 30 * time.Second

// Tick plans what is due by now.
func (r *Runner) Tick(ctx context.Context) error {
	now, err := r.Archive.Now(ctx)
	if err != nil {
		return err
	}
	wrong := r.noteAlive(ctx, now)
	for i := range r.Jobs {
		if err := r.tick(ctx, &r.Jobs[i], now); err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("%s: %w", r.Jobs[i].Name, err))
		}
	}
	return wrong
}

func (r *Runner) noteAlive(ctx context.Context, now time.Time) error {
	value, err := json.Marshal(now.Truncate(aliveEvery))
	if err != nil {
		return err
	}
	kept, err := r.Archive.Note(ctx, notes, "alive")
	if err != nil || string(kept) == string(value) {
		return err
	}
	return r.Archive.SetNote(ctx, notes, "alive", value)
}

// tick plans the job's last due time, unless that was planned: after days without
// attache the last one stands for all.
func (r *Runner) tick(ctx context.Context, job *Job, now time.Time) error {
	if job.Schedule == nil {
		return nil
	}
	w, known := r.watched[job.key()]
	if known && now.Before(w.next) && !w.open {
		return nil
	}
	changed := false
	if !known {
		var err error
		if changed, err = r.changed(ctx, job); err != nil {
			return err
		}
	}
	due, ok := job.Schedule.Last(now)
	if !ok {
		return nil
	}
	last, err := r.Archive.Runs(ctx, job.Name, 1)
	if err != nil {
		return err
	}
	if len(last) == 0 || due.After(last[0].Due) {
		if err := r.plan(ctx, job, due, now, len(last) == 0 || changed); err != nil {
			return err
		}
	} else if err := r.late(ctx, job, &last[0], now); err != nil {
		return err
	}
	r.watch(job, now, len(last) == 0 || due.After(last[0].Due) || !over(&last[0]))
	return nil
}

// watch remembers that nothing of the job is due for a while.
func (r *Runner) watch(job *Job, now time.Time, open bool) {
	next, ok := job.Schedule.Next(now)
	if !ok {
		next = now.Add(time.Hour)
	}
	if r.watched == nil {
		r.watched = make(map[string]watch)
	}
	r.watched[job.key()] = watch{next: next, open: open && job.Late != nil}
}

// plan plans a due time that is new: to be done, or as missed where it is too late
// for it, or was before the schedule was set.
func (r *Runner) plan(ctx context.Context, job *Job, due, now time.Time, before bool) error {
	state := archive.RunDue
	switch {
	case before:
		state = archive.RunBefore
	case now.Sub(due) > job.Grace:
		state = archive.RunMissed
	}
	planned, err := r.Archive.PlanRun(ctx, job.Name, due, state)
	if planned && state == archive.RunMissed {
		r.Log.Warn("a run was missed", "run", job.Name, "due", due.UTC().Format(time.RFC3339))
	}
	return err
}

// changed notes the job's schedule, and says whether it was another before. What
// was due by the new one before it was set isn't made up for.
func (r *Runner) changed(ctx context.Context, job *Job) (bool, error) {
	key := "schedule of " + job.Name
	spec, err := json.Marshal(job.Spec)
	if err != nil {
		return false, err
	}
	kept, err := r.Archive.Note(ctx, notes, key)
	if err != nil || string(kept) == string(spec) {
		return false, err
	}
	return kept != nil, r.Archive.SetNote(ctx, notes, key, spec)
}

// late has it said that a run is late.
func (r *Runner) late(ctx context.Context, job *Job, run *archive.Run, now time.Time) error {
	if job.Late == nil || over(run) || now.Sub(run.Due) < LateAfter {
		return nil
	}
	return job.Late(ctx, run)
}

func over(run *archive.Run) bool {
	return run.State != archive.RunDue && run.State != archive.RunRunning
}
