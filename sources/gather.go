package sources

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"attache/sources/feed"
	"attache/sources/fetch"
)

const (
	defaultPages = 4         // pages of a source that are fetched at once
	maxEntries   = 100       // of a source that are looked at in a poll, the newest
	maxFresh     = time.Hour // that a source is left alone because it says that it has nothing new so long
)

// Gatherer polls sources. Its exported fields are set before the first poll and
// not changed after; it may be used by several goroutines.
type Gatherer struct {
	Client *fetch.Client
	Store  Store
	Now    func() time.Time // time.Now where nil
	Pages  int              // pages fetched at once for a source; 4 where 0
}

// Report is what came of a poll.
type Report struct {
	Source      string
	Outlet      string
	New         int           // articles never seen before
	Changed     int           // articles that got a new version
	Seen        int           // entries that the source showed and that were looked at
	NotModified bool          // the source said that it has nothing new
	Trouble     string        // why the source could not be read, for people; empty where it could
	Status      int           // of the source's answer; 0 where none came
	Notes       []string      // what went wrong with single entries, for people
	Newest      time.Time     // the latest date of publication shown
	NextPoll    time.Time     // not before
	Took        time.Duration // for the whole poll

	LastOK       time.Time       // when it was last read before; zero for never
	FailingSince time.Time       // zero while it answers
	Partial      map[Partial]int // of the articles that it brought, those of which only a summary was kept, by why
}

// Gather polls a source once and stores what is new: entries that it never
// showed before, and those of which it now says something else, with the text of
// their pages. A source that cannot be read is the Report's Trouble; a page that
// cannot be read leaves the article with what the source says of it. The error is
// only that the store failed or that ctx ended; then nothing was stored.
func (g *Gatherer) Gather(ctx context.Context, src Source, outlet Outlet) (Report, error) {
	began := g.now()
	r := Report{Source: src.Name}
	state, err := g.Store.SourceState(ctx, src.Name)
	if err != nil {
		return r, fmt.Errorf("read the state of source %s: %w", src.Name, err)
	}
	if state.Polled != src.URL && state.Polled != "" {
		state = State{}
	}
	r.LastOK = state.LastOK
	p := poll{Gatherer: g, src: src, outlet: outlet, state: state, report: &r, began: began}
	found, err := p.run(ctx)
	if ctx.Err() != nil {
		return r, fmt.Errorf("poll source %s: %w", src.Name, ctx.Err())
	}
	if err != nil {
		return r, err
	}
	p.outlet.Name = p.outletName()
	r.Outlet, p.state.Called, p.state.Polled = p.outlet.Name, p.outlet.Name, src.URL
	for i := range found {
		found[i].Article.Outlet = p.outlet.Name
		if found[i].Article.Via == p.outlet.Name {
			found[i].Article.Via = ""
		}
	}
	r.New, r.Changed, err = g.Store.Keep(ctx, src, p.outlet, p.state, found)
	if err != nil {
		return r, fmt.Errorf("keep what source %s showed: %w", src.Name, err)
	}
	r.NextPoll, r.FailingSince = p.state.NextPoll, p.state.FailingSince
	r.Took = g.now().Sub(began)
	return r, nil
}

func (g *Gatherer) now() time.Time {
	if g.Now != nil {
		return g.Now()
	}
	return time.Now()
}

// poll is one poll of a source at work.
type poll struct {
	*Gatherer
	src    Source
	outlet Outlet
	state  State
	report *Report
	began  time.Time
	feed   *feed.Feed
	site   string // what the pages call the site
}

// run reads the source and the pages of what is new in it. Its error is the
// store's.
func (p *poll) run(ctx context.Context) ([]Found, error) {
	answer, err := p.list(ctx)
	if err != nil {
		if ctx.Err() == nil {
			p.fail(err)
		}
		return nil, nil
	}
	p.report.Status = answer.Status
	first := p.state.FirstPoll.IsZero()
	p.succeed(answer)
	if answer.NotModified() {
		p.report.NotModified = true
		return nil, nil
	}
	entries, err := p.fresh(ctx)
	if err != nil {
		return nil, fmt.Errorf("look up what source %s showed before: %w", p.src.Name, err)
	}
	found := p.read(ctx, entries)
	for i := range found {
		found[i].Article.Backlog = first
	}
	return found, nil
}

// outletName is the config's name for the outlet, else what its pages call it,
// else its feed's title, else the host. A name that was once found is kept, so
// that a poll without news does not rename it.
func (p *poll) outletName() string {
	if name := cmp.Or(p.outlet.Name, p.src.Outlet); name != "" {
		return OutletName(name)
	}
	unnamed := OutletName(cmp.Or(bareHost(p.src.URL), p.src.Name))
	if known := p.state.Called; known != "" && known != unnamed {
		return known
	}
	name := p.site
	if name == "" && p.feed != nil {
		name = p.feed.Title
	}
	return cmp.Or(OutletName(name), unnamed)
}

// fresh returns the entries that the source did not show before as it does now,
// newest first.
func (p *poll) fresh(ctx context.Context) ([]entry, error) {
	entries := p.entries()
	p.report.Seen = len(entries)
	guids := make([]string, len(entries))
	for i, e := range entries {
		guids[i] = e.sighting.GUID
	}
	p.report.Newest = p.newest(entries)
	if p.report.Newest.After(p.state.NewestItem) {
		p.state.NewestItem = p.report.Newest
	}
	if len(entries) == 0 {
		return nil, nil
	}
	marks, err := p.Store.Sighted(ctx, p.src.Name, guids)
	if err != nil {
		return nil, err
	}
	var fresh []entry
	for _, e := range entries {
		before, known := marks[e.sighting.GUID]
		if try, again := retry(before, e.sighting.Mark); !known || again {
			e.try = try
			fresh = append(fresh, e)
		}
	}
	return fresh, nil
}

// newest is the latest date of publication, leaving out those that are far ahead.
func (p *poll) newest(entries []entry) (newest time.Time) {
	for _, e := range entries {
		if at := e.Published.At; at.After(newest) && !at.After(p.began.Add(day)) {
			newest = at
		}
	}
	return newest
}

// read fetches the pages of entries, some at a time, and makes articles of them,
// in the entries' order.
func (p *poll) read(ctx context.Context, entries []entry) []Found {
	read := make([]reading, len(entries))
	var wait sync.WaitGroup
	free := make(chan struct{}, cmp.Or(p.Pages, defaultPages))
	for i := range entries {
		free <- struct{}{}
		wait.Add(1)
		go func() {
			defer func() { <-free; wait.Done() }()
			read[i] = p.readPage(ctx, &entries[i])
		}()
	}
	wait.Wait()
	found := make([]Found, 0, len(entries))
	for i := range read {
		p.site = cmp.Or(p.site, read[i].site)
		if note := read[i].note; note != "" {
			p.report.Notes = append(p.report.Notes, note)
		}
		f := p.found(&entries[i], &read[i])
		if f.Article.Partial != Whole {
			p.partial(f.Article.Partial)
		}
		found = append(found, f)
	}
	return found
}

// partial counts an article of which only a summary was kept.
func (p *poll) partial(why Partial) {
	if p.report.Partial == nil {
		p.report.Partial = map[Partial]int{}
	}
	p.report.Partial[why]++
}
