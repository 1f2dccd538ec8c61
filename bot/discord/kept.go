package discord

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// mostKept is of how many things it is kept what Discord said.
const mostKept = 10000

// kept is what Discord said of things, by id, each for a time. The zero kept is
// ready.
type kept[T any] struct {
	mu   sync.Mutex
	all  map[string]held[T]
	once singleflight.Group
}

type held[T any] struct {
	is    T
	until time.Time
}

// get gives what is kept of an id, or asks; many at once ask once.
func (k *kept[T]) get(ctx context.Context, id string, keep time.Duration, ask func(context.Context) (T, error)) (T, error) {
	if is, ok := k.known(id); ok {
		return is, nil
	}
	found, err, _ := k.once.Do(id, func() (any, error) {
		is, err := ask(ctx)
		if err == nil {
			k.set(id, is, keep)
		}
		return is, err
	})
	return found.(T), err
}

func (k *kept[T]) known(id string) (is T, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	h, ok := k.all[id]
	if !ok || time.Now().After(h.until) {
		return is, false
	}
	return h.is, true
}

func (k *kept[T]) set(id string, is T, keep time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil || len(k.all) >= mostKept {
		k.all = map[string]held[T]{}
	}
	k.all[id] = held[T]{is, time.Now().Add(keep)}
}

func (k *kept[T]) forget(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.all, id)
}

func (k *kept[T]) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all = nil
}
