package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"attache/bot"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/fetch"
)

// fewSources is how many sources have a line each, even where they are well.
const fewSources = 20

// checkedSource is a source with what is known of it, and what it answers now.
type checkedSource struct {
	polled
	state sources.State // as the archive has it
	pace  archive.Pace
	probe *sources.Probe // nil where it was not asked
}

// checkSources asks all sources, and says how they are, after the clock by them.
func (d *doctor) checkSources(ctx context.Context) error {
	all, err := d.listSources(ctx)
	if err != nil {
		d.report.fail("sources", err.Error(), "")
		return nil
	}
	if !d.Offline {
		if err := d.probe(ctx, all); err != nil {
			return err
		}
	}
	d.clock(ctx, all)
	d.sourceLines(all)
	return nil
}

// listSources are the sources of the config and those that were added, with what
// the archive knows of them.
func (d *doctor) listSources(ctx context.Context) ([]checkedSource, error) {
	l := newListing(d.config)
	states, paces := map[string]sources.State{}, map[string]archive.Pace{}
	if d.archive != nil {
		added, err := d.archive.AddedSources(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range added {
			l.add(s)
		}
		known, err := d.archive.Sources(ctx)
		if err != nil {
			return nil, err
		}
		for _, k := range known {
			states[k.Name] = k.State
		}
		if paces, err = d.archive.Paces(ctx); err != nil {
			return nil, err
		}
	}
	var all []checkedSource
	for _, p := range l.all {
		if p.source.URL == "" {
			continue // a mistake in the config, which was said
		}
		one := checkedSource{polled: p}
		if s := states[p.source.Name]; s.Polled == p.source.URL {
			one.state, one.pace = s, paces[p.source.Name]
		}
		all = append(all, one)
	}
	return all, nil
}

// probe asks the sources, some at once, until the time is over.
func (d *doctor) probe(ctx context.Context, all []checkedSource) error {
	const least = 5 * time.Second // that a source is given before its silence is told
	limited, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	gatherer := &sources.Gatherer{Client: d.client(), Now: d.s.now}
	var asking errgroup.Group
	asking.SetLimit(gatherers)
	for i := range all {
		asking.Go(func() error {
			if limited.Err() != nil {
				return nil
			}
			began := time.Now()
			p, err := gatherer.Probe(limited, all[i].source)
			if given := time.Since(began).Round(time.Second); err != nil && given >= min(least, d.Timeout) {
				p, err = sources.Probe{Source: p.Source, Err: context.DeadlineExceeded, Trouble: fmt.Sprintf("no answer within %s", given)}, nil
			}
			if err == nil {
				all[i].probe = &p
			}
			return nil
		})
	}
	if err := asking.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// clock compares this machine's clock with the database's, or with what most of
// the sources say.
func (d *doctor) clock(ctx context.Context, all []checkedSource) {
	if ahead, ok := d.databaseClock(ctx); ok {
		d.checkClock(ahead, "the database's clock")
		return
	}
	var told []time.Duration
	for _, s := range all {
		if s.probe != nil && s.probe.Clocked {
			told = append(told, s.probe.Ahead)
		}
	}
	if len(told) == 0 {
		d.report.ok("clock", "not compared: no source told the time")
		return
	}
	slices.Sort(told)
	d.checkClock(told[len(told)/2], "the clocks of "+several(len(told), "source"))
}

// sourceLines prints a line for each source; of many, those that are well share
// one.
func (d *doctor) sourceLines(all []checkedSource) {
	var well, unasked, down int
	for i := range all {
		s := &all[i]
		c := d.sourceCheck(s)
		if s.probe == nil {
			unasked++
		}
		if s.failing() {
			down++
		}
		if c.Verdict == bot.Well && len(all) > fewSources && !d.JSON {
			well++
			continue
		}
		c.What = s.source.Name + ": " + c.What
		d.report.add("source", c)
	}
	if well > 0 {
		said := several(well, "source")
		if well < len(all) {
			said = several(well, "other source")
		}
		d.report.ok("source", said+", all well")
	}
	if unasked > 0 && !d.Offline {
		d.report.warn("source", fmt.Sprintf("%s not asked within %s", several(unasked, "source"), d.Timeout), "Give it more with --timeout.")
	}
	if down > 0 && down == len(all) {
		d.report.fail("source", "no source can be read", "Look at this machine's network: a digest would be empty.")
	}
}

// failing is whether the source could not be read: now, or else when it was last
// asked.
func (s *checkedSource) failing() bool {
	if s.probe != nil {
		return s.probe.Err != nil
	}
	return s.state.Trouble != ""
}

// sourceCheck says how a source is.
func (d *doctor) sourceCheck(s *checkedSource) bot.Checkup {
	if s.failing() {
		return d.failing(s)
	}
	newest := s.state.NewestItem
	if s.probe != nil && s.probe.Newest.After(newest) {
		newest = s.probe.Newest
	}
	quiet, usual := silence(s.pace, newest, d.now)
	switch {
	case s.probe != nil && s.probe.Forbidden:
		return bot.Checkup{Verdict: bot.Doubtful, What: "robots.txt forbids its pages: only the feed's summaries are kept", Remedy: "Ask its owner, or live with the summaries."}
	case s.probe != nil && s.probe.Entries == 0:
		return bot.Checkup{Verdict: bot.Doubtful, What: "it answers, and shows nothing", Remedy: "Open " + shownURL(s.source.URL) + " in a browser; look on the site for another feed."}
	case quiet > 0:
		return bot.Checkup{Verdict: bot.Doubtful, What: fmt.Sprintf("no items for %d days, usually ", int(quiet.Hours()/24)) + usual, Remedy: "Look whether the site moved its feed: " + shownURL(s.source.URL)}
	case s.probe == nil && s.state.LastPoll.IsZero():
		return bot.Checkup{Verdict: bot.Well, What: "not read yet"}
	case s.probe == nil:
		return bot.Checkup{Verdict: bot.Well, What: "read " + d.hour(s.state.LastOK)}
	}
	what := several(s.probe.Entries, "item")
	if !newest.IsZero() {
		what += ", newest " + d.hour(newest)
	}
	if s.state.Trouble != "" {
		what += "; answers again, after failing since " + d.hour(s.state.FailingSince)
	}
	return bot.Checkup{Verdict: bot.Well, What: what}
}

// failing says what is wrong with a source, since when, and what to do.
func (d *doctor) failing(s *checkedSource) bot.Checkup {
	trouble := s.state.Trouble
	if s.probe != nil {
		trouble = s.probe.Trouble
	}
	if !s.state.FailingSince.IsZero() {
		trouble += fmt.Sprintf(" since %s (%s)", d.hour(s.state.FailingSince), tries(s.state.Failures))
	}
	var err error
	if s.probe != nil {
		err = s.probe.Err
	}
	return bot.Checkup{Verdict: bot.Doubtful, What: trouble, Remedy: sourceRemedy(err, shownURL(s.source.URL))}
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return fmt.Sprintf("%d tries", n)
}

// sourceRemedy is what to do about a source that can't be read.
func sourceRemedy(err error, address string) string {
	var status *fetch.StatusError
	var private *fetch.PrivateAddressError
	var certificate *tls.CertificateVerificationError
	var unknown *net.DNSError
	gone := "Open " + address + " in a browser; remove it if it is gone."
	switch {
	case errors.As(err, &private):
		return "" // it tells
	case errors.As(err, &certificate):
		return "Open " + address + " in a browser: if that refuses it too, tell the site's owner; else renew this machine's certificates."
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return "Correct its address, " + address + ", or remove it."
	case errors.As(err, &status):
		return statusRemedy(status.Status, address, gone)
	case err != nil && strings.Contains(err.Error(), "not a feed"):
		return "Look on the site for its feed, or write site: instead of feed:."
	}
	return gone
}

func statusRemedy(status int, address, gone string) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return "The site refuses attache: ask its owner, or remove it. " + address
	case http.StatusNotFound, http.StatusGone:
		return "Look on the site for its feed and correct the address, " + address + ", or remove it."
	case http.StatusTooManyRequests:
		return "Poll it more rarely: every: 2h."
	}
	return gone
}

// silence is for how long a source has had nothing new, where that is unusual, and
// what is usual: "4 a day". It is 0 where it isn't, or where too little is known.
func silence(p archive.Pace, newest, now time.Time) (quiet time.Duration, usual string) {
	const (
		enough = 5                  // articles to know a pace by
		least  = 3 * 24 * time.Hour // a long weekend
		gaps   = 7                  // so many times the usual gap is unusual
		day    = 24 * time.Hour
	)
	quiet = now.Sub(newest)
	if p.Articles < enough || newest.IsZero() {
		return 0, ""
	}
	gap := max(p.Newest.Sub(p.First), day) / time.Duration(p.Articles)
	if quiet < max(least, gaps*gap) {
		return 0, ""
	}
	unit, name := day, "day"
	if gap > day {
		unit, name = 7*day, "week"
	}
	return quiet, fmt.Sprintf("%d a %s", int(math.Round(float64(unit)/float64(gap))), name)
}

// hour writes a time as the desks read it.
func (d *doctor) hour(t time.Time) string { return bot.Hour(d.zone(), t, d.now) }

func (d *doctor) zone() *time.Location { return sharedZone(d.desks) }
