package archive

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"sync"
	"time"
)

// memoryBytes bounds what is kept in memory of what was read.
const memoryBytes = 32 << 20

// memory keeps entries that were read, as answers read the same ones again and
// again. It is of one revision of the archive: whoever changes what is kept of
// articles, in whatever process, makes another one, and nothing is taken from
// what was read before.
type memory struct {
	mu       sync.Mutex
	revision int64
	entries  map[int64]remembered
	size     int // bytes, about

	searches     map[string]searched
	searchesSize int // bytes, about

	measuring sync.Mutex // held while the extent is read, so that it is read once
	extent    extent
}

// remembered is an entry, and since when it has been as it is: a view of an
// earlier time has another one, or none.
type remembered struct {
	Entry
	since time.Time
}

// extent is how much there is in the views of some times.
type extent struct {
	Extent
	revision int64
	from, to int64 // microseconds; to is not included
}

// revision is that of the articles, their outlets and all that was understood of
// them. It only grows.
func (a *Archive) revision(ctx context.Context) (n int64, err error) {
	if a.held != nil {
		return *a.held, nil
	}
	err = a.read.QueryRowContext(ctx, "SELECT CAST(COALESCE(sum(value), 0) AS BIGINT) FROM counters WHERE name IN ('stories', 'kept')").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("read the revision: %w", err)
	}
	return n, nil
}

// Held gives the archive for the reads of one answer: what is remembered is held
// against its revision once, and not by each of them. What changes meanwhile may be
// in a later read and not in an earlier one, as it may without.
func (a *Archive) Held(ctx context.Context) (*Archive, error) {
	revision, err := a.revision(ctx)
	if err != nil {
		return nil, a.dialect.explain(err)
	}
	held := *a
	held.held = &revision
	return &held, nil
}

// revise makes another revision. It comes last in a transaction, so that nobody
// who waits for it is waited for.
func revise(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO counters (name, value) VALUES ('kept', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1")
	if err != nil {
		return fmt.Errorf("store the revision: %w", err)
	}
	return nil
}

// recall gives of the entries those that are known in the view of a time, zero
// for now, and the ids of the others.
func (m *memory) recall(revision int64, ids []int64, asOf time.Time) (known map[int64]Entry, others []int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turnTo(revision)
	known = make(map[int64]Entry, len(ids))
	for _, id := range ids {
		if r, ok := m.entries[id]; ok && (asOf.IsZero() || !r.since.After(asOf)) {
			known[id] = r.Entry
			continue
		}
		others = append(others, id)
	}
	return known, others
}

// turnTo forgets what was read of earlier revisions. The caller holds the lock.
func (m *memory) turnTo(revision int64) {
	if revision > m.revision {
		m.revision, m.entries, m.size, m.searches, m.searchesSize = revision, nil, 0, nil, 0
	}
}

// keep remembers what was read when the archive had the revision. Where the memory
// is full, others are forgotten for it.
func (m *memory) keep(revision int64, read []remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if revision != m.revision {
		return
	}
	if m.entries == nil {
		m.entries = make(map[int64]remembered, len(read))
	}
	for i := range read {
		if _, ok := m.entries[read[i].ID]; !ok {
			m.entries[read[i].ID] = read[i]
			m.size += read[i].bytes()
		}
	}
	for id, r := range m.entries {
		if m.size <= memoryBytes {
			return
		}
		delete(m.entries, id)
		m.size -= r.bytes()
	}
}

// bytes is about how much memory an entry takes.
func (e *Entry) bytes() int {
	n := 1024 + len(e.URL) + len(e.Title) + len(e.Text) + len(e.JoinWhy) + len(e.CopyWhy)
	for _, t := range e.Actors {
		n += 64 + len(t.Why)
	}
	for _, t := range e.Dyads {
		n += 96 + len(t.Why)
	}
	for _, t := range e.Themes {
		n += 64 + len(t.Why)
	}
	return n + 32*len(e.Mentioned)
}

// measure gives the extent of the view, which may have been measured before.
func (a *Archive) measure(ctx context.Context) (extent, error) {
	revision, err := a.revision(ctx)
	if err != nil {
		return extent{}, err
	}
	then := int64(math.MaxInt64)
	if !a.asOf.IsZero() {
		then = a.asOf.UnixMicro()
	}
	m := a.memory
	m.measuring.Lock()
	defer m.measuring.Unlock()
	if e := m.extent; e.revision == revision && e.from <= then && then < e.to {
		return e, nil
	}
	e, err := a.readExtent(ctx, then)
	if err != nil {
		return extent{}, err
	}
	e.revision = revision
	m.extent = e
	return e, nil
}

// readExtent reads how much there was by then, and in the views of what times
// there is as much.
func (a *Archive) readExtent(ctx context.Context, then int64) (e extent, err error) {
	var begins, newest instant
	var from, to sql.NullInt64
	err = a.read.QueryRowContext(ctx, `
		SELECT count(CASE WHEN visible <= $1 THEN 1 END), min(CASE WHEN visible <= $1 THEN at END), max(CASE WHEN visible <= $1 THEN at END),
			max(CASE WHEN visible <= $1 THEN visible END), min(CASE WHEN visible > $1 THEN visible END)
		FROM (SELECT at, `+visible("a")+` AS visible FROM articles a) AS every`, then).
		Scan(&e.Articles, &begins, &newest, &from, &to)
	if err != nil {
		return e, err
	}
	e.Begins, e.Newest = begins.Time, newest.Time
	e.from, e.to = math.MinInt64, math.MaxInt64
	if from.Valid {
		e.from = from.Int64
	}
	if to.Valid {
		e.to = to.Int64
	}
	return e, nil
}

// visible is from when on an article is in the view of a time, as seenBy has it.
func visible(table string) string {
	return fmt.Sprintf("(CASE WHEN %[1]s.backlog OR %[1]s.at > %[1]s.seen THEN %[1]s.at ELSE %[1]s.seen END)", table)
}
