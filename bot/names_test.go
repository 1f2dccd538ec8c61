package bot

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"attache/digest"
)

// What goes wrong when names are read in the background is in the log, and ends
// nothing else.
func TestNamesThatCannotBeRead(t *testing.T) {
	var log bytes.Buffer
	(&nameCache{}).refresh(t.Context(), nil, nil, slog.New(slog.NewTextHandler(&log, nil)))
	if !strings.Contains(log.String(), "names to complete could not be read") {
		t.Errorf("the log: %q", log.String())
	}
}

// A brief over no time says so.
func TestNoTime(t *testing.T) {
	at := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	d := &digest.Digest{Desk: "Caucasus", Number: 2, Due: at, Since: at, Until: at, Zone: "UTC"}
	has(t, words(previewed(d, at)), "No time to tell of: the last brief goes up to Tue 24 Nov 03:30 UTC", "not 03:30 to")
}
