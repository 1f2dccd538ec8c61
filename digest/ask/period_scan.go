package ask

import (
	"slices"
	"time"
)

// scan reads phrases of time from the tokens of a question.
type scan struct {
	toks []token
	now  time.Time
}

type nodeKind int

const (
	isSpan    nodeKind = iota // from and to are known
	isDate                    // year, month, day, as far as they were named
	isWeekday                 // wd
	isNow
)

// node is one element of a phrase of time.
type node struct {
	kind     nodeKind
	from, to time.Time
	grain    grain
	y, m, d  int // of a date; 0 where it was not named
	wd       time.Weekday
	part     string // of a date or a unit: early, mid, late, end
	weak     bool   // names a time only beside a preposition
	bare     bool   // a day of the month alone
	rolling  bool   // runs back from now
}

func (s *scan) loc() *time.Location { return s.now.Location() }

// is reports whether token i is one of the words.
func (s *scan) is(i int, words ...string) bool {
	return i >= 0 && i < len(s.toks) && slices.Contains(words, s.toks[i].text)
}

// skip steps over token i where it is one of the words.
func (s *scan) skip(i int, words ...string) (int, bool) {
	if s.is(i, words...) {
		return i + 1, true
	}
	return i, false
}

func (s *scan) dash(i int) bool { return s.is(i, "-") }

// num is the number of token i, -1 where it is none.
func (s *scan) num(i int) int {
	if i < 0 || i >= len(s.toks) {
		return -1
	}
	return s.toks[i].num
}

// glued reports whether token i stands right after the one before it.
func (s *scan) glued(i int) bool { return i < len(s.toks) && !s.toks[i].gap }

// today is the first instant of the day of now.
func (s *scan) today() time.Time { return floor(s.now, gDay) }

// element reads one element at token i: a day, a date, a unit, a part of a day.
func (s *scan) element(i int) (node, int, bool) {
	for _, read := range []func(int) (node, int, bool){
		s.partOfUnit, s.halfMonth, s.countedUnit, s.weekOf, s.relative, s.date, s.weekday, s.dayWord, s.partOfDay, s.holiday,
	} {
		if n, k, ok := read(i); ok {
			n, k = s.dayPartAfter(n, k)
			return n, k, true
		}
	}
	return node{}, 0, false
}

// resolve gives an element's instants; zero times where there is no such date.
func (s *scan) resolve(n node) (from, to time.Time) {
	switch n.kind {
	case isDate:
		from, to = s.resolveDate(n)
	case isWeekday:
		from = s.lastWeekday(n.wd)
		from, to = unit(from, gDay)
	default:
		from, to = n.from, n.to
	}
	if n.part != "" && !from.IsZero() {
		return partOf(from, to, n.grain, n.part)
	}
	return from, to
}

// resolveDate gives the latest such date that has begun.
func (s *scan) resolveDate(n node) (from, to time.Time) {
	if n.y != 0 {
		return s.dated(n, n.y, n.m)
	}
	if n.m != 0 {
		for y := s.now.Year(); y > s.now.Year()-9; y-- {
			if from, to = s.dated(n, y, n.m); !from.IsZero() && !from.After(s.now) {
				return from, to
			}
		}
		return time.Time{}, time.Time{}
	}
	for back := 0; back < 12; back++ {
		first := shift(floor(s.now, gMonth), gMonth, -back)
		if from, to = s.dated(n, first.Year(), int(first.Month())); !from.IsZero() && !from.After(s.now) {
			return from, to
		}
	}
	return time.Time{}, time.Time{}
}

func (s *scan) dated(n node, y, m int) (from, to time.Time) {
	if n.grain == gDay && !valid(y, m, n.d) {
		return from, to
	}
	return unit(midnight(y, time.Month(max(m, 1)), max(n.d, 1), s.loc()), n.grain)
}

// lastWeekday is the latest such day that has begun.
func (s *scan) lastWeekday(wd time.Weekday) time.Time {
	y, m, d := s.now.Date()
	return midnight(y, m, d-(int(s.now.Weekday())-int(wd)+7)%7, s.loc())
}

// inWeek is the weekday of the week that w names.
func (s *scan) inWeek(w node, wd time.Weekday) time.Time {
	y, m, d := w.from.Date()
	return midnight(y, m, d+(int(wd)+6)%7, s.loc())
}

// partOf cuts the early, middle or late part out of a month, a year or a week.
func partOf(from, to time.Time, g grain, part string) (time.Time, time.Time) {
	y, m, d := from.Date()
	loc := from.Location()
	cut := func(months, days int) time.Time { return midnight(y, m+time.Month(months), d+days, loc) }
	switch g {
	case gYear:
		cuts := map[string][2]time.Time{"early": {from, cut(4, 0)}, "mid": {cut(4, 0), cut(8, 0)}, "late": {cut(8, 0), to}}
		cuts["end"] = cuts["late"]
		return cuts[part][0], cuts[part][1]
	case gMonth:
		cuts := map[string][2]time.Time{"early": {from, cut(0, 10)}, "mid": {cut(0, 9), cut(0, 20)}, "late": {cut(0, 15), to}, "end": {cut(0, 20), to}}
		return cuts[part][0], cuts[part][1]
	case gWeek:
		cuts := map[string][2]time.Time{"early": {from, cut(0, 3)}, "mid": {cut(0, 2), cut(0, 4)}, "late": {cut(0, 3), to}, "end": {cut(0, 4), to}}
		return cuts[part][0], cuts[part][1]
	}
	third := to.Sub(from) / 3
	cuts := map[string][2]time.Time{"early": {from, from.Add(third)}, "mid": {from.Add(third), to.Add(-third)}, "late": {to.Add(-third), to}}
	cuts["end"] = cuts["late"]
	return cuts[part][0], cuts[part][1]
}
