package ask

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"attache/digest/story"
)

// account says what was searched, and what may be asked next.
func (f *findings) account(ctx context.Context) error {
	s := &f.answer.Searched
	s.Articles, s.Stories, s.Period = f.all, len(f.stories), f.period
	s.Copies = f.all - len(f.fit)
	f.accountTimes()
	s.Actors, s.Themes, s.Together = f.slots.Actors, f.slots.Themes, f.named
	if err := f.accountSources(ctx); err != nil {
		return err
	}
	past := f.Archive.At(f.who.Now)
	newest, err := past.Newest(ctx)
	if err != nil {
		return fmt.Errorf("read the newest article: %w", err)
	}
	s.Newest = newest
	size, begins, err := past.Size(ctx)
	if err != nil {
		return fmt.Errorf("read the archive's beginning: %w", err)
	}
	s.Begins = begins
	if f.sourceless {
		s.Imported = size
	}
	if len(f.fit) == 0 && !f.period.Start.IsZero() {
		if err := f.lookBefore(ctx); err != nil {
			return err
		}
	}
	f.offer()
	return nil
}

// accountTimes tells of the articles that fit when they came, and what the copies
// among them are of.
func (f *findings) accountTimes() {
	s := &f.answer.Searched
	copies := map[int64]bool{}
	for _, c := range f.kept {
		if c.CopyOf != 0 && c.Relation == story.Reprint {
			copies[c.CopyOf] = true
		}
		if s.First.IsZero() || c.At.Before(s.First) {
			s.First = c.At.In(f.who.now().Location())
		}
		if c.At.After(s.Last) {
			s.Last = c.At.In(f.who.now().Location())
		}
	}
	for id := range copies {
		if len(copies) == 1 {
			s.CopiesOf = id
		}
	}
}

// accountSources counts the sources, and those that fail.
func (f *findings) accountSources(ctx context.Context) error {
	all, err := f.Archive.Sources(ctx)
	if err != nil {
		return fmt.Errorf("read the sources: %w", err)
	}
	f.sourceless = len(all) == 0
	s := &f.answer.Searched
	from := map[string]int{}
	for _, src := range all {
		if len(f.slots.Outlets) > 0 && !slices.ContainsFunc(f.slots.Outlets, func(o string) bool { return sameName(o, src.Outlet) }) {
			continue
		}
		s.Sources++
		if c := src.Publisher.Country; c != "" {
			from[f.Actors.Name(c)]++
		}
		if !src.FailingSince.IsZero() && !src.FailingSince.After(f.who.Now) {
			s.NotRead = append(s.NotRead, NotRead{Outlet: src.Outlet, Since: src.FailingSince.In(f.who.now().Location()), Why: src.Trouble})
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(from), func(a, b string) int { return cmp.Or(from[b]-from[a], strings.Compare(a, b)) }) {
		s.From = append(s.From, From{name, from[name]})
	}
	outlets, err := f.Archive.Outlets(ctx)
	if err != nil {
		return fmt.Errorf("read the outlets: %w", err)
	}
	for _, o := range f.slots.Outlets {
		known := false
		for _, have := range outlets {
			known = known || sameName(o, have.Name)
		}
		if !known {
			s.NotOutlets = append(s.NotOutlets, o)
		}
	}
	return nil
}

// lastFew is of how many of the last articles is told whether a source that can't be
// read had them.
const lastFew = 5

// lookBefore finds when the last article came that would have fitted, and how
// many there were in thirty days. They are not shown: nobody asked for them.
func (f *findings) lookBefore(ctx context.Context) error {
	earlier := *f.inquiry
	earlier.period = Period{End: f.period.Start}
	entries, err := earlier.gather(ctx)
	if err != nil {
		return err
	}
	kept, _ := earlier.fit(earlier.weigh(entries))
	s := &f.answer.Searched
	slices.SortFunc(kept, func(a, b candidate) int { return b.At.Compare(a.At) })
	few := kept[:min(len(kept), lastFew)]
	s.LastFew = len(few)
	for i := range s.NotRead {
		for _, c := range few {
			if sameName(c.Outlet, s.NotRead[i].Outlet) {
				s.NotRead[i].OfLast++
			}
		}
	}
	for _, c := range kept {
		if c.At.After(s.LastBefore) {
			s.LastBefore = c.At.In(f.who.now().Location())
		}
		if c.At.After(month(f.who.now())) {
			s.BeforeFits++
		}
	}
	return nil
}

// offer lists what may follow. The period is never widened unasked.
func (f *findings) offer() {
	a := f.answer
	add := func(when bool, what string) {
		if when {
			a.Offers = append(a.Offers, what)
		}
	}
	found := len(f.fit) > 0
	add(f.paged, OfferMore)
	add(a.Searched.Steps > a.Searched.StepsShown, OfferSteps)
	add(found && f.slots.Mode != Timeline, OfferTimeline)
	add(found && f.slots.Mode != WhoSaid, OfferWhoSaid)
	add(a.Head.NoneNamed && len(f.slots.Stories)+len(f.slots.Articles) == 0 || !found && f.shorterThanMonth(), OfferMonth)
	add(len(f.slots.Themes) > 0, OfferAllThemes)
	add(len(f.slots.Outlets) > 0 && !found, OfferOutlets)
	add(!found && f.named > 0, OfferTogether)
	add(!found && len(f.slots.Actors) > 0, OfferFollow)
}

// shorterThanMonth reports whether thirty days would reach further back.
func (f *findings) shorterThanMonth() bool {
	p := f.period
	return !p.Start.IsZero() && f.who.now().Sub(p.Start) < 30*24*time.Hour
}
