package ask

import "strings"

// unitOf is the unit that a word names.
func unitOf(w string) (grain, bool) {
	w = strings.TrimSuffix(w, "'s")
	if g, ok := oneUnit(w); ok {
		return g, true
	}
	g, ok := oneUnit(strings.TrimSuffix(w, "s"))
	return g, ok && len(w) > 2
}

// oneUnit is unitOf for a word in the singular.
func oneUnit(w string) (grain, bool) {
	switch w {
	case "second", "sec":
		return gSecond, true
	case "minute", "min":
		return gMinute, true
	case "hour", "hr", "h":
		return gHour, true
	case "day", "d":
		return gDay, true
	case "week", "wk", "w":
		return gWeek, true
	case "weekend", "wknd":
		return gWeekend, true
	case "fortnight":
		return gFortnight, true
	case "month", "mo":
		return gMonth, true
	case "quarter", "qtr":
		return gQuarter, true
	case "half":
		return gHalf, true
	case "year", "yr", "y":
		return gYear, true
	case "decade":
		return gDecade, true
	}
	return 0, false
}

// unitAt reads a unit; one letter only when it is glued to its number.
func (s *scan) unitAt(i int) (grain, int, bool) {
	if k, ok := s.skip(i, "calendar", "business", "working", "full", "whole"); ok {
		i = k
	}
	if i >= len(s.toks) {
		return 0, 0, false
	}
	if s.is(i, "week") && s.is(i+1, "-") && s.is(i+2, "end", "ends") {
		return gWeekend, i + 3, true
	}
	if s.is(i, "week") && s.is(i+1, "end") && !s.is(i+2, "of") {
		return gWeekend, i + 2, true
	}
	g, ok := unitOf(s.toks[i].text)
	if !ok || len(s.toks[i].text) == 1 && (s.num(i-1) < 0 || !s.glued(i)) {
		return 0, 0, false
	}
	return g, i + 1, true
}

// relative reads units told from now: "last week", "the past 7 days", "this
// month", "two weeks ago", "year to date".
func (s *scan) relative(i int) (node, int, bool) {
	for _, read := range []func(int) (node, int, bool){s.toDate, s.ago, s.seasonOf, s.directed, s.onlyUnits} {
		if n, k, ok := read(i); ok {
			return n, k, true
		}
	}
	return node{}, 0, false
}

// toDate reads "YTD", "year to date", "so far this week", "earlier this month".
func (s *scan) toDate(i int) (node, int, bool) {
	short := map[string]grain{"ytd": gYear, "mtd": gMonth, "qtd": gQuarter, "wtd": gWeek}
	if i < len(s.toks) {
		if g, ok := short[s.toks[i].text]; ok {
			return node{from: floor(s.now, g), to: s.now, grain: g}, i + 1, true
		}
	}
	k, _ := s.skip(i, "the")
	if g, k, ok := s.unitAt(k); ok && g >= gWeek && s.is(k, "to") && s.is(k+1, "date") {
		return node{from: floor(s.now, g), to: s.now, grain: g}, k + 2, true
	}
	k, ok := s.skip(i, "earlier")
	if !ok && s.is(i, "so") && s.is(i+1, "far") {
		k, ok = i+2, true
	}
	if !ok {
		return node{}, 0, false
	}
	k, _ = s.skip(k, "in")
	k, ok = s.skip(k, "this", "the", "current")
	g, k, isUnit := s.unitAt(k)
	if !ok || !isUnit || g < gDay {
		return s.earlierToday(i)
	}
	return node{from: floor(s.now, g), to: s.now, grain: g}, k, true
}

func (s *scan) earlierToday(i int) (node, int, bool) {
	k, _ := s.skip(i, "earlier", "so")
	k, _ = s.skip(k, "far")
	return node{from: s.today(), to: s.now, grain: gDay}, k + 1, s.is(k, "today") && s.today().Before(s.now)
}

// ago reads "two weeks ago", "3 days ago": the unit that held that time.
func (s *scan) ago(i int) (node, int, bool) {
	n, k, ok := s.count(i)
	if !ok {
		return node{}, 0, false
	}
	g, k, ok := s.unitAt(k)
	if !ok || !s.is(k, "ago", "back") {
		return node{}, 0, false
	}
	at := shift(s.now, g, -n)
	if g < gDay {
		return node{from: at, to: s.now, grain: g, rolling: true}, k + 1, true
	}
	from, to := unit(at, g)
	return node{from: from, to: to, grain: g}, k + 1, true
}

// seasonOf reads "last summer", "this spring", "in the winter of 2024".
func (s *scan) seasonOf(i int) (node, int, bool) {
	first := map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
	k, _ := s.skip(i, "the")
	k, which := s.skip(k, "last", "this", "past", "previous")
	if k >= len(s.toks) || first[s.toks[k].text] == 0 {
		return node{}, 0, false
	}
	m := first[s.toks[k].text]
	y, next := s.yearAfter(k + 1)
	if y == 0 && !which && (s.is(k, "fall") || !s.is(i-1, "in", "during", "since", "over", "before")) {
		return node{}, 0, false
	}
	n := node{kind: isDate, y: y, m: m, grain: gSeason}
	from, to := s.resolveDate(n)
	if s.is(k-1, "last", "previous") && y == 0 && to.After(s.now) {
		n.y = from.Year() - 1
		from, to = s.resolveDate(n)
	}
	return node{from: from, to: to, grain: gSeason}, next, true
}

// directed reads "this week", "last 3 days", "the 5 past years", "next month",
// "rest of the week".
func (s *scan) directed(i int) (node, int, bool) {
	if n, k, ok := s.rest(i); ok {
		return n, k, true
	}
	k, the := s.skip(i, "the", "my", "our")
	n, counted := 1, false
	if c, j, ok := s.count(k); ok && s.is(j, "last", "past", "previous", "next", "recent") {
		n, k, counted = c, j, true
	}
	where := k
	k, ok := s.skip(k, "this", "current", "last", "past", "previous", "next", "coming", "upcoming", "prev", "latest", "recent")
	if !ok && s.is(i-1, "within") {
		return s.within(k)
	}
	if !ok {
		return s.bareUnit(i, k, the)
	}
	if c, j, ok := s.count(k); ok && !counted {
		n, k, counted = c, j, true
	}
	g, k, ok := s.unitAt(k)
	if !ok {
		return node{}, 0, false
	}
	word := s.toks[where].text
	if g == gSecond && !counted || (word == "latest" || word == "recent") && !counted {
		return node{}, 0, false
	}
	if counted && n == 0 {
		return node{}, 0, false
	}
	return s.direct(word, n, counted, s.inThe(i, the), g), k, true
}

// within reads "within 48 hours": back from now, as the archive is past.
func (s *scan) within(i int) (node, int, bool) {
	n, k, ok := s.count(i)
	if !ok {
		return node{}, 0, false
	}
	g, k, ok := s.unitAt(k)
	return node{from: shift(s.now, g, -n), to: s.now, grain: g, rolling: true}, k, ok
}

// inThe reports whether "in the last week" rolls back from now, as against "last week".
func (s *scan) inThe(i int, the bool) bool {
	return the && s.is(i, "the") && s.is(i-1, "in", "over", "during", "within", "for", "from")
}

// direct gives n units of grain g, in the direction that the word tells; in says
// that it reads "in the last …".
func (s *scan) direct(word string, n int, counted, in bool, g grain) node {
	from, to := unit(s.now, g)
	switch word {
	case "this", "current":
		return node{from: from, to: to, grain: g}
	case "next", "coming", "upcoming":
		if g < gDay || counted && g < gDecade {
			return node{from: s.now, to: shift(s.now, g, n), grain: g}
		}
		return node{from: to, to: shift(to, g, n), grain: g}
	}
	if g < gDay {
		return node{from: shift(s.now, g, -n), to: s.now, grain: g, rolling: true}
	}
	if g == gQuarter || g == gDecade || g == gHalf || g == gWeekend {
		return s.backUnits(n, g)
	}
	if counted || in || word == "past" || g == gFortnight || g == gDay {
		return node{from: shift(s.now, g, -n), to: s.now, grain: g, rolling: true}
	}
	return node{from: shift(from, g, -1), to: from, grain: g}
}

// backUnits is the last n whole units before this one.
func (s *scan) backUnits(n int, g grain) node {
	from, to := unit(s.now, g)
	if g == gWeekend && !to.After(s.now) {
		return node{from: from, to: to, grain: g}
	}
	last := shift(from, g, -1)
	_, end := unit(last, g)
	return node{from: shift(from, g, -n), to: end, grain: g}
}

// bareUnit reads "the weekend", "a week ago"'s kin without a direction, and "of
// the year": the present unit.
func (s *scan) bareUnit(i, k int, the bool) (node, int, bool) {
	g, next, ok := s.unitAt(k)
	if !ok || s.num(k-1) >= 0 {
		return node{}, 0, false
	}
	from, to := unit(s.now, g)
	if g == gWeekend {
		return node{from: from, to: to, grain: g}, next, the || s.is(i-1, "over", "on", "at", "since") || s.is(k, "wknd")
	}
	if !the || g < gDay || s.num(next) >= 0 || !s.is(i-1, "in", "of", "for", "during") || s.is(next, "of", "-", "after", "before") {
		return node{}, 0, false
	}
	return node{from: from, to: to, grain: g}, next, g >= gWeek
}

// rest reads "rest of the week", "later this month": from now to its end.
func (s *scan) rest(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	k, ok := s.skip(k, "rest", "remainder", "later")
	if !ok {
		return node{}, 0, false
	}
	k, _ = s.skip(k, "of", "in")
	k, _ = s.skip(k, "the", "this", "current", "my", "our")
	g, k, ok := s.unitAt(k)
	if !ok || g < gDay {
		return node{}, 0, false
	}
	_, to := unit(s.now, g)
	return node{from: s.now, to: to, grain: g}, k, true
}
