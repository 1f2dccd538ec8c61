package bot

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"attache/bot/schedule"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// office is a runner whose clock is moved by hand, and what it ran.
type office struct {
	*Runner
	now time.Time
	ran []string // name and due time
	act func(ctx context.Context, r *archive.Run) error
}

func newOffice(t *testing.T, begin string, jobs ...Job) *office {
	t.Helper()
	at, err := time.Parse(time.RFC3339, begin)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{now: at}
	for i := range jobs {
		jobs[i].Do = func(ctx context.Context, r *archive.Run) (bool, error) {
			if o.act != nil {
				if err := o.act(ctx, r); err != nil {
					return false, err
				}
			}
			o.ran = append(o.ran, r.Name+" "+r.Due.In(at.Location()).Format(time.RFC3339))
			return false, nil
		}
	}
	o.Runner = &Runner{
		Archive: archivetest.Open(t).WithClock(func() time.Time { return o.now }), Jobs: jobs,
		Log: slog.New(slog.DiscardHandler),
	}
	return o
}

func job(t *testing.T, name, expression, zone string) Job {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	s, err := schedule.Parse(expression, z, nil, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return Job{Name: name, Schedule: s, Spec: expression + " " + zone, Grace: 6 * time.Hour}
}

// at sets the clock, plans and does what is due.
func (o *office) at(t *testing.T, now string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	o.now = at
	o.work(t)
}

func (o *office) work(t *testing.T) {
	t.Helper()
	if err := o.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		var err error
		if more, err = o.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (o *office) want(t *testing.T, ran string) {
	t.Helper()
	if got := strings.Join(o.ran, ", "); got != ran {
		t.Errorf("ran %q; want %q", got, ran)
	}
	o.ran = nil
}

func TestRunnerMornings(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * 1-5", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.want(t, "") // this morning was before attache
	if runs, err := o.Archive.Runs(t.Context(), "edition", 1); err != nil || runs[0].State != archive.RunBefore {
		t.Errorf("the run before attache: %+v, %v", runs, err)
	}
	o.at(t, "2026-11-24T07:29:59+04:00")
	o.want(t, "")
	o.at(t, "2026-11-24T07:30:00+04:00")
	o.want(t, "edition 2026-11-24T07:30:00+04:00")
	o.at(t, "2026-11-24T07:31:00+04:00")
	o.want(t, "")
	o.at(t, "2026-11-27T09:08:00+04:00") // down for days: one for all of them
	o.want(t, "edition 2026-11-27T07:30:00+04:00")
	o.at(t, "2026-12-01T13:31:00+04:00") // down for longer than the grace
	o.want(t, "")
	runs, err := o.Archive.Runs(t.Context(), "edition", 1)
	if err != nil || runs[0].State != archive.RunMissed {
		t.Errorf("the last run: %+v, %v", runs, err)
	}
	o.at(t, "2026-12-02T07:30:01+04:00")
	o.want(t, "edition 2026-12-02T07:30:00+04:00")
}

// TestRunnerLeftBehind holds that a run which was planned before an outage, and not
// done, is not made beside the one that stands for the outage.
func TestRunnerLeftBehind(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.Jobs[0].Grace = 48 * time.Hour
	for _, day := range []int{24, 25} {
		o.now = time.Date(2026, 11, day, 3, 30, 0, 0, time.UTC)
		if err := o.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	o.work(t)
	o.want(t, "edition 2026-11-25T07:30:00+04:00")
	o.now = time.Date(2026, 11, 26, 3, 30, 0, 0, time.UTC)
	if err := o.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.Jobs[0].Grace = time.Hour
	o.at(t, "2026-11-26T08:31:00+04:00")
	o.want(t, "")
	runs, err := o.Archive.Runs(t.Context(), "edition", 3)
	if err != nil || runs[0].State != archive.RunMissed || runs[0].Trouble != "its grace was over" ||
		runs[2].State != archive.RunMissed || runs[2].Trouble != "the run due 2026-11-25T03:30:00Z stands for it" {
		t.Errorf("%+v, %v", runs, err)
	}
}

func TestRunnerByHand(t *testing.T) {
	by := job(t, "edition", "30 7 * * *", "Asia/Baku")
	by.Schedule = nil
	o := newOffice(t, "2026-11-23T12:00:00+04:00", by)
	o.at(t, "2026-11-25T07:30:00+04:00")
	o.want(t, "")
	if _, err := o.Archive.PlanRun(t.Context(), "edition", o.now, archive.RunDue); err != nil {
		t.Fatal(err)
	}
	o.work(t)
	o.want(t, "edition 2026-11-25T07:30:00+04:00")
}

func TestRunnerAfterTheClockWasMoved(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"))
	for _, now := range []string{
		"2026-11-23T12:00:00+04:00", "2026-11-24T07:31:00+04:00", "2026-11-24T06:31:00+04:00", "2026-11-24T07:31:00+04:00",
		"2026-11-23T07:35:00+04:00", "2026-11-24T07:40:00+04:00", "2026-11-25T08:00:00+04:00", "2026-11-24T08:00:00+04:00",
		"2026-11-25T07:30:00+04:00", "2026-11-26T07:30:00+04:00",
	} {
		o.at(t, now)
	}
	o.want(t, "edition 2026-11-24T07:30:00+04:00, edition 2026-11-25T07:30:00+04:00, edition 2026-11-26T07:30:00+04:00")
}

// TestRunnerPauseWhenTheClockIsPutBack: a run that failed is tried again soon,
// though the clock was put back meanwhile.
func TestRunnerPauseWhenTheClockIsPutBack(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.act = func(context.Context, *archive.Run) error { return errors.New("no network") }
	o.at(t, "2026-11-24T07:30:00+04:00")
	o.at(t, "2026-11-24T10:00:00+04:00")
	o.act = nil
	o.at(t, "2026-11-24T08:01:00+04:00")
	o.at(t, "2026-11-24T08:01:10+04:00")
	o.want(t, "edition 2026-11-24T07:30:00+04:00")
}

func TestRunnerNewSchedule(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.at(t, "2026-11-24T07:30:00+04:00")
	o.ran = nil
	do := o.Jobs[0].Do
	o.Jobs[0] = job(t, "edition", "0 9 * * *", "Asia/Baku")
	o.Jobs[0].Do = do
	o.at(t, "2026-11-24T12:00:00+04:00")
	o.want(t, "") // nine o'clock was before it was set
	o.at(t, "2026-11-25T09:00:00+04:00")
	o.want(t, "edition 2026-11-25T09:00:00+04:00")
	o.Jobs[0] = job(t, "edition", "0 7 * * *", "Asia/Baku")
	o.Jobs[0].Do = do
	o.at(t, "2026-11-25T12:00:00+04:00")
	o.at(t, "2026-11-26T07:00:00+04:00")
	o.want(t, "edition 2026-11-26T07:00:00+04:00")
}

// TestRunnerYear runs six desks for a year, at random times of looking: each day's
// due time once, at the changes of the clocks too.
func TestRunnerYear(t *testing.T) {
	var jobs []Job
	zones := []string{"Asia/Baku", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo"}
	for _, z := range zones {
		jobs = append(jobs, job(t, z, "30 2 * * *", z))
	}
	o := newOffice(t, "2026-01-01T00:00:00Z", jobs...)
	for o.now.Year() < 2027 { // it may be put back into 2025 at first
		o.work(t)
		o.now = o.now.Add(rand.N(5 * time.Hour))
		if rand.IntN(20) == 0 {
			o.now = o.now.Add(-rand.N(2 * time.Hour)) // the clock is put right
		}
	}
	seen := make(map[string]int)
	for _, r := range o.ran {
		seen[r]++
	}
	for r, n := range seen {
		if n != 1 {
			t.Errorf("%s ran %d times", r, n)
		}
	}
	for _, z := range zones {
		n := strings.Count(strings.Join(o.ran, "\n"), z)
		if n < 364 || n > 366 { // the year begins and ends on other days there
			t.Errorf("%s ran %d times in a year", z, n)
		}
	}
}

func TestRunnerFailures(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"), job(t, "gather", "30 7 * * *", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	tries := 0
	o.act = func(_ context.Context, r *archive.Run) error {
		if r.Name != "edition" {
			return nil
		}
		if tries++; tries == 1 {
			panic("nil map")
		}
		return errors.New("no network")
	}
	for at := time.Date(2026, 11, 24, 7, 30, 0, 0, o.now.Location()); at.Hour() < 15; at = at.Add(10 * time.Minute) {
		o.now = at
		o.work(t)
	}
	o.want(t, "gather 2026-11-24T07:30:00+04:00")
	runs, err := o.Archive.Runs(t.Context(), "edition", 1)
	if err != nil || runs[0].State != archive.RunFailed || runs[0].Trouble != "no network" || tries < 3 {
		t.Errorf("the edition: %+v, %v, after %d tries", runs, err, tries)
	}
}

func TestRunnerSaysThatARunIsLate(t *testing.T) {
	j := job(t, "edition", "30 7 * * *", "Asia/Baku")
	late := 0
	j.Late = func(_ context.Context, r *archive.Run) error {
		late++
		return nil
	}
	o := newOffice(t, "2026-11-23T12:00:00+04:00", j)
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.act = func(context.Context, *archive.Run) error { return errors.New("no network") }
	o.at(t, "2026-11-24T07:30:00+04:00")
	o.at(t, "2026-11-24T07:34:59+04:00")
	if late != 0 {
		t.Errorf("said to be late %d times before it is", late)
	}
	o.at(t, "2026-11-24T07:35:00+04:00")
	if late != 1 {
		t.Errorf("said to be late %d times; want once", late)
	}
	o.act = nil
	o.at(t, "2026-11-24T07:40:00+04:00")
	o.at(t, "2026-11-24T07:41:00+04:00")
	if late != 2 {
		t.Errorf("said to be late %d times; it is over", late)
	}
}

func TestRunnerKnowsWhenItWasDown(t *testing.T) {
	o := newOffice(t, "2026-11-24T06:52:10+04:00")
	o.work(t)
	o.now = o.now.Add(2*time.Hour + 16*time.Minute)
	if err := o.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := o.Down(); d.From.In(o.now.Location()).Format("15:04") != "06:52" || !d.To.Equal(o.now) {
		t.Errorf("down %v", d)
	}
}

// TestRunnerStops: a run in hand ends by itself, or is given back when it takes
// too long.
func TestRunnerStops(t *testing.T) {
	o := newOffice(t, "2026-11-23T12:00:00+04:00", job(t, "edition", "30 7 * * *", "Asia/Baku"))
	o.at(t, "2026-11-23T12:00:00+04:00")
	o.now = time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	ctx, stop := context.WithCancel(t.Context())
	o.act = func(ctx context.Context, _ *archive.Run) error {
		stop()
		<-ctx.Done()
		return ctx.Err()
	}
	o.Run(ctx, time.Millisecond)
	runs, err := o.Archive.Runs(t.Context(), "edition", 1)
	if err != nil || runs[0].State != archive.RunDue {
		t.Fatalf("stopped: %+v, %v", runs, err)
	}
	o.act = nil
	o.work(t)
	o.want(t, "edition 2026-11-24T07:30:00+04:00")
}
