package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest"
	"attache/digest/actor"
	"attache/sources/fetch"
)

// pace is the least time between two requests to one host.
const pace = time.Second

// usageError is a mistake of whoever typed the command: nothing was done.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// wrongUse says what is wrong with a command's arguments, for exit code 2.
func wrongUse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// load reads the config and resolves the names in it. All that is wrong with it
// comes out as one config.Mistakes.
func (g *settings) load() (*config.Config, error) {
	c, _, err := g.read(actor.Load())
	return c, err
}

// read is load, and gives the desks with their names resolved.
func (g *settings) read(actors *actor.Catalogue) (*config.Config, []*digest.Desk, error) {
	c, desks, err := g.readAll(actors)
	if err != nil {
		return nil, nil, err
	}
	return c, desks, nil
}

// readAll is read, and gives what could be read of a config that has mistakes too.
func (g *settings) readAll(actors *actor.Catalogue) (*config.Config, []*digest.Desk, error) {
	read := &config.Config{}
	var desks []*digest.Desk
	_, err := config.Load(g.ConfigFile, func(c *config.Config) (wrong config.Mistakes) {
		read = c
		wrong = wrongCommands(c)
		for _, src := range c.Sources {
			if err := knownCountry(actors, src.Country); err != nil {
				wrong = append(wrong, c.At(src.Pos, "%v", err))
			}
		}
		for _, d := range c.Desks {
			if isRun(d.Name) {
				wrong = append(wrong, c.At(d.Pos, "%q is the name of another run; give the desk another name", d.Name))
			}
			desk, mistakes := newDesk(actors, c, d)
			desks, wrong = append(desks, desk), append(wrong, mistakes...)
		}
		return wrong
	})
	var mistakes config.Mistakes
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = wrongUse("there is no config file %s: begin with a copy of attache.example.yaml, or name yours with --config FILE", g.ConfigFile)
	case err != nil && !errors.As(err, &mistakes):
		err = usageError{err}
	}
	return read, desks, err
}

// program is the app of a config.
type program struct {
	*app
	config *config.Config // with what was changed of its desks in chat
	desks  []*digest.Desk // likewise, in the config's order
	inChat *bot.Desks     // what that is
	wrong  []error        // of what was changed
}

// open reads the config and opens the archive that it names. Now is the clock
// that gathering, tagging and answering go by.
func (g *settings) open(ctx context.Context, now func() time.Time) (*program, error) {
	actors := actor.Load()
	c, desks, err := g.read(actors)
	if err != nil {
		return nil, err
	}
	return openProgram(ctx, c, desks, actors, now)
}

// openRunning is open for what runs by itself: a desk whose schedule, holidays or
// places have a mistake is left out, so that the others have their mornings. What
// is wrong with it comes beside the program. Any other mistake is an error.
func (g *settings) openRunning(ctx context.Context, now func() time.Time) (*program, config.Mistakes, error) {
	actors := actor.Load()
	c, desks, err := g.readAll(actors)
	var mistakes config.Mistakes
	if errors.As(err, &mistakes) {
		out := desksOf(mistakes)
		if len(out) == 0 || len(out) == len(desks) {
			return nil, nil, err
		}
		for i := len(desks) - 1; i >= 0; i-- {
			if out[i] {
				c.Desks, desks = slices.Delete(c.Desks, i, i+1), slices.Delete(desks, i, i+1)
			}
		}
		err = nil
	}
	if err != nil {
		return nil, nil, err
	}
	p, err := openProgram(ctx, c, desks, actors, now)
	return p, mistakes, err
}

// desksOf are the places of the desks that can't run for the mistakes; none where
// one of them is of another kind.
func desksOf(mistakes config.Mistakes) map[int]bool {
	out := make(map[int]bool)
	for _, m := range mistakes {
		found := unableDesk.FindStringSubmatch(m.Pos.Path)
		if found == nil {
			return nil
		}
		i, err := strconv.Atoi(found[1])
		if err != nil {
			return nil
		}
		out[i] = true
	}
	return out
}

// unableDesk is where a mistake stands that keeps one desk from running.
var unableDesk = regexp.MustCompile(`^desks\[(\d+)\]\.(?:schedule|holidays|post)\b`)

func openProgram(ctx context.Context, c *config.Config, desks []*digest.Desk, actors *actor.Catalogue, now func() time.Time) (*program, error) {
	a, err := newApp(ctx, c.Database.Value(), actors, newClient(c, now), now)
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	p, err := a.program(ctx, c, desks)
	if err != nil {
		return nil, errors.Join(err, a.close())
	}
	return p, nil
}

// program is that of a config over what was changed in chat.
func (a *app) program(ctx context.Context, c *config.Config, desks []*digest.Desk) (*program, error) {
	p := &program{app: a, config: c, inChat: changeable(a.archive, c, desks)}
	return p, p.merge(ctx)
}

// again reads the config once more. The archive stays open where it is the same;
// otherwise the program before keeps its own.
func (g *settings) again(ctx context.Context, before *program) (*program, error) {
	c, desks, err := g.read(before.actors)
	if err != nil {
		return nil, err
	}
	client := newClient(c, before.now)
	if c.Database.Value() == before.config.Database.Value() {
		return wire(before.archive, before.actors, client, before.now).program(ctx, c, desks)
	}
	return openProgram(ctx, c, desks, before.actors, before.now)
}

// newClient fetches as the config says.
func newClient(c *config.Config, now func() time.Time) *fetch.Client {
	return fetch.New(fetch.Options{
		Version: version(), Contact: c.Fetch.Contact, Timeout: c.Fetch.Timeout,
		AllowPrivate: c.Fetch.AllowPrivate, Pace: pace, Robots: true, Now: now,
	})
}

// desk is the desk of a name; without one, the only desk that there is. It comes
// as the builder takes it and as the config has it.
func (p *program) desk(name string) (*digest.Desk, config.Desk, error) {
	i, err := p.config.FindDesk(name)
	if err != nil {
		return nil, config.Desk{}, usageError{err}
	}
	return p.desks[i], p.config.Desks[i], nil
}
