package archive

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// NewerSchemaError says that the database was made by a later attache than this
// one, which would not understand it.
type NewerSchemaError struct {
	Have int64 // the database's schema
	Know int64 // the newest that this program knows
}

func (e *NewerSchemaError) Error() string {
	return fmt.Sprintf("the archive has schema %d, and this attache knows %d: it was written by a later version; use that one", e.Have, e.Know)
}

// errVersionLost says that a database has an archive's tables without the one that
// tells their schema.
var errVersionLost = errors.New("its tables are there, and goose_db_version, which tells their version, is not or is empty: bring the database back from a backup, or begin another one")

// versioned fails with it. A program that makes the schema tells a version with the
// tables of it, in one transaction.
func (a *Archive) versioned(ctx context.Context) error {
	var known, others int
	err := a.read.QueryRowContext(ctx, `
		SELECT count(CASE WHEN t.name = 'goose_db_version' THEN 1 END), count(CASE WHEN t.name IN ('articles', 'sources', 'counters') THEN 1 END)
		FROM (`+a.dialect.tables()+`) t`).Scan(&known, &others)
	if err == nil && others == 0 {
		return nil
	}
	var version int64
	if err == nil && known > 0 {
		err = a.read.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&version)
	}
	if err == nil && version == 0 {
		err = errVersionLost
	}
	if err != nil {
		return fmt.Errorf("read the archive's schema version: %w", err)
	}
	return nil
}

// migrate brings the schema up to date. Of several processes that find it old,
// one does it and the others wait, or find it done when they fail.
func (a *Archive) migrate(ctx context.Context) error {
	name, options, err := a.dialect.goose()
	if err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	folder, err := fs.Sub(migrations, "migrations/"+a.dialect.folder())
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	provider, err := goose.NewProvider(name, a.write, folder, append(options, goose.WithAllowOutofOrder(true))...)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	for try := 0; ; try++ {
		have, know, err := provider.GetVersions(ctx)
		if err != nil {
			return fmt.Errorf("read the archive's schema version: %w", err)
		}
		if have > know {
			return &NewerSchemaError{Have: have, Know: know}
		}
		if pending, err := provider.HasPending(ctx); err != nil {
			return fmt.Errorf("read the archive's schema version: %w", err)
		} else if !pending {
			return nil
		}
		if _, err := provider.Up(ctx); err != nil && try == 2 {
			return fmt.Errorf("bring the archive's schema from %d to %d: %w", have, know, err)
		}
	}
}
