package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Note returns what its owner noted under a key, nil for nothing. Notes hold no
// secrets.
func (a *Archive) Note(ctx context.Context, owner, key string) (json.RawMessage, error) {
	var value string
	err := a.read.QueryRowContext(ctx, "SELECT value FROM notes WHERE owner = $1 AND key = $2", owner, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the note %s of %s: %w", key, owner, err))
	}
	return json.RawMessage(value), nil
}

// SetNote keeps a note in place of what its owner had under the key.
func (a *Archive) SetNote(ctx context.Context, owner, key string, value json.RawMessage) error {
	_, err := a.write.ExecContext(ctx, `
		INSERT INTO notes (owner, key, value, changed) VALUES ($1, $2, $3, $4)
		ON CONFLICT (owner, key) DO UPDATE SET value = excluded.value, changed = excluded.changed`,
		owner, key, string(value), instant{time.Now()})
	if err != nil {
		return a.dialect.explain(fmt.Errorf("keep the note %s of %s: %w", key, owner, err))
	}
	return nil
}
