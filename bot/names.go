package bot

import (
	"context"
	"sync"
	"time"

	"attache/digest/archive"
)

// namesFor is how long names of outlets are taken for those that there are.
const namesFor = 30 * time.Second

// nameCache keeps the names of outlets, so that typing a name waits for no archive.
type nameCache struct {
	mu      sync.Mutex
	outlets []string
	read    time.Time
}

// known are the names of the archive's outlets, at most half a minute old.
func (n *nameCache) known(ctx context.Context, a *archive.Archive) ([]string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.read.IsZero() && time.Since(n.read) < namesFor {
		return n.outlets, nil
	}
	all, err := a.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	n.outlets = nil
	for _, o := range all {
		n.outlets = append(n.outlets, o.Name)
	}
	n.read = time.Now()
	return n.outlets, nil
}
