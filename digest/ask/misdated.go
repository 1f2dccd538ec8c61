package ask

import (
	"time"

	"attache/sources/text"
)

// A Misdated is a period of a question that nothing can be of.
type Misdated struct {
	Typed string      `json:"typed"`
	Why   MisdatedWhy `json:"why"`
}

// MisdatedWhy says what is wrong with a period.
type MisdatedWhy string

// What can be wrong with a period.
const (
	NoSuchDay MisdatedWhy = "no such day" // "31 February"
	Reversed  MisdatedWhy = "reversed"    // "from 20 to 10 November"
	NotBegun  MisdatedWhy = "not begun"   // "next week"
)

// farApart is how far the second date of a range without years may lie behind the
// first: further, it was meant to be before.
const farApart = 300 * 24 * time.Hour

// readMisdated finds a period that can't be searched: one is named that has not
// begun, that ends before it begins, or a day that no month has.
func (r *reading) readMisdated(who Asker) {
	if who.Now.IsZero() {
		return
	}
	now := who.now()
	s := scan{toks: tokens(r.masked()), now: now}
	for i := range s.toks {
		if k, ok := s.noSuchDay(i); ok {
			r.misdate(text.Span{Start: s.toks[i].start, End: s.toks[k-1].end}, NoSuchDay)
			return
		}
		if k, ok := s.reversed(i); ok {
			r.misdate(text.Span{Start: s.toks[i].start, End: s.toks[k-1].end}, Reversed)
			return
		}
	}
	if p, at, ok := ParsePeriod(r.masked(), now); ok && p.Start.After(now) {
		r.misdate(at, NotBegun)
	}
}

func (r *reading) misdate(at text.Span, why MisdatedWhy) {
	r.misdated = &Misdated{Typed: at.In(r.text), Why: why}
	r.markSpan(at, isPeriod)
}

// noSuchDay reads "31 Feb", "February 30", "2026-13-45" and "31.11.2026".
func (s *scan) noSuchDay(i int) (next int, ok bool) {
	if k, ok := s.noSuchFigures(i); ok {
		return k, true
	}
	d, m, k := 0, 0, 0
	if n, j, ok := s.ordinal(i); ok && j < len(s.toks) {
		j, _ = s.skip(j, "of")
		if j < len(s.toks) {
			d, m, k = n, monthOf(s.toks[j].text), j+1
		}
	}
	if m == 0 && monthOf(s.toks[i].text) > 0 && s.num(i+1) > 0 && s.toks[i+1].digits <= 2 && !s.is(i+2, ":", "%") {
		d, m, k = s.num(i+1), monthOf(s.toks[i].text), i+2
	}
	return k, m > 0 && d <= 31 && !valid(0, m, d)
}

// noSuchFigures reads a date in figures, of a year in four, that no calendar has.
func (s *scan) noSuchFigures(i int) (next int, ok bool) {
	if i+4 >= len(s.toks) || !s.is(i+1, "-", "/", ".") || !s.is(i+3, s.toks[i+1].text) || s.num(i) < 0 || s.num(i+2) < 0 || s.num(i+4) < 0 {
		return 0, false
	}
	for k := i + 1; k <= i+4; k++ {
		if !s.glued(k) {
			return 0, false
		}
	}
	if s.toks[i].digits != 4 && s.toks[i+4].digits != 4 {
		return 0, false
	}
	_, ok = threeFigures(s.num(i), s.num(i+2), s.num(i+4), s.toks[i].digits, s.toks[i+4].digits)
	return i + 5, !ok
}

// reversed reads "from 20 November to 10 November".
func (s *scan) reversed(i int) (next int, ok bool) {
	j, opened := s.skip(i, "from", "between")
	l, k, ok := s.side(j, opened)
	if !ok || l.kind != isDate || l.grain != gDay {
		return 0, false
	}
	if k, ok = s.to(k, s.is(i, "between")); !ok {
		return 0, false
	}
	r, k, ok := s.side(k, true)
	if !ok || r.kind != isDate || r.grain != gDay || l.bare && r.bare {
		return 0, false
	}
	if l.y == 0 && l.m == r.m && r.m != 0 && l.d > r.d { // of one month
		return k, true
	}
	s.fill(&l, &r)
	from, _ := s.resolve(l)
	to, _ := s.resolve(r)
	if r.y == 0 {
		to, _ = s.firstAfter(r, from)
	}
	return k, !from.IsZero() && !to.IsZero() && (to.Before(from) || to.Sub(from) > farApart && l.y == 0 && r.y == 0)
}
