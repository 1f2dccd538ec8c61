package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest"
	"attache/sources"
)

// gatherCommand polls sources once.
type gatherCommand struct {
	Source []string `sep:"none" placeholder:"NAME" help:"Poll this source only, even while it is to be left alone. May be given several times."`
	JSON   bool     `name:"json" help:"Print one JSON object for each source."`
}

// Help is printed under the command's flags.
func (gatherCommand) Help() string {
	return `Polls the sources of the config and those that were added, keeps what is new, and
understands it. What a source says that it has not changed is not fetched again.
A source that failed less than a minute ago, or whose server asks for more time,
is left alone, unless it is named.

Example:
  attache gather
  attache gather --source "Levant Wire"

Exit code 1 when no source could be read, or when one that was named could not;
else 0, whatever single sources say. Ctrl-C keeps what was gathered.`
}

// Run polls, indexes, and prints a line for each source.
func (c gatherCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	all, err := p.sources(ctx, p.config)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return wrongUse("there is nothing to gather: list sources in %s, or add one with: attache sources add URL", g.ConfigFile)
	}
	if err := p.list(ctx, all); err != nil {
		return err
	}
	round, err := c.round(ctx, p, all, s.now())
	if err != nil {
		return err
	}
	var print outcomes = newGatherTable(s, round, p.zone())
	if c.JSON {
		print = gatherLines{s.out}
	}
	err = round.run(ctx, p.app, print, len(c.Source) > 0)
	tellAside(s.err, round.indexed)
	return err
}

// zone is the one that all desks share; UTC where they don't, or there are none.
func (p *program) zone() *time.Location { return sharedZone(p.desks) }

func sharedZone(desks []*digest.Desk) *time.Location {
	zone := time.UTC
	for i, d := range desks {
		if i > 0 && d.Zone.String() != zone.String() {
			return time.UTC
		}
		zone = d.Zone
	}
	return zone
}

// gatherRound is one round over some sources, in the config's order.
type gatherRound struct {
	started time.Time
	all     []gathered
	next    int // the first that was not printed
	indexed digest.Indexed
}

// gathered is what became of a source in a round.
type gathered struct {
	polled
	sources.Report
	waiting bool // left alone until its next try
	done    bool
}

// outcomes is a way to print a round.
type outcomes interface {
	source(o *gathered) error
	progress(done, total int)
	end(r *gatherRound) error
}

// round settles which sources are polled.
func (c gatherCommand) round(ctx context.Context, p *program, all []polled, now time.Time) (*gatherRound, error) {
	chosen, err := c.chosen(all)
	if err != nil {
		return nil, err
	}
	known, err := p.archive.Sources(ctx)
	if err != nil {
		return nil, err
	}
	r := &gatherRound{started: now}
	for _, one := range chosen {
		o := gathered{polled: one}
		for _, k := range known {
			if k.Name == one.source.Name && k.Polled == one.source.URL && len(c.Source) == 0 && k.Held(k.Name, now) {
				o.waiting, o.done = true, true
				o.Report = sources.Report{
					Source: k.Name, Outlet: k.Publisher.Name, Trouble: k.Trouble, FailingSince: k.FailingSince, NextPoll: k.NextPoll, LastOK: k.LastOK,
				}
			}
		}
		r.all = append(r.all, o)
	}
	return r, nil
}

// chosen are the sources that were named; all where none was.
func (c gatherCommand) chosen(all []polled) ([]polled, error) {
	if len(c.Source) == 0 {
		return all, nil
	}
	var names []string
	for _, p := range all {
		names = append(names, p.source.Name)
	}
	var wrong []string
	for _, name := range c.Source {
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			continue
		}
		text := fmt.Sprintf("no source is called %q", name)
		if near := config.Nearest(name, names); near != "" {
			text += fmt.Sprintf("; did you mean %q?", near)
		}
		wrong = append(wrong, text)
	}
	if len(wrong) > 0 {
		return nil, wrongUse("%s (attache sources lists them)", strings.Join(wrong, "; "))
	}
	return slices.DeleteFunc(slices.Clone(all), func(p polled) bool {
		return !slices.ContainsFunc(c.Source, func(n string) bool { return strings.EqualFold(n, p.source.Name) })
	}), nil
}

// run polls what is due, prints as it goes, and indexes. What was kept before an
// interruption is printed too.
func (r *gatherRound) run(ctx context.Context, a *app, print outcomes, named bool) error {
	place := map[string]int{}
	var due []polled
	for i := range r.all {
		place[r.all[i].source.Name] = i
		if !r.all[i].done {
			due = append(due, r.all[i].polled)
		}
	}
	print.progress(0, len(due))
	var printed error
	read := 0
	err := a.gather(ctx, due, func(report sources.Report) {
		o := &r.all[place[report.Source]]
		o.Report, o.done = report, true
		read++
		printed = errors.Join(printed, r.flush(print, false))
		print.progress(read, len(due))
	})
	if err == nil {
		r.indexed, err = a.indexer.Index(ctx)
	}
	err = errors.Join(err, printed, r.flush(print, true), print.end(r))
	if err != nil {
		return err
	}
	return r.verdict(named)
}

// verdict is the round's error: where nothing could be read, or not what was named.
func (r *gatherRound) verdict(named bool) error {
	troubled, waiting := r.failed(), r.waiting()
	switch failed := troubled - waiting; {
	case troubled < len(r.all) && (troubled == 0 || !named):
		return nil
	case failed == 0:
		return fmt.Errorf("%d of %s not asked: a failure is a moment old, or the server asked for more time; --source NAME asks all the same", waiting, bot.Plural(len(r.all), "source"))
	case waiting == 0:
		return fmt.Errorf("%d of %s could not be read", failed, bot.Plural(len(r.all), "source"))
	default:
		return fmt.Errorf("%d of %s could not be read, and %d not asked", failed, bot.Plural(len(r.all), "source"), waiting)
	}
}

// flush prints the sources that are done, in the order of the round: up to the
// first that is not, or all of them.
func (r *gatherRound) flush(print outcomes, all bool) error {
	for ; r.next < len(r.all) && (all || r.all[r.next].done); r.next++ {
		if o := &r.all[r.next]; o.done {
			if err := print.source(o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *gatherRound) failed() int {
	n := 0
	for i := range r.all {
		if r.all[i].done && r.all[i].Trouble != "" {
			n++
		}
	}
	return n
}

// waiting counts the sources that were not asked.
func (r *gatherRound) waiting() int {
	n := 0
	for i := range r.all {
		if r.all[i].waiting {
			n++
		}
	}
	return n
}
