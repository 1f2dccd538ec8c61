package archive

import (
	"context"
	"fmt"
	"sync"
)

// idBlock is how many ids are taken from the counter at once, at least.
const idBlock = 64

// ids makes ids that are unique over all processes and roughly in order: blocks
// of them are taken from a row of counters.
type ids struct {
	mu        sync.Mutex
	next, end int64 // [next, end) are this process's, and not used yet
}

// grant is a run of ids for one transaction. A transaction may not take ids by
// itself, as it would hold the counter's row until it ends.
type grant struct{ next, end int64 }

// take returns the next id. There must be one.
func (g *grant) take() int64 {
	id := g.next
	g.next++
	return id
}

// reserve grants n ids.
func (a *Archive) reserve(ctx context.Context, n int) (*grant, error) {
	a.ids.mu.Lock()
	defer a.ids.mu.Unlock()
	if a.ids.end-a.ids.next < int64(n) {
		size := int64(max(n, idBlock))
		var end int64
		err := a.write.QueryRowContext(ctx,
			"UPDATE counters SET value = value + $1 WHERE name = 'id' RETURNING value", size).Scan(&end)
		if err != nil {
			return nil, a.dialect.explain(fmt.Errorf("take %d ids: %w", size, err))
		}
		a.ids.next, a.ids.end = end-size+1, end+1
	}
	g := &grant{a.ids.next, a.ids.next + int64(n)}
	a.ids.next = g.end
	return g, nil
}

// giveBack returns the ids of g that were not used, if nobody took later ones.
func (a *Archive) giveBack(g *grant) {
	a.ids.mu.Lock()
	defer a.ids.mu.Unlock()
	if g.end == a.ids.next {
		a.ids.next = g.next
	}
}
