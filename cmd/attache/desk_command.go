package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/digest"
)

type deskCommand struct {
	Show    deskShow    `cmd:"" help:"Show what desks follow and mute, when and where they are told, and who may change that."`
	Export  deskExport  `cmd:"" help:"Print the desks as YAML, with what was changed in chat."`
	History deskHistory `cmd:"" help:"List what was changed of the desks in chat, by whom and when."`
}

// Help is printed under the command's calls.
func (deskCommand) Help() string {
	return `A desk is what attache.yaml says of it, and over that what people changed in chat.

Example:
  attache desk show
  attache desk history --desk Caucasus`
}

// deskChoice is the flag of the commands that are about one desk or all.
type deskChoice struct {
	Desk string `placeholder:"NAME" help:"Only this desk."`
}

// chosen are the places of the desks that are meant, in the config's order.
func (c deskChoice) chosen(p *program) ([]int, error) {
	if c.Desk == "" && len(p.desks) > 0 {
		all := make([]int, len(p.desks))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	i, err := p.config.FindDesk(c.Desk)
	if err != nil {
		return nil, usageError{err}
	}
	return []int{i}, nil
}

// each opens the archive and calls do with each desk that is meant.
func (c deskChoice) each(ctx context.Context, s *streams, g *settings, do func(p *program, desk int) error) (err error) {
	p, err := g.openKept(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	for _, w := range p.wrong {
		fmt.Fprintln(s.err, "attache:", w)
	}
	chosen, err := c.chosen(p)
	if err != nil {
		return err
	}
	for _, i := range chosen {
		if err := do(p, i); err != nil {
			return err
		}
	}
	return nil
}

type deskShow struct {
	deskChoice
	JSON bool `name:"json" help:"Print one JSON object for each desk."`
}

// Help is printed under the command's flags.
func (deskShow) Help() string {
	return `Example:
  attache desk show --desk Caucasus
  attache desk show --json`
}

// Run shows the desks.
func (c deskShow) Run(ctx context.Context, s *streams, g *settings) error {
	return c.each(ctx, s, g, func(p *program, desk int) error {
		d, err := p.shown(ctx, desk)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.out, d)
		}
		_, err = fmt.Fprint(s.out, d.text(p.desks[desk].Zone))
		return err
	})
}

// shownDesk is a desk as --json gives it. Times are RFC 3339.
type shownDesk struct {
	Name       string      `json:"name"`
	Zone       string      `json:"zone"`
	Follow     []string    `json:"follow"`
	Mute       []shownMute `json:"mute"`
	Schedule   string      `json:"schedule"` // empty: only by hand
	Next       *time.Time  `json:"next"`
	Places     []string    `json:"places"`
	MayChange  []string    `json:"may_change"`
	Changes    int         `json:"changes"`
	LastChange *time.Time  `json:"last_change"`
	LastBy     string      `json:"last_by,omitempty"`
}

type shownMute struct {
	Name     string     `json:"name"` // a subject's, or a story's number
	Until    *time.Time `json:"until"`
	UntilNew bool       `json:"until_new"`
	By       string     `json:"by"` // empty: the config
}

// shown is a desk as it is now.
func (p *program) shown(ctx context.Context, desk int) (shownDesk, error) {
	d, given := p.desks[desk], p.config.Desks[desk]
	o := shownDesk{
		Name: d.Name, Zone: d.Zone.String(), Follow: subjectNames(d.Follow), Mute: []shownMute{}, Schedule: given.Schedule,
		Places: []string{}, MayChange: []string{},
	}
	for _, who := range given.MayChange {
		o.MayChange = append(o.MayChange, who.Value)
	}
	for _, m := range d.Mute {
		o.Mute = append(o.Mute, shownMute{Name: muteName(m), Until: timeOrNull(m.Until), UntilNew: m.UntilNew, By: m.By})
	}
	for _, place := range places(given) {
		o.Places = append(o.Places, place.String())
	}
	s, err := timetable(given, p.now())
	if err != nil {
		return o, err
	}
	if s != nil {
		if next, ok := s.Next(p.now()); ok {
			o.Next = timeOrNull(next)
		}
	}
	changes, err := p.archive.DeskChanges(ctx, d.Name)
	if n := len(changes); n > 0 {
		o.Changes, o.LastChange, o.LastBy = n, timeOrNull(changes[n-1].At.In(d.Zone)), changes[n-1].Who
	}
	return o, err
}

func subjectNames(all []digest.Subject) []string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Name
	}
	return names
}

func muteName(m digest.Mute) string {
	if m.Story != 0 {
		return m.Ref
	}
	return m.Subject.Name
}

// text is the desk on a few lines.
func (d shownDesk) text(zone *time.Location) string {
	var b strings.Builder
	row := func(head, text string) {
		for _, line := range terminal.Wrap(terminal.Plain(text), scheduleWidth+20-len("  may change  ")) {
			fmt.Fprintf(&b, "  %-10s  %s\n", head, line)
			head = ""
		}
	}
	fmt.Fprintln(&b, terminal.Plain(d.Name))
	row("follows", orNone(d.Follow))
	mutes := make([]string, len(d.Mute))
	for i, m := range d.Mute {
		mutes[i] = m.text(zone)
	}
	row("mutes", orNone(mutes))
	switch {
	case d.Schedule == "":
		row("schedule", "none; its digest is made by hand")
	case d.Next == nil:
		row("schedule", d.Schedule+", which is never due")
	default:
		row("schedule", d.Schedule+" · next "+bot.Day(zone, *d.Next))
	}
	row("posts to", orNone(d.Places))
	row("may change", orNone(d.MayChange))
	if d.LastChange != nil {
		row("changed", bot.Plural(d.Changes, "time")+" in chat, last "+bot.Day(zone, *d.LastChange)+" by "+d.LastBy)
	}
	return b.String()
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// text is the mute with its end and whose it is: "12.4 until 1 Dec 07:30 (Leyla)".
func (m shownMute) text(zone *time.Location) string {
	text := m.Name
	if m.UntilNew {
		text += " until something is new"
	}
	if m.Until != nil {
		text += " until " + bot.Day(zone, *m.Until)
	}
	if m.By != "" {
		text += " (" + m.By + ")"
	}
	return text
}

// isLasting reports whether a mute is as the config has them: of a subject, without
// an end.
func isLasting(m digest.Mute) bool { return m.Story == 0 && m.Until.IsZero() && !m.UntilNew }

// lasting are the mutes that a config can have, and the others.
func lasting(all []digest.Mute) (lasting, passing []digest.Mute) {
	for _, m := range all {
		if isLasting(m) {
			lasting = append(lasting, m)
		} else {
			passing = append(passing, m)
		}
	}
	return lasting, slices.Clip(passing)
}
