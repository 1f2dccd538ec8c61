package fetch

import (
	"context"
	"sync"
	"time"
)

// maxPaced is how many hosts a pace is remembered for before those whose turn
// is over are forgotten.
const maxPaced = 4096

// pacer spaces out the requests to each host and port.
type pacer struct {
	gap  time.Duration
	mu   sync.Mutex
	next map[string]time.Time // when the host's next request may start
}

func newPacer(gap time.Duration) *pacer {
	return &pacer{gap: gap, next: map[string]time.Time{}}
}

// wait returns when it is the turn of a request to the host; least is the host's
// own wish for the gap. It uses the machine's clock: a pace is about real time.
func (p *pacer) wait(ctx context.Context, host string, least time.Duration) error {
	delay := time.Until(p.book(host, max(p.gap, least)))
	if delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// book takes the host's next turn.
func (p *pacer) book(host string, gap time.Duration) time.Time {
	now := time.Now()
	if gap <= 0 {
		return now
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.next) >= maxPaced {
		p.forget(now)
	}
	turn := now
	if next := p.next[host]; next.After(now) {
		turn = next
	}
	p.next[host] = turn.Add(gap)
	return turn
}

func (p *pacer) forget(now time.Time) {
	for host, next := range p.next {
		if next.Before(now) {
			delete(p.next, host)
		}
	}
}
