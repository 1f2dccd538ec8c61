// Package backstage is what goes on behind a stage of package bottest: the news of
// the sample newsroom, understood, two desks, and attache on two replicas, for a
// platform that brings its adapter.
//
// Begin with [Open].
package backstage

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/theme"
	"attache/sources/newsroom"
)

// Platform is what a platform brings.
type Platform struct {
	Name     string // "slack"
	Adapter  bot.Adapter
	ID       func(name string) string // of a person, "Murad", or a group, "@caucasus-leads"
	Channels [2]string                // those of the desks Caucasus and Energy, as a config names them
}

// Backstage is attache behind a platform. It is safe for concurrent use.
type Backstage struct {
	platform Platform
	world    *newsroom.World
	archive  *archive.Archive
	log      *log

	mu       sync.Mutex
	now      time.Time
	replicas [2]*replica
	hears    int // the replica that hears what people do
}

// replica is one process of attache.
type replica struct {
	handler   *bot.Handler
	deliverer *bot.Deliverer
}

// Open opens the archive at an address with the news of the first morning; one on
// SQLite where the address is empty.
func Open(t *testing.T, dsn string, p Platform) *Backstage {
	t.Helper()
	b := &Backstage{platform: p, world: newsroom.New(), log: &log{}}
	b.now = b.world.Now()
	b.world.SetDelay(0)
	empty := dsn != ""
	if !empty {
		dsn = gathered(t)
	}
	a, err := archive.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	b.archive = a.WithClock(b.Now)
	if empty {
		if err := gather(t.Context(), b.world, b.archive); err != nil {
			t.Fatal(err)
		}
	}
	b.Restart(t)
	return b
}

// gathered is an archive on SQLite of its own, with the first morning's news. They
// are read once for all tests.
func gathered(t *testing.T) string {
	t.Helper()
	file, err := firstMorning()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "attache.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var firstMorning = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "backstage")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "attache.db")
	a, err := archive.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	world := newsroom.New()
	world.SetDelay(0)
	if err := gather(context.Background(), world, a.WithClock(world.Now)); err != nil {
		return nil, err
	}
	if err := a.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Now is what the clock shows: half past seven in Baku, and what went by since.
func (b *Backstage) Now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// Later lets time go by.
func (b *Backstage) Later(_ *testing.T, d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// NextDay gathers the news of the next morning.
func (b *Backstage) NextDay(t *testing.T) {
	t.Helper()
	b.world.SetDay(int(b.Now().Sub(newsroom.Start())/(24*time.Hour)) + 2)
	b.Later(t, b.world.Now().Sub(b.Now()))
	if err := gather(t.Context(), b.world, b.archive); err != nil {
		t.Fatal(err)
	}
}

// Restart makes both replicas anew: what they had in memory is gone.
func (b *Backstage) Restart(*testing.T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.replicas {
		b.replicas[i] = b.replica()
	}
}

// TakeOver has the other replica hear what people do.
func (b *Backstage) TakeOver(*testing.T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hears = 1 - b.hears
}

// replica starts attache.
func (b *Backstage) replica() *replica {
	logger := slog.New(slog.NewTextHandler(b.log, nil))
	adapters := map[string]bot.Adapter{b.platform.Name: b.platform.Adapter}
	desks := &bot.Desks{Archive: b.archive, Base: b.desks(), Log: logger}
	return &replica{
		handler: &bot.Handler{
			Archive: b.archive, Engine: engine(b.archive), Theme: themeName, Desks: desks,
			Publisher: &bot.Publisher{Archive: b.archive, Adapters: adapters, Log: logger},
			Builder:   &digest.Builder{Archive: b.archive, Actors: catalogue()},
			Indexer:   indexer(b.archive),
			Operator:  "Murad", Log: logger, Now: b.Now,
		},
		deliverer: &bot.Deliverer{Archive: b.archive, Adapters: adapters, Log: logger},
	}
}

var catalogue = sync.OnceValue(actor.Load)

var tagger = sync.OnceValue(func() *theme.Tagger { return theme.NewTagger(catalogue()) })

func engine(a *archive.Archive) *ask.Engine {
	return &ask.Engine{Archive: a, Actors: catalogue(), Themes: tagger()}
}

func themeName(id string) string {
	if t, ok := theme.Lookup(id); ok {
		return t.Name
	}
	return id
}

// Handle has the replica that hears people do what one asks for.
func (b *Backstage) Handle(t *testing.T, r bot.Request) {
	t.Helper()
	b.mu.Lock()
	one := b.replicas[b.hears]
	b.mu.Unlock()
	if err := one.handler.Handle(t.Context(), r); err != nil {
		t.Error(err)
	}
}

// HandleTwice has both replicas do it at the same moment.
func (b *Backstage) HandleTwice(t *testing.T, r bot.Request) {
	t.Helper()
	var group sync.WaitGroup
	for _, one := range b.replicas {
		group.Go(func() {
			if err := one.handler.Handle(t.Context(), r); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// Deliver posts all that is to be posted now.
func (b *Backstage) Deliver(t *testing.T) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = b.replicas[0].deliverer.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Edition posts the next edition of a desk.
func (b *Backstage) Edition(t *testing.T, desk string) {
	t.Helper()
	h := b.replicas[0].handler
	d, ok, err := h.Desks.Named(t.Context(), desk)
	if err != nil || !ok {
		t.Fatalf("no desk %q: %v", desk, err)
	}
	now := b.Now()
	built, err := h.Builder.Build(t.Context(), &d.Desk, digest.Window{Due: now, Until: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Publisher.Publish(t.Context(), nil, built, d.Places, time.Time{}); err != nil {
		t.Fatal(err)
	}
	b.Deliver(t)
}

// Break gives the questions an archive that is closed, or the right one again.
func (b *Backstage) Break(t *testing.T, broken bool) {
	t.Helper()
	a := b.archive
	if broken {
		var err error
		if a, err = archive.Open(t.Context(), filepath.Join(t.TempDir(), "closed.db")); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range b.replicas {
		r.handler.Engine = engine(a)
	}
}

// Logged reports whether the log has a failure's code.
func (b *Backstage) Logged(_ *testing.T, code string) bool {
	return strings.Contains(b.log.String(), "code="+code)
}

// log is what attache logged.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
