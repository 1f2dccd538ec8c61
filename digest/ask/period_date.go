package ask

import (
	"slices"
	"strings"
	"time"
)

// months by what they are called; a short name may end in a stop.
func monthOf(w string) int {
	if len(w) < 3 {
		return 0
	}
	names := []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	for i, name := range names {
		if w == name || w == name[:3] || w == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

// date reads a date in figures or words, as far as it is named: a day, a month,
// a quarter, a half, a year, a decade.
func (s *scan) date(i int) (node, int, bool) {
	for _, read := range []func(int) (node, int, bool){
		s.figures, s.dayMonth, s.monthDay, s.month, s.quarter, s.decade, s.year,
	} {
		if n, k, ok := read(i); ok {
			n.kind = isDate
			return n, k, true
		}
	}
	return node{}, 0, false
}

// figures reads 2026-07-09, 9/7/2026, 19/10, 11/2016, 2016-11, 2019-aug-01.
func (s *scan) figures(i int) (node, int, bool) {
	part := func(k int) int {
		if k < len(s.toks) && s.toks[k].num < 0 {
			return monthOf(s.toks[k].text)
		}
		return s.num(k)
	}
	if i > 0 && s.is(i-1, "/", "-", "+", "$", "€", "£") && s.glued(i) && (!s.dash(i-1) || s.num(i-2) < 0) || s.num(i) < 0 || !s.is(i+1, "/", "-", ".") {
		return node{}, 0, false
	}
	sep := s.toks[i+1].text
	a, b := s.num(i), part(i+2)
	tight := s.glued(i+1) && s.glued(i+2)
	if b < 0 || sep == "." && !tight {
		return node{}, 0, false
	}
	if s.is(i+3, sep) && s.glued(i+3) && s.glued(i+4) && tight && s.num(i+4) >= 0 {
		if n, ok := threeFigures(a, b, s.num(i+4), s.toks[i].digits, s.toks[i+4].digits); ok {
			return n, i + 5, true
		}
		return node{}, 0, false
	}
	if s.num(i+4) >= 0 && s.is(i+3, "/") {
		return node{}, 0, false
	}
	n, ok := s.twoFigures(i, a, b, sep, tight)
	return n, i + 3, ok
}

func threeFigures(a, b, c, digitsA, digitsC int) (node, bool) {
	switch {
	case digitsA == 4 && valid(a, b, c):
		return node{y: a, m: b, d: c, grain: gDay}, true
	case digitsC != 4 && digitsC != 2:
		return node{}, false
	case digitsC == 2:
		c += 2000
	}
	if valid(c, b, a) {
		return node{y: c, m: b, d: a, grain: gDay}, true
	}
	return node{y: c, m: a, d: b, grain: gDay}, valid(c, a, b)
}

func (s *scan) twoFigures(i, a, b int, sep string, tight bool) (node, bool) {
	la, lb := s.toks[i].digits, s.toks[i+2].digits
	switch {
	case la == 4 && plausible(a) && b >= 1 && b <= 12 && lb <= 2:
		return node{y: a, m: b, grain: gMonth}, true
	case lb == 4 && plausible(b) && a >= 1 && a <= 12 && la <= 2:
		return node{y: b, m: a, grain: gMonth}, true
	case sep != "/" || !tight || la > 2 || lb > 2 || s.named(a, b, i):
		return node{}, false
	case valid(0, b, a):
		return node{m: b, d: a, grain: gDay}, true
	}
	return node{m: a, d: b, grain: gDay}, valid(0, a, b)
}

// named reports whether two figures are a name rather than a date: "24/7
// crossing", the attacks called 9/11.
func (s *scan) named(a, b, i int) bool {
	if a == 24 && b == 7 {
		return true
	}
	known := a == 9 && b == 11 || a == 7 && b == 7
	return known && !s.is(i-1, "on", "since", "after", "before", "from", "until", "between", "to", "-")
}

// dayMonth reads "3 July 2026", "the 3rd of July", "16 Sept.".
func (s *scan) dayMonth(i int) (node, int, bool) {
	d, k, ok := s.ordinal(i)
	if !ok {
		return node{}, 0, false
	}
	if s.is(k, "day") {
		k++
	}
	k, _ = s.skip(k, "of")
	if k >= len(s.toks) {
		return node{}, 0, false
	}
	m := monthOf(s.toks[k].text)
	if m == 0 || !valid(0, m, d) {
		return node{}, 0, false
	}
	y, k := s.yearAfter(k + 1)
	return node{y: y, m: m, d: d, grain: gDay}, k, valid(y, m, d)
}

// monthDay reads "July 3rd, 2026", "Oct. 2", "April the ninth".
func (s *scan) monthDay(i int) (node, int, bool) {
	i, _ = s.skip(i, "the")
	if i >= len(s.toks) || monthOf(s.toks[i].text) == 0 {
		return node{}, 0, false
	}
	m := monthOf(s.toks[i].text)
	k, _ := s.skip(i+1, ".")
	d, k, ok := s.ordinal(k)
	if !ok || !valid(0, m, d) || s.is(k, ":") || s.is(k, "of") {
		return node{}, 0, false
	}
	if c, _, ok := s.clock(k - 1); ok && c.h >= 0 && s.is(k, "am", "pm", "a", "p") {
		return node{}, 0, false
	}
	y, k := s.yearAfter(k)
	return node{y: y, m: m, d: d, grain: gDay}, k, valid(y, m, d)
}

// yearAfter reads the year that may follow a date: "2026", ", 2026", "of 2026", "'26".
func (s *scan) yearAfter(i int) (y, next int) {
	k, _ := s.skip(i, ".")
	k, _ = s.skip(k, ",")
	k, of := s.skip(k, "of", "in")
	if k < len(s.toks) && s.toks[k].digits == 4 && plausible(s.toks[k].num) && !s.is(k+1, "s") {
		return s.toks[k].num, k + 1
	}
	if of && k < len(s.toks) && s.toks[k].digits == 2 && !s.glued(k+1) {
		return century(s.toks[k].num), k + 1
	}
	if of || k == i {
		if n, k, ok := s.relative(k); ok && n.grain == gYear && !n.rolling {
			return n.from.Year(), k
		}
	}
	return 0, i
}

func century(yy int) int {
	if yy < 50 {
		return 2000 + yy
	}
	return 1900 + yy
}

func plausible(y int) bool { return y >= 1900 && y <= 2100 }

// month reads "July", "July 2025", "this August", "last Sept".
func (s *scan) month(i int) (node, int, bool) {
	k, the := s.skip(i, "the")
	k, which := s.skip(k, "last", "this", "past", "previous", "next", "coming")
	if k >= len(s.toks) || monthOf(s.toks[k].text) == 0 {
		return node{}, 0, false
	}
	word := s.toks[k].text
	m := monthOf(word)
	y, next := s.yearAfter(k + 1)
	weak := y == 0 && !which && slices.Contains([]string{"may", "march", "mar", "jan", "sep", "dec"}, word)
	if weak && (the || s.modal(k, next)) {
		return node{}, 0, false
	}
	n := node{kind: isDate, y: y, m: m, grain: gMonth, weak: weak}
	if y == 0 && which {
		n.y = s.yearOfMonth(s.toks[k-1].text, m)
	}
	if s.is(next, ".") && word != "may" && len(word) <= 4 && next < len(s.toks)-1 {
		next++
	}
	return n, next, true
}

// modal reports whether "may" or "march" is a verb or a noun by what stands
// beside it: "may strike", "march on Baku".
func (s *scan) modal(k, next int) bool {
	if s.toks[k].text == "march" && s.is(next, "on", "against", "through") {
		return true
	}
	return s.toks[k].text == "may" && s.is(next, "be", "have", "not", "also", "still", "soon", "well")
}

// yearOfMonth is the year of "last May", "this May", "next May".
func (s *scan) yearOfMonth(which string, m int) int {
	y, now, _ := s.now.Date()
	switch {
	case which == "this":
		return y
	case which == "next" || which == "coming":
		if time.Month(m) <= now {
			return y + 1
		}
		return y
	case time.Month(m) >= now:
		return y - 1
	}
	return y
}

// quarter reads "Q2", "Q2 2025", "2025 Q2", "H1", "the third quarter of 2024",
// "first half of the year".
func (s *scan) quarter(i int) (node, int, bool) {
	y, k := 0, i
	if k < len(s.toks) && s.toks[k].digits == 4 && plausible(s.num(k)) {
		y, k = s.num(k), k+1
		k, _ = s.skip(k, "-", "/")
	}
	n, k, ok := s.quarterName(k)
	if !ok {
		return node{}, 0, false
	}
	if y == 0 {
		k, _ = s.skip(k, "-", "/")
		y, k = s.yearAfter(k)
	}
	n.y = y
	return n, k, true
}

func (s *scan) quarterName(i int) (node, int, bool) {
	if s.is(i, "q", "h") && s.glued(i+1) && s.num(i+1) > 0 {
		size, most, g := 3, 4, gQuarter
		if s.is(i, "h") {
			size, most, g = 6, 2, gHalf
		}
		nth := s.num(i + 1)
		return node{m: 1 + size*(nth-1), grain: g}, i + 2, nth <= most && (i == 0 || !s.dash(i-1) || s.toks[i].gap || s.num(i-2) > 0)
	}
	k, _ := s.skip(i, "the")
	nth, k, ok := s.ordinal(k)
	switch {
	case !ok || nth > 4:
		return node{}, 0, false
	case s.is(k, "quarter"):
		return node{m: 1 + 3*(nth-1), grain: gQuarter}, k + 1, true
	case s.is(k, "half") && nth <= 2 && s.is(k+1, "of") && s.num(k+2) > 0:
		return node{m: 1 + 6*(nth-1), grain: gHalf}, k + 1, true
	case s.is(k, "half") && nth <= 2 && s.is(k+2, "last") && s.is(k+3, "year"):
		return node{m: 1 + 6*(nth-1), grain: gHalf}, k + 1, true
	case s.is(k, "half") && nth <= 2 && s.is(k+2, "the", "this") && s.is(k+3, "year"):
		return node{y: s.now.Year(), m: 1 + 6*(nth-1), grain: gHalf}, k + 4, true
	}
	return node{}, 0, false
}

// decade reads "the 1990s", "in the 90's".
func (s *scan) decade(i int) (node, int, bool) {
	k, the := s.skip(i, "the")
	if s.num(k) < 0 || s.num(k)%10 != 0 {
		return node{}, 0, false
	}
	y, next := s.num(k), k+1
	next, _ = s.skip(next, "'")
	if !s.is(next, "s") || !plausible(y) && (y > 99 || s.toks[k].digits != 2 || !the && !s.is(i-1, "in")) {
		return node{}, 0, false
	}
	if y < 100 {
		y = century(y)
	}
	return node{y: y, m: 1, grain: gDecade}, next + 1, true
}

// year reads a bare year, which is weak beside the name of an event.
func (s *scan) year(i int) (node, int, bool) {
	k, _ := s.skip(i, "the", "calendar")
	k, _ = s.skip(k, "calendar")
	k, named := s.skip(k, "year", "cy")
	k, _ = s.skip(k, "of")
	if k >= len(s.toks) {
		return node{}, 0, false
	}
	if named && s.toks[k].digits == 2 && s.is(k-1, "cy") {
		return node{y: century(s.num(k)), grain: gYear}, k + 1, true
	}
	if s.toks[k].digits != 4 || !plausible(s.num(k)) || s.numbered(k) || !named && k > i {
		return node{}, 0, false
	}
	return node{y: s.num(k), grain: gYear}, k + 1, true
}

// numbered reports whether the number at token k belongs to a name ("APEC 2026",
// "Resolution 1973", "the 2020 war", "$2000") or to an amount.
func (s *scan) numbered(k int) bool {
	if k > 0 {
		before := s.toks[k-1]
		if before.upper && len(before.text) > 1 || !s.toks[k].gap && !strings.Contains("=-(/", before.text) {
			return true
		}
		if slices.Contains(strings.Fields("resolution section article law no number expo euro cup vision agenda olympics summit some about over nearly almost than unscr decree order flight"), before.text) {
			return true
		}
	}
	if k+1 >= len(s.toks) {
		return false
	}
	after := s.toks[k+1].text
	return slices.Contains(strings.Fields("war offensive election elections agreement deal ceasefire constitution coup revolution treaty summit games olympics world budget attack attacks earthquake agenda statement accord accords invasion uprising referendum census vote people troops soldiers tons tonnes barrels euros dollars km men cases % karabakh ukraine lebanon gaza"), after) ||
		!s.toks[k+1].gap && after != "-" && after != "?" && after != "." && after != "," && after != ")" && after != "~" && after != "!" && after != ":"
}
