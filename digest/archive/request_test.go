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

func settle(t *testing.T, a *archive.Archive, s archive.Settled, want error) {
	t.Helper()
	if err := a.Settle(context.Background(), s); !errors.Is(err, want) || (err == nil) != (want == nil) {
		t.Fatalf("settling %q: %v; want %v", s.Request, err, want)
	}
}

func state(t *testing.T, a *archive.Archive, key string) archive.DeliveryState {
	t.Helper()
	d, err := a.Delivery(context.Background(), key)
	if errors.Is(err, archive.ErrNoDelivery) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return d.State
}

func TestSettleOnce(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		first := archive.Settled{
			Request: "q1", Person: "leyla", Place: "p", Conversations: []archive.Conversing{{Key: "c", Body: []byte(`{"n":1}`)}},
			Deliveries: []archive.Delivery{{Key: "answer", Place: "p", Under: "123", Conversation: "c"}},
			Changes:    []archive.DeskChange{{Desk: "D", Who: "leyla", Change: []byte(`{"kind":"follow"}`)}},
		}
		settle(t, a, first, nil)
		again := first
		again.Conversations = []archive.Conversing{{Key: "c", Body: []byte(`{"n":2}`), Revision: 1}}
		again.Deliveries = []archive.Delivery{{Key: "another", Place: "p"}}
		settle(t, a, again, archive.ErrHandled)
		body, revision, err := a.Conversation(ctx, "c")
		if string(body) != `{"n":1}` || revision != 1 || err != nil {
			t.Errorf("the conversation is %s at %d, %v", body, revision, err)
		}
		if s := state(t, a, "another"); s != "" {
			t.Errorf("a repeat planned something: %s", s)
		}
		changes, err := a.DeskChanges(ctx, "D")
		if len(changes) != 1 || changes[0].Who != "leyla" || string(changes[0].Change) != `{"kind":"follow"}` || time.Since(changes[0].At).Abs() > time.Hour || err != nil {
			t.Errorf("changes %+v, %v", changes, err)
		}
		if n, err := a.DeskRevision(ctx); n != 1 || err != nil {
			t.Errorf("%d changes, %v", n, err)
		}
		if handled, err := a.Handled(ctx, "q1"); !handled || err != nil {
			t.Errorf("handled: %v, %v", handled, err)
		}
		if d := claim(t, a, "answer", time.Minute); d.ParentID != "123" || d.Conversation != "c" {
			t.Errorf("claimed %+v", d)
		}
	})
}

func TestSettleOneOfTwoInAConversation(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		keep := func(request string, revision int64, want error) {
			t.Helper()
			settle(t, a, archive.Settled{Request: request, Conversations: []archive.Conversing{{Key: "c", Body: []byte(`{}`), Revision: revision}}}, want)
		}
		keep("1", 0, nil)
		keep("2", 0, archive.ErrConversationChanged)
		keep("2", 1, nil)
		keep("3", 1, archive.ErrConversationChanged)
		keep("3", 2, nil)
	})
}

func TestSettleFromManySides(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		var kept, handled int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				err := a.Settle(context.Background(), archive.Settled{Request: "one", Deliveries: []archive.Delivery{{Key: "k", Place: "p"}}})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					kept++
				case errors.Is(err, archive.ErrHandled):
					handled++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if kept != 1 || handled != 19 {
			t.Errorf("kept %d times, handled before %d times", kept, handled)
		}
	})
}

func TestRequestsSince(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		for i, who := range []string{"leyla", "leyla", "murad"} {
			settle(t, a, archive.Settled{Request: fmt.Sprint(i), Person: who, Place: "p"}, nil)
		}
		for _, test := range []struct {
			since       time.Time
			byHer, here int
		}{{time.Now().Add(-time.Hour), 2, 3}, {time.Now().Add(time.Hour), 0, 0}} {
			byHer, here, err := a.RequestsSince(context.Background(), "leyla", "p", test.since)
			if byHer != test.byHer || here != test.here || err != nil {
				t.Errorf("since %s: %d and %d, %v", test.since, byHer, here, err)
			}
		}
	})
}

func TestWithdraw(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		of := func(key, place string) archive.Delivery {
			return archive.Delivery{Key: key, Place: place, Conversation: "c"}
		}
		plan(t, a, of("sent", "a"), of("planned", "b"), of("sending", "c"), of("put off", "d"), archive.Delivery{Key: "other", Place: "e", Conversation: "d"})
		sent(t, a, claim(t, a, "sent", time.Minute))
		settle(t, a, archive.Settled{Deliveries: []archive.Delivery{{Key: "late", Place: "b", Conversation: "c"}}}, nil)
		claimed := map[string]*archive.Delivery{}
		for range 4 {
			d, err := a.ClaimDelivery(ctx, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			claimed[d.Key] = d
		}
		if err := a.PutOffDelivery(ctx, claimed["planned"], time.Hour, "busy"); err != nil {
			t.Fatal(err)
		}
		settle(t, a, archive.Settled{Withdraw: []string{"c"}}, nil)
		sent(t, a, claimed["sending"])
		sent(t, a, claimed["other"])
		if err := a.PutOffDelivery(ctx, claimed["put off"], 0, "busy"); err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]archive.DeliveryState{
			"sent": archive.Withdrawing, "planned": archive.Dropped, "late": archive.Dropped, "sending": archive.Withdrawing,
			"put off": archive.Dropped, "other": archive.Sent,
		} {
			if got := state(t, a, key); got != want {
				t.Errorf("%s is %s; want %s", key, got, want)
			}
		}
		first, second := claim(t, a, "sent", time.Minute), claim(t, a, "sending", time.Minute)
		if first.State != archive.Withdrawing || first.Doubt || first.PlatformID != "id of sent" {
			t.Errorf("claimed %+v", first)
		}
		if err := errors.Join(a.DeliveryWithdrawn(ctx, first), a.PutOffWithdrawal(ctx, second, 0, "busy")); err != nil {
			t.Fatal(err)
		}
		second = claim(t, a, "sending", time.Minute)
		if err := a.DeliveryStays(ctx, second, "no right"); err != nil {
			t.Fatal(err)
		}
		if a, b := state(t, a, "sent"), state(t, a, "sending"); a != archive.Withdrawn || b != archive.Sent {
			t.Errorf("in the end %s and %s", a, b)
		}
		claim(t, a, "", time.Minute)
		if err := a.DeliveryWithdrawn(ctx, first); !errors.Is(err, archive.ErrLost) {
			t.Errorf("withdrawn twice: %v", err)
		}
	})
}

func TestPosted(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		plan(t, a, archive.Delivery{Key: "here", Place: "slack:#a", Desk: "D", Edition: 3})
		sent(t, a, claim(t, a, "here", time.Minute))
		for _, test := range []struct {
			adapter, id string
			want        bool
		}{{"slack", "id of here", true}, {"slack/x", "id of here", false}, {"sla", "id of here", false}, {"slack", "id", false}, {"slack", "", false}} {
			d, err := a.Posted(context.Background(), test.adapter, test.id)
			if err != nil || (d != nil) != test.want || d != nil && (d.Edition != 3 || d.Desk != "D") {
				t.Errorf("%s %q: %+v, %v", test.adapter, test.id, d, err)
			}
		}
	})
}

func TestForget(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		settle(t, a, archive.Settled{
			Request: "q", Conversations: []archive.Conversing{{Key: "c", Body: []byte(`{}`)}},
			Deliveries: []archive.Delivery{
				{Key: "answer", Place: "p", Conversation: "c"}, {Key: "second", Place: "p", Conversation: "c", Parent: "answer"},
				{Key: "open", Place: "q", Conversation: "c"}, {Key: "brief", Place: "r", Conversation: "e", Desk: "D", Edition: 1},
			},
			Changes: []archive.DeskChange{{Desk: "D", Change: []byte(`{}`)}},
		}, nil)
		for range 4 { // all but the second, which comes last
			d, err := a.ClaimDelivery(ctx, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if d != nil && d.Key != "open" {
				sent(t, a, d)
			}
		}
		if n, err := a.Forget(ctx, time.Now().Add(-time.Hour), time.Time{}); n != 0 || err != nil {
			t.Errorf("forgot %d that are new, %v", n, err)
		}
		if n, err := a.Forget(ctx, time.Now().Add(time.Hour), time.Time{}); n != 4 || err != nil {
			t.Errorf("forgot %d, %v; want the request, the conversation and two deliveries", n, err)
		}
		for key, want := range map[string]archive.DeliveryState{"answer": "", "second": "", "open": archive.Sending, "brief": archive.Sent} {
			if got := state(t, a, key); got != want {
				t.Errorf("%s is %q; want %q", key, got, want)
			}
		}
		if changes, err := a.DeskChanges(ctx, "D"); len(changes) != 1 || err != nil {
			t.Errorf("changes %v, %v", changes, err)
		}
	})
}

func TestForgetRuns(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		old, recent := time.Now().Add(-48*time.Hour), time.Now().Add(-time.Hour)
		for _, r := range []struct {
			due   time.Time
			state archive.RunState
		}{{old, archive.RunMissed}, {recent, archive.RunMissed}, {old.Add(time.Minute), archive.RunDue}} {
			if _, err := a.PlanRun(ctx, "gather", r.due, r.state); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.PlanRun(ctx, "edition Feasts", old, archive.RunMissed); err != nil {
			t.Fatal(err)
		}
		if n, err := a.Forget(ctx, time.Time{}, time.Now().Add(-24*time.Hour)); n != 1 || err != nil {
			t.Errorf("forgot %d, %v; want the old run that is over and not the last of its name", n, err)
		}
		if left, err := a.Runs(ctx, "edition Feasts", 9); len(left) != 1 || err != nil {
			t.Errorf("left of what is rarely due: %+v, %v", left, err)
		}
		if left, err := a.Runs(ctx, "gather", 9); len(left) != 2 || err != nil {
			t.Errorf("left %+v, %v", left, err)
		}
	})
}
