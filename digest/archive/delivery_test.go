package archive_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func plan(t *testing.T, a *archive.Archive, all ...archive.Delivery) {
	t.Helper()
	if err := a.Plan(context.Background(), all); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, a *archive.Archive, want string, lease time.Duration) *archive.Delivery {
	t.Helper()
	d, err := a.ClaimDelivery(context.Background(), lease)
	if err != nil {
		t.Fatal(err)
	}
	if d == nil && want != "" || d != nil && d.Key != want {
		t.Fatalf("claimed %+v; want %q", d, want)
	}
	return d
}

func sent(t *testing.T, a *archive.Archive, d *archive.Delivery) {
	t.Helper()
	if err := a.DeliverySent(context.Background(), d, "id of "+d.Key); err != nil {
		t.Fatal(err)
	}
}

func TestDeliveriesGoInOrder(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "root", Place: "p", Payload: []byte(`{"v":1}`)}, archive.Delivery{Key: "reply", Place: "p", Parent: "root"})
		plan(t, a, archive.Delivery{Key: "root", Place: "p"}, archive.Delivery{Key: "next", Place: "p"})
		root := claim(t, a, "root", time.Minute)
		if string(root.Payload) != `{"v":1}` || root.Doubt || root.Attempts != 1 {
			t.Errorf("claimed %+v", root)
		}
		claim(t, a, "", time.Minute)
		sent(t, a, root)
		reply := claim(t, a, "reply", time.Minute)
		if reply.ParentID != "id of root" {
			t.Errorf("the reply goes under %q", reply.ParentID)
		}
		// Another place goes on meanwhile.
		plan(t, a, archive.Delivery{Key: "elsewhere", Place: "q"})
		sent(t, a, claim(t, a, "elsewhere", time.Minute))
		if err := a.PutOffDelivery(ctx, reply, time.Hour, "429"); err != nil {
			t.Fatal(err)
		}
		claim(t, a, "", time.Minute)
		d, err := a.Delivery(ctx, "reply")
		if err != nil || d.State != archive.Planned || d.Trouble != "429" || d.NotBefore.IsZero() {
			t.Errorf("put off: %+v, %v", d, err)
		}
	})
}

func TestDeliveryInDoubt(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "1", Place: "p"}, archive.Delivery{Key: "2", Place: "p"})
		dead := claim(t, a, "1", over)
		alive := claim(t, a, "1", time.Minute)
		if !alive.Doubt || alive.Attempts != 2 {
			t.Errorf("claimed again: %+v", alive)
		}
		for what, err := range map[string]error{
			"sent":    a.DeliverySent(ctx, dead, "x"),
			"put off": a.PutOffDelivery(ctx, dead, 0, ""),
			"renew":   a.RenewDelivery(ctx, dead, time.Minute),
			"doubt":   a.DoubtDelivery(ctx, dead, 0, ""),
			"bury":    a.BuryDelivery(ctx, dead, archive.Refused, ""),
		} {
			if !errors.Is(err, archive.ErrLost) {
				t.Errorf("%s by a worker that lost it: %v; want ErrLost", what, err)
			}
		}
		if err := a.DoubtDelivery(ctx, alive, 0, "500"); err != nil {
			t.Fatal(err)
		}
		alive = claim(t, a, "1", time.Minute)
		if !alive.Doubt {
			t.Error("the doubt was forgotten")
		}
		sent(t, a, alive)
		if d, _ := a.Delivery(ctx, "1"); d.State != archive.Sent || d.PlatformID != "id of 1" || d.Trouble != "" {
			t.Errorf("sent: %+v", d)
		}
	})
}

func TestDeadLetters(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "root", Place: "p"}, archive.Delivery{Key: "a", Place: "p", Parent: "root"},
			archive.Delivery{Key: "b", Place: "p", Parent: "a"}, archive.Delivery{Key: "other", Place: "p"})
		if err := a.BuryDelivery(ctx, claim(t, a, "root", time.Minute), archive.Refused, "no such channel"); err != nil {
			t.Fatal(err)
		}
		sent(t, a, claim(t, a, "other", time.Minute))
		dead, err := a.Deliveries(ctx, 10, archive.Refused, archive.Unknown)
		if err != nil || len(dead) != 3 || dead[2].Trouble != "no such channel" || dead[0].Trouble == "" {
			t.Fatalf("dead letters: %+v, %v", dead, err)
		}
		if err := a.RetryDelivery(ctx, "b"); err == nil {
			t.Error("a part was planned under one that wasn't posted")
		}
		if err := a.RetryDelivery(ctx, "other"); err == nil {
			t.Error("what was sent was planned again")
		}
		if err := a.RetryDelivery(ctx, "nothing"); !errors.Is(err, archive.ErrNoDelivery) {
			t.Errorf("retry of nothing: %v", err)
		}
		if err := a.RetryDelivery(ctx, "root"); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"root", "a"} {
			sent(t, a, claim(t, a, key, time.Minute))
		}
		if err := a.DropDelivery(ctx, "b"); err != nil {
			t.Fatal(err)
		}
		claim(t, a, "", time.Minute)
		if err := a.DropDelivery(ctx, "root"); err == nil {
			t.Error("what was sent was dropped")
		}
	})
}

func TestDeliveriesAmongWorkers(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		const places, each, workers = 5, 12, 6
		var all []archive.Delivery
		for i := range each {
			for p := range places {
				all = append(all, archive.Delivery{Key: fmt.Sprintf("%d.%02d", p, i), Place: fmt.Sprint(p)})
			}
		}
		plan(t, a, all...)
		var mu sync.Mutex
		got := make(map[string][]string)
		var wait sync.WaitGroup
		for range workers {
			wait.Go(func() {
				for done := false; !done; {
					d, err := a.ClaimDelivery(ctx, time.Minute)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if d != nil {
						got[d.Place] = append(got[d.Place], d.Key)
					}
					n := 0
					for _, keys := range got {
						n += len(keys)
					}
					done = n >= places*each
					mu.Unlock()
					if d == nil {
						continue
					}
					if err := a.DeliverySent(ctx, d, d.Key); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		for place, keys := range got {
			for i, key := range keys {
				if want := fmt.Sprintf("%s.%02d", place, i); key != want {
					t.Fatalf("place %s got %v", place, keys)
				}
			}
		}
	})
}

func TestPublish(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		run := func(due time.Time, lease time.Duration) *archive.Run {
			t.Helper()
			if _, err := a.PlanRun(ctx, "edition Caucasus", due, archive.RunDue); err != nil {
				t.Fatal(err)
			}
			r, err := a.ClaimRun(ctx, lease)
			if err != nil || r == nil {
				t.Fatal(r, err)
			}
			return r
		}
		edition := func(number int, due time.Time) archive.Edition {
			return archive.Edition{Desk: "Caucasus", Number: number, Due: due, Since: due.Add(-time.Hour), Until: due}
		}
		parts := func(key string) []archive.Delivery { return []archive.Delivery{{Key: key, Place: "p"}} }

		lost := run(noon, over)
		first := run(noon, time.Minute)
		if err := a.Publish(ctx, lost, edition(1, noon), parts("lost")); !errors.Is(err, archive.ErrLost) {
			t.Errorf("publish without the lease: %v", err)
		}
		if err := a.Publish(ctx, first, edition(2, noon), parts("stale")); !errors.Is(err, archive.ErrStale) {
			t.Errorf("publish number 2 first: %v", err)
		}
		if e, _ := a.LastEdition(ctx, "Caucasus", time.Time{}); e != nil {
			t.Fatalf("an edition of a failed publication is there: %+v", e)
		}
		claim(t, a, "", time.Minute)
		if err := a.Publish(ctx, first, edition(1, noon), parts("1")); err != nil {
			t.Fatal(err)
		}
		claim(t, a, "1", time.Minute)
		if runs, _ := a.Runs(ctx, "", 9); len(runs) != 1 || runs[0].State != archive.RunDone || runs[0].Ended.IsZero() {
			t.Errorf("runs: %+v", runs)
		}
		if err := a.Publish(ctx, nil, edition(2, noon), nil); !errors.Is(err, archive.ErrEditionExists) {
			t.Errorf("publish the same due time: %v", err)
		}
		if err := a.Publish(ctx, nil, edition(2, noon.Add(time.Hour)), nil); err != nil {
			t.Errorf("publish without a run: %v", err)
		}
	})
}

func TestPlannedWakes(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
		defer stop()
		a, err := archive.Open(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		woken := a.Planned(ctx)
		other := a
		if a.Replicas() {
			if other, err = archive.Open(ctx, dsn); err != nil {
				t.Fatal(err)
			}
			defer other.Close()
		}
		for i := 0; ; i++ { // the other end may not listen yet
			plan(t, other, archive.Delivery{Key: fmt.Sprint(i), Place: "p"})
			select {
			case <-woken:
				return
			case <-ctx.Done():
				t.Fatal("not woken")
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

func TestSettleDelivery(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "root", Place: "p"}, archive.Delivery{Key: "reply", Place: "p", Parent: "root"})
		root := claim(t, a, "root", time.Minute)
		if err := a.SettleDelivery(ctx, "root", "m7"); err == nil {
			t.Error("what is being sent was settled")
		}
		if err := a.BuryDelivery(ctx, root, archive.Unknown, "it may be there"); err != nil {
			t.Fatal(err)
		}
		if err := a.SettleDelivery(ctx, "root", "m7"); err != nil {
			t.Fatal(err)
		}
		if d, err := a.Delivery(ctx, "root"); err != nil || d.State != archive.Sent || d.PlatformID != "m7" {
			t.Errorf("settled: %+v, %v", d, err)
		}
		if reply := claim(t, a, "reply", time.Minute); reply.ParentID != "m7" {
			t.Errorf("the reply goes under %q", reply.ParentID)
		}
	})
}
