package archive_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestDeliveryKey(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		const first, tenth, other = "Caucasus/1/file:out/1", "Caucasus/1/file:out/10", "Kıbrıs/1/slack:#news_%/1"
		plan(t, a, archive.Delivery{Key: first, Place: "file:out"}, archive.Delivery{Key: tenth, Place: "file:out"}, archive.Delivery{Key: other, Place: "slack:#news_%"})
		tests := []struct{ part, want, err string }{
			{part: first, want: first},
			{part: tenth, want: tenth},
			{part: "out/10", want: tenth},
			{part: "Kıb", want: other},
			{part: "#news_%/1", want: other},
			{part: "%", err: `"%": no such delivery`},
			{part: "", err: `"": no such delivery`},
			{part: "Caucasus/1", err: `"Caucasus/1" may be ` + first + " or " + tenth},
		}
		for _, tt := range tests {
			got, err := a.DeliveryKey(context.Background(), tt.part)
			if got != tt.want || (err == nil) != (tt.err == "") || err != nil && err.Error() != tt.err {
				t.Errorf("%q: %q, %v; want %q, %s", tt.part, got, err, tt.want, tt.err)
			}
		}
		if _, err := a.DeliveryKey(context.Background(), "none"); !errors.Is(err, archive.ErrNoDelivery) {
			t.Errorf("%v is not ErrNoDelivery", err)
		}
	})
}

func TestQueues(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "1", Place: "p", Desk: "Caucasus"}, archive.Delivery{Key: "2", Place: "p"}, archive.Delivery{Key: "3", Place: "p"})
		sent(t, a, claim(t, a, "1", time.Minute))
		if err := a.PutOffDelivery(ctx, claim(t, a, "2", time.Minute), time.Hour, "429"); err != nil {
			t.Fatal(err)
		}
		plan(t, a, archive.Delivery{Key: "4", Place: "q"})
		if err := a.BuryDelivery(ctx, claim(t, a, "4", time.Minute), archive.Unknown, "?"); err != nil {
			t.Fatal(err)
		}
		all, err := a.Queues(ctx)
		if err != nil || len(all) != 2 {
			t.Fatalf("%+v, %v", all, err)
		}
		p, q := all[0], all[1]
		if p.Place != "p" || p.Open != 2 || p.Dead != 0 || p.Sent != 1 || p.LastSent.IsZero() || p.Head == nil || p.Head.Key != "2" || p.Head.Trouble != "429" {
			t.Errorf("%+v, head %+v", p, p.Head)
		}
		if q.Place != "q" || q.Open != 0 || q.Dead != 1 || !q.LastSent.IsZero() || q.Head != nil {
			t.Errorf("%+v", q)
		}
		last, err := a.LastPosted(ctx)
		if err != nil || len(last) != 1 || last["Caucasus"].IsZero() {
			t.Errorf("%v, %v", last, err)
		}
	})
}

func TestByHandSaysWhy(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		ctx := context.Background()
		plan(t, a, archive.Delivery{Key: "1", Place: "p"}, archive.Delivery{Key: "2", Place: "p"})
		if err := a.RetryDelivery(ctx, "1"); err == nil || !strings.Contains(err.Error(), "it is planned, and goes out by itself") {
			t.Errorf("retry what is planned: %v", err)
		}
		d := claim(t, a, "1", time.Minute)
		if err := a.DropDelivery(ctx, "1"); err == nil || !strings.Contains(err.Error(), "it is being sent now") {
			t.Errorf("drop what is being sent: %v", err)
		}
		sent(t, a, d)
		for what, err := range map[string]error{"retry": a.RetryDelivery(ctx, "1"), "drop": a.DropDelivery(ctx, "1")} {
			if err == nil || !strings.Contains(err.Error(), "it is sent already") {
				t.Errorf("%s what is sent: %v", what, err)
			}
		}
		if err := a.DropDelivery(ctx, "2"); err != nil {
			t.Error(err)
		}
		if err := a.DropDelivery(ctx, "2"); err == nil || !strings.Contains(err.Error(), "it is dropped already") {
			t.Errorf("drop what is dropped: %v", err)
		}
	})
}
