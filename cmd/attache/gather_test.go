package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
	room.hold = "meridian-times.example" // the last of the config
	room.held = stop
	code, out, _ := attache(t, ctx, room, "gather", "-c", path)
	if code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(out, " of 10 sources, ") {
		t.Errorf("printed: %s", out)
	}
	room.hold = ""
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
