package bot

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"attache/digest/archive"
)

// Exclusive does something on one of several replicas at a time.
type Exclusive struct {
	Archive *archive.Archive
	Name    string // of what is done
	Log     *slog.Logger
	Lease   time.Duration // another takes over so long after the one that does it died; zero: 15 s

	nag nag
}

// Run calls do while no other replica does, until ctx ends or do returns an error.
// Where the lease is lost, the context of do ends.
func (e *Exclusive) Run(ctx context.Context, do func(context.Context) error) error {
	holder, lease := rand.Text(), e.Lease
	if lease == 0 {
		lease = 15 * time.Second
	}
	every := lease / 5
	for {
		if held, _ := e.take(ctx, holder, lease); held {
			if err := e.hold(ctx, holder, lease, do); err != nil || ctx.Err() != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
	}
}

// take takes or prolongs the lease. Its error was told.
func (e *Exclusive) take(ctx context.Context, holder string, lease time.Duration) (held bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lease/3)
	defer cancel()
	held, err = e.Archive.Lease(ctx, e.Name, holder, lease)
	if err != nil && ctx.Err() == nil {
		e.nag.error(e.Log, "taking the lease "+e.Name, err)
	}
	return held, err
}

// hold does it while the lease is held.
func (e *Exclusive) hold(ctx context.Context, holder string, lease time.Duration, do func(context.Context) error) error {
	working, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- do(working) }()
	until := time.Now().Add(lease)
	for {
		select {
		case err := <-done:
			e.release(ctx, holder)
			return err
		case <-time.After(lease / 5):
		}
		asked := time.Now()
		held, err := e.take(ctx, holder, lease)
		switch {
		case held:
			until = asked.Add(lease)
		case ctx.Err() == nil && (err == nil || time.Now().Add(lease/3).After(until)): // in time before another does it
			e.Log.Warn("the lease was lost to another replica", "lease", e.Name)
			stop()
			return <-done
		}
	}
}

func (e *Exclusive) release(ctx context.Context, holder string) {
	const limit = 2 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	if err := e.Archive.Release(ctx, e.Name, holder); err != nil {
		e.Log.Warn("giving up the lease "+e.Name, "error", err)
	}
}

// Notes are what an adapter keeps through restarts. There are no secrets in them.
type Notes struct {
	Archive *archive.Archive
	Owner   string // the adapter
}

// Get reads a note into a value, which it leaves as it is where there is none.
func (n Notes) Get(ctx context.Context, key string, into any) error {
	data, err := n.Archive.Note(ctx, n.Owner, key)
	if err != nil || data == nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("reading the note %s of %s: %w", key, n.Owner, err)
	}
	return nil
}

// Set keeps a note.
func (n Notes) Set(ctx context.Context, key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing the note %s of %s: %w", key, n.Owner, err)
	}
	return n.Archive.SetNote(ctx, n.Owner, key, data)
}
