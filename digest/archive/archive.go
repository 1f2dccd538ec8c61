// Package archive keeps what attache gathered, understood and posted, in one
// SQLite file or in PostgreSQL.
//
// Begin with [Open]. [Archive.Keep] stores what a gatherer found,
// [Archive.Unindexed] and [Archive.Index] carry the indexer, and
// [Archive.Search], [Archive.Entries] and [Archive.News] are what digests and
// answers read. [Archive.At] gives the archive as it was at a time.
//
// The SQL is written by hand and shared by both databases; what differs between
// them is behind the dialect type.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"
)

// Archive is the store. It is safe for concurrent use, by any number of
// processes on PostgreSQL, and by several on one machine on SQLite.
type Archive struct {
	write   *sql.DB // one connection on SQLite
	read    reader
	dialect dialect
	ids     *ids
	asOf    time.Time // zero: now
	clock   func() time.Time
	wakers  *wakers
	pace    *pace
	memory  *memory
	held    *int64    // the revision by which everything is read; nil where it is looked up
	lock    io.Closer // of the process that is alone; nil for none
}

// Open opens the archive at dsn and brings its schema up to date. A dsn that
// begins with postgres:// or postgresql:// is a PostgreSQL database; every other
// one is the path of a SQLite file, made if it is not there, with or without
// "file:" before it.
//
// The errors that people can do something about say what: *[NewerSchemaError],
// a folder that can't be written, a file that is no archive.
func Open(ctx context.Context, dsn string) (*Archive, error) {
	a, err := connect(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := a.migrate(ctx); err != nil {
		return nil, errors.Join(a.dialect.explain(err), a.Close())
	}
	return a, nil
}

// connect opens the pools of the database that dsn names.
func connect(ctx context.Context, dsn string) (a *Archive, err error) {
	if isPostgres(dsn) {
		a, err = openPostgres(ctx, dsn)
	} else {
		a, err = openSQLite(ctx, dsn)
	}
	if err != nil {
		return nil, err
	}
	if err := a.versioned(ctx); err != nil {
		return nil, errors.Join(a.dialect.explain(err), a.Close())
	}
	return a, nil
}

// Close ends all connections. It waits for none of the running calls.
func (a *Archive) Close() error {
	err := a.write.Close()
	if a.read != a.write {
		err = errors.Join(a.read.Close(), err)
	}
	if a.lock != nil {
		err = errors.Join(err, a.lock.Close())
	}
	return err
}

// At gives the archive as it was at t, for reading: of each article the version
// that had been seen by then, and no article first seen later. What came with a
// source's first poll or by import counts as seen when it was published. The
// value shares the archive's connections; close only one of them. What is
// understood of an article (its tags, its story) is as of now.
func (a *Archive) At(t time.Time) *Archive {
	then := *a
	then.asOf = t
	return &then
}

// inWrite runs f in a transaction that writes, and commits unless f fails. It
// begins again where the database gave the transaction up in favour of another.
func (a *Archive) inWrite(ctx context.Context, f func(tx *sql.Tx) error) error {
	return a.tried(func() error { return transact(ctx, a.write, f) })
}

// exactly is inWrite for what must outlive a power cut once it is committed.
func (a *Archive) exactly(ctx context.Context, f func(tx *sql.Tx) error) error {
	return a.tried(func() error { return a.dialect.durably(ctx, a.write, f) })
}

// tried runs a transaction, again where it may succeed then.
func (a *Archive) tried(run func() error) error {
	for try := 0; ; try++ {
		err := run()
		if err == nil || try == 4 || !a.dialect.again(err) {
			return a.dialect.explain(err)
		}
	}
}

// beginner is what transactions begin on: a pool or one connection of it.
type beginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

func transact(ctx context.Context, db beginner, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// ignoreDone drops the error of rolling back what a cancelled context already
// rolled back.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// each runs a query and calls scan for every row.
func each(ctx context.Context, db querier, query string, args []any, scan func(row *sql.Rows) error) (err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// reader is a pool that only reads.
type reader interface {
	querier
	io.Closer
}

// querier is what reads: a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
