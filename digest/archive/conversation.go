package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Conversation returns the slots that a conversation was saved with, nil for one
// that was never saved.
func (a *Archive) Conversation(ctx context.Context, key string) (json.RawMessage, error) {
	var slots string
	err := a.read.QueryRowContext(ctx, "SELECT slots FROM conversations WHERE key = $1", key).Scan(&slots)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read conversation %s: %w", key, err))
	}
	return json.RawMessage(slots), nil
}

// SaveConversation stores a conversation's slots in place of what it had.
func (a *Archive) SaveConversation(ctx context.Context, key string, slots json.RawMessage) error {
	_, err := a.write.ExecContext(ctx, `
		INSERT INTO conversations (key, slots, changed) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET slots = excluded.slots, changed = excluded.changed`,
		key, string(slots), instant{time.Now()})
	if err != nil {
		return a.dialect.explain(fmt.Errorf("save conversation %s: %w", key, err))
	}
	return nil
}
