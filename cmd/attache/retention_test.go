package main

import (
	"strings"
	"testing"
	"time"

	"attache/digest/archive"
)

// TestRetention holds that questions go after the time that the config keeps them,
// once a day, and that a desk's editions stay.
func TestRetention(t *testing.T) {
	o := newOffice(t, "questions: {keep: 48h}\n"+desks(""), "2026-11-20 07:00")
	asked := func(id string) {
		t.Helper()
		if err := o.archive.Settle(t.Context(), archive.Settled{Request: id, Person: "slack:U1", Place: "slack:#caucasus"}); err != nil {
			t.Fatal(err)
		}
	}
	kept := func(id string) bool {
		t.Helper()
		yes, err := o.archive.Handled(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	o.at(t, "2026-11-20 07:30")
	asked("first")
	o.at(t, "2026-11-22 07:29") // 03:29 UTC
	if !kept("first") {
		t.Error("forgotten before its time")
	}
	asked("second")
	o.at(t, "2026-11-23 07:30")
	if kept("first") || !kept("second") {
		t.Errorf("kept: the first %v, the second %v; the log: %s", kept("first"), kept("second"), o.log)
	}
	if log := o.log.String(); !strings.Contains(log, `run=retention`) || !strings.Contains(log, "records=") {
		t.Errorf("the log: %s", log)
	}
	if e, err := o.archive.LastEdition(t.Context(), "Caucasus", time.Time{}); e == nil || err != nil {
		t.Errorf("the last edition: %v, %v", e, err)
	}
}
