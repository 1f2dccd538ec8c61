package bot

import (
	"slices"
	"sync"
)

// How much a Crew has in hand at once. What finds no room is not taken: a platform
// sends some of it again.
const (
	crewWorkers = 16
	crewWaiting = 2000
)

// Crew does what people ask for, much at once and not too much. The zero Crew is
// ready.
type Crew struct {
	mu     sync.Mutex
	left   sync.Cond // told when something is done
	inHand int
	room   chan struct{}
	closed bool
}

// Do has something done; false where too much waits, or nothing is taken any more.
func (c *Crew) Do(work func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.room == nil {
		c.room = make(chan struct{}, crewWorkers)
	}
	if c.closed || c.inHand >= crewWaiting {
		return false
	}
	c.inHand++
	go func() {
		c.room <- struct{}{}
		defer func() {
			<-c.room
			c.mu.Lock()
			defer c.mu.Unlock()
			c.inHand--
			if c.left.L != nil {
				c.left.Broadcast()
			}
		}()
		work()
	}()
	return true
}

// Idle waits until all is done.
func (c *Crew) Idle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left.L = &c.mu
	for c.inHand > 0 {
		c.left.Wait()
	}
}

// Close takes nothing more, and waits until all is done.
func (c *Crew) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.Idle()
}

// Recent knows what was heard just now: platforms tell some things twice. The archive
// knows it for longer. The zero Recent is ready.
type Recent struct {
	mu   sync.Mutex
	seen map[string]bool
	row  []string
}

// First reports whether something is heard for the first time.
func (r *Recent) First(id string) bool {
	const most = 4096
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	if r.seen[id] {
		return false
	}
	r.seen[id] = true
	r.row = append(r.row, id)
	if len(r.row) > most {
		delete(r.seen, r.row[0])
		r.row = slices.Delete(r.row, 0, 1)
	}
	return true
}
