package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"
	"time"

	"attache/bot"
)

// chatCommand is a conversation with attache at the terminal.
type chatCommand struct {
	Desk string `placeholder:"NAME" help:"The desk that talks: its zone, and what it follows. Not needed where the config has one, or none."`
	As   string `placeholder:"NAME" help:"Who talks, as changes of the desk are recorded; the login name when left out."`
	At   string `placeholder:"TIME" help:"As if it were then."`
}

// Help is printed under the command's flags.
func (chatCommand) Help() string {
	return `Questions, follow-ups, and the commands that Slack and Discord take: /help lists
them. A number does what the last answer offers under it; /new begins a new thread.
Whoever has the config may change the desks.

Example:
  attache chat
  attache chat --desk Caucasus --as Leyla
  printf '/latest Armenia\nand on energy?\n' | attache chat`
}

// Run talks until the input ends.
func (c chatCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.openKept(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	t, err := c.talk(p, s)
	if err != nil {
		return err
	}
	if err := p.ready(ctx, s); err != nil {
		return err
	}
	if isTerminal(s.in) && isTerminal(s.out) {
		fmt.Fprintln(s.out, chatHint)
	}
	return t.run(ctx, s)
}

// chatHint stands over the first prompt.
const chatHint = "Ask anything, for instance: latest on Armenia. /help lists the commands, a number does\nwhat is offered under an answer, /new begins anew, Ctrl-D ends."

// talk settles who talks, and as of when.
func (c chatCommand) talk(p *program, s *streams) (*talk, error) {
	desk, zone := "", time.UTC
	if len(p.desks) > 0 || c.Desk != "" {
		d, _, err := p.desk(c.Desk)
		if err != nil {
			return nil, err
		}
		desk, zone = d.Name, d.Zone
	}
	now, _, err := atTime(c.At, s.now().In(zone))
	if err != nil {
		return nil, err
	}
	name, err := c.name()
	if err != nil {
		return nil, err
	}
	who := bot.Person{ID: "terminal:" + name, Name: name, Zone: zone}
	adapters, err := p.adapters()
	if err != nil {
		return nil, err
	}
	h := p.handlerAlone(p.inChat, adapters, p.config.Operator, who, s.err)
	t := p.talk(s, h, desk, who)
	if c.At != "" {
		t.now = func() time.Time { return now }
		h.Now, h.Then = t.now, true
	}
	return t, nil
}

// name is whose name changes are recorded under.
func (c chatCommand) name() (string, error) {
	if name := strings.TrimSpace(c.As); name != "" {
		return name, nil
	}
	if c.As != "" {
		return "", wrongUse("--as: expected a name")
	}
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "", wrongUse("--as NAME is needed: the name that you are logged in by can't be found")
	}
	return u.Username, nil
}
