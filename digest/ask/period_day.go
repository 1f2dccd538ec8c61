package ask

import (
	"slices"
	"strings"
	"time"
)

// dayWord reads today, yesterday, tomorrow and the days beside them.
func (s *scan) dayWord(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	days := map[string]int{"today": 0, "yesterday": -1, "yday": -1, "tomorrow": 1, "today's": 0, "yesterday's": -1}
	if s.is(k, "day") && s.is(k+1, "before") && s.is(k+2, "yesterday") {
		return s.day(-2), k + 3, true
	}
	if s.is(k, "same") && s.is(k+1, "day") {
		return node{}, 0, false
	}
	if k >= len(s.toks) {
		return node{}, 0, false
	}
	n, ok := days[s.toks[k].text]
	return s.day(n), k + 1, ok
}

func (s *scan) day(n int) node {
	y, m, d := s.now.Date()
	return node{from: midnight(y, m, d+n, s.loc()), to: midnight(y, m, d+n+1, s.loc()), grain: gDay}
}

// hours of a part of the day, on the day's clock; an end past 24 is of the next day.
func hours(part string) (from, to int, ok bool) {
	switch part {
	case "morning", "mornings":
		return 6, 12, true
	case "afternoon":
		return 12, 18, true
	case "evening":
		return 18, 24, true
	case "night":
		return 18, 30, true
	}
	return 0, 0, false
}

// partOfDay reads "this morning", "last night", "tonight".
func (s *scan) partOfDay(i int) (node, int, bool) {
	if s.is(i, "tonight", "tonite") {
		return s.part(s.today(), "night", ""), i + 1, true
	}
	if s.is(i, "overnight") {
		return s.part(s.day(-1).from, "night", ""), i + 1, true
	}
	k, the := s.skip(i, "the")
	edge := ""
	if s.is(k, "early", "late") {
		edge = s.toks[k].text
		k, _ = s.skip(k+1, "-")
	}
	k, which := s.skip(k, "this", "last")
	if k >= len(s.toks) {
		return node{}, 0, false
	}
	part := s.toks[k].text
	if _, _, ok := hours(part); !ok {
		return node{}, 0, false
	}
	switch {
	case which && s.is(k-1, "last"):
		return s.part(s.day(-1).from, part, edge), k + 1, true
	case which:
		return s.part(s.today(), part, edge), k + 1, true
	}
	j, _ := s.skip(k+1, ",", "of", "on")
	day, j, ok := s.onDay(j)
	return s.part(day, part, edge), j, ok && (the || edge != "" || j > k+2)
}

// onDay reads a day that stands after its part.
func (s *scan) onDay(i int) (time.Time, int, bool) {
	for _, read := range []func(int) (node, int, bool){s.date, s.weekday, s.dayWord} {
		if n, k, ok := read(i); ok && n.grain == gDay {
			day, _ := s.resolve(n)
			return day, k, !day.IsZero()
		}
	}
	return time.Time{}, 0, false
}

// part is a part of the day that begins at midnight, early or late in it.
func (s *scan) part(day time.Time, part, edge string) node {
	from, to, _ := hours(part)
	if part == "night" && edge != "" {
		from, to = 20, 24
	}
	switch y, m, d := day.Date(); edge {
	case "early":
		return node{from: time.Date(y, m, d, from, 0, 0, 0, s.loc()), to: time.Date(y, m, d, from+(to-from)/2, 0, 0, 0, s.loc()), grain: gPart}
	case "late":
		return node{from: time.Date(y, m, d, from+(to-from)/2, 0, 0, 0, s.loc()), to: time.Date(y, m, d, to, 0, 0, 0, s.loc()), grain: gPart}
	default:
		return node{from: time.Date(y, m, d, from, 0, 0, 0, s.loc()), to: time.Date(y, m, d, to, 0, 0, 0, s.loc()), grain: gPart}
	}
}

// dayPartAfter reads the part of the day that may follow a day: "yesterday
// morning", "on Friday, in the afternoon".
func (s *scan) dayPartAfter(n node, k int) (node, int) {
	if n.grain != gDay || n.bare {
		return n, k
	}
	j, _ := s.skip(k, ",")
	if s.is(j, "in", "at") {
		j++
	}
	j, _ = s.skip(j, "the")
	edge := ""
	if s.is(j, "early", "late") {
		edge = s.toks[j].text
		j, _ = s.skip(j+1, "-")
	}
	if j >= len(s.toks) {
		return n, k
	}
	part := s.toks[j].text
	if s.is(j, "am") {
		part = "morning"
	}
	if _, _, ok := hours(part); !ok {
		return n, k
	}
	day, _ := s.resolve(n)
	if day.IsZero() {
		return n, k
	}
	return s.part(day, part, edge), j + 1
}

// clockTime is a time of day; half says whether am or pm was told.
type clockTime struct {
	h, min int
	half   string
}

// on is the time on the day that begins at midnight.
func (c clockTime) on(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, c.h, c.min, 0, 0, day.Location())
}

// clock reads "5pm", "7:30", "14:00", "8 o'clock", "noon".
func (s *scan) clock(i int) (clockTime, int, bool) {
	c, k, sure, ok := s.loose(i)
	return c, k, ok && sure
}

// loose reads a time of day; it is sure of it unless it is only a number.
func (s *scan) loose(i int) (c clockTime, next int, sure, ok bool) {
	switch {
	case s.is(i, "noon", "midday"):
		return clockTime{h: 12, half: "pm"}, i + 1, true, true
	case s.is(i, "midnight"):
		return clockTime{half: "am"}, i + 1, true, true
	}
	h := s.num(i)
	if h < 0 || h > 24 || s.toks[i].digits > 2 {
		return c, 0, false, false
	}
	c, next = clockTime{h: h}, i+1
	if s.is(next, ":") && s.glued(next) && s.num(next+1) >= 0 && s.num(next+1) < 60 && s.toks[next+1].digits == 2 {
		c.min, next, sure = s.num(next+1), next+2, true
	}
	if s.is(next, "o'clock") {
		next, sure = next+1, true
	}
	if half, k, ok := s.halfDay(next); ok && h >= 1 && h <= 12 {
		return c.inHalf(half), k, true, true
	}
	return c, next, sure, true
}

func (s *scan) halfDay(i int) (string, int, bool) {
	if s.is(i, "am", "pm") {
		return s.toks[i].text, i + 1, true
	}
	if s.is(i, "a", "p") && s.is(i+1, ".") && s.is(i+2, "m") {
		k, _ := s.skip(i+3, ".")
		return s.toks[i].text + "m", k, true
	}
	return "", i, false
}

func (c clockTime) inHalf(half string) clockTime {
	c.half = half
	switch {
	case half == "pm" && c.h < 12:
		c.h += 12
	case half == "am" && c.h == 12:
		c.h = 0
	}
	return c
}

// moment reads a time of day with the day it may name: "6am", "5pm yesterday",
// "Friday 14:00". Without a day it is the latest that has been.
func (s *scan) moment(i int) (time.Time, int, bool) {
	if c, k, ok := s.clock(i); ok {
		j, _ := s.skip(k, "on", "of")
		if n, j, ok := s.element(j); ok && n.grain == gDay {
			if day, _ := s.resolve(n); !day.IsZero() {
				return c.on(day), j, true
			}
		}
		at := c.on(s.today())
		if at.After(s.now) {
			at = c.on(s.day(-1).from)
		}
		return at, k, true
	}
	n, k, ok := s.element(i)
	if !ok || n.grain != gDay {
		return time.Time{}, 0, false
	}
	k, _ = s.skip(k, "at", ",", "by")
	c, k, ok := s.clock(k)
	day, _ := s.resolve(n)
	return c.on(day), k, ok && !day.IsZero()
}

// clocks reads two times of one day, the day before or after them: "yesterday
// afternoon from 3-8pm", "between 8am and noon today".
func (s *scan) clocks(i int, opened bool) (phrase, bool) {
	var day node
	n, k, before := s.element(i)
	if before && (n.grain == gDay || n.grain == gPart) {
		day = n
		k, _ = s.skip(k, ",", "at")
		k, _ = s.skip(k, "from", "between")
	} else {
		before, k = false, i
	}
	a, k, sureA, ok := s.loose(k)
	if !ok {
		return phrase{}, false
	}
	k, ok = s.to(k, true)
	if !ok {
		return phrase{}, false
	}
	b, k, sureB, ok := s.loose(k)
	if !ok || !sureA && !sureB && !before && !opened {
		return phrase{}, false
	}
	if !before {
		j, _ := s.skip(k, "on", "of")
		n, j, ok := s.element(j)
		if ok && (n.grain == gDay || n.grain == gPart) {
			day, k = n, j
		} else if !sureA && !sureB || !sureB && !opened {
			return phrase{}, false
		} else {
			day = s.day(0)
		}
	}
	return s.clockRange(day, a, b, k)
}

func (s *scan) clockRange(day node, a, b clockTime, next int) (phrase, bool) {
	from, _ := s.resolve(day)
	if from.IsZero() {
		return phrase{}, false
	}
	late := day.grain == gPart && from.Hour() >= 12
	if a.half == "" && b.half == "pm" && a.h < 12 && a.h+12 < b.h+1 || late && a.half == "" && a.h < 12 {
		a.h += 12
	}
	if late && b.half == "" && b.h < 12 {
		b.h += 12
	}
	start, end := a.on(from), b.on(from)
	return phrase{Period: Period{start, end}, next: next}, start.Before(end)
}

// holiday reads the days of the year that have names of their own.
func (s *scan) holiday(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	for _, h := range []struct {
		words string
		m, d  int
	}{
		{"christmas eve", 12, 24}, {"christmas day", 12, 25}, {"christmas", 12, 25}, {"xmas", 12, 25}, {"boxing day", 12, 26},
		{"new year's eve", 12, 31}, {"new year's day", 1, 1}, {"new year's", 1, 1}, {"new year", 1, 1}, {"new years", 1, 1},
		{"nowruz", 3, 20}, {"novruz", 3, 20}, {"halloween", 10, 31}, {"easter", 0, 0}, {"easter sunday", 0, 0},
	} {
		words := strings.Fields(h.words)
		if k+len(words) > len(s.toks) {
			continue
		}
		if !slices.EqualFunc(words, s.toks[k:k+len(words)], func(w string, t token) bool { return w == t.text }) {
			continue
		}
		n := node{kind: isDate, m: h.m, d: h.d, grain: gDay, weak: true}
		y, next := s.yearAfter(k + len(words))
		n.y = y
		if h.m == 0 {
			n = s.easterNode(y)
		}
		return n, next, true
	}
	return node{}, 0, false
}

func (s *scan) easterNode(y int) node {
	if y == 0 {
		y = s.now.Year()
		if m, d := easter(y); midnight(y, time.Month(m), d, s.loc()).After(s.now) {
			y--
		}
	}
	m, d := easter(y)
	return node{kind: isDate, y: y, m: m, d: d, grain: gDay, weak: true}
}

// title reports whether a day belongs to a name: a newspaper's ("Sunday Times"),
// an event's ("October 7 attack", "Black Friday", "the 14 July uprising").
func (s *scan) title(p phrase) bool {
	first := s.toks[p.first]
	if s.is(p.next-1, "-") {
		return true
	}
	if _, _, ok := s.weekdayName(p.next - 1); ok {
		if s.is(p.next, "times", "telegraph", "mirror", "express", "mail", "post", "herald", "star", "independent", "world", "prayers", "prayer", "sermon", "morning's") {
			return true
		}
		if s.is(p.next-2, "black", "good", "bloody", "holy", "ash", "red", "palm", "cyber", "super") {
			return true
		}
	}
	anchored := slices.Contains([]string{"on", "since", "after", "before", "from", "between", "until", "in", "during"}, first.text)
	anchored = anchored && !s.is(p.first+1, "the")
	return !anchored && s.is(p.next, "attack", "attacks", "massacre", "inquiry", "uprising", "movement", "coup", "war", "revolution", "agreement", "accord", "accords", "bombing", "bombings", "protocol", "earthquake", "alliance", "rally", "movement")
}
