package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ErrConversationChanged says that a conversation was kept by another since it was
// read.
var ErrConversationChanged = errors.New("the conversation went on meanwhile")

// Conversation returns what a conversation was kept with, and which keeping that
// was; nil and 0 for one that was never kept.
func (a *Archive) Conversation(ctx context.Context, key string) (body json.RawMessage, revision int64, err error) {
	var slots string
	err = a.read.QueryRowContext(ctx, "SELECT slots, revision FROM conversations WHERE key = $1", key).Scan(&slots, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, a.dialect.explain(fmt.Errorf("read conversation %s: %w", key, err))
	}
	return json.RawMessage(slots), revision, nil
}

// SaveConversation keeps a conversation in place of what it had.
func (a *Archive) SaveConversation(ctx context.Context, key string, body json.RawMessage) error {
	_, err := a.write.ExecContext(ctx, `
		INSERT INTO conversations (key, slots, changed, revision) VALUES ($1, $2, $3, 1)
		ON CONFLICT (key) DO UPDATE SET slots = excluded.slots, changed = excluded.changed, revision = conversations.revision + 1`,
		key, string(body), instant{time.Now()})
	if err != nil {
		return a.dialect.explain(fmt.Errorf("save conversation %s: %w", key, err))
	}
	return nil
}

// Conversing is a conversation to be kept.
type Conversing struct {
	Key      string
	Body     json.RawMessage
	Revision int64 // that it was read at
}

// converse keeps a conversation, unless another did since it was read.
func converse(ctx context.Context, tx *sql.Tx, c Conversing, now time.Time) error {
	query := `UPDATE conversations SET slots = $2, changed = $3, revision = revision + 1 WHERE key = $1 AND revision = $4`
	if c.Revision == 0 {
		query = `INSERT INTO conversations (key, slots, changed, revision) VALUES ($1, $2, $3, $4 + 1) ON CONFLICT (key) DO NOTHING`
	}
	err := guarded(tx.ExecContext(ctx, query, c.Key, string(c.Body), instant{now}, c.Revision))
	if errors.Is(err, ErrLost) {
		return ErrConversationChanged
	}
	if err != nil {
		return fmt.Errorf("keep conversation %s: %w", c.Key, err)
	}
	return nil
}
