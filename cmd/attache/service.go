package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"attache/bot"
	"attache/digest/archive"
	"attache/sources"
	"attache/sources/fetch"
)

// service does what is due by a config, and delivers what is to be posted.
type service struct {
	*program
	log       *slog.Logger
	runner    *bot.Runner
	deliverer *bot.Deliverer
	publisher *bot.Publisher
	handler   *bot.Handler
	polling   chan struct{} // full while sources are polled
	told      sync.Map      // runs of which it was said that they are late
}

func newService(p *program, log *slog.Logger) (*service, error) {
	adapters, err := p.adapters()
	if err != nil {
		return nil, err
	}
	sv := &service{program: p, log: log, polling: make(chan struct{}, 1)}
	sv.publisher = &bot.Publisher{Archive: p.archive, Adapters: adapters, Log: log}
	sv.deliverer = &bot.Deliverer{Archive: p.archive, Adapters: adapters, Log: log}
	sv.handler = p.handler(p.inChat, p.config.Operator, limits(p.config), log)
	sv.handler.Publisher = sv.publisher
	jobs, err := sv.jobs()
	if err != nil {
		return nil, err
	}
	sv.runner = &bot.Runner{Archive: p.archive, Jobs: jobs, Log: log, Done: sv.heartbeat}
	return sv, nil
}

// jobs are what the runner does on each occasion.
func (sv *service) jobs() ([]bot.Job, error) {
	all, err := sv.occasions()
	if err != nil {
		return nil, err
	}
	jobs := make([]bot.Job, len(all))
	for i, o := range all {
		jobs[i] = bot.Job{Name: o.name, Schedule: o.schedule, Spec: o.spec, Grace: o.grace, Do: sv.gatherDue}
		if o.name == retentionName {
			jobs[i].Do = sv.forget
		}
		if o.desk < 0 {
			continue
		}
		m, err := sv.morning(o)
		if err != nil {
			return nil, err
		}
		jobs[i].Do, jobs[i].Late = m.edition, m.overdue
	}
	return jobs, nil
}

// warn says what will not work, before it is due.
func (sv *service) warn() {
	for _, w := range sv.config.Warnings() {
		sv.log.Warn(w.Error())
	}
	for _, w := range sv.wrong {
		sv.log.Warn(w.Error())
	}
	for _, d := range sv.config.Desks {
		for _, place := range places(d) {
			if err := sv.publisher.Serves(place); err != nil {
				sv.log.Error("a place gets nothing", "desk", d.Name, "place", place.String(), "error", err)
			}
		}
	}
}

// run does what is due until ctx ends, and then what is in hand for as long as
// wait.
func (sv *service) run(ctx context.Context, wait time.Duration) {
	var both sync.WaitGroup
	both.Go(func() { sv.runner.Run(ctx, wait) })
	both.Go(func() { sv.deliverer.Run(ctx) })
	both.Wait()
}

// gatherDue is the run that polls the sources that are due. Where they are being
// polled it has nothing to do.
func (sv *service) gatherDue(ctx context.Context, _ *archive.Run) (ended bool, err error) {
	select {
	case sv.polling <- struct{}{}:
	default:
		return false, nil
	}
	defer func() { <-sv.polling }()
	if err := sv.poll(ctx); err != nil {
		return false, err
	}
	return false, sv.index(ctx)
}

// freshen is gatherDue for an edition: it takes no longer than limit, and what
// was not read in time is left to the next one.
func (sv *service) freshen(ctx context.Context, limit time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case sv.polling <- struct{}{}:
		err := sv.poll(limited)
		<-sv.polling
		if err != nil && limited.Err() == nil {
			return err
		}
	case <-limited.Done(): // others still poll; what they have kept is enough
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if limited.Err() != nil {
		sv.log.Warn("not all sources were read in time", "limit", limit)
	}
	return sv.index(ctx)
}

// index understands what is new.
func (sv *service) index(ctx context.Context) error {
	done, err := sv.indexer.Index(ctx)
	for _, aside := range done.Aside {
		sv.log.Warn(aside.String())
	}
	return err
}

// poll polls the sources that are due. One that goes wrong holds up no other.
func (sv *service) poll(ctx context.Context) error {
	all, err := sv.sources(ctx, sv.config)
	if err != nil {
		return err
	}
	if err := sv.list(ctx, all); err != nil {
		return err
	}
	due, err := sv.due(ctx, all)
	if err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(gatherers)
	for _, p := range due {
		g.Go(func() error {
			sv.pollOne(ctx, p)
			return nil
		})
	}
	_ = g.Wait() // none has an error
	return ctx.Err()
}

func (sv *service) pollOne(ctx context.Context, p polled) {
	log := sv.log.With("source", p.source.Name)
	defer func() {
		if fault := recover(); fault != nil {
			log.Error("a fault of attache", "fault", fault, "stack", string(debug.Stack()))
		}
	}()
	if ctx.Err() != nil {
		return
	}
	report, err := sv.gatherer.Gather(ctx, p.source, p.outlet)
	switch {
	case err != nil && ctx.Err() == nil:
		log.Error("gathering", "error", err)
	case report.Trouble != "":
		log.Warn("not read", "trouble", report.Trouble, "next", report.NextPoll.UTC().Format(time.RFC3339))
	case report.New > 0 || report.Changed > 0:
		log.Info("gathered", "new", report.New, "changed", report.Changed)
	}
}

// due are the sources whose time has come: by the config where it says how often,
// else by what they last answered, and where they failed by how often.
func (sv *service) due(ctx context.Context, all []polled) ([]polled, error) {
	known, err := sv.archive.Sources(ctx)
	if err != nil {
		return nil, err
	}
	next := make(map[[2]string]sources.State)
	for _, k := range known {
		next[[2]string{k.Name, k.Polled}] = k.State
	}
	now := sv.now()
	var due []polled
	for _, p := range all {
		s := next[[2]string{p.source.Name, p.source.URL}]
		at := s.NextPoll
		if p.every > 0 && s.Failures == 0 && !s.LastPoll.IsZero() {
			at = s.LastPoll.Add(p.every)
		}
		if !at.After(now) || s.LastPoll.After(now) { // the clock may have been set back
			due = append(due, p)
		}
	}
	return due, nil
}

// heartbeat tells a monitor that a run went well.
func (sv *service) heartbeat(ctx context.Context, r *archive.Run, err error) {
	address := sv.config.Heartbeat.Value()
	if address == "" || err != nil {
		return
	}
	const limit = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if _, err := sv.client.Get(ctx, fetch.Request{URL: address}); err != nil {
		sv.log.Warn("the heartbeat was not heard", "run", r.Name, "error", secretless(err))
	}
}

// secretless is what went wrong with a fetch without its address, in which there
// may be a token.
func secretless(err error) error {
	if inner, ok := err.(interface{ Unwrap() error }); ok && inner.Unwrap() != nil {
		return inner.Unwrap()
	}
	return fmt.Errorf("it can't be fetched")
}
