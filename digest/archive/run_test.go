package archive_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// over is a lease that has run out when it is taken.
const over = -time.Second

func TestRunIsPlannedOnce(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		var planned atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				is, err := a.PlanRun(context.Background(), "edition Caucasus", noon, archive.RunDue)
				if err != nil {
					t.Error(err)
				}
				if is {
					planned.Add(1)
				}
			})
		}
		all.Wait()
		runs, err := a.Runs(context.Background(), "edition Caucasus", 10)
		if planned.Load() != 1 || len(runs) != 1 || err != nil {
			t.Errorf("%d were told that they planned it; there are %v, %v", planned.Load(), runs, err)
		}
	})
}

func TestClaimRun(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan := func(name string, due time.Time, state archive.RunState) {
			t.Helper()
			if _, err := a.PlanRun(ctx, name, due, state); err != nil {
				t.Fatal(err)
			}
		}
		plan("late", noon.Add(-time.Hour), archive.RunDue)
		plan("later", noon, archive.RunDue)
		plan("missed", noon.Add(-2*time.Hour), archive.RunMissed)
		plan("to come", time.Now().Add(time.Hour), archive.RunDue)

		first, err := a.ClaimRun(ctx, over)
		if err != nil || first.Name != "late" || first.Attempts != 1 {
			t.Fatalf("claimed %+v, %v; want the one due for longest", first, err)
		}
		again, err := a.ClaimRun(ctx, time.Minute)
		if err != nil || again.Name != "late" || again.Attempts != 2 {
			t.Fatalf("claimed %+v, %v; want the one whose lease is over", again, err)
		}
		for what, err := range map[string]error{
			"end":     a.EndRun(ctx, first, archive.RunDone, ""),
			"renew":   a.RenewRun(ctx, first, time.Minute),
			"put off": a.PutOffRun(ctx, first, time.Minute, ""),
		} {
			if !errors.Is(err, archive.ErrLost) {
				t.Errorf("%s after the lease was lost: %v; want ErrLost", what, err)
			}
		}
		other, err := a.ClaimRun(ctx, time.Minute)
		if err != nil || other.Name != "later" {
			t.Fatalf("claimed %+v, %v; want the other that is due", other, err)
		}
		if none, err := a.ClaimRun(ctx, time.Minute); none != nil || err != nil {
			t.Fatalf("claimed %+v, %v; want none", none, err)
		}
		if err := a.PutOffRun(ctx, other, 0, "no network"); err != nil {
			t.Fatal(err)
		}
		other, err = a.ClaimRun(ctx, time.Minute)
		if err != nil || other.Name != "later" || other.Trouble != "no network" || other.Attempts != 2 {
			t.Fatalf("claimed %+v, %v; want the one put off", other, err)
		}
		if err := errors.Join(a.EndRun(ctx, again, archive.RunDone, ""), a.EndRun(ctx, other, archive.RunFailed, "no network")); err != nil {
			t.Fatal(err)
		}
		if none, err := a.ClaimRun(ctx, time.Minute); none != nil || err != nil {
			t.Fatalf("claimed %+v, %v after all ended", none, err)
		}
		runs, err := a.Runs(ctx, "", 10)
		if err != nil || len(runs) != 4 || runs[1].State != archive.RunFailed || runs[2].State != archive.RunDone || runs[3].State != archive.RunMissed {
			t.Errorf("runs: %+v, %v", runs, err)
		}
	})
}

func TestRunIsClaimedOnce(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		const runs = 20
		for i := range runs {
			if _, err := a.PlanRun(ctx, "r", noon.Add(time.Duration(i)*time.Minute), archive.RunDue); err != nil {
				t.Fatal(err)
			}
		}
		var claimed atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for {
					r, err := a.ClaimRun(ctx, time.Minute)
					if err != nil {
						t.Error(err)
					}
					if r == nil {
						return
					}
					claimed.Add(1)
				}
			})
		}
		all.Wait()
		if claimed.Load() != runs {
			t.Errorf("%d runs were claimed %d times", runs, claimed.Load())
		}
	})
}

// TestClockSetBack: what was leased before the clock went back a day waits as long
// as the lease was to last, and not for a day.
func TestClockSetBack(t *testing.T) {
	ctx := context.Background()
	now := noon
	path := filepath.Join(t.TempDir(), "attache.db")
	open := func() *archive.Archive {
		t.Helper()
		a, err := archive.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Close() })
		return a.WithClock(func() time.Time { return now })
	}
	a := open()
	if _, err := a.PlanRun(ctx, "r", noon.Add(-480*time.Hour), archive.RunDue); err != nil {
		t.Fatal(err)
	}
	if err := a.Plan(ctx, []archive.Delivery{{Key: "1", Place: "p"}}); err != nil {
		t.Fatal(err)
	}
	take := func() (*archive.Run, *archive.Delivery) {
		t.Helper()
		r, err := a.ClaimRun(ctx, 3*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		d, err := a.ClaimDelivery(ctx, 3*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return r, d
	}
	if r, d := take(); r == nil || d == nil {
		t.Fatalf("first: %v, %v", r, d)
	}
	now = noon.Add(time.Hour)
	if r, d := take(); r != nil || d != nil {
		t.Fatalf("while they are leased: %v, %v", r, d)
	}
	now = noon.Add(-24 * time.Hour)
	if r, d := take(); r != nil || d != nil {
		t.Fatalf("the clock went back, and the leases last for two hours more: %v, %v", r, d)
	}
	now = now.Add(2*time.Hour + time.Second)
	if r, d := take(); r == nil || d == nil {
		t.Errorf("after the leases: %v, %v", r, d)
	}
	now = now.Add(-48 * time.Hour)
	a = open()
	if r, d := take(); r == nil || d == nil {
		t.Errorf("the clock went back while attache was down: %v, %v", r, d)
	}
}

func TestAlone(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		open := func() *archive.Archive {
			t.Helper()
			a, err := archive.Open(ctx, dsn)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		first, second := open(), open()
		if err := first.Alone(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := first.PlanRun(ctx, "r", noon, archive.RunDue); err != nil {
			t.Fatal(err)
		}
		if r, err := first.ClaimRun(ctx, time.Hour); r == nil || err != nil {
			t.Fatal(r, err)
		}
		err := second.Alone(ctx)
		if replicas := first.Replicas(); replicas != (err == nil) {
			t.Errorf("the second: %v", err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		if err := second.Alone(ctx); err != nil {
			t.Errorf("the second, alone: %v", err)
		}
		r, err := second.ClaimRun(ctx, time.Hour)
		if err != nil || (r == nil) != second.Replicas() {
			t.Errorf("what the first had: %v, %v", r, err)
		}
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
