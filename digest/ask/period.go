package ask

import (
	"time"

	"attache/sources/text"
)

// Period is a half-open stretch of time, [Start, End). A zero side is open.
type Period struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// phrase is a stretch of tokens, and the period that it names.
type phrase struct {
	Period
	first, next int // tokens [first, next)
}

// ParsePeriod finds the period that a question names, and the words that name
// it. Days are those of now's zone. Bare weekdays, days, months and quarters are
// the latest that have begun, as an archive is past; weeks start on Monday;
// days named at both ends of a range belong to it. A period that runs up to now
// has a zero or later End. Words that name an event ("since the ceasefire", "the
// 44-day war"), a title ("Sunday Times") or no time at all ("may strike") give
// false.
func ParsePeriod(q string, now time.Time) (p Period, at text.Span, ok bool) {
	s := scan{toks: tokens(q), now: now}
	var best phrase
	for i := 0; i < len(s.toks); i++ {
		got, ok := s.period(i)
		if ok && s.title(got) {
			i = got.next - 1
			continue
		}
		if ok && got.next-got.first > best.next-best.first {
			best = got
		}
	}
	if best.next == 0 {
		return Period{}, text.Span{}, false
	}
	at = text.Span{Start: s.toks[best.first].start, End: s.toks[best.next-1].end}
	return best.Period, at, true
}

// period reads the period whose words begin at token i, the longest first.
func (s *scan) period(i int) (phrase, bool) {
	for _, read := range []func(int) (phrase, bool){s.bounded, s.since, s.before, s.after, s.plain} {
		if got, ok := read(i); ok {
			got.first = i
			return got, true
		}
	}
	return phrase{}, false
}

// bounded reads "between X and Y", "from X to Y" and "X - Y".
func (s *scan) bounded(i int) (phrase, bool) {
	j, opened := i, false
	if k, ok := s.skip(i, "between", "from"); ok {
		j, opened = k, true
	} else if k, ok := s.skip(i, "in", "during", "over", "on"); ok {
		j = k
		opened = true
	}
	if s.is(j, "during", "the") {
		j++
	}
	if got, ok := s.clocks(j, opened); ok {
		return got, true
	}
	left, k, ok := s.side(j, opened)
	if !ok {
		return phrase{}, false
	}
	k, ok = s.to(k, s.is(i, "between"))
	if !ok {
		return phrase{}, false
	}
	right, k, ok := s.side(k, true)
	if !ok || !opened && left.weak && right.weak && (left.kind != isWeekday || right.kind != isWeekday) {
		return phrase{}, false
	}
	return s.join(left, right, k)
}

// to reads the word between the two ends of a range.
func (s *scan) to(i int, between bool) (int, bool) {
	if between && s.is(i, "and") {
		return i + 1, true
	}
	return s.skip(i, "to", "-", "till", "until", "through", "thru", "up")
}

// side reads one end of a range: also a bare day of the month, or now.
func (s *scan) side(i int, opened bool) (node, int, bool) {
	if s.is(i, "now", "present") {
		return node{kind: isNow, from: s.now, to: s.now, grain: gSecond}, i + 1, true
	}
	if at, k, ok := s.moment(i); ok && opened {
		return node{kind: isSpan, from: at, to: at, grain: gMinute}, k, true
	}
	if n, k, ok := s.element(i); ok {
		return n, k, true
	}
	if !opened && !s.dash(i+1) && !s.toDayOfMonth(i+1) {
		return node{}, 0, false
	}
	if d, k, ok := s.ordinal(i); ok && d <= 31 {
		return node{kind: isDate, d: d, grain: gDay, weak: true, bare: true}, k, true
	}
	return node{}, 0, false
}

// toDayOfMonth reports whether token i is the "to" of "1 to 15 November".
func (s *scan) toDayOfMonth(i int) bool {
	k, ok := s.to(i, false)
	if !ok {
		return false
	}
	n, _, ok := s.date(k)
	return ok && n.grain == gDay && n.m != 0
}

// join makes one period of the two ends of a range.
func (s *scan) join(l, r node, next int) (phrase, bool) {
	if l.bare && r.bare {
		return s.daysOf(l, r, next)
	}
	if l.kind == isWeekday && r.kind == isWeekday {
		return s.weekdays(l, r, next)
	}
	if l.kind == isWeekday && r.grain == gDay && r.kind == isSpan {
		l = s.weekdayBefore(l.wd, r.from)
	}
	if l.kind == isDate && r.kind == isDate {
		s.fill(&l, &r)
	} else if l.bare || r.bare {
		return phrase{}, false
	}
	from, _ := s.resolve(l)
	_, to := s.resolve(r)
	if r.bare || r.kind == isDate && r.y == 0 {
		_, to = s.firstAfter(r, from)
	}
	if l.part == "end" {
		_, from = s.resolve(l)
	}
	if r.kind == isNow {
		to = s.now
	}
	if from.IsZero() || !from.Before(to) {
		return phrase{}, false
	}
	return phrase{Period: Period{from, to}, next: next}, true
}

// daysOf reads what must follow two bare days: "4 to 22 | this month", "3 and 7
// | of July 2026".
func (s *scan) daysOf(l, r node, next int) (phrase, bool) {
	k, _ := s.skip(next, "of", "in")
	m, k, ok := s.element(k)
	if !ok || m.grain != gMonth {
		return phrase{}, false
	}
	from, _ := s.resolve(m)
	y, mo, _ := from.Date()
	if !valid(y, int(mo), l.d) || !valid(y, int(mo), r.d) || l.d > r.d {
		return phrase{}, false
	}
	return phrase{Period: Period{midnight(y, mo, l.d, s.loc()), midnight(y, mo, r.d+1, s.loc())}, next: k}, true
}

// weekdays reads "Monday to Wednesday", and the week it may name after that.
func (s *scan) weekdays(l, r node, next int) (phrase, bool) {
	from, _ := s.resolve(l)
	k, _ := s.skip(next, "of", "in")
	if w, k, ok := s.relative(k); ok && w.grain == gWeek && !w.rolling {
		from, next = s.inWeek(w, l.wd), k
	}
	days := (int(r.wd) - int(l.wd) + 7) % 7
	y, m, d := from.Date()
	return phrase{Period: Period{from, midnight(y, m, d+days+1, s.loc())}, next: next}, true
}

// weekdayBefore is the last such day before another one.
func (s *scan) weekdayBefore(wd time.Weekday, day time.Time) node {
	y, m, d := day.Date()
	back := (int(day.Weekday()) - int(wd) + 7) % 7
	return node{from: midnight(y, m, d-back, s.loc()), to: midnight(y, m, d-back+1, s.loc()), grain: gDay}
}

// fill lends one end of a range what only the other names: the month, the year.
func (s *scan) fill(l, r *node) {
	switch {
	case l.bare && r.m != 0:
		l.m, l.y, l.bare = r.m, r.y, false
	case r.bare && l.m != 0:
		r.m, r.y, r.bare = l.m, l.y, false
	case l.y == 0 && r.y != 0 && l.m != 0:
		l.y = r.y
		if r.m != 0 && l.m > r.m {
			l.y--
		}
	}
	if l.bare || l.y != 0 || r.y != 0 || l.m == 0 || r.m == 0 {
		return
	}
	from, _ := s.resolve(*l)
	if l.y = from.Year(); l.grain == gQuarter {
		l.y = 0
	}
}

// firstAfter is the first such date, of no named year, that is not before from.
func (s *scan) firstAfter(n node, from time.Time) (time.Time, time.Time) {
	for y := from.Year(); y <= from.Year()+8; y++ {
		dated := n
		dated.y = y
		if a, b := s.resolve(dated); !a.IsZero() && !a.Before(floor(from, n.grain)) {
			return a, b
		}
	}
	return time.Time{}, time.Time{}
}

// since reads "since X", "starting X", "X and after", "from X on".
func (s *scan) since(i int) (phrase, bool) {
	j, ok := s.skip(i, "since", "starting", "beginning")
	if ok {
		j, _ = s.skip(j, "from", "on", "about", "around")
	} else if s.is(i, "as") && s.is(i+1, "of", "from") {
		j, ok = i+2, true
	}
	prefix := ok
	if !prefix {
		j, _ = s.skip(i, "from", "on")
	}
	n, k, found := s.sinceWhat(j, prefix)
	if !found {
		return phrase{}, false
	}
	if !prefix {
		k, ok = s.onwards(k)
		if !ok {
			return phrase{}, false
		}
	}
	from, to := s.resolve(n)
	if n.grain == gWeekend {
		from = to
	}
	if from.IsZero() {
		return phrase{}, false
	}
	return phrase{Period: Period{Start: from}, next: k}, true
}

// sinceWhat is an element; after "since" also a bare day and a time of day.
func (s *scan) sinceWhat(i int, prefix bool) (node, int, bool) {
	if n, k, ok := s.element(i); ok && (prefix || !n.weak) {
		return n, k, true
	}
	if !prefix {
		return node{}, 0, false
	}
	if at, k, ok := s.moment(i); ok {
		return node{kind: isSpan, from: at, to: at, grain: gMinute}, k, true
	}
	if d, k, ok := s.ordinal(i); ok && d <= 31 && s.is(i, "the") {
		return node{kind: isDate, d: d, grain: gDay}, k, true
	}
	return s.within(i)
}

// onlyUnits reads a question that is nothing but "30 days".
func (s *scan) onlyUnits(i int) (node, int, bool) {
	if n, k, ok := s.within(i); ok && s.alone(i, k) {
		return n, k, true
	}
	return node{}, 0, false
}

// onwards reads what makes "from X" and "X" run up to now.
func (s *scan) onwards(i int) (int, bool) {
	if k, ok := s.skip(i, "onwards", "onward", "on"); ok {
		return k, true
	}
	if k, ok := s.skip(i, "and", "or"); ok {
		return s.skip(k, "after", "later", "onwards", "since")
	}
	return 0, false
}

// before reads "before X", "until X", "earlier than X"; also a day, then "before"
// and a time of that day.
func (s *scan) before(i int) (phrase, bool) {
	if n, k, ok := s.element(i); ok && n.grain == gDay && !n.weak && s.is(k, "before") {
		from, _ := s.resolve(n)
		if c, k, ok := s.clock(k + 1); ok && !from.IsZero() {
			return phrase{Period: Period{End: c.on(from)}, next: k}, true
		}
	}
	j, ok := s.skip(i, "before", "until", "till", "prior", "up", "earlier")
	if !ok || s.is(i, "earlier") && !s.is(j, "than") || s.is(i, "prior", "up") && !s.is(j, "to", "until") {
		return phrase{}, false
	}
	j, _ = s.skip(j, "to", "than", "until")
	if at, k, ok := s.moment(j); ok {
		return phrase{Period: Period{End: at}, next: k}, true
	}
	n, k, ok := s.element(j)
	if !ok {
		return phrase{}, false
	}
	from, to := s.resolve(n)
	if n.part == "end" {
		from = to
	}
	if from.IsZero() {
		return phrase{}, false
	}
	return phrase{Period: Period{End: from}, next: k}, true
}

// after reads "after X", and "on or after X", to which X itself belongs.
func (s *scan) after(i int) (phrase, bool) {
	j, with := i, false
	if s.is(i, "on", "in") && s.is(i+1, "or") {
		j, with = i+2, true
	}
	j, ok := s.skip(j, "after", "following", "later")
	if !ok || s.is(j-1, "later") && !s.is(j, "than") {
		return phrase{}, false
	}
	j, _ = s.skip(j, "than")
	if at, k, ok := s.moment(j); ok {
		return phrase{Period: Period{Start: at}, next: k}, true
	}
	n, k, ok := s.element(j)
	if !ok {
		return phrase{}, false
	}
	from, to := s.resolve(n)
	if with {
		to = from
	}
	if to.IsZero() || to.After(s.now) {
		return phrase{}, false
	}
	return phrase{Period: Period{Start: to}, next: k}, true
}

// plain reads one element, with or without a preposition.
func (s *scan) plain(i int) (phrase, bool) {
	j, prep := s.skip(i, "in", "on", "during", "over", "for", "of", "by", "at", "through", "throughout", "within", "around")
	n, k, ok := s.element(j)
	if !ok || n.weak && !prep && k-j < len(s.toks) && !s.alone(j, k) {
		return phrase{}, false
	}
	from, to := s.resolve(n)
	if from.IsZero() || !from.Before(to) {
		return phrase{}, false
	}
	return phrase{Period: Period{from, to}, next: k}, true
}

// alone reports whether nothing but marks stands beside the tokens [i, j).
func (s *scan) alone(i, j int) bool {
	for k, t := range s.toks {
		if (k < i || k >= j) && (t.num >= 0 || len(t.text) > 1 && t.text != "and") {
			return false
		}
	}
	return true
}
