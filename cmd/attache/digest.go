package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"attache/bot"
	"attache/bot/terminal"
	"attache/config"
	"attache/digest"
	"attache/sources/text"
)

// digestCommand prints the digest that a desk would get.
type digestCommand struct {
	Desk    string `placeholder:"NAME" help:"The desk; not needed where the config has one."`
	At      string `placeholder:"TIME" help:"As if it were then."`
	Since   string `placeholder:"TIME" help:"From this time on, whatever was read before: by first sight, and of a backlog or an import by publication."`
	JSON    bool   `name:"json" help:"Print one JSON object."`
	Explain bool   `help:"Say why each story is here, and what was left out."`
	Post    bool   `help:"Store it as the desk's next edition and post it to the desk's places."`
}

// Help is printed under the command's flags.
func (digestCommand) Help() string {
	return `A preview: nothing is stored or posted, and the number is the next edition's. With
--post it is an edition, due now.
TIME is 2026-11-24T07:30:00Z, or in the desk's zone "2026-11-24 07:30", 2026-11-24,
07:30 (of today), yesterday, Monday. --since takes the beginning of a day, --at
its end.

Example:
  attache digest
  attache digest --desk Caucasus --since yesterday --explain
  attache digest --at "2026-11-24 07:30" --json
  attache digest --post`
}

// Run builds and prints the digest.
func (c digestCommand) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.openKept(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	desk, given, err := p.desk(c.Desk)
	if err != nil {
		return err
	}
	window, err := c.window(given, s.now().In(desk.Zone))
	if err != nil {
		return err
	}
	if err := p.ready(ctx, s); err != nil {
		return err
	}
	if c.Post {
		return c.post(ctx, s, p, given)
	}
	if window.Past {
		if desk, err = p.deskThen(ctx, desk.Name, window.Until); err != nil {
			return err
		}
	}
	d, err := p.builder.Build(ctx, desk, window)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s.out, digestJSON(d, c.Explain))
	}
	thread := bot.Edition(d)
	if c.Explain {
		thread.Replies = append(thread.Replies, bot.Explained(d))
	}
	return s.printer().Thread(thread)
}

// post stores the digest as an edition that is due now, and waits for its posts.
func (c digestCommand) post(ctx context.Context, s *streams, p *program, given config.Desk) error {
	sv, err := newService(p, s.logger(p.config))
	if err != nil {
		return err
	}
	o, err := sv.named(editionName(given.Name))
	if err != nil {
		return err
	}
	m, err := sv.morning(o)
	if err != nil {
		return err
	}
	here, err := sv.here(ctx)
	if err != nil {
		return err
	}
	due, err := p.archive.Now(ctx)
	if err != nil {
		return err
	}
	if err := m.publish(ctx, nil, due); err != nil {
		return err
	}
	return sv.posted(ctx, s, o.desk, due, here)
}

// window is the digest's, by the flags and the desk's schedule.
func (c digestCommand) window(desk config.Desk, now time.Time) (digest.Window, error) {
	if c.Post && (c.At != "" || c.Since != "" || c.JSON || c.Explain) {
		return digest.Window{}, wrongUse("--post: an edition is of now and goes on from the last one; leave out --at, --since, --json and --explain")
	}
	at, past, err := atTime(c.At, now)
	if err != nil {
		return digest.Window{}, err
	}
	w := digest.Window{Due: at, Until: at, Past: past, Explain: c.Explain}
	if c.Since != "" {
		since, err := parseMoment("--since", c.Since, now)
		if err != nil {
			return w, err
		}
		if !since.begin.Before(at) {
			return w, wrongUse("--since: %s is not before %s", since.begin.Format(minuteForm), at.Format(minuteForm))
		}
		w.Since = since.begin
	}
	s, err := timetable(desk, at)
	if err == nil && s != nil {
		w.PreviousDue, _ = s.Last(at.Add(-time.Second))
	}
	return w, err
}

// ready understands what lacks the present understanding, as after an import or
// a new version, and says what to do where there is nothing to read. An archive
// that can't be written is read as it is.
func (p *program) ready(ctx context.Context, s *streams) error {
	if isTerminal(s.err) {
		fmt.Fprint(s.err, "reading what is new…")
		defer fmt.Fprint(s.err, "\r\x1b[K")
	}
	indexed, err := p.indexer.Index(ctx)
	if ctx.Err() != nil {
		return err
	}
	if err != nil {
		fmt.Fprintf(s.err, "attache: what is new could not be read, and is left out: %s\n", text.Trim(text.Line(err.Error()), 400))
	}
	tellAside(s.err, indexed)
	articles, _, err := p.archive.Size(ctx)
	if err == nil && articles == 0 {
		return p.empty(ctx)
	}
	return err
}

// tellAside says which articles can't be indexed, and why.
func tellAside(w io.Writer, done digest.Indexed) {
	for _, aside := range done.Aside {
		fmt.Fprintf(w, "attache: %v\n", aside)
	}
}

// printer prints messages to the standard output.
func (s *streams) printer() terminal.Printer {
	return terminal.Printer{
		W: s.out, Width: terminalWidth(s.out),
		Colour: isTerminal(s.out) && s.env("NO_COLOR") == "" && s.env("TERM") != "dumb",
	}
}

// digestObject is a digest as --json gives it. Times are RFC 3339.
type digestObject struct {
	Desk     string           `json:"desk"`
	Number   int              `json:"number"` // the next edition's
	Since    time.Time        `json:"since"`
	Until    time.Time        `json:"until"`
	Zone     string           `json:"zone"`
	Quiet    bool             `json:"quiet"` // nothing that the desk follows is new
	Lines    []bot.FlatLine   `json:"lines"`
	Searched digestSearched   `json:"searched"`
	LeftOut  []digest.LeftOut `json:"left_out,omitempty"` // with --explain
}

// digestSearched is what a digest rests on.
type digestSearched struct {
	Sources   int              `json:"sources"`
	NotRead   []digest.NotRead `json:"not_read"`
	Articles  int              `json:"articles"` // new ones, of all subjects
	Copies    int              `json:"copies"`   // of these
	Followed  int              `json:"followed"` // of these, those on what the desk follows
	Stories   int              `json:"stories"`
	Newest    *time.Time       `json:"newest"`
	Languages []string         `json:"languages"`
}

func digestJSON(d *digest.Digest, explained bool) digestObject {
	c := d.Coverage
	o := digestObject{
		Desk: d.Desk, Number: d.Number, Since: d.Since, Until: d.Until, Zone: d.Zone, Quiet: d.Quiet(), LeftOut: d.LeftOut,
		Searched: digestSearched{
			Sources: c.Sources, NotRead: append([]digest.NotRead{}, c.NotRead...), Articles: c.Articles, Copies: c.Reprints,
			Followed: c.Matching, Stories: len(d.Stories), Newest: timeOrNull(c.Newest), Languages: append([]string{}, c.Languages...),
		},
	}
	thread := bot.Edition(d)
	if explained {
		thread.Replies = append(thread.Replies, bot.Reasons(d))
	}
	o.Lines = bot.FlatLines(&thread.Root)
	for i := range thread.Replies {
		o.Lines = append(o.Lines, bot.FlatLines(&thread.Replies[i])...)
	}
	return o
}
