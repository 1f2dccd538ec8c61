package ask

import "slices"

// partOfUnit reads "early October", "mid-September", "the end of 2025", "start of
// the month".
func (s *scan) partOfUnit(i int) (node, int, bool) {
	if s.is(i, "eoy", "eom", "eow") {
		g := map[string]grain{"eoy": gYear, "eom": gMonth, "eow": gWeek}[s.toks[i].text]
		from, to := unit(s.now, g)
		return node{from: from, to: to, grain: g, part: "end"}, i + 1, true
	}
	k, _ := s.skip(i, "the")
	if k >= len(s.toks) {
		return node{}, 0, false
	}
	parts := map[string]string{"early": "early", "start": "early", "beginning": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end"}
	part, ok := parts[s.toks[k].text]
	if !ok {
		return node{}, 0, false
	}
	loose := slices.Contains([]string{"start", "beginning", "end", "middle"}, s.toks[k].text)
	k++
	k, _ = s.skip(k, "-", "in", "to")
	k, of := s.skip(k, "of")
	if loose && !of {
		return node{}, 0, false
	}
	n, k, ok := s.partWhat(k, of)
	if !ok {
		return node{}, 0, false
	}
	n.part, n.weak = part, false
	return n, k, true
}

func (s *scan) partWhat(k int, of bool) (node, int, bool) {
	if n, next, ok := s.date(k); ok && n.grain >= gWeek {
		return n, next, true
	}
	if n, next, ok := s.relative(k); ok && n.grain >= gWeek && !n.rolling {
		return n, next, true
	}
	if j, the := s.skip(k, "the"); of && the {
		if g, next, ok := s.unitAt(j); ok && g >= gWeek {
			from, to := unit(s.now, g)
			return node{from: from, to: to, grain: g}, next, true
		}
	}
	return node{}, 0, false
}

// halfMonth reads "first half of June".
func (s *scan) halfMonth(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	nth, k, ok := s.ordinal(k)
	if !ok || nth > 2 || !s.is(k, "half") || !s.is(k+1, "of") {
		return node{}, 0, false
	}
	n, k, ok := s.partWhat(k+2, true)
	if !ok || n.grain != gMonth {
		return node{}, 0, false
	}
	from, to := s.resolve(n)
	if from.IsZero() {
		return node{}, 0, false
	}
	middle := midnight(from.Year(), from.Month(), 16, s.loc())
	if nth == 1 {
		return node{from: from, to: middle, grain: gFortnight}, k, true
	}
	return node{from: middle, to: to, grain: gFortnight}, k, true
}

// countedUnit reads "first week of 2015", "the last four months of 2021", "week
// 27 of last year".
func (s *scan) countedUnit(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	nth, n, g, k, ok := s.nthUnit(k)
	if !ok {
		return node{}, 0, false
	}
	week := k
	k, _ = s.skip(k, "of", "in")
	in, k, ok := s.partWhat(k, true)
	if !ok && nth > 0 && s.num(week-1) == nth {
		from, to := unit(s.now, gYear)
		in, k, ok = node{from: from, to: to, grain: gYear}, week, true
	}
	if !ok || in.grain <= g {
		return node{}, 0, false
	}
	from, to := s.resolve(in)
	if from.IsZero() {
		return node{}, 0, false
	}
	if nth < 0 {
		last := floor(shift(to, gDay, -1), g)
		if g == gWeek && shift(last, gDay, 3).Month() != shift(to, gDay, -1).Month() {
			last = shift(last, gDay, -7)
		}
		_, end := unit(last, g)
		return node{from: shift(last, g, 1-n), to: end, grain: g}, k, true
	}
	start := floor(from, g)
	if g == gWeek && shift(start, gDay, 3).Before(from) {
		start = shift(start, gDay, 7)
	}
	start = shift(start, g, nth-1)
	return node{from: start, to: shift(start, g, n), grain: g}, k, true
}

// nthUnit reads which units: "third week", "first ten days", "last 2 months", "week 3".
func (s *scan) nthUnit(i int) (nth, n int, g grain, next int, ok bool) {
	if g, k, ok := s.unitAt(i); ok && g == gWeek && s.num(k) > 0 && s.num(k) < 54 {
		return s.num(k), 1, g, k + 1, true
	}
	nth, k, found := s.ordinal(i)
	if s.is(i, "last", "final") {
		nth, k, found = -1, i+1, true
	}
	if !found || s.num(i) >= 0 && k == i+1 {
		return 0, 0, 0, 0, false
	}
	n = 1
	if c, j, ok := s.count(k); ok {
		n, k = c, j
	}
	g, k, ok = s.unitAt(k)
	return nth, n, g, k, ok && g >= gDay && g != gWeekend && g != gQuarter
}

// weekOf reads "week of 12 October", "w/c Feb 4", "the weekend of 4 July".
func (s *scan) weekOf(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	g := gWeek
	switch {
	case s.is(k, "w") && s.is(k+1, "/") && s.is(k+2, "c", "b"):
		k += 3
	case s.is(k, "week") && s.is(k+1, "of", "commencing", "beginning", "starting"):
		k += 2
	case s.is(k, "weekend") && s.is(k+1, "of"):
		g = gWeekend
		k += 2
	default:
		return node{}, 0, false
	}
	n, next, ok := s.date(k)
	if !ok || n.grain != gDay {
		d, j, isDay := s.ordinal(k)
		if !isDay || d > 31 {
			return node{}, 0, false
		}
		n, next = node{kind: isDate, d: d, grain: gDay}, j
	}
	from, _ := s.resolve(n)
	if from.IsZero() {
		return node{}, 0, false
	}
	if g == gWeekend {
		from = shift(floor(from, gWeek), gDay, 5)
	}
	from, to := unit(from, g)
	return node{from: from, to: to, grain: g}, next, true
}
