package bot

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"attache/digest/archive"
)

// Desks are the desks of the config with what was changed of them in chat. It is
// safe for concurrent use.
type Desks struct {
	Archive *archive.Archive
	Base    []Desk           // as the config has them
	Log     *slog.Logger     // hears of changes that can't be read; nil: nobody does
	Now     func() time.Time // by which mutes end; nil: the archive's clock

	mu       sync.Mutex
	read     bool
	revision int64
	changes  map[string][]archive.DeskChange
}

// All are the desks as they are now, in the config's order.
func (d *Desks) All(ctx context.Context) ([]Desk, error) {
	changes, err := d.changed(ctx)
	if err != nil {
		return nil, err
	}
	now, err := d.now(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Desk, len(d.Base))
	for i, base := range d.Base {
		all[i], _ = base.With(changes[base.Name], now) // what can't be read was told when it was read
	}
	return all, nil
}

// Named is the desk with a name, in any case; false where there is none.
func (d *Desks) Named(ctx context.Context, name string) (Desk, bool, error) {
	all, err := d.All(ctx)
	for _, one := range all {
		if strings.EqualFold(one.Name, strings.TrimSpace(name)) {
			return one, true, nil
		}
	}
	return Desk{}, false, err
}

// Of are the desks whose editions are posted in a place.
func (d *Desks) Of(ctx context.Context, p Place) ([]Desk, error) {
	all, err := d.All(ctx)
	var here []Desk
	for _, one := range all {
		if one.isAt(p) {
			here = append(here, one)
		}
	}
	return here, err
}

// changed reads what was changed of the desks, where something was since it was
// read last.
func (d *Desks) changed(ctx context.Context) (map[string][]archive.DeskChange, error) {
	revision, err := d.Archive.DeskRevision(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.read && revision == d.revision {
		return d.changes, nil
	}
	changes := map[string][]archive.DeskChange{}
	for _, base := range d.Base {
		if changes[base.Name], err = d.Archive.DeskChanges(ctx, base.Name); err != nil {
			return nil, err
		}
		for _, kept := range changes[base.Name] {
			if _, err := readChange(kept); err != nil {
				d.warn(fmt.Errorf("leaving out what can't be read: %w", err))
			}
		}
	}
	d.changes, d.revision, d.read = changes, revision, true
	return changes, nil
}

func (d *Desks) now(ctx context.Context) (time.Time, error) {
	if d.Now != nil {
		return d.Now(), nil
	}
	return d.Archive.Now(ctx)
}

func (d *Desks) warn(err error) {
	if d.Log != nil {
		d.Log.Warn("a change of a desk is left out", "error", err)
	}
}
