package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"attache/bot"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/fetch"
	"attache/sources/text"
)

// gatherers is how many sources are polled at once.
const gatherers = 6

// app is the program, wired.
type app struct {
	now      func() time.Time
	archive  *archive.Archive
	client   *fetch.Client
	actors   *actor.Catalogue
	gatherer *sources.Gatherer
	indexer  *digest.Indexer
	builder  *digest.Builder
	converse *bot.Converser
}

// newApp opens the archive and wires every part to it.
func newApp(ctx context.Context, database string, actors *actor.Catalogue, client *fetch.Client, now func() time.Time) (*app, error) {
	store, err := archive.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	return wire(store.WithClock(now), actors, client, now), nil
}

// wire makes every part of an open archive.
func wire(store *archive.Archive, actors *actor.Catalogue, client *fetch.Client, now func() time.Time) *app {
	themes := theme.NewTagger(actors)
	return &app{
		now:      now,
		archive:  store,
		client:   client,
		actors:   actors,
		gatherer: &sources.Gatherer{Client: client, Store: store, Now: now},
		indexer:  &digest.Indexer{Archive: store, Actors: actors, Themes: themes},
		builder:  &digest.Builder{Archive: store, Actors: actors},
		converse: &bot.Converser{Archive: store, Theme: themeName, Engine: &ask.Engine{Archive: store, Actors: actors, Themes: themes}},
	}
}

func (a *app) close() error { return a.archive.Close() }

// gather polls the sources, some at once, and calls done after each. What could
// not be kept is the trouble of its source, and stops no other: the error is that
// ctx ended.
func (a *app) gather(ctx context.Context, all []polled, done func(sources.Report)) error {
	var g errgroup.Group
	g.SetLimit(gatherers)
	var mu sync.Mutex
	for _, p := range all {
		g.Go(func() error {
			report, err := a.gatherer.Gather(ctx, p.source, p.outlet)
			if ctx.Err() != nil && err != nil {
				return fmt.Errorf("gathering %s: %w", text.Trim(p.source.Name, longestName), err)
			}
			if err != nil {
				report = sources.Report{Source: p.source.Name, Trouble: "what it showed could not be kept: " + text.Trim(text.Line(err.Error()), 300)}
			}
			mu.Lock()
			defer mu.Unlock()
			done(report)
			return nil
		})
	}
	return g.Wait()
}
