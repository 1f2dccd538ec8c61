package bot

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"attache/digest/archive"
)

// Limits is how much attache may be asked. Zero values mean 20 requests of a
// person and 100 in a place within 10 minutes.
type Limits struct {
	PerPerson, PerPlace int
	Window              time.Duration
	Keep                time.Duration // how long questions are kept, which people are told; zero: they aren't
}

func (l Limits) perPerson() int        { return cmp.Or(l.PerPerson, 20) }
func (l Limits) perPlace() int         { return cmp.Or(l.PerPlace, 100) }
func (l Limits) window() time.Duration { return cmp.Or(l.Window, 10*time.Minute) }

// ifAllowed does what a request asks for, unless that were too much.
func (h *Handler) ifAllowed(ctx context.Context, r Request, do func(context.Context, Request) (outcome, error)) (outcome, error) {
	if m, err := h.limited(ctx, r); err != nil || m != nil {
		return outcome{say: m}, err
	}
	o, err := do(ctx, r)
	if err == nil && o.Request != "" {
		o.Most, err = h.most(ctx)
	}
	return o, err
}

// most is how much may be asked, as what is asked at the same moment counts: the
// last of those is told when to go on.
func (h *Handler) most(ctx context.Context) (*archive.Most, error) {
	now, err := h.Archive.Now(ctx)
	return &archive.Most{Since: now.Add(-h.Limits.window()), OfPerson: h.Limits.perPerson(), InPlace: h.Limits.perPlace()}, err
}

// limited says that a person, or the place, has asked enough for now, and when to
// go on; nil where there is room.
func (h *Handler) limited(ctx context.Context, r Request) (*Message, error) {
	over := func(since time.Time) (person, place bool, err error) {
		byPerson, inPlace, err := h.Archive.RequestsSince(ctx, r.Person.ID, r.Place.String(), since)
		return byPerson >= h.Limits.perPerson(), inPlace >= h.Limits.perPlace(), err
	}
	now, err := h.Archive.Now(ctx) // by which requests are dated
	if err != nil {
		return nil, err
	}
	window := h.Limits.window()
	person, place, err := over(now.Add(-window))
	if err != nil || !person && !place {
		return nil, err
	}
	// The earliest time is looked for from which on there is room again.
	from, to := time.Duration(0), window
	for to-from > time.Second {
		half := (from + to) / 2
		p, q, err := over(now.Add(half - window))
		if err != nil {
			return nil, err
		}
		if p || q {
			from = half
		} else {
			to = half
		}
	}
	what := fmt.Sprintf("%d questions a person", h.Limits.perPerson())
	if !person {
		what = fmt.Sprintf("%d questions in one place", h.Limits.perPlace())
	}
	c := clock{h.zoneAt(r)}
	m := line(c.zone, fmt.Sprintf("Not answered: %s in %s are the limit here. Go on at %s %s.",
		what, span(window), now.Add(to).In(c.zone).Format("15:04:05"), c.place()))
	return &m, nil
}

// span writes "10 minutes", "90 s".
func span(d time.Duration) string {
	if d%time.Minute == 0 {
		return Plural(int(d/time.Minute), "minute")
	}
	return fmt.Sprintf("%d s", d/time.Second)
}
