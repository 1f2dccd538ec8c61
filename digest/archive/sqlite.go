package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as an archive, "atch" in ASCII.
const applicationID = 0x61746368

// sqliteDialect is SQLite's. Its file is named in errors.
type sqliteDialect struct{ path string }

// openSQLite opens one connection that writes, whose transactions take the write
// lock at once, and a pool that reads: with more writers SQLite answers "busy"
// however long they wait.
func openSQLite(ctx context.Context, dsn string) (*Archive, error) {
	path, err := sqlitePath(dsn)
	if err != nil {
		return nil, err
	}
	if err := writable(path); err != nil {
		return nil, err
	}
	uri := (&url.URL{Scheme: "file", Path: path}).String()
	pragmas := "?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=cache_size(-16000)&_pragma=temp_store(memory)"
	write, err := sql.Open("sqlite", uri+pragmas+"&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open the archive %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", uri+pragmas+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the archive %s: %w", path, err), write.Close())
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	a := &Archive{write: write, read: &prepared{DB: read, ready: map[string]*sql.Stmt{}}, dialect: sqliteDialect{path: path}, ids: &ids{}, clock: time.Now, wakers: &wakers{}, pace: &pace{}, memory: &memory{}}
	if err := settle(ctx, write, path); err != nil {
		return nil, errors.Join(a.dialect.explain(err), a.Close())
	}
	return a, nil
}

// sqlitePath is the path of the file that a dsn names.
func sqlitePath(dsn string) (string, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file:"), "?")
	path, err := filepath.Abs(name)
	if err != nil {
		return "", fmt.Errorf("find the archive %s: %w", dsn, err)
	}
	return path, nil
}

// settle makes the first connection. While another process makes the same new
// file SQLite says "busy" without waiting, so it is asked again for a while.
func settle(ctx context.Context, db *sql.DB, path string) error {
	const tries, pause = 100, 20 * time.Millisecond
	for try := 1; ; try++ {
		err := ours(ctx, db, path)
		var e *sqlite.Error
		if try == tries || !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// writable tells, before SQLite says it in its own words, whether the archive
// and the files that SQLite keeps beside it can be written.
func writable(path string) error {
	folder := filepath.Dir(path)
	probe, err := os.CreateTemp(folder, ".attache-*")
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the archive's folder %s does not exist: make it, or name another one", folder)
	case err != nil:
		return fmt.Errorf("the archive's folder %s can't be written: give this user the right to write there, or name another one (%w)", folder, cause(err))
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the archive %s: %w", path, cause(err))
	}
	if info.IsDir() {
		return fmt.Errorf("the archive %s is a folder: name a file in it", path)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("the archive %s can't be written: give this user the right to write it (%w)", path, cause(err))
	}
	return file.Close()
}

// cause takes the path off an error of the file system, as the probe's means
// nothing to people.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// ours refuses the database of another program.
func ours(ctx context.Context, db *sql.DB, path string) error {
	var id, tables int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("open the archive %s: %w", path, err)
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'").Scan(&tables); err != nil {
		return fmt.Errorf("open the archive %s: %w", path, err)
	}
	if id != applicationID && tables > 0 {
		return fmt.Errorf("%s is another program's database: name another file", path)
	}
	return nil
}

func (sqliteDialect) goose() (goose.Dialect, []goose.ProviderOption, error) {
	return goose.DialectSQLite3, nil, nil
}

func (sqliteDialect) folder() string { return "sqlite" }

func (sqliteDialect) tables() string { return "SELECT name FROM sqlite_schema WHERE type = 'table'" }

func (sqliteDialect) in(column, param string) string {
	return column + " IN (SELECT value FROM json_each(" + param + "))"
}

// list encodes the values as JSON; numbers and strings always can be.
func (sqliteDialect) list(values any) any {
	b, err := json.Marshal(values)
	if err != nil {
		return "[]"
	}
	return string(b)
}

// lock is empty: the transaction holds the lock of the whole file.
func (sqliteDialect) lock() string { return "" }

func (sqliteDialect) skipLocked() string { return "" }

func (sqliteDialect) now(_ context.Context, _ querier, clock func() time.Time) (time.Time, error) {
	return clock().UTC().Truncate(time.Microsecond), nil
}

// durably waits for the disk; other transactions only keep the file whole. The
// setting is the connection's, and can't be changed in a transaction.
func (sqliteDialect) durably(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = full"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	err = transact(ctx, conn, f)
	_, reset := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = normal")
	return errors.Join(err, reset)
}

// inTurn has nothing to do: there is one writer.
func (sqliteDialect) inTurn(context.Context, *sql.Tx, ...string) error { return nil }

// notify has nobody to tell: other processes only look at the file.
func (sqliteDialect) notify(context.Context, *sql.Tx) error { return nil }

func (sqliteDialect) listen(context.Context, chan<- struct{}) {}

// alone locks a file beside the archive. The system takes the lock away when the
// process ends, however it ends.
func (s sqliteDialect) alone() (io.Closer, error) {
	lock := flock.New(s.path + ".lock")
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", lock.Path(), err)
	}
	if !got {
		return nil, fmt.Errorf("the archive %s: %w: stop it, or use PostgreSQL for several", s.path, ErrNotAlone)
	}
	return lock, nil
}

// matching names docs_text first and joins crosswise, so that SQLite walks the
// full-text index in the order of its rows, which is that of time.
func (sqliteDialect) matching(clauses []clause, args *params) match {
	if len(clauses) == 0 {
		return match{from: "docs", key: "docs.key", where: "TRUE"}
	}
	all := make([]string, len(clauses))
	for i, c := range clauses {
		some := make([]string, len(c))
		for j, t := range c {
			some[j] = t.column() + ` : "` + strings.ReplaceAll(t.text, `"`, `""`) + `"`
		}
		all[i] = "(" + strings.Join(some, " OR ") + ")"
	}
	return match{
		from:  "docs_text",
		docs:  " CROSS JOIN docs ON docs.key = docs_text.rowid",
		key:   "docs_text.rowid",
		where: "docs_text MATCH " + args.add(strings.Join(all, " AND ")),
	}
}

// column is the part of a document in which FTS5 looks for the term.
func (t term) column() string {
	if t.tag {
		return "tags"
	}
	return "{title body}"
}

func (sqliteDialect) putDoc(ctx context.Context, tx *sql.Tx, d doc) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO docs (key, article) VALUES ($1, $2)", d.key, d.article); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO docs_text (rowid, title, body, tags) VALUES ($1, $2, $3, $4)",
		d.key, d.title, d.body, strings.Join(d.tags, " "))
	return err
}

// again is never: transactions wait for the lock before they begin.
func (sqliteDialect) again(error) bool { return false }

func (sqliteDialect) unfit(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && slices.Contains([]int{sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH}, e.Code()&0xff)
}

func (s sqliteDialect) explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s is not an archive of attache: name another file with database: (%w)", s.path, err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the archive %s is damaged: stop attache and put back the last backup (%w)", s.path, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk of the archive %s is full: make room (%w)", s.path, err)
	case sqlite3.SQLITE_IOERR:
		return fmt.Errorf("the archive %s could not be read or could not be written: look at its disk, and at what limits the size of files (ulimit -f) (%w)", s.path, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("the archive %s is held by another program: end it, or wait (%w)", s.path, err)
	}
	return err
}
