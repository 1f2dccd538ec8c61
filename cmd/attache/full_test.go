package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnswersOfAFullDisk holds that an archive which takes nothing any more is
// still read: what could not be done is said, and the answer is given.
func TestAnswersOfAFullDisk(t *testing.T) {
	room, path := roomConfig(t)
	lines := filepath.Join(t.TempDir(), "articles.jsonl")
	write := func(line string) {
		t.Helper()
		if err := os.WriteFile(lines, []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"id":"a","outlet":"Levant Wire","title":"Armenia opens a road","published":"2026-11-23","text":"Armenia opened a road to Georgia on Monday, its roads office said."}`)
	if code, _, errs := attache(t, t.Context(), room, "import", "-c", path, lines); code != exitOK {
		t.Fatal(errs)
	}
	db, err := sql.Open("sqlite", filepath.Join(filepath.Dir(path), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		"CREATE TRIGGER full1 BEFORE UPDATE ON articles BEGIN SELECT RAISE(ABORT, 'no room'); END",
		"CREATE TRIGGER full2 BEFORE INSERT ON conversations BEGIN SELECT RAISE(ABORT, 'no room'); END",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	// What is kept before the understanding fails is told.
	write(`{"id":"b","outlet":"Levant Wire","title":"Armenia mends a bridge","published":"2026-11-23","text":"Armenia mended a bridge."}` + "\nno line")
	code, out, errs := attache(t, t.Context(), room, "import", "-c", path, lines)
	if code != exitFailure || !strings.Contains(out, "1 article added, 1 line not read") || !strings.Contains(errs, "line 2: ") || !strings.Contains(errs, "run it again") {
		t.Errorf("import: exit code %d\n%s%s", code, out, errs)
	}
	code, out, errs = attache(t, t.Context(), room, "ask", "-c", path, "latest on Armenia")
	if code != exitOK || !strings.Contains(out, "Armenia opened a road to Georgia") {
		t.Errorf("ask: exit code %d\n%s%s", code, out, errs)
	}
	for _, want := range []string{"what is new could not be read, and is left out", "the conversation could not be kept"} {
		if strings.Count(errs, want) != 1 {
			t.Errorf("ask says %s", errs)
		}
	}
}
