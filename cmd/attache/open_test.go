package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attache/config"
)

// settingsFor writes a config into a folder of its own.
func settingsFor(t *testing.T, text string) *settings {
	t.Helper()
	path := filepath.Join(t.TempDir(), "attache.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &settings{ConfigFile: path}
}

func TestLoadTellsMistakesOfAllKinds(t *testing.T) {
	g := settingsFor(t, `desks:
  - name: Caucasus
    follow: [AZE-ISR, Azerbayjann]
    zone: Nowhere/Land
  - name: Gulf
    follow: [enrgy]
    mutee: [sport]
`)
	_, err := g.load()
	var mistakes config.Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("%T: %v", err, err)
	}
	want := []string{"desks[0].follow[1]", "desks[0].zone", "desks[1].follow[0]", "desks[1].mutee"}
	if len(mistakes) != len(want) {
		t.Fatalf("%v", err)
	}
	for i, m := range mistakes {
		if m.Pos.Path != want[i] {
			t.Errorf("mistake %d is of %s, want %s", i, m.Pos.Path, want[i])
		}
	}
	var b strings.Builder
	if got := code(context.Background(), err, &b); got != exitUsage || strings.Contains(b.String(), "attache: ") {
		t.Errorf("exit %d: %s", got, b.String())
	}
}

func TestLoadWithoutConfig(t *testing.T) {
	g := &settings{ConfigFile: filepath.Join(t.TempDir(), "none.yaml")}
	_, err := g.open(t.Context(), time.Now)
	var b strings.Builder
	if got := code(t.Context(), err, &b); got != exitUsage || !strings.Contains(b.String(), "--config FILE") {
		t.Errorf("exit %d: %s", got, b.String())
	}
}

func TestOpenPicksADesk(t *testing.T) {
	g := settingsFor(t, "desks:\n  - {name: Caucasus, follow: [AZE], zone: Asia/Baku}\n  - {name: Gulf, follow: [IRN]}\n")
	t.Setenv("DATABASE_URL", filepath.Join(t.TempDir(), "a.db"))
	p, err := g.open(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	desk, given, err := p.desk("gulf")
	if err != nil || desk.Name != "Gulf" || given.Name != "Gulf" {
		t.Errorf("%+v, %+v, %v", desk, given, err)
	}
	for name, want := range map[string]string{
		"Caucsus": `did you mean "Caucasus"?`,
		"":        "choose one with --desk (Caucasus, Gulf)",
		"Zembla":  "there are Caucasus, Gulf",
	} {
		_, _, err := p.desk(name)
		var b strings.Builder
		if got := code(t.Context(), err, &b); got != exitUsage || !strings.Contains(b.String(), want) {
			t.Errorf("--desk %q: exit %d, %s", name, got, b.String())
		}
	}
}

func TestOpenOfANewerArchive(t *testing.T) {
	g := settingsFor(t, "desks: [{name: One, follow: [AZE]}]\n")
	path := filepath.Join(t.TempDir(), "a.db")
	t.Setenv("DATABASE_URL", path)
	p, err := g.open(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	raise(t, path)
	_, err = g.open(t.Context(), time.Now)
	var b strings.Builder
	if got := code(t.Context(), err, &b); got != exitFailure || !strings.Contains(b.String(), "later version; use that one") || strings.Count(b.String(), "\n") != 1 {
		t.Errorf("exit %d: %s", got, b.String())
	}
}

// raise gives an archive a schema that this program doesn't know.
func raise(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)"); err != nil {
		t.Fatal(err)
	}
}
