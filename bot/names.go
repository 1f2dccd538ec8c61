package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// namesFor is how long names of outlets, desks and stories are taken for those that
// there are.
const namesFor = 30 * time.Second

// nameCache keeps names, so that typing one waits for no archive. It is safe for
// concurrent use.
type nameCache struct {
	mu      sync.Mutex
	outlets []string
	read    time.Time // the outlets

	begun   time.Time // the last reading in the background
	desks   []Desk
	stories map[string][]string // "12.1", of each desk's last edition

	once   sync.Once
	listed []typable // of actors and themes, which no archive has
}

// known are the names of the archive's outlets, at most half a minute old.
func (n *nameCache) known(ctx context.Context, a *archive.Archive) ([]string, error) {
	if names, fresh := n.fresh(); fresh {
		return names, nil
	}
	names, err := outletNames(ctx, a) // nobody waits for another's look into the archive
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.outlets, n.read = names, time.Now()
	return names, nil
}

// fresh are the names of outlets, where they were read lately.
func (n *nameCache) fresh() (outlets []string, fresh bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.outlets, !n.read.IsZero() && time.Since(n.read) < namesFor
}

func outletNames(ctx context.Context, a *archive.Archive) ([]string, error) {
	all, err := a.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	return names, nil
}

// now are the names as they were read last. Where that was long ago they are read
// anew meanwhile, for the calls to come.
func (n *nameCache) now(ctx context.Context, a *archive.Archive, d *Desks, log *slog.Logger) (outlets []string, desks []Desk, stories map[string][]string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.begun.IsZero() || time.Since(n.begun) >= namesFor {
		n.begun = time.Now()
		go n.refresh(context.WithoutCancel(ctx), a, d, log)
	}
	return n.outlets, n.desks, n.stories
}

// refresh reads all names. Where it fails, the old ones stay.
func (n *nameCache) refresh(ctx context.Context, a *archive.Archive, d *Desks, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			log.Error("names to complete could not be read", "error", fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	outlets, err := outletNames(ctx, a)
	var desks []Desk
	if err == nil && d != nil {
		desks, err = d.All(ctx)
	}
	stories := map[string][]string{}
	for i := range desks {
		if err == nil {
			stories[desks[i].Name], err = lastStories(ctx, a, desks[i].Name)
		}
	}
	if err != nil {
		log.Warn("names to complete could not be read", "error", err)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.outlets, n.read, n.desks, n.stories = outlets, time.Now(), desks, stories
}

// lastStories are the numbers of the stories of a desk's last edition.
func lastStories(ctx context.Context, a *archive.Archive, desk string) ([]string, error) {
	const ahead = 366 * 24 * time.Hour // none is due later
	e, err := a.LastEdition(ctx, desk, time.Now().Add(ahead))
	if err != nil || e == nil {
		return nil, err
	}
	d, err := digest.Stored(e)
	if err != nil {
		return nil, err
	}
	var refs []string
	for i := range d.Stories {
		refs = append(refs, digest.Ref(d.Number, d.Stories[i].Number))
	}
	return refs, nil
}
