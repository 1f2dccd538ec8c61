package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"

	"attache/bot"
	"attache/digest/archive"
	"attache/sources/fetch"
)

func TestSilence(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC)
	const day = 24 * time.Hour
	pace := func(articles int, over, ago time.Duration) archive.Pace {
		return archive.Pace{Articles: articles, First: now.Add(-ago - over), Newest: now.Add(-ago)}
	}
	tests := []struct {
		name  string
		pace  archive.Pace
		quiet time.Duration
		usual string
	}{
		{"four a day, nine days ago", pace(112, 28*day, 9*day), 9 * day, "4 a day"},
		{"four a day, two days ago", pace(112, 28*day, 2*day), 0, ""},
		{"two a week, nine days ago", pace(8, 28*day, 9*day), 0, ""},
		{"two a week, a month ago", pace(8, 28*day, 30*day), 30 * day, "2 a week"},
		{"all at once", pace(40, 0, 4*day), 4 * day, "40 a day"},
		{"hardly known", pace(4, 28*day, 90*day), 0, ""},
		{"unknown", archive.Pace{}, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			quiet, usual := silence(tt.pace, tt.pace.Newest, now)
			if quiet != tt.quiet || usual != tt.usual {
				t.Errorf("%v, %q; want %v, %q", quiet, usual, tt.quiet, tt.usual)
			}
		})
	}
}

func TestSourceRemedy(t *testing.T) {
	const address = "https://levant-wire.example/rss"
	tests := []struct {
		err  error
		want string
	}{
		{nil, "Open " + address + " in a browser; remove it"},
		{&fetch.StatusError{Status: 503}, "remove it if it is gone"},
		{&fetch.StatusError{Status: 403}, "The site refuses attache"},
		{&fetch.StatusError{Status: 410}, "correct the address"},
		{&fetch.StatusError{Status: 429}, "every: 2h"},
		{&tls.CertificateVerificationError{Err: errors.New("expired")}, "renew this machine's certificates"},
		{&net.DNSError{IsNotFound: true}, "Correct its address"},
		{errors.New("it is a page, not a feed"), "site: instead of feed:"},
	}
	for _, tt := range tests {
		err := tt.err
		if err != nil {
			err = fmt.Errorf("fetch: %w", err)
		}
		if got := sourceRemedy(err, address); !strings.Contains(got, tt.want) {
			t.Errorf("%v: %q; want %q", tt.err, got, tt.want)
		}
	}
}

// newDoctor looks at nothing, and keeps its lines.
func newDoctor() (*doctor, *bytes.Buffer) {
	var out bytes.Buffer
	return &doctor{report: newReport(&out, false)}, &out
}

func TestCheckClockAndRoom(t *testing.T) {
	for ahead, want := range map[time.Duration]bot.Verdict{
		0: bot.Well, -2 * time.Second: bot.Well, 3 * time.Second: bot.Doubtful, -5 * time.Minute: bot.Doubtful,
		5*time.Minute + time.Second: bot.Broken, -25 * time.Hour: bot.Broken,
	} {
		d, out := newDoctor()
		d.checkClock(ahead, "x")
		if !strings.HasPrefix(out.String(), string(want)) {
			t.Errorf("%s: %s", ahead, out)
		}
	}
	for room, want := range map[uint64]string{
		0:        "fail  disk         0 MB free in /var",
		49 << 20: "fail  disk         49 MB free in /var. Make room: attache stops when it can't write.",
		50 << 20: "warn  disk         50 MB free in /var. Make room soon.",
		1 << 30:  "ok    disk         1,024 MB free in /var\n",
		20 << 30: "ok    disk         20 GB free in /var\n",
	} {
		d, out := newDoctor()
		d.room(room, "/var")
		if !strings.HasPrefix(out.String(), want) {
			t.Errorf("%d: %s; want %s", room, out, want)
		}
	}
}

func TestReportFitsATerminal(t *testing.T) {
	var out bytes.Buffer
	r := newReport(&out, false)
	r.width = 60
	r.ok("config", "attache.yaml: 2 desks, 14 sources, 3 places")
	r.warn("source", "Levant Wire: 503 since 04:10 (3 tries)", "Open https://levant-wire.example/rss in a browser; remove it if it is gone.")
	r.fail("slack", "#caucasus: \x1b[31mnot a member", "")
	err := r.end()
	want := `ok    config       attache.yaml: 2 desks, 14 sources, 3
                   places
warn  source       Levant Wire: 503 since 04:10 (3 tries).
                   Open https://levant-wire.example/rss in a
                   browser; remove it if it is gone.
fail  slack        #caucasus: [31mnot a member
1 failure, 1 warning
`
	if diff := cmp.Diff(want, out.String()); diff != "" || !errors.Is(err, errSaid) {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for line := range strings.Lines(out.String()) {
		if runewidth.StringWidth(line) > 60 {
			t.Errorf("too long: %s", line)
		}
	}
}

// A source that does not answer holds up no other, and is told as such.
func TestCheckWaitsNoLonger(t *testing.T) {
	room, path := roomConfig(t)
	room.stall("meridian-times.example", func() {})
	began := time.Now()
	code, out, errs := attache(t, t.Context(), room, "check", "-c", path, "--timeout", "1s")
	if code != exitOK || !strings.Contains(out, "warn  source       Meridian Times: no answer within 1s. Open ") || !strings.Contains(out, "ok    source       Caspian Ledger: ") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	ctx, stop := context.WithCancel(t.Context())
	room.stall("meridian-times.example", stop)
	if code, _, errs := attache(t, ctx, room, "check", "-c", path); code != exitInterrupted {
		t.Errorf("stopped: exit code %d, %s", code, errs)
	}
}

// Of many sources, those that are well share a line; with none that answers, a
// morning would be empty.
func TestCheckManySources(t *testing.T) {
	room, path := roomConfig(t)
	var b strings.Builder
	b.WriteString("sources:\n")
	for i := range fewSources + 5 {
		fmt.Fprintf(&b, "  - {feed: '%s/rss?n=%d', name: n%d}\n", room.servers["caspian-ledger.example"].URL, i, i)
	}
	fmt.Fprintf(&b, "fetch: {allow-private: [127.0.0.0/8], contact: a@b.example}\ndatabase: %s\n", filepath.Join(filepath.Dir(path), "b.db"))
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ := attache(t, t.Context(), room, "check", "-c", path)
	if code != exitOK || !strings.Contains(out, "ok    source       25 sources, all well\n") || strings.Contains(out, "n7") {
		t.Errorf("exit code %d, %s", code, out)
	}
	room.world.SetFault("caspian-ledger.example", "down")
	code, out, errs := attache(t, t.Context(), room, "check", "-c", path)
	if code != exitFailure || errs != "" || !strings.Contains(out, "fail  source       no source can be read. Look at this machine's network: a digest would be empty.\n1 failure, 26 warnings\n") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
}
