// Package newsroom is a small world of news outlets that exist nowhere else:
// feeds, sitemaps, front pages and article pages, made of embedded files and
// served on loopback. The demo runs on it, and tests take it as their input, so
// that both see reprints, corrections, figures that differ and sites that fail.
//
// Begin with [New]. A [World] is an http.Handler that goes by the Host header;
// [World.Start] puts it behind TLS on a port of its own, [World.Transport]
// reaches it without a socket. What is published depends on the world's clock,
// which stands still until it is set: see [World.SetDay].
//
// All names of outlets end in ".example", all events and most people are made
// up, and what happens to the real ones in them never happened.
package newsroom

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Baku is the zone in which the world's files give their times. Azerbaijan
// keeps no daylight saving time.
func Baku() *time.Location { return time.FixedZone("+04", 4*60*60) }

// Start is the world's first moment: Tuesday, 24 November 2026, 07:30 in Baku.
func Start() time.Time { return time.Date(2026, time.November, 24, 7, 30, 0, 0, Baku()) }

// World is the outlets, what they publish, and a clock. It is an http.Handler
// and safe for concurrent use.
type World struct {
	outlets  []*outlet
	articles map[string]*article // by URL
	pages    *pageSet
	feeds    *feedSet

	mu     sync.Mutex
	now    time.Time
	delay  time.Duration
	faults map[string]Fault // by host, or by host and path
}

// New returns the world at [Start]. Its files are part of the binary; a mistake
// in one panics, and no test passes then.
func New() *World {
	w := &World{
		outlets:  allOutlets(),
		articles: map[string]*article{},
		pages:    parsePages(),
		feeds:    parseFeeds(),
		now:      Start(),
		delay:    700 * time.Millisecond,
		faults:   map[string]Fault{},
	}
	for _, o := range w.outlets {
		o.articles = readArticles(o)
		for _, a := range o.articles {
			w.articles[a.url()] = a
		}
	}
	for _, a := range w.articles {
		a.resolve(w.articles)
	}
	return w
}

// SetDay puts the clock to 07:30 in Baku of the world's day n; day 1 is [Start].
func (w *World) SetDay(n int) { w.At(Start().AddDate(0, 0, n-1)) }

// At puts the clock to t. It may go back.
func (w *World) At(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

// Now is what the world's clock shows.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// SetDelay sets how long the slow outlet's feed, and what is made [Slow], takes
// to answer. It is 700 ms until then.
func (w *World) SetDelay(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.delay = d
}

// Outlets lists the outlets in the order in which a config would.
func (w *World) Outlets() []Outlet {
	list := make([]Outlet, 0, len(w.outlets))
	for _, o := range w.outlets {
		list = append(list, o.Outlet)
	}
	return list
}

// Articles lists what is published by now, oldest first, as it reads now.
func (w *World) Articles() []Article {
	now := w.Now()
	var list []Article
	for _, o := range w.outlets {
		for _, a := range o.articles {
			if !a.published.After(now) {
				list = append(list, a.at(now))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Article) int { return a.Published.Compare(b.Published) })
	return list
}

// Events lists what happens in the world, with what is to be found in it.
func (w *World) Events() []Event { return readEvents() }

var _ http.Handler = (*World)(nil)
