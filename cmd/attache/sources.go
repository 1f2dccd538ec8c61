package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"attache/digest/archive"
	"attache/sources"
	"attache/sources/text"
)

type sourcesCommand struct {
	List   sourcesList   `cmd:"" default:"withargs" help:"List what is polled, and how it goes (what sources does by itself)."`
	Add    sourcesAdd    `cmd:"" help:"Add a feed, a news sitemap, or the feed of a site."`
	Remove sourcesRemove `cmd:"" help:"Take an added source off the list. Its articles stay."`
	Export sourcesExport `cmd:"" help:"Write all sources as OPML to standard output."`
}

// Help is printed under the command's calls.
func (sourcesCommand) Help() string {
	return `Sources stand in the config, or were added and stand in the archive. One that is
in both is the config's.

Example:
  attache sources
  attache sources add https://ararat-post.example --country ARM --rating C
  attache sources remove "Ararat Post"
  attache sources export > feeds.opml`
}

type sourcesList struct {
	JSON bool `help:"One JSON object a line."`
}

// Help is printed under the call's flags.
func (sourcesList) Help() string {
	return `Times are in the desks' zone where all share one, else in UTC; with --json in UTC.

Example:
  attache sources list --json`
}

// listedSource is a source with how it goes, as --json prints it.
type listedSource struct {
	Name        string     `json:"name"`
	URL         string     `json:"url"`
	Kind        string     `json:"kind"`
	Outlet      string     `json:"outlet"`
	Country     string     `json:"country"`
	Rating      string     `json:"rating"`
	StateLinked bool       `json:"state_linked"`
	From        string     `json:"from"`
	Every       string     `json:"every,omitempty"`
	LastPoll    *time.Time `json:"last_poll"`
	Articles    int        `json:"articles"`
	State       string     `json:"state"`
}

// Run lists the sources.
func (c sourcesList) Run(ctx context.Context, s *streams, g *settings) (err error) {
	p, err := g.open(ctx, s.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	zone := p.zone()
	if c.JSON {
		zone = time.UTC
	}
	list, err := p.listed(ctx, zone)
	if err != nil {
		return err
	}
	if c.JSON {
		lines := make([]any, len(list))
		for i := range list {
			lines[i] = &list[i]
		}
		return writeJSON(s.out, lines...)
	}
	width := 0
	if isTerminal(s.out) {
		width = terminalWidth(s.out)
	}
	return printSources(s.out, list, width, p.zone())
}

// listed reads how the sources go; what it says of times is in a zone.
func (p *program) listed(ctx context.Context, zone *time.Location) ([]listedSource, error) {
	l, err := p.listing(ctx, p.config)
	if err != nil {
		return nil, err
	}
	polls, err := p.archive.Sources(ctx)
	if err != nil {
		return nil, err
	}
	articles, err := p.archive.SourceArticles(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]archive.SourceStatus{}
	for _, s := range polls {
		byName[s.Name] = s
	}
	list := make([]listedSource, 0, len(l.all))
	for _, s := range l.all {
		poll := byName[s.source.Name]
		one := listedSource{
			Name: s.source.Name, URL: shownURL(s.source.URL), Kind: string(s.source.Kind),
			Outlet: cmp.Or(s.outlet.Name, poll.Publisher.Name), Country: s.outlet.Country, Rating: s.outlet.Rating, StateLinked: s.outlet.StateLinked,
			From: l.place(s), Articles: articles[s.source.Name], State: stateOf(poll.State, zone),
		}
		if s.every > 0 {
			one.Every = s.every.String()
		}
		if !poll.LastPoll.IsZero() {
			one.LastPoll = &poll.LastPoll
		}
		list = append(list, one)
	}
	return list, nil
}

// shownURL is an address without a password.
func shownURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// stateOf says in a few words how polling a source goes.
func stateOf(s sources.State, zone *time.Location) string {
	switch {
	case s.LastPoll.IsZero():
		return "not polled yet"
	case s.Trouble != "":
		return fmt.Sprintf("%s since %s", text.Line(s.Trouble), s.FailingSince.In(zone).Format(dayMinute))
	}
	return "ok"
}

// printSources prints a table; on a terminal too narrow for it, some lines for
// each source. Width 0 is no terminal.
func printSources(w io.Writer, list []listedSource, width int, zone *time.Location) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "No sources: list some in the config, or add one with attache sources add URL.")
		return err
	}
	var table strings.Builder
	tw := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "NAME\tOUTLET\tKIND\tFROM\tRATING\tLAST POLL (%s)\tARTICLES\tSTATE\n", zone)
	for _, s := range list {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", s.Name, cmp.Or(s.Outlet, "–"), s.Kind, s.From, s.standing(), s.polled(zone), thousands(s.Articles), s.State)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if width == 0 || widest(table.String()) <= width {
		_, err := io.WriteString(w, table.String())
		return err
	}
	for _, s := range list {
		about := []string{s.Kind, s.From, s.standing(), several(s.Articles, "article")}
		if s.Outlet != "" && s.Outlet != s.Name {
			about = slices.Insert(about, 0, s.Outlet)
		}
		fmt.Fprintf(w, "%s\n%s%s", s.Name, folded(strings.Join(about, " · "), width), folded("polled "+s.polled(zone)+" · "+s.State, width))
	}
	return nil
}

// standing is what the desk says of a source's outlet: "B AZE", "F RUS, state-linked".
func (s *listedSource) standing() string {
	standing := strings.TrimSpace(s.Rating + " " + s.Country)
	if s.StateLinked {
		standing += ", state-linked"
	}
	return standing
}

func (s *listedSource) polled(zone *time.Location) string {
	if s.LastPoll == nil {
		return "–"
	}
	return s.LastPoll.In(zone).Format(dayMinute)
}

func widest(table string) int {
	most := 0
	for line := range strings.SplitSeq(table, "\n") {
		most = max(most, len([]rune(line)))
	}
	return most
}

// folded sets words below a name, in lines of the width.
func folded(words string, width int) string {
	var b strings.Builder
	line := " "
	for word := range strings.FieldsSeq(words) {
		if len([]rune(line))+1+len([]rune(word)) > width && line != " " {
			b.WriteString(line + "\n")
			line = " "
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}
