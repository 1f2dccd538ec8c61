package archive

import (
	"context"
	"slices"
	"sync"
)

// wakers are those who wait for something to be planned.
type wakers struct {
	mu  sync.Mutex
	all []chan struct{}
}

// Planned gives a channel that receives whenever a run or a delivery was planned,
// by this process or, on PostgreSQL, by another, until ctx ends. It may receive
// for nothing, and what other processes plan on SQLite it doesn't tell: look from
// time to time.
func (a *Archive) Planned(ctx context.Context) <-chan struct{} {
	w := a.wakers
	planned := make(chan struct{}, 1)
	w.mu.Lock()
	w.all = append(w.all, planned)
	w.mu.Unlock()
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all = slices.DeleteFunc(w.all, func(c chan struct{}) bool { return c == planned })
	})
	go a.dialect.listen(ctx, planned)
	return planned
}

func (a *Archive) wake() {
	a.wakers.mu.Lock()
	defer a.wakers.mu.Unlock()
	for _, planned := range a.wakers.all {
		signal(planned)
	}
}

// signal fills the channel, unless it is full.
func signal(planned chan<- struct{}) {
	select {
	case planned <- struct{}{}:
	default:
	}
}
