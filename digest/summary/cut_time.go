package summary

import "strings"

// times finds where a time that begins at token i may end: "on Monday", "late on
// Sunday evening", "in March 2024", "last week", "on Monday and Tuesday".
func (r reading) times(i int) []int {
	end := r.timeEnd(i)
	if end < 0 || r.bound(i) || r.governed(i, end) {
		return nil
	}
	ends := []int{end}
	if r.low(end) == "," && at(r.ts, end+1).kind == number && r.border(end+2) {
		ends = append(ends, end+2) // "on May 3, 2024"
	}
	if r.low(end) == "and" && r.timeEnd(end+1) > 0 {
		return []int{r.timeEnd(end + 1)}
	}
	return ends
}

// timeEnd is the end of the time that begins at token i; -1 where none does.
func (r reading) timeEnd(i int) int {
	w, next := r.low(i), r.low(i+1)
	switch w {
	case "late", "early", "earlier", "later", "shortly":
		return r.timeEnd(i + 1)
	case "yesterday", "today", "tonight", "overnight", "tomorrow":
		return r.partEnd(i + 1)
	case "this", "last", "next":
		if span[next] || next == "night" || weekdays[next] > 0 || months[next] > 0 {
			return r.partEnd(i + 2)
		}
	case "on":
		return r.dayEnd(i + 1)
	case "in":
		return r.monthEnd(i + 1)
	case "at":
		if at(r.ts, i+1).kind == number {
			return r.clockEnd(i + 1)
		}
		if next == "the" && r.low(i+2) == "weekend" {
			return i + 3
		}
		if next == "dawn" || next == "dusk" || next == "noon" || next == "midnight" || next == "night" {
			return i + 2
		}
	case "over", "during":
		if r.low(i+1) == "the" && (r.low(i+2) == "weekend" || r.low(i+2) == "night") {
			return i + 3
		}
	}
	if r.low(i+2) == "ago" && span[strings.TrimSuffix(next, "s")] {
		return i + 3
	}
	if weekdays[w] > 0 && !r.ts[i].join {
		return r.partEnd(i + 1)
	}
	return -1
}

// clockEnd is the end of a time of the day that begins with the number at token
// i: "6 a.m.", "10:30"; -1 where it is none.
func (r reading) clockEnd(i int) int {
	switch w := r.low(i + 1); {
	case w == ":" && at(r.ts, i+2).kind == number:
		return i + 3
	case w == "am" || w == "pm" || w == "a.m" || w == "p.m" || w == "o'clock":
		return i + 2
	}
	return -1
}

// dayEnd is the end of the day that begins at token i: "Monday", "3 May 2024".
func (r reading) dayEnd(i int) int {
	if r.low(i) == "the" {
		i++
	}
	switch {
	case weekdays[r.low(i)] > 0:
		end := r.partEnd(i + 1)
		if r.low(end) == "," && r.dateEnd(end+1) > 0 {
			return r.dateEnd(end + 1)
		}
		return end
	case r.dateEnd(i) > 0:
		return r.dateEnd(i)
	}
	return -1
}

// dateEnd is the end of a date: "3 May", "May 3", each with a year.
func (r reading) dateEnd(i int) int {
	a, b := at(r.ts, i), at(r.ts, i+1)
	if a.kind == number && r.monthName(i+1) || r.monthName(i) && b.kind == number {
		if r.year(i + 2) {
			return i + 3
		}
		return i + 2
	}
	return -1
}

// monthEnd is the end of a month or a year that begins at token i.
func (r reading) monthEnd(i int) int {
	switch w := r.low(i); {
	case w == "early" || w == "late" || w == "mid":
		if r.low(i+1) == "-" {
			i++
		}
		return r.monthEnd(i + 1)
	case w == "the" && partsOfDay[r.low(i+1)]:
		return i + 2
	case r.year(i):
		return i + 1
	case r.monthName(i):
		if r.year(i + 1) {
			return i + 2
		}
		return i + 1
	}
	return -1
}

func (r reading) monthName(i int) bool { return r.capital(i) && months[r.low(i)] > 0 }

// year reports whether token i is a year.
func (r reading) year(i int) bool {
	w := r.low(i)
	return len(w) == 4 && (w[:2] == "19" || w[:2] == "20") && at(r.ts, i).kind == number
}

var partsOfDay = set("morning afternoon evening night")

// partEnd steps over a part of the day at token i.
func (r reading) partEnd(i int) int {
	if partsOfDay[r.low(i)] {
		return i + 1
	}
	return i
}
