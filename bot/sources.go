package bot

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"attache/digest/archive"
	"attache/sources/text"
)

// mostSources is how many sources are told at once.
const mostSources = 50

// How a source's silence is told: what it published in so many days before it fell
// silent is its usual, and silence is at least so long.
const (
	usualDays = 56
	silence   = 48 * time.Hour
)

// sources tells what is read, by outlet; of one outlet where its name is given.
// Those with trouble come first.
func (k *keeper) sources(ctx context.Context, o order, typed string) (done, error) {
	all, err := k.Archive.Sources(ctx)
	if err != nil {
		return done{}, err
	}
	var troubled, others []*archive.SourceStatus
	for i := range all {
		s := &all[i]
		switch {
		case typed != "" && !strings.Contains(text.Fold(s.Publisher.Name+" "+s.Name), text.Fold(typed)):
		case s.Trouble != "":
			troubled = append(troubled, s)
		default:
			others = append(others, s)
		}
	}
	shown := append(troubled, others...)
	switch {
	case len(all) == 0:
		return o.tell("No source is read: the articles were imported."), nil
	case len(shown) == 0:
		return o.tell(fmt.Sprintf("No source that is read is called %q. All of them: /sources", typed)), nil
	}
	head := Plural(len(shown), "source") + " read"
	if len(troubled) > 0 {
		head += fmt.Sprintf(", %d with trouble", len(troubled))
	}
	var lines []string
	for _, s := range shown[:min(len(shown), mostSources)] {
		line, err := k.sourceLine(ctx, o, s)
		if err != nil {
			return done{}, err
		}
		lines = append(lines, line)
	}
	if n := len(shown) - mostSources; n > 0 {
		lines = append(lines, fmt.Sprintf("and %d others: name one, as in /sources NAME.", n))
	}
	m := o.say("Sources", append([]string{head + " · all times " + o.clock().place()}, lines...)...)
	for i := range m.Blocks[0].Lines {
		m.Blocks[0].Lines[i].Bullet = i > 0
	}
	return done{Message: m}, nil
}

// sourceLine tells one source: whose it is, what the desk thinks of it, and how
// reading it goes.
func (k *keeper) sourceLine(ctx context.Context, o order, s *archive.SourceStatus) (string, error) {
	p := s.Publisher
	parts := []string{p.Name}
	if !strings.EqualFold(s.Name, p.Name) {
		parts[0] += " (" + s.Name + ")"
	}
	if p.Country != "" {
		parts = append(parts, k.Actors.Name(p.Country))
	}
	if p.Rating == "" || p.Rating == "F" {
		parts = append(parts, "not rated by the desk (F, cannot be judged)")
	} else {
		parts = append(parts, "rated "+p.Rating+" by the desk")
	}
	if p.StateLinked {
		parts = append(parts, stateLinked)
	}
	c := o.clock()
	switch {
	case s.LastOK.IsZero():
		parts = append(parts, "never read")
	default:
		parts = append(parts, "last read "+c.hour(s.LastOK, o.Now))
	}
	if s.Trouble != "" {
		trouble := fmt.Sprintf("%s since %s", Brief(s.Trouble), c.hour(s.FailingSince, o.Now))
		if !s.NextPoll.IsZero() {
			trouble += ", next try " + c.hour(s.NextPoll, o.Now)
		}
		parts = append(parts, trouble)
	}
	silent, err := k.silent(ctx, o.Now, s)
	if silent != "" {
		parts = append(parts, silent)
	}
	return strings.Join(parts, " · "), err
}

// silent says that an outlet that published every day does so no longer; empty
// where it does, or never did.
func (k *keeper) silent(ctx context.Context, now time.Time, s *archive.SourceStatus) (string, error) {
	last := s.NewestItem
	if last.IsZero() || now.Sub(last) < silence {
		return "", nil
	}
	until := last.Add(time.Second)
	_, n, err := k.Archive.Search(ctx, archive.Query{Outlets: []string{s.Publisher.Name}, Since: until.AddDate(0, 0, -usualDays), Until: until, Limit: 1})
	days := min(float64(usualDays), until.Sub(s.FirstPoll).Hours()/24)
	if err != nil || days < 1 || float64(n)/days < 1 {
		return "", err
	}
	return fmt.Sprintf("usually %d a day, none for %s", int(math.Round(float64(n)/days)), Plural(int(now.Sub(last).Hours()/24), "day")), nil
}
