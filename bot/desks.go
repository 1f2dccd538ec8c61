package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// Desks are the desks of the config with what was changed of them in chat. It is
// safe for concurrent use.
type Desks struct {
	Archive *archive.Archive
	Base    []Desk           // as the config has them
	Log     *slog.Logger     // hears of changes that can't be read; nil: nobody does
	Now     func() time.Time // by which mutes end; nil: the archive's clock

	MaySetUp  []string // ids of people and of groups who may set up desks in chat, and change those; or "everyone"
	MayChange []string // likewise who may change all desks
	Taken     []string // names that no desk may have

	mu       sync.Mutex
	read     bool
	revision int64
	changes  map[string][]keptChange
	inChat   []string // names of desks that were set up there, the first first
}

// All are the desks as they are now: in the config's order, then those that were set
// up in chat.
func (d *Desks) All(ctx context.Context) ([]Desk, error) {
	changes, inChat, err := d.changed(ctx)
	if err != nil {
		return nil, err
	}
	now, err := d.now(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Desk, len(d.Base))
	for i, base := range d.Base {
		all[i], _ = base.with(changes[base.Name], now) // what can't be read was told when it was read
	}
	for _, name := range inChat {
		one, _ := setUpInChat(name).with(changes[name], now)
		if one.SetUpBy != "" {
			one.MayChange = append(one.MayChange, d.MaySetUp...)
			all = append(all, one)
		}
	}
	for i := range all {
		all[i].MayChange = append(slices.Clip(all[i].MayChange), d.MayChange...)
	}
	return all, nil
}

// setUpInChat is a desk before anything was said of it.
func setUpInChat(name string) Desk { return Desk{Desk: digest.Desk{Name: name}, inChat: true} }

// Then is the desk of a name as it was at a time. The error of what can't be read was
// told.
func (d *Desks) Then(ctx context.Context, name string, at time.Time) (Desk, error) {
	base := setUpInChat(name)
	if i := slices.IndexFunc(d.Base, func(b Desk) bool { return b.Name == name }); i >= 0 {
		base = d.Base[i]
	}
	changes, err := d.Archive.DeskChanges(ctx, name)
	if err != nil {
		return Desk{}, err
	}
	changes = slices.DeleteFunc(changes, func(c archive.DeskChange) bool { return c.At.After(at) })
	then, _ := base.With(changes, at)
	return then, nil
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
func (d *Desks) changed(ctx context.Context) (changes map[string][]keptChange, inChat []string, err error) {
	revision, err := d.Archive.DeskRevision(ctx)
	if err != nil {
		return nil, nil, err
	}
	if changes, inChat, known := d.known(revision); known {
		return changes, inChat, nil
	}
	names, err := d.Archive.ChangedDesks(ctx)
	if err != nil {
		return nil, nil, err
	}
	changes = map[string][]keptChange{}
	var unread []error
	for _, name := range names {
		kept, err := d.Archive.DeskChanges(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		if changes[name], err = readChanges(kept); err != nil {
			unread = append(unread, err)
		}
		base := setUpInChat(name)
		if i := slices.IndexFunc(d.Base, func(b Desk) bool { return strings.EqualFold(b.Name, name) }); i >= 0 {
			base = d.Base[i]
		} else {
			inChat = append(inChat, name)
		}
		if _, err := base.with(changes[name], time.Time{}); err != nil {
			unread = append(unread, err)
		}
	}
	if d.keep(revision, changes, inChat) {
		for _, err := range unread {
			d.warn(fmt.Errorf("leaving out what can't be read: %w", err))
		}
	}
	return changes, inChat, nil
}

// known is what was read at a revision of the archive; false where another was.
func (d *Desks) known(revision int64) (changes map[string][]keptChange, inChat []string, known bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changes, d.inChat, d.read && revision == d.revision
}

// keep keeps what was read, unless something later was meanwhile: then it is false.
func (d *Desks) keep(revision int64, changes map[string][]keptChange, inChat []string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.read && d.revision >= revision {
		return false
	}
	d.changes, d.inChat, d.revision, d.read = changes, inChat, revision, true
	return true
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
