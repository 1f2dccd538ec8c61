package main

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/digest/archive"
)

// archiveCommand is the scripts' own: it does to the archive what attache run
// would.
//
//	archive plan KEY PLACE [PARENT]     plans a delivery
//	archive next sent|refused|unknown|later [TEXT]   claims the next, and ends it so
//	archive run NAME DUE STATE [TEXT]   a run that ended so, or did not
//	archive alive TIME                  attache run was seen last
//	archive change DESK WHO JSON        what somebody changed in chat, by the script's clock
func archiveCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: archive plan KEY PLACE [PARENT] | next STATE [TEXT] | run NAME DUE STATE [TEXT] | alive TIME | change DESK WHO JSON")
	}
	ctx := context.Background()
	a, err := archive.Open(ctx, cmp.Or(ts.Getenv("DATABASE_URL"), ts.MkAbs("attache.db")))
	ts.Check(err)
	defer func() { ts.Check(a.Close()) }()
	if now, err := time.Parse(time.RFC3339, ts.Getenv(testNow)); err == nil {
		a = a.WithClock(func() time.Time { return now })
	}
	args = append(args, "", "", "")
	switch args[0] {
	case "plan":
		ts.Check(a.Plan(ctx, []archive.Delivery{{
			Key: args[1], Place: args[2], Parent: args[3], Desk: "Caucasus", Edition: 12,
			Payload: json.RawMessage(`{"version":1,"text":"Ferry fares rise.\n\nThe fare is to rise by a tenth, the port said.","lines":[{"n":1}]}`),
		}}))
	case "next":
		d, err := a.ClaimDelivery(ctx, time.Minute)
		ts.Check(err)
		if d == nil {
			ts.Fatalf("nothing is to be delivered")
		}
		ts.Check(endDelivery(ctx, a, d, args[1], args[2]))
	case "run":
		due, err := time.Parse(time.RFC3339, args[2])
		ts.Check(err)
		ts.Check(endRun(ctx, a, args[1], due, archive.RunState(args[3]), args[4]))
	case "change":
		ts.Check(a.Settle(ctx, archive.Settled{Changes: []archive.DeskChange{{Desk: args[1], Who: args[2], Change: json.RawMessage(args[3])}}}))
	case "alive":
		at, err := time.Parse(time.RFC3339, args[1])
		ts.Check(err)
		value, err := json.Marshal(at)
		ts.Check(err)
		ts.Check(a.SetNote(ctx, "runner", "alive", value))
	}
}

func endDelivery(ctx context.Context, a *archive.Archive, d *archive.Delivery, state, text string) error {
	switch state {
	case "sent":
		return a.DeliverySent(ctx, d, text)
	case "later":
		return a.PutOffDelivery(ctx, d, time.Hour, text)
	}
	return a.BuryDelivery(ctx, d, archive.DeliveryState(state), text)
}

func endRun(ctx context.Context, a *archive.Archive, name string, due time.Time, state archive.RunState, text string) error {
	if state == archive.RunMissed {
		_, err := a.PlanRun(ctx, name, due, state)
		return err
	}
	if _, err := a.PlanRun(ctx, name, due, archive.RunDue); err != nil || state == archive.RunDue {
		return err
	}
	r, err := a.ClaimRun(ctx, time.Minute)
	if err != nil {
		return err
	}
	return a.EndRun(ctx, r, state, text)
}
