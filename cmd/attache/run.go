package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"attache/config"
	"attache/digest/archive"
)

// lookForChanges is how often it is looked whether something was changed in chat.
const lookForChanges = 5 * time.Second

// stopWithin is how long what is in hand may take when attache run is to stop.
const stopWithin = 20 * time.Second

// runCommand keeps the schedules.
type runCommand struct {
	Once string `placeholder:"NAME" help:"Do one run now and wait for its posts: gather, retention, or the name of a desk."`
}

// Help is printed under the command's flags.
func (runCommand) Help() string {
	return `Polls the sources when they are due, makes each desk's edition by its schedule and
posts it to the desk's places, each post once, until it is told to stop. After an
outage it makes what it missed within the desk's grace, one edition for all of it.

SIGTERM and Ctrl-C finish what is in hand, for 20 seconds at most; a second one
ends at once. SIGHUP reads the config anew; a bad one is told in the log, and the
old one stays. The log is on standard error.

Example:
  attache run
  attache run --once Caucasus`
}

// Run keeps the schedules until a signal, or does one run.
func (c runCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, mistakes, err := g.openRunning(ctx, s.now)
	if err != nil {
		return err
	}
	if len(mistakes) > 0 {
		fmt.Fprintln(s.err, mistakes)
		fmt.Fprintln(s.err, "attache: the desks with these mistakes are left out until they are mended; the others run")
	}
	if c.Once != "" {
		return errors.Join(c.once(ctx, s, p), p.close())
	}
	signals := takeSignals()
	defer signal.Stop(signals)
	return keep(ctx, s, g, p, signals)
}

// takeSignals takes the signals that end other commands.
func takeSignals() chan os.Signal {
	signals := make(chan os.Signal, 4)
	all := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	signal.Ignore(all...) // main hears of them no more
	signal.Notify(signals, all...)
	return signals
}

// keep keeps the schedules of a config and of those that come after it, and
// closes the program.
func keep(ctx context.Context, s *streams, g *settings, p *program, signals <-chan os.Signal) (err error) {
	defer func() { err = errors.Join(err, p.close()) }()
	if err := p.archive.Alone(ctx); err != nil {
		return err
	}
	sv, err := newService(p, s.logger(p.config))
	var people ears
	for err == nil {
		people.use(sv)
		running := sv.start(ctx)
		next, why := sv.wait(ctx, g, s, signals)
		if next == nil {
			running.done = both(running.done, people.close())
			running.stop(signals)
			return why
		}
		if sig := running.stop(signals); sig != nil { // it is to end, and not to go on by another config
			<-people.close()
			if next.archive != p.archive {
				err = next.close()
			}
			return errors.Join(err, sv.endedBy(sig))
		}
		if next.archive != p.archive {
			people.use(next)
			err = p.close()
		}
		p, sv = next.program, next
	}
	<-people.close()
	return err
}

// both is closed when two others are.
func both(one, other <-chan struct{}) <-chan struct{} {
	all := make(chan struct{})
	go func() {
		defer close(all)
		<-one
		<-other
	}()
	return all
}

// started is a service at work.
type started struct {
	cancel context.CancelFunc
	done   <-chan struct{}
}

func (sv *service) start(ctx context.Context) started {
	work, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	if err := sv.runner.Begin(ctx); err != nil {
		sv.log.Error("finding out when attache last ran", "error", err)
	}
	if err := sv.gatherFirst(ctx); err != nil {
		sv.log.Error("planning the first poll", "error", err)
	}
	sv.log.Info("attache runs", "version", version(), "desks", len(sv.desks))
	sv.warn()
	go func() {
		defer close(done)
		sv.run(work, stopWithin)
	}()
	return started{cancel, done}
}

// gatherFirst has the sources polled that are due, before the schedule says so:
// some may be new.
func (sv *service) gatherFirst(ctx context.Context) error {
	now, err := sv.archive.Now(ctx)
	if err != nil {
		return err
	}
	_, err = sv.archive.PlanRun(ctx, gatherName, now, archive.RunDue)
	return err
}

// stop ends the work in order; at once, where a signal says so meanwhile, which it
// returns.
func (r started) stop(signals <-chan os.Signal) os.Signal {
	r.cancel()
	for {
		select {
		case <-r.done:
			return nil
		case sig := <-signals:
			if sig != syscall.SIGHUP {
				return sig
			}
		}
	}
}

// endedBy says by which signal attache ends. Only that of a service manager is no error.
func (sv *service) endedBy(sig os.Signal) error {
	sv.log.Info("attache stops", "signal", sig.String())
	if sig == syscall.SIGTERM {
		return nil
	}
	return errInterrupted
}

// wait waits for what changes something, a signal or a desk whose schedule or place
// was changed in chat: it returns the service that goes on or, with nil, why attache
// ends.
func (sv *service) wait(ctx context.Context, g *settings, s *streams, signals <-chan os.Signal) (*service, error) {
	look := time.NewTicker(lookForChanges)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-look.C:
			if next := sv.rescheduled(ctx); next != nil {
				return next, nil
			}
		case sig := <-signals:
			if sig != syscall.SIGHUP {
				return nil, sv.endedBy(sig)
			}
			if next := sv.reload(ctx, g, s); next != nil {
				return next, nil
			}
		}
	}
}

// rescheduled is the service that goes on where the schedule or the places of a desk
// were changed in chat, here or on another replica; else nil. What desks follow and
// mute is read for each edition.
func (sv *service) rescheduled(ctx context.Context) *service {
	p := *sv.program
	if err := p.merge(ctx); err != nil {
		sv.log.Warn("looking for what was changed in chat", "error", err)
		return nil
	}
	same := func(a, b config.Desk) bool {
		return a.Name == b.Name && a.Schedule == b.Schedule && a.Zone.String() == b.Zone.String() && slices.Equal(places(a), places(b))
	}
	if slices.EqualFunc(p.config.Desks, sv.config.Desks, same) {
		return nil
	}
	next, err := newService(&p, sv.log)
	if err != nil {
		sv.log.Error("what was changed in chat can't be used", "error", err)
		return nil
	}
	sv.log.Info("desks' schedules or places were changed in chat")
	return next
}

// reload reads the config anew. It returns nil where that can't be run, and says
// why.
func (sv *service) reload(ctx context.Context, g *settings, s *streams) *service {
	next, err := sv.reread(ctx, g, s)
	var mistakes config.Mistakes
	switch {
	case err == nil:
		sv.log.Info("the config was read anew")
		return next
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			sv.log.Error("the config has a mistake; the old one stays", "mistake", m.Error())
		}
	default:
		sv.log.Error("the config can't be used; the old one stays", "error", err)
	}
	return nil
}

func (sv *service) reread(ctx context.Context, g *settings, s *streams) (*service, error) {
	p, err := g.again(ctx, sv.program)
	if err != nil {
		return nil, err
	}
	next, err := newService(p, s.logger(p.config))
	if p.archive == sv.archive {
		return next, err
	}
	if err == nil {
		err = p.archive.Alone(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return next, nil
}

// logger writes the log as the config wants it.
func (s *streams) logger(c *config.Config) *slog.Logger {
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(s.err, nil))
	}
	return slog.New(slog.NewTextHandler(s.err, nil))
}
