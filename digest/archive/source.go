package archive

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"attache/sources"
	"attache/sources/text"
)

// SourceStatus is a source with what its last polls gave.
type SourceStatus struct {
	sources.Source
	sources.State
	Publisher sources.Outlet // the outlet that the source belongs to
}

// stateColumns are the columns of a [sources.State], in the order of scanState.
const stateColumns = "s.url, s.found, o.name, s.etag, s.last_modified, s.first_poll, s.last_poll, s.last_ok, s.failing_since, s.failures, s.trouble, s.next_poll, s.newest_item"

// scanState returns the places to scan stateColumns into, and what sets the
// state's times from them.
func scanState(st *sources.State) (places []any, set func()) {
	var first, last, ok, failing, next, newest instant
	places = []any{&st.Polled, &st.Found, &st.Called, &st.ETag, &st.LastModified, &first, &last, &ok, &failing, &st.Failures, &st.Trouble, &next, &newest}
	return places, func() {
		st.FirstPoll, st.LastPoll, st.LastOK = first.Time, last.Time, ok.Time
		st.FailingSince, st.NextPoll, st.NewestItem = failing.Time, next.Time, newest.Time
	}
}

// SourceState implements [sources.Store].
func (a *Archive) SourceState(ctx context.Context, source string) (sources.State, error) {
	var st sources.State
	places, set := scanState(&st)
	err := a.read.QueryRowContext(ctx, "SELECT "+stateColumns+" FROM sources s JOIN outlets o ON o.id = s.outlet WHERE s.name = $1", storable(source)).Scan(places...)
	if errors.Is(err, sql.ErrNoRows) {
		return sources.State{}, nil
	}
	if err != nil {
		return sources.State{}, a.dialect.explain(fmt.Errorf("read the state of source %s: %w", short(source), err))
	}
	set()
	return st, nil
}

// Sighted implements [sources.Store].
func (a *Archive) Sighted(ctx context.Context, source string, guids []string) (map[string]string, error) {
	marks := map[string]string{}
	names := make(map[string]string, len(guids))
	keys := make([]string, 0, len(guids))
	for _, guid := range guids {
		key := guidKey(guid)
		names[key] = guid
		keys = append(keys, key)
	}
	query := `SELECT i.guid, i.mark FROM sightings i JOIN sources s ON s.id = i.source
		WHERE s.name = $1 AND ` + a.dialect.in("i.guid", "$2") + ` ORDER BY i.last, i.article`
	err := each(ctx, a.read, query, []any{storable(source), a.dialect.list(keys)}, func(row *sql.Rows) error {
		var key, mark string
		if err := row.Scan(&key, &mark); err != nil {
			return err
		}
		marks[names[key]] = mark
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read what source %s showed before: %w", short(source), err))
	}
	return marks, nil
}

// guidKey is a source's id of an entry as it is stored: itself, or its hash
// where it is too long for an index.
func guidKey(guid string) string {
	if guid = storable(guid); len(guid) > 400 {
		return "sha256:" + hashed(guid)
	}
	return guid
}

// addressKey is the address of a source as it is stored for telling it from
// others: itself, or its hash where it is too long for an index.
func addressKey(url string) string {
	address := storable(sources.Address(url))
	if len(address) > 1000 {
		return "sha256:" + hashed(address)
	}
	return address
}

// short is a name or an address as an error shows it.
func short(name string) string { return text.Trim(text.Line(name), 120) }

// hashed is a short hash for telling strings apart, 32 hex digits.
func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// Sources returns the sources that were polled and still are, by name. What was
// imported is of none.
func (a *Archive) Sources(ctx context.Context) ([]SourceStatus, error) {
	all := []SourceStatus{}
	query := "SELECT s.name, s.url, s.kind, " + outletColumns + ", " + stateColumns +
		" FROM sources s JOIN outlets o ON o.id = s.outlet WHERE s.kind <> $1 AND s.listed = $2 ORDER BY s.name"
	err := each(ctx, a.read, query, []any{string(sources.Import), true}, func(row *sql.Rows) error {
		var s SourceStatus
		places, set := scanState(&s.State)
		places = append([]any{&s.Name, &s.URL, &s.Kind}, append(scanOutlet(&s.Publisher), places...)...)
		if err := row.Scan(places...); err != nil {
			return err
		}
		set()
		s.Outlet = s.Publisher.Name
		all = append(all, s)
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the sources: %w", err))
	}
	return all, nil
}

// ListSources says which sources are polled from now on, by name: one that is
// left out counts no more, and one that is polled all the same counts again.
func (a *Archive) ListSources(ctx context.Context, names []string) error {
	stored := make([]string, len(names))
	for i, name := range names {
		stored[i] = storable(name)
	}
	return a.inWrite(ctx, func(tx *sql.Tx) error {
		for _, listed := range []bool{true, false} {
			is := a.dialect.in("name", "$2")
			if !listed {
				is = "NOT " + is
			}
			_, err := tx.ExecContext(ctx, "UPDATE sources SET listed = $1 WHERE listed <> $1 AND "+is, listed, a.dialect.list(stored))
			if err != nil {
				return fmt.Errorf("say which sources are polled: %w", err)
			}
		}
		return nil
	})
}

// outletColumns are the columns of a [sources.Outlet], in the order of scanOutlet.
const outletColumns = "o.name, o.country, o.rating, o.state_linked, o.host"

func scanOutlet(o *sources.Outlet) []any {
	return []any{&o.Name, &o.Country, &o.Rating, &o.StateLinked, &o.Host}
}

// Outlets returns all outlets of the archive, by name.
func (a *Archive) Outlets(ctx context.Context) ([]sources.Outlet, error) {
	all := []sources.Outlet{}
	err := each(ctx, a.read, "SELECT "+outletColumns+" FROM outlets o ORDER BY o.name", nil, func(row *sql.Rows) error {
		var o sources.Outlet
		if err := row.Scan(scanOutlet(&o)...); err != nil {
			return err
		}
		all = append(all, o)
		return nil
	})
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read the outlets: %w", err))
	}
	return all, nil
}

// keepOutlet stores an outlet, or what is new about it, and returns its id. other
// tells that it was not stored so before.
func keepOutlet(ctx context.Context, tx *sql.Tx, ids *grant, o sources.Outlet) (id int64, other bool, err error) {
	o.Name, o.Host = storable(o.Name), storable(o.Host)
	var old sources.Outlet
	err = tx.QueryRowContext(ctx, "SELECT o.id, "+outletColumns+" FROM outlets o WHERE o.name = $1", o.Name).
		Scan(append([]any{&id}, scanOutlet(&old)...)...)
	if err == nil && old == o {
		return id, false, nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, false, fmt.Errorf("read outlet %s: %w", short(o.Name), err)
	}
	err = tx.QueryRowContext(ctx, `
		INSERT INTO outlets (id, name, folded, country, rating, state_linked, host)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (name) DO UPDATE SET country = excluded.country, rating = excluded.rating,
			state_linked = excluded.state_linked, host = excluded.host
		RETURNING id`,
		ids.take(), o.Name, fold(o.Name), o.Country, o.Rating, o.StateLinked, o.Host).Scan(&id)
	if err != nil {
		return 0, false, fmt.Errorf("store outlet %s: %w", short(o.Name), err)
	}
	return id, true, nil
}

// nameOutlet returns the id of an outlet of which only the name is known. other
// tells that it is new.
func nameOutlet(ctx context.Context, tx *sql.Tx, ids *grant, name string) (id int64, other bool, err error) {
	err = tx.QueryRowContext(ctx, "SELECT id FROM outlets WHERE name = $1", storable(name)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return keepOutlet(ctx, tx, ids, sources.Outlet{Name: name})
	}
	if err != nil {
		return 0, false, fmt.Errorf("read outlet %s: %w", short(name), err)
	}
	return id, false, nil
}

// keepSource stores a source and its state, and returns its id.
func keepSource(ctx context.Context, tx *sql.Tx, ids *grant, src sources.Source, outlet int64, st sources.State) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, `
		INSERT INTO sources (id, name, outlet, url, kind, etag, last_modified, first_poll, last_poll,
			last_ok, failing_since, failures, trouble, next_poll, newest_item, found)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (name) DO UPDATE SET outlet = excluded.outlet, url = excluded.url, kind = excluded.kind,
			etag = excluded.etag, last_modified = excluded.last_modified, first_poll = excluded.first_poll,
			last_poll = excluded.last_poll, last_ok = excluded.last_ok, failing_since = excluded.failing_since,
			failures = excluded.failures, trouble = excluded.trouble, next_poll = excluded.next_poll,
			newest_item = excluded.newest_item, found = excluded.found, listed = excluded.listed
		RETURNING id`,
		ids.take(), storable(src.Name), outlet, storable(src.URL), string(src.Kind), storable(st.ETag), storable(st.LastModified),
		instant{st.FirstPoll}, instant{st.LastPoll}, instant{st.LastOK}, instant{st.FailingSince},
		st.Failures, storable(st.Trouble), instant{st.NextPoll}, instant{st.NewestItem}, storable(st.Found)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("store source %s: %w", short(src.Name), err)
	}
	return id, nil
}
