package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"attache/digest/archive"
)

// changes records what somebody changed of the desk in chat.
func (o *office) changes(t *testing.T, change string) {
	t.Helper()
	err := o.archive.Settle(t.Context(), archive.Settled{Changes: []archive.DeskChange{{
		Desk: "Caucasus", Who: "Leyla", Change: json.RawMessage(`{"version":1,"by":"slack:U1",` + change + `}`),
	}}})
	if err != nil {
		t.Fatal(err)
	}
}

// TestChangedInChatWhileItRuns holds that what a desk follows counts from its next
// edition on, and that a schedule and places take effect without a restart.
func TestChangedInChatWhileItRuns(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-23 12:00")
	o.at(t, "2026-11-23 12:00")
	if next := o.rescheduled(t.Context()); next != nil {
		t.Error("a service starts anew though nothing was changed")
	}
	o.changes(t, `"kind":"follow","subject":{"name":"Azerbaijan–Turkey","dyad":"AZE-TUR"}`)
	if next := o.rescheduled(t.Context()); next != nil {
		t.Error("a service starts anew for what a desk follows")
	}
	o.at(t, "2026-11-24 07:30")
	if brief := o.brief(t, "1"); !strings.Contains(brief, "AZERBAIJAN–TURKEY") {
		t.Errorf("what was followed in chat is not in the brief: %s", brief)
	}

	o.changes(t, `"kind":"schedule","schedule":"0 9 * * *"`)
	o.changes(t, `"kind":"post","place":"file:early"`)
	o.changes(t, `"kind":"unpost","place":"file:briefs"`)
	next := o.rescheduled(t.Context())
	if next == nil {
		t.Fatalf("the old schedule stays: %s", o.log)
	}
	o.service = next
	if again := o.rescheduled(t.Context()); again != nil {
		t.Error("a service starts anew for what it was told")
	}
	o.at(t, "2026-11-25 08:59")
	o.at(t, "2026-11-25 09:00")
	if o.brief(t, "2") != "" {
		t.Error("a place still gets what was taken from it")
	}
	if _, err := os.ReadFile(filepath.Join(o.dir, "early", "Caucasus-2", "index.txt")); err != nil {
		t.Errorf("the new place got nothing: %v\n%s", err, o.log)
	}

	// A desk that the config doesn't have is there from its start on, however often
	// that is looked at.
	set := func(kind string) {
		change := fmt.Sprintf(`{"version":1,"by":"slack:U1","kind":%q,"follow":[{"name":"Armenia","actor":"ARM"}],"schedule":"0 10 * * *","zone":"UTC","place":"file:harbour","may_change":["slack:U1"]}`, kind)
		if err := o.archive.Settle(t.Context(), archive.Settled{Changes: []archive.DeskChange{{Desk: "Harbour", Who: "Leyla", Change: json.RawMessage(change)}}}); err != nil {
			t.Fatal(err)
		}
	}
	set("set up")
	if o.service = o.rescheduled(t.Context()); o.service == nil || len(o.config.Desks) != 2 || o.config.Desks[1].Schedule != "" {
		t.Fatal("a desk that waits to be started is not there, or is due")
	}
	set("start")
	if o.service = o.rescheduled(t.Context()); o.service == nil || o.rescheduled(t.Context()) != nil {
		t.Fatal("a desk that was started is not taken up, or again and again")
	}
	o.at(t, "2026-11-25 13:59")
	o.at(t, "2026-11-25 14:00") // 10:00 UTC
	if _, err := os.ReadFile(filepath.Join(o.dir, "harbour", "Harbour-1", "index.txt")); err != nil {
		t.Errorf("the desk that was set up in chat has no brief: %v\n%s", err, o.log)
	}

	o.changes(t, `"kind":"schedule","schedule":"every morning"`)
	if o.service = o.rescheduled(t.Context()); o.service == nil || o.config.Desks[0].Schedule != "30 7 * * *" {
		t.Fatal("a schedule that can't be does not give way to the config's")
	}
	if log := o.log.String(); !strings.Contains(log, "were changed in chat") {
		t.Errorf("the log: %s", log)
	}
}
