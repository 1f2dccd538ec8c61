package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest/archive"
)

// openKept is open for a command that only reads: it makes no archive where there
// is none.
func (g *settings) openKept(ctx context.Context, now func() time.Time) (*program, error) {
	if c, err := config.Load(g.ConfigFile); err == nil { // open tells what is wrong with it
		if path := archive.Missing(c.Database.Value()); path != "" {
			return nil, fmt.Errorf("there is no archive %s yet: fill it with attache gather or attache import FILE, or name another one by database: in %s or DATABASE_URL", path, g.ConfigFile)
		}
	}
	return g.open(ctx, now)
}

// empty says what to do about an archive without articles.
func (p *program) empty(ctx context.Context) error {
	known, err := p.archive.Sources(ctx)
	if err != nil {
		return err
	}
	failed := 0
	for _, s := range known {
		if s.Failures > 0 {
			failed++
		}
	}
	if failed > 0 && failed == len(known) {
		return fmt.Errorf("the archive is empty: the last gather could read none of %s; attache sources says why", bot.Plural(failed, "source"))
	}
	return errors.New("the archive is empty: fill it with attache gather, or with attache import FILE")
}
