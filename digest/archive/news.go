package archive

import (
	"context"
	"fmt"
	"time"
)

// News returns what was numbered after readTo: each article once, with the
// newest version that has such a number, in the order of the numbers; and last,
// the greatest number that it read up to. An article published before since is
// left out unless it is a later version (zero: none is left out). Every number
// up to last has been read: one that is given later is greater.
func (a *Archive) News(ctx context.Context, readTo int64, since time.Time) (entries []Entry, last int64, err error) {
	// The counter first: what commits after it is greater, and left out below.
	if err := a.read.QueryRowContext(ctx, "SELECT value FROM counters WHERE name = 'number'").Scan(&last); err != nil {
		return nil, 0, a.dialect.explain(fmt.Errorf("read the last number: %w", err))
	}
	var args params
	query := a.entrySelect(&args) + " AND v.number > " + args.add(readTo) + " AND v.number <= " + args.add(last) +
		" AND (v.version > 1 OR a.at >= " + args.add(instant{floor(since)}) + ") ORDER BY v.number"
	entries, err = a.entries(ctx, query, args)
	if err != nil {
		return nil, 0, a.dialect.explain(fmt.Errorf("read the news after %d: %w", readTo, err))
	}
	return entries, max(last, readTo), nil
}

// SeenBetween returns the articles whose first sight was at or after since and
// before until, the first seen first; of backlog, those published then.
func (a *Archive) SeenBetween(ctx context.Context, since, until time.Time) ([]Entry, error) {
	var args params
	query := a.entrySelect(&args)
	from, to := args.add(instant{floor(since)}), args.add(instant{ceiling(until)})
	query += " AND ((NOT a.backlog AND a.seen >= " + from + " AND a.seen < " + to + ")" +
		" OR (a.backlog AND a.at >= " + from + " AND a.at < " + to + ")) ORDER BY a.seen, a.id"
	found, err := a.entries(ctx, query, args)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read what was seen between %s and %s: %w",
			since.Format(time.RFC3339), until.Format(time.RFC3339), err))
	}
	return found, nil
}

// Extent is how much an archive holds, and of what time.
type Extent struct {
	Articles int
	Begins   time.Time // the time of its earliest article; zero when it is empty
	Newest   time.Time // the time of its latest article; zero when it is empty
}

// Extent returns how much the archive holds.
func (a *Archive) Extent(ctx context.Context) (Extent, error) {
	e, err := a.measure(ctx)
	if err != nil {
		return Extent{}, a.dialect.explain(fmt.Errorf("measure the archive: %w", err))
	}
	return e.Extent, nil
}

// Newest returns the time of the latest article, zero when there is none.
func (a *Archive) Newest(ctx context.Context) (time.Time, error) {
	e, err := a.Extent(ctx)
	return e.Newest, err
}

// Size returns how many articles there are, and the time of the earliest.
func (a *Archive) Size(ctx context.Context) (articles int, begins time.Time, err error) {
	e, err := a.Extent(ctx)
	return e.Articles, e.Begins, err
}
