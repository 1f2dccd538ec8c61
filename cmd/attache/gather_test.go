package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"

	"attache/sources"
	"attache/sources/newsroom"
)

// attache runs a command in this process, at the newsroom's time.
func attache(t *testing.T, ctx context.Context, room *pressRoom, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	s := &streams{in: strings.NewReader(""), out: &o, err: &e, env: func(string) string { return "" }, now: room.world.Now}
	code = run(ctx, args, s)
	return code, o.String(), e.String()
}

// roomConfig starts a newsroom, and writes a config of it with a database of its
// own.
func roomConfig(t *testing.T) (*pressRoom, string) {
	t.Helper()
	room := newPressRoom()
	t.Cleanup(room.close)
	t.Setenv("DATABASE_URL", "")
	dir := t.TempDir()
	path := filepath.Join(dir, "attache.yaml")
	if err := os.WriteFile(path, []byte(room.config("database: "+filepath.Join(dir, "a.db")+"\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return room, path
}

// TestSecondGatherDownloadsNothing holds that a source is asked once, with
// validators, and that what it has not changed costs no byte. Each run is a
// process of its own, as far as the archive is concerned.
func TestSecondGatherDownloadsNothing(t *testing.T) {
	room, path := roomConfig(t)
	room.world.At(newsroom.Start().Add(4 * time.Hour)) // all outlets answer
	if code, _, errs := attache(t, t.Context(), room, "gather", "-c", path); code != exitOK {
		t.Fatal(errs)
	}
	requests, size := room.served()
	if len(requests) < 70 || size < 100_000 {
		t.Fatalf("the first round asked %d times and got %d bytes", len(requests), size)
	}
	if code, out, errs := attache(t, t.Context(), room, "gather", "-c", path); code != exitOK || strings.Count(out, "not changed since 07:30") != 10 {
		t.Fatalf("%s%s", out, errs)
	}
	requests, size = room.served()
	if len(requests) != len(room.world.Outlets()) || size != 0 {
		t.Errorf("the second round got %d bytes by %q", size, requests)
	}
}

// TestStoppedGatherKeepsWhatItGot stops a round while one source is still to
// answer.
func TestStoppedGatherKeepsWhatItGot(t *testing.T) {
	room, path := roomConfig(t)
	ctx, stop := context.WithCancel(t.Context())
	room.stall("meridian-times.example", stop) // the last of the config
	code, out, _ := attache(t, ctx, room, "gather", "-c", path)
	if code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(out, " of 10 sources, ") {
		t.Errorf("printed: %s", out)
	}
	room.stall("", nil)
	room.served()
	code, out, errs := attache(t, t.Context(), room, "gather", "-c", path)
	if code != exitOK || !strings.Contains(out, "not changed since") {
		t.Errorf("the next round: %s%s", out, errs)
	}
	requests, _ := room.served()
	if !slices.Contains(requests, "GET meridian-times.example/world/rss") {
		t.Errorf("what was stopped is not asked: %q", requests)
	}
}

// TestGatherTableFitsTheTerminal holds the table to 60 columns: names are cut,
// notes wrapped under their column.
func TestGatherTableFitsTheTerminal(t *testing.T) {
	now := newsroom.Start()
	r := &gatherRound{started: now, all: []gathered{
		{polled: polled{source: sources.Source{Name: "Bakı Enerji Xəbərləri və Cənubi Qafqaz Qaz İcmalı"}}, done: true, Report: sources.Report{
			New: 12, Seen: 100, Partial: map[sources.Partial]int{sources.Paywall: 3, sources.Disallowed: 1},
		}},
		{polled: polled{source: sources.Source{Name: "環里海新聞通信社国際部英語版\x1b[31m"}}, waiting: true, done: true, Report: sources.Report{
			Trouble: "503 Service Unavailable", FailingSince: now.Add(-3 * time.Hour), NextPoll: now.Add(20 * time.Hour),
		}},
	}}
	var b strings.Builder
	table := newGatherTable(&streams{out: &b}, r, newsroom.Baku())
	table.terminal, table.width, table.name = true, 60, 20
	if err := r.flush(table, true); err != nil {
		t.Fatal(err)
	}
	if err := table.end(r); err != nil {
		t.Fatal(err)
	}
	out := strings.ReplaceAll(b.String(), "\r\x1b[K", "")
	for line := range strings.Lines(out) {
		if n := runewidth.StringWidth(strings.TrimRight(line, "\n")); n > 60 {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	for _, want := range []string{"…", "3 pages behind a", "since 04:30;", "next try 25", "2 sources, 1 not asked"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Errorf("a source's name steers the terminal: %q", out)
	}
}

// TestAFailedKeepIsItsSources holds that a source whose articles can't be kept
// stops no other.
func TestAFailedKeepIsItsSources(t *testing.T) {
	room, path := roomConfig(t)
	room.world.At(newsroom.Start().Add(4 * time.Hour))
	if code, _, errs := attache(t, t.Context(), room, "sources", "-c", path); code != exitOK {
		t.Fatal(errs)
	}
	db, err := sql.Open("sqlite", filepath.Join(filepath.Dir(path), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("CREATE TRIGGER refuse BEFORE INSERT ON sources WHEN NEW.name LIKE 'Levant%' BEGIN SELECT RAISE(ABORT, 'no room for it'); END")
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := attache(t, t.Context(), room, "gather", "-c", path)
	if code != exitOK || !strings.Contains(out, "could not be kept") || !strings.Contains(out, "no room for it") || !strings.Contains(out, "10 sources, 1 failed") {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
	// Of those that were named, all must be read.
	code, out, errs = attache(t, t.Context(), room, "gather", "-c", path, "--source", "Levant Wire", "--source", "Caspian Ledger")
	if code != exitFailure || !strings.Contains(errs, "1 of 2 sources could not be read") {
		t.Errorf("named: exit code %d\n%s%s", code, out, errs)
	}
}
