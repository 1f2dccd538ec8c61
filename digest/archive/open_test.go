package archive_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

func TestNewerSchemaIsRefused(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		a, err := archive.Open(context.Background(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, dsn, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)")
		_, err = archive.Open(context.Background(), dsn)
		var newer *archive.NewerSchemaError
		if !errors.As(err, &newer) || newer.Have != 999 || newer.Know < 1 {
			t.Errorf("got %v", err)
		}
	})
}

// TestMissingMigration: a database that a program of another line brought on gets
// what it lacks, also below its newest.
func TestMissingMigration(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		a, err := archive.Open(context.Background(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, dsn, "ALTER TABLE sources DROP COLUMN found")
		execute(t, dsn, "DELETE FROM goose_db_version WHERE version_id = 3")
		if a, err = archive.Open(context.Background(), dsn); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, dsn, "UPDATE sources SET found = ''")
	})
}

// TestVersionLost: tables whose version nobody tells are not made anew.
func TestVersionLost(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		a, err := archive.Open(context.Background(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, dsn, "DROP TABLE goose_db_version")
		for range 2 {
			if _, err = archive.Open(context.Background(), dsn); err == nil || !strings.Contains(err.Error(), "bring the database back from a backup") {
				t.Errorf("got %v", err)
			}
		}
		execute(t, dsn, "CREATE TABLE goose_db_version (version_id INTEGER)")
		if _, err = archive.Open(context.Background(), dsn); err == nil || !strings.Contains(err.Error(), "is empty") {
			t.Errorf("got %v", err)
		}
		if _, _, err = archive.Examine(context.Background(), dsn); err == nil || !strings.Contains(err.Error(), "goose_db_version") {
			t.Errorf("examined: %v", err)
		}
	})
}

func TestOpenAtOnce(t *testing.T) {
	t.Run("new file", func(t *testing.T) { openAtOnce(t, filepath.Join(t.TempDir(), "new.db")) })
	archivetest.EachDSN(t, openAtOnce)
}

// openAtOnce has several processes' worth of connections make the same schema.
func openAtOnce(t *testing.T, dsn string) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			a, err := archive.Open(context.Background(), dsn)
			if err != nil {
				t.Error(err)
				return
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestOpenNamesNoPassword holds it for an address in which the password is where a
// host or a path is looked for.
func TestOpenNamesNoPassword(t *testing.T) {
	for _, dsn := range []string{"postgres://127.0.0.1:1/hunter2@host/db", "postgres://127.0.0.1:1#hunter2@host/db", "postgres://127.0.0.1:1?hunter2@host/db", "postgres://u:hun%zzhunter2@host/db"} {
		a, err := archive.Open(context.Background(), dsn)
		if err == nil {
			t.Fatal(a.Close())
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", dsn, err)
		}
	}
}

// TestOpenSaysWhatToDo holds the one line that people see.
func TestOpenSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	another := filepath.Join(dir, "another.db")
	execute(t, another, "CREATE TABLE songs (title TEXT)")
	tests := []struct {
		name, dsn string
		want      []string
	}{
		{"no folder", filepath.Join(dir, "none", "attache.db"), []string{"does not exist", "make it"}},
		{"a folder", dir, []string{"is a folder", "name a file"}},
		{"a text", write("notes.db", strings.Repeat("These are notes, not a database.\n", 100)), []string{"is not an archive of attache", "notes.db"}},
		{"another program's", another, []string{"another program's database"}},
		{"no server", "postgres://attache:s3cret@127.0.0.1:1/news?connect_timeout=2", []string{"nothing answers at 127.0.0.1:1", "check that PostgreSQL runs"}},
		{"no address", "postgres://attache:s3cret@host:port/news", []string{"can't be read"}},
	}
	for _, tt := range tests {
		a, err := archive.Open(context.Background(), tt.dsn)
		if err == nil {
			t.Errorf("%s: opened", tt.name)
			a.Close()
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", tt.name, err, want)
			}
		}
		if strings.Contains(err.Error(), "s3cret") || strings.Contains(strings.TrimSpace(err.Error()), "\n") {
			t.Errorf("%s: the error is not one line without secrets: %q", tt.name, err)
		}
	}
}

// TestPostgresSaysWhatToDo tells a missing database from a wrong user.
func TestPostgresSaysWhatToDo(t *testing.T) {
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		u, err := url.Parse(dsn)
		if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
			t.Skip("only PostgreSQL has a server")
		}
		missing, stranger := *u, *u
		missing.Path = "/attache_none_such"
		stranger.User = url.UserPassword("attache_nobody", "s3cret")
		for _, tt := range []struct {
			dsn  url.URL
			want string
		}{
			{missing, `there is no database "attache_none_such" at `},
			{missing, "create it first"},
			{stranger, "does not accept the user's name or password"},
		} {
			_, err := archive.Open(t.Context(), tt.dsn.String())
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "attache_nobody") {
				t.Errorf("want %q, got %v", tt.want, err)
			}
		}
	})
}

// TestDamagedFile overwrites pages of a file that was good.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "attache.db")
	a, err := archive.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 200; i < len(file); i++ {
		file[i] = 0xaa
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = archive.Open(context.Background(), path)
	if err == nil || !strings.Contains(err.Error(), "is damaged") || !strings.Contains(err.Error(), "backup") {
		t.Errorf("got %v", err)
	}
}

// TestFrozenTransactions: the server ends the transaction of a replica that does
// nothing for longer than its work takes.
func TestFrozenTransactions(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		if !a.Replicas() {
			t.Skip("the system ends it with the process")
		}
		got, err := a.Show(t.Context(), "idle_in_transaction_session_timeout")
		if err != nil || got != "30s" {
			t.Errorf("a transaction may do nothing for %s, %v", got, err)
		}
	})
}
