package ask

import (
	"strings"
	"time"
)

// weekday reads "Monday", "last Tuesday", "Friday of last week".
func (s *scan) weekday(i int) (node, int, bool) {
	k, _ := s.skip(i, "the")
	k, which := s.skip(k, "last", "this", "past", "previous", "next", "coming")
	wd, short, ok := s.weekdayName(k)
	if !ok {
		return node{}, 0, false
	}
	n := node{kind: isWeekday, wd: wd, grain: gDay, weak: short && !which}
	next := k + 1
	if s.is(next, ".") && short && next+1 < len(s.toks) {
		next++
	}
	if which {
		from := s.directedWeekday(s.toks[k-1].text, wd)
		n.kind = isSpan
		n.from, n.to = unit(from, gDay)
		return n, next, true
	}
	j, _ := s.skip(next, "of", "in", ",")
	if w, j, ok := s.relative(j); ok && w.grain == gWeek && !w.rolling {
		n.kind, n.weak = isSpan, false
		n.from, n.to = unit(s.inWeek(w, wd), gDay)
		return n, j, true
	}
	if d, j, ok := s.date(j); ok && d.grain == gDay {
		return d, j, true
	}
	return n, next, true
}

func (s *scan) directedWeekday(which string, wd time.Weekday) time.Time {
	latest := s.lastWeekday(wd)
	switch which {
	case "this":
		return s.inWeek(node{from: floor(s.now, gWeek)}, wd)
	case "next", "coming":
		return floor(shift(latest, gDay, 7), gDay)
	}
	if latest.Equal(s.today()) {
		return floor(shift(latest, gDay, -7), gDay)
	}
	return latest
}

func (s *scan) weekdayName(i int) (wd time.Weekday, short, ok bool) {
	if i >= len(s.toks) {
		return 0, false, false
	}
	w := strings.TrimSuffix(s.toks[i].text, "'s")
	for d, name := range []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		if w == name {
			return time.Weekday(d), false, true
		}
		if len(w) >= 3 && len(w) <= 5 && strings.HasPrefix(name, w) {
			return time.Weekday(d), true, true
		}
	}
	return 0, false, false
}
