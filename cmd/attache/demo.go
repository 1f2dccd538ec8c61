package main

import (
	"context"
	_ "embed" // of the desk
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"attache/bot"
	"attache/config"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/ask"
	"attache/sources"
	"attache/sources/fetch"
	"attache/sources/newsroom"
)

// demoQuestions are asked in one conversation after the edition.
var demoQuestions = []string{
	"latest on Azerbaijan–Israel",
	"and on arms sales?",
	"since yesterday?",
	"what did Caspian Ledger say?",
	"why?",
}

//go:embed demo.yaml
var demoConfig []byte

// scripted is the thread of the demo's own questions.
const scripted = "demo"

// lastDay is how many mornings the sample newsroom has news for.
const lastDay = 2

// promptHint stands over the prompt.
const promptHint = "Ask anything about the sample news, for instance: latest on Armenia · timeline ·\n" +
	"since Monday · what did Ararat Post say · how many on gas. /help lists commands. Ctrl-D ends."

type demoCommand struct {
	Data    string `type:"path" placeholder:"DIR" help:"Keep the archive in this folder and go on from it. Without it, a temporary folder is used and removed."`
	NextDay bool   `help:"Go on to the next morning and show what changed. Plays the first one before, if that wasn't kept."`
}

// Help is printed under the command's flags.
func (demoCommand) Help() string {
	return `Example:
  attache demo --data ~/attache-demo
  attache demo --data ~/attache-demo --next-day

Nothing leaves this machine, and no account is needed.`
}

// Run plays the sample newsroom's morning.
func (c demoCommand) Run(ctx context.Context, s *streams) error {
	dir, remove, err := c.folder()
	if err != nil {
		return err
	}
	defer remove()
	d, err := newDemo(ctx, dir, s)
	if err != nil {
		return err
	}
	return errors.Join(d.play(ctx, c.NextDay), d.close())
}

// folder makes the folder of the archive, and says how it goes away.
func (c demoCommand) folder() (dir string, remove func(), err error) {
	if c.Data == "" {
		if dir, err = os.MkdirTemp("", "attache-demo-"); err != nil {
			return "", nil, fmt.Errorf("making a temporary folder: %w; name one with --data DIR", err)
		}
		return dir, func() { _ = os.RemoveAll(dir) }, nil
	}
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return "", nil, fmt.Errorf("making the folder of the archive: %w; name one with --data that can be written to", err)
	}
	return c.Data, func() {}, nil
}

// demo is the sample newsroom, and attache as it reads it.
type demo struct {
	*app
	*streams
	world  *newsroom.World
	server *newsroom.Server
	desk   *digest.Desk
	inChat *bot.Desks
	zone   *time.Location
	day    int // the morning it is, from 1
}

func newDemo(ctx context.Context, dir string, s *streams) (*demo, error) {
	c, err := config.Parse("demo.yaml", demoConfig, nil)
	if err != nil {
		return nil, err
	}
	d := &demo{streams: s, world: newsroom.New(), zone: c.Desks[0].Zone, day: 1}
	if d.server, err = d.world.Start(); err != nil {
		return nil, fmt.Errorf("starting the sample newsroom: %w", err)
	}
	client := fetch.New(fetch.Options{
		Hosts: d.server.Hosts(), RootCAs: d.server.CertPool(), Now: d.now,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	if d.app, err = newApp(ctx, filepath.Join(dir, "attache.db"), actor.Load(), client, d.now); err != nil {
		return nil, errors.Join(err, d.server.Close())
	}
	var wrong config.Mistakes
	if d.desk, wrong = newDesk(d.actors, c, c.Desks[0]); len(wrong) > 0 {
		return nil, errors.Join(wrong, d.close())
	}
	d.inChat = changeable(d.archive, c, []*digest.Desk{d.desk})
	return d, nil
}

func (d *demo) close() error { return errors.Join(d.app.close(), d.server.Close()) }

// now is the demo's own clock: 07:30 in Baku, the same in every run.
func (d *demo) now() time.Time { return d.world.Now() }

// play goes through the mornings up to the one asked for. Where the archive got
// to is told by its editions.
func (d *demo) play(ctx context.Context, next bool) error {
	fmt.Fprintf(d.out, "Sample newsroom: %d outlets on 127.0.0.1, nothing leaves this machine.\n", len(d.world.Outlets()))
	kept, err := d.archive.LastEdition(ctx, d.desk.Name, time.Time{})
	if err != nil {
		return err
	}
	from, to := 1, 1
	if kept != nil {
		from, to = kept.Number, kept.Number
	}
	if next {
		to = min(to+1, lastDay)
	}
	if kept != nil && to > from {
		from = to
	}
	for d.day = from; ; d.day++ {
		if err := d.morning(ctx); err != nil {
			return err
		}
		if d.day == to {
			break
		}
	}
	return d.questions(ctx)
}

// morning gathers, understands, and prints the edition.
func (d *demo) morning(ctx context.Context) error {
	d.world.SetDay(d.day)
	all := d.outlets()
	bar := newProgress(d.out, isTerminal(d.out), len(all))
	if err := d.gather(ctx, all, bar.source); err != nil {
		return err
	}
	indexed, err := d.indexer.Index(ctx)
	if err != nil {
		return err
	}
	bar.end(indexed.Copies)
	edition, err := d.edition(ctx)
	if err != nil {
		return err
	}
	if err := d.converse.Begin(ctx, scripted, edition); err != nil {
		return err
	}
	fmt.Fprintln(d.out)
	return d.printer().Thread(bot.Edition(edition))
}

func (d *demo) outlets() []polled {
	var all []polled
	for _, o := range d.world.Outlets() {
		outlet := sources.Outlet{
			Name: o.Name, Country: o.Country, Rating: o.Rating, StateLinked: o.StateLinked, Host: o.Host,
		}
		for _, f := range o.Feeds {
			all = append(all, polled{
				source: sources.Source{Name: o.Name, Outlet: o.Name, URL: f, Kind: sources.Kind(o.Kind)}, outlet: outlet,
			})
		}
	}
	return all
}

// edition returns this morning's, as it was stored, or builds and stores it.
func (d *demo) edition(ctx context.Context) (*digest.Digest, error) {
	due := d.now()
	kept, err := d.archive.LastEdition(ctx, d.desk.Name, time.Time{})
	if err != nil {
		return nil, err
	}
	if kept != nil && kept.Due.Equal(due) {
		return digest.Stored(kept)
	}
	desk, _, err := d.inChat.Named(ctx, d.desk.Name)
	if err != nil {
		return nil, err
	}
	built, err := d.builder.Build(ctx, &desk.Desk, digest.Window{Due: due, Until: due})
	if err != nil {
		return nil, err
	}
	return built, digest.Store(ctx, d.archive, built)
}

// questions asks the sample questions, then those of the person at the terminal.
func (d *demo) questions(ctx context.Context) error {
	for _, q := range demoQuestions {
		fmt.Fprintf(d.out, "\n> %s\n", q)
		if err := d.answer(ctx, q); err != nil {
			return err
		}
	}
	if !isTerminal(d.in) || !isTerminal(d.out) {
		return nil
	}
	fmt.Fprintln(d.out, "\n"+promptHint)
	who := bot.Person{ID: "terminal:demo", Name: "demo", Zone: d.zone}
	h := d.handlerAlone(d.inChat, nil, "", who, d.err)
	t := d.talk(d.streams, h, d.desk.Name, who)
	t.after = scripted
	return t.run(ctx, d.streams)
}

func (d *demo) answer(ctx context.Context, q string) error {
	who := ask.Asker{Zone: d.zone, Now: d.now(), Follows: d.desk.IDs()}
	m, err := d.converse.Ask(ctx, scripted, q, who)
	if err != nil {
		return fmt.Errorf("answering %q: %w", q, err)
	}
	return d.printer().Message(m)
}
