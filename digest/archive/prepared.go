package archive

import (
	"context"
	"database/sql"
	"sync"
)

// preparedAtMost is how many statements are kept ready. There are fewer: what is
// asked for stands in their parameters.
const preparedAtMost = 256

// prepared reads by statements that stay prepared on each connection, as SQLite
// takes a good part of a short search to understand it.
type prepared struct {
	*sql.DB

	mu    sync.Mutex
	ready map[string]*sql.Stmt
}

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := p.statement(ctx, query); s != nil { //nolint:sqlclosecheck // it stays ready
		return s.QueryContext(ctx, args...)
	}
	return p.DB.QueryContext(ctx, query, args...)
}

func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := p.statement(ctx, query); s != nil { //nolint:sqlclosecheck // it stays ready
		return s.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, query, args...)
}

// statement is the prepared query; nil where it can't be prepared, which to run it
// will tell as well, or there are too many.
func (p *prepared) statement(ctx context.Context, query string) *sql.Stmt {
	p.mu.Lock()
	s, full := p.ready[query], len(p.ready) >= preparedAtMost
	p.mu.Unlock()
	if s != nil || full {
		return s
	}
	s, err := p.DB.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.ready[query]; other != nil {
		_ = s.Close() //nolint:sqlclosecheck // another was as fast
		return other
	}
	p.ready[query] = s
	return s
}
