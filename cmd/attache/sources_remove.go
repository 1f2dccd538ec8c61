package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"attache/config"
)

type sourcesRemove struct {
	Name string `arg:"" help:"The source's name, as attache sources lists it."`
}

// Help is printed under the command's flags.
func (sourcesRemove) Help() string {
	return "Example:\n  attache sources remove \"Ararat Post\""
}

// Run removes a source that was added; one of the config's is removed there.
func (c sourcesRemove) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	l, err := p.listing(ctx, p.config)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(l.all, func(one polled) bool { return one.source.Name == c.Name })
	if at < 0 {
		at = slices.IndexFunc(l.all, func(one polled) bool { return strings.EqualFold(one.source.Name, c.Name) })
	}
	if at < 0 {
		return wrongUse("no source is called %q%s: attache sources lists them", c.Name, near(c.Name, l.all))
	}
	one := l.all[at]
	if one.line > 0 {
		return wrongUse("%s stands in %s: delete it there", one.source.Name, l.place(one))
	}
	if _, err := p.archive.RemoveSource(ctx, one.added); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is polled no more. Its articles stay.\n", one.source.Name)
	return nil
}

// near names the source that may have been meant.
func near(name string, all []polled) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = one.source.Name
	}
	if n := config.Nearest(name, names); n != "" {
		return fmt.Sprintf(" (the nearest is %q)", n)
	}
	return ""
}
