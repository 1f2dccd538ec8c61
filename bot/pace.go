package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Pace keeps a platform's own: how soon a channel takes the next post. The zero Pace
// is ready.
type Pace struct {
	mu    sync.Mutex
	turns map[string]time.Time // when a channel takes the next post
	until time.Time            // nothing is posted before, as the platform asks
}

// Turn waits until a channel takes a post, and takes the turn: the next is so much
// later; zero: a second. Where that is after the end of ctx, it is a [RetryError].
func (p *Pace) Turn(ctx context.Context, channel string, every time.Duration) error {
	p.mu.Lock()
	now := time.Now()
	at := now
	for _, t := range []time.Time{p.turns[channel], p.until} {
		if t.After(at) {
			at = t
		}
	}
	end, limited := ctx.Deadline()
	if limited && at.After(end) {
		p.mu.Unlock()
		return &RetryError{After: at.Sub(now), Err: errors.New("the channel takes the next message later")}
	}
	p.take(channel, at.Add(cmp.Or(every, time.Second)), now)
	p.mu.Unlock()
	select {
	case <-ctx.Done():
		return &RetryError{Err: fmt.Errorf("waiting for the channel: %w", ctx.Err())}
	case <-time.After(at.Sub(now)):
		return nil
	}
}

// take keeps when a channel takes the next post, and forgets what is over.
func (p *Pace) take(channel string, next, now time.Time) {
	const most = 1000
	if p.turns == nil {
		p.turns = map[string]time.Time{}
	}
	if len(p.turns) >= most {
		for c, t := range p.turns {
			if t.Before(now) {
				delete(p.turns, c)
			}
		}
	}
	p.turns[channel] = next
}

// Wait has a channel take nothing for a time; an empty one stands for all.
func (p *Pace) Wait(channel string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if channel == "" {
		p.until = now.Add(d)
		return
	}
	p.take(channel, now.Add(d), now)
}
