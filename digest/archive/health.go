package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// Health is what a look at a database finds.
type Health struct {
	Server     string // PostgreSQL's host and database; empty for a SQLite file
	File       string // its path; empty for PostgreSQL
	Have, Know int64  // its schema, 0 where there is none yet, and the one of this program
	Pending    bool   // its schema is to be brought up to date
}

// Examine looks at the database at dsn and changes nothing: a SQLite file that is
// not there is not made, and an old schema stays. The archive is nil unless its
// schema is this program's. The errors are those of [Open].
func Examine(ctx context.Context, dsn string) (Health, *Archive, error) {
	h, err := place(dsn)
	if err != nil {
		return h, nil, err
	}
	if h.File != "" {
		if err := writable(h.File); err != nil {
			return h, nil, err
		}
		if _, err := os.Stat(h.File); errors.Is(err, fs.ErrNotExist) {
			h.Pending = true
			return h, nil, nil
		}
	}
	a, err := connect(ctx, dsn)
	if err != nil {
		return h, nil, err
	}
	err = a.schemaVersion(ctx, &h)
	switch {
	case err != nil:
		return h, nil, errors.Join(a.dialect.explain(err), a.Close())
	case h.Have > h.Know:
		return h, nil, errors.Join(&NewerSchemaError{Have: h.Have, Know: h.Know}, a.Close())
	case h.Pending:
		return h, nil, a.Close()
	}
	return h, a, nil
}

// Missing is the path of the SQLite file that dsn names and that is not there;
// empty where it is, and for PostgreSQL.
func Missing(dsn string) string {
	if isPostgres(dsn) {
		return ""
	}
	path, err := sqlitePath(dsn)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return path
	}
	return ""
}

// place is where a database is, and the schema that this program would give it.
func place(dsn string) (h Health, err error) {
	if isPostgres(dsn) {
		h.Server = serverName(dsn)
	} else if h.File, err = sqlitePath(dsn); err != nil {
		return h, err
	}
	versions, err := h.migrations()
	if err != nil {
		return h, fmt.Errorf("read migrations: %w", err)
	}
	h.Know = slices.Max(versions)
	return h, nil
}

// migrations are the numbers of the migrations of such a database.
func (h Health) migrations() (versions []int64, err error) {
	folder := sqliteDialect{}.folder()
	if h.Server != "" {
		folder = postgresDialect{}.folder()
	}
	files, err := fs.Glob(migrations, "migrations/"+folder+"/*.sql")
	for _, file := range files {
		version, wrong := goose.NumericComponent(file)
		versions, err = append(versions, version), errors.Join(err, wrong)
	}
	return versions, err
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// schemaVersion finds which migrations the database had.
func (a *Archive) schemaVersion(ctx context.Context, h *Health) error {
	var tables int
	err := a.read.QueryRowContext(ctx, "SELECT count(*) FROM ("+a.dialect.tables()+") t WHERE t.name = 'goose_db_version'").Scan(&tables)
	had := map[int64]bool{}
	if err == nil && tables > 0 {
		err = each(ctx, a.read, "SELECT version_id FROM goose_db_version", nil, func(row *sql.Rows) error {
			var version int64
			err := row.Scan(&version)
			had[version], h.Have = true, max(h.Have, version)
			return err
		})
	}
	all, wrong := h.migrations()
	if err = errors.Join(err, wrong); err != nil {
		return fmt.Errorf("read the archive's schema version: %w", err)
	}
	h.Pending = slices.ContainsFunc(all, func(version int64) bool { return !had[version] })
	return nil
}

// errTakenBack ends a transaction that was only a trial.
var errTakenBack = errors.New("only a trial")

// TryWrite makes a change and takes it back, to find out whether one can be made.
func (a *Archive) TryWrite(ctx context.Context) error {
	err := a.inWrite(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO notes (owner, key, value, changed) VALUES ('check', $1, '{}', $2)",
			time.Now().Format(time.RFC3339Nano), instant{time.Now()})
		if err != nil {
			return err
		}
		return errTakenBack
	})
	if errors.Is(err, errTakenBack) {
		return nil
	}
	return fmt.Errorf("write to the archive: %w", err)
}

// TryRead reads a SQLite file through and says what is damaged in it. A
// PostgreSQL server looks after its own.
func (a *Archive) TryRead(ctx context.Context) error {
	if a.Replicas() {
		return nil
	}
	var found string
	if err := a.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return a.dialect.explain(fmt.Errorf("read the archive through: %w", err))
	}
	if found != "ok" {
		return fmt.Errorf("the archive is damaged: %s", strings.Join(strings.Fields(found), " "))
	}
	return nil
}

// Pace is how often a source has something new.
type Pace struct {
	Articles      int       // in the four weeks before its newest
	First, Newest time.Time // of these
}

// Paces tells how often each source has something new, by its name.
func (a *Archive) Paces(ctx context.Context) (map[string]Pace, error) {
	const weeks = 28 * 24 * time.Hour
	all := map[string]Pace{}
	err := each(ctx, a.read, `
		SELECT s.name, count(DISTINCT a.id), min(a.at), max(a.at)
		FROM sources s JOIN sightings i ON i.source = s.id JOIN articles a ON a.id = i.article
		JOIN (SELECT j.source, max(b.at) AS newest FROM sightings j JOIN articles b ON b.id = j.article GROUP BY j.source) n ON n.source = s.id
		WHERE a.at > n.newest - $1 GROUP BY s.name`, []any{weeks.Microseconds()}, func(row *sql.Rows) error {
		var name string
		var p Pace
		var first, newest instant
		err := row.Scan(&name, &p.Articles, &first, &newest)
		p.First, p.Newest = first.Time, newest.Time
		all[name] = p
		return err
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("count what sources bring: %w", err))
	}
	return all, nil
}
