// Package archivetest gives tests an archive of their own, on a real database.
//
// Begin with [Each], which runs a test on SQLite and on PostgreSQL. [Open] gives
// an archive on SQLite alone, for tests above the store.
package archivetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"attache/digest/archive"
)

// Each runs fn twice, as two subtests: on SQLite and on PostgreSQL, each time
// with an empty archive that is gone afterwards.
func Each(t *testing.T, fn func(t *testing.T, a *archive.Archive)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { fn(t, open(t, dsn)) })
}

// EachDSN is as [Each], for tests that open the archive themselves: dsn names an
// empty database.
//
// The PostgreSQL server is the one that ATTACHE_TEST_POSTGRES names, else one on
// this machine. Where none answers that half is skipped, with one line on
// standard error, unless CI is "true": then it fails.
func EachDSN(t *testing.T, fn func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, sqliteFile(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

// Open gives an empty archive on SQLite that is closed and gone afterwards.
func Open(t testing.TB) *archive.Archive {
	t.Helper()
	return open(t, sqliteFile(t))
}

func open(t testing.TB, dsn string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close the archive: %v", err)
		}
	})
	return a
}

// template is the file of an empty archive. Each test gets a copy, as to migrate
// takes ten times as long.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "archivetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "attache.db")
	a, err := archive.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := a.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func sqliteFile(t testing.TB) string {
	t.Helper()
	file, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "attache.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// server finds a PostgreSQL server, empty when none answers. A server that was
// named and does not answer is an error.
var server = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv("ATTACHE_TEST_POSTGRES"); dsn != "" {
		return dsn, ping(dsn)
	}
	for _, dsn := range []string{
		"postgres:///test?host=/var/run/postgresql&connect_timeout=2",
		"postgres://postgres@127.0.0.1:5432/test?connect_timeout=2",
		"postgres://postgres@127.0.0.1:5432/postgres?connect_timeout=2",
	} {
		if ping(dsn) == nil {
			return dsn, nil
		}
	}
	fmt.Fprintln(os.Stderr, "archivetest: no PostgreSQL on this machine; tests run on SQLite only (ATTACHE_TEST_POSTGRES names a server)")
	return "", nil
})

func ping(dsn string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// Postgres makes an empty PostgreSQL schema that is dropped after the test, and
// returns an address whose connections see nothing else.
func Postgres(t testing.TB) string {
	t.Helper()
	dsn, err := server()
	if err != nil {
		t.Fatalf("ATTACHE_TEST_POSTGRES does not answer: %v", err)
	}
	if dsn == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no PostgreSQL answers")
		}
		t.Skip("no PostgreSQL answers")
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	schema := "attache_" + strings.ToLower(rand.Text()[:12])
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Errorf("drop the test's schema: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("close the server: %v", err)
		}
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
