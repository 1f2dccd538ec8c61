package summary

import (
	"strings"
	"time"

	"attache/sources/text"
)

// horizon is how many days ahead a day may lie to be shown.
const horizon = 14

// months are the names of months and their short forms, folded.
var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// weekdays are the days of the week, folded, from 1.
var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday + 7, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

// Ahead finds the day to come that a sentence plainly names: "on Thursday", "on 27
// November" or "tomorrow" of something that will be, or is due, planned, expected
// or set to be. The day is midnight in zone, after the day of publication and
// within 14 days of it. A weekday that is the day of publication itself may be
// today and names none.
func Ahead(s Sentence, published time.Time, zone *time.Location) (day time.Time, span text.Span, ok bool) {
	ts := tokens(s.Text)
	for i := range ts {
		d, ok := readDay(ts, i, midnight(published, zone))
		if !ok || !toCome(ts, d.start, d.end) {
			continue
		}
		return d.day, text.Span{Start: ts[d.start].Start, End: ts[d.end-1].End}, true
	}
	return time.Time{}, text.Span{}, false
}

// AheadMonth finds the month to come that a sentence plainly names, "in October",
// "before March": one of the eleven after the month of publication. It gives the
// month's first midnight in zone.
func AheadMonth(s Sentence, published time.Time, zone *time.Location) (first time.Time, span text.Span, ok bool) {
	ts := tokens(s.Text)
	today := midnight(published, zone)
	for i := range ts {
		m := months[ts[i].low]
		if m == 0 || !ts[i].cap || !monthLead[at(ts, i-1).low] || at(ts, i+1).kind == number && !yearAt(ts, i+1) {
			continue
		}
		first := time.Date(today.Year(), m, 1, 0, 0, 0, 0, zone)
		if m <= today.Month() {
			first = first.AddDate(1, 0, 0)
		}
		end := i + 1
		if yearAt(ts, i+1) {
			v, _ := digits(ts[i+1].low)
			if int(v) != first.Year() {
				continue
			}
			end++
		}
		if m == today.Month() || !toCome(ts, i, end) {
			continue
		}
		return first, text.Span{Start: ts[i].Start, End: ts[end-1].End}, true
	}
	return time.Time{}, text.Span{}, false
}

// monthLead are the words that make a month a time and not a name or a verb.
var monthLead = set("in for by before until from early late mid during")

// midnight is the beginning of t's day in zone.
func midnight(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// namedDay is a day that tokens [start, end) name.
type namedDay struct {
	day        time.Time
	start, end int
}

// readDay reads a day that is named from token i on, if it lies after today and
// within the horizon.
func readDay(ts []token, i int, today time.Time) (namedDay, bool) {
	d := namedDay{start: i, end: i + 1}
	t := ts[i]
	switch {
	case t.low == "tomorrow":
		d.day = today.AddDate(0, 0, 1)
		return d, true
	case weekdays[t.low] > 0 && t.cap:
		if !dayLead[at(ts, i-1).low] || at(ts, i+1).low == "'" || months[at(ts, i+1).low] > 0 || dateFollows(ts, i+1) {
			return d, false
		}
		ahead := (int(weekdays[t.low]%7) - int(today.Weekday()) + 7) % 7
		d.day = today.AddDate(0, 0, ahead)
		return d, ahead > 0
	case t.kind == number && months[at(ts, skipOf(ts, i+1)).low] > 0:
		m := skipOf(ts, i+1)
		return dayOfMonth(ts, d, i, m, m+1, today)
	case months[t.low] > 0 && t.cap:
		n := i + 1
		if at(ts, n).low == "." {
			n++
		}
		if at(ts, n).kind == number {
			return dayOfMonth(ts, d, n, i, n+1, today)
		}
	}
	return d, false
}

// dateFollows reports whether a date stands after a weekday: "Thursday, 26
// November" is read as the date.
func dateFollows(ts []token, i int) bool {
	if at(ts, i).low == "," {
		i++
	}
	return months[at(ts, i).low] > 0 || at(ts, i).kind == number && months[at(ts, skipOf(ts, i+1)).low] > 0
}

// dayLead are the words that may stand before a weekday that names a day.
var dayLead = set("on by until from before this at , till through")

// skipOf steps over the letters of an ordinal and "of", as in "27th of November".
func skipOf(ts []token, i int) int {
	switch at(ts, i).low {
	case "st", "nd", "rd", "th":
		i++
	}
	if at(ts, i).low == "of" {
		i++
	}
	return i
}

// yearAt reports whether token i is a year.
func yearAt(ts []token, i int) bool {
	v, ok := digits(at(ts, i).low)
	return ok && at(ts, i).kind == number && len(at(ts, i).low) == 4 && v >= 1900 && v <= 2100
}

// dayOfMonth completes a date whose day is token n and whose month is token m;
// a year may follow at y.
func dayOfMonth(ts []token, d namedDay, n, m, y int, today time.Time) (namedDay, bool) {
	v, ok := digits(ts[n].low)
	if !ok || v < 1 || v > 31 || v != float64(int(v)) {
		return d, false
	}
	if s := at(ts, y).low; s == "st" || s == "nd" || s == "rd" || s == "th" || s == "." {
		y++
	}
	d.start, d.end = min(n, m), max(n, m)+1
	if at(ts, d.end).low == "." && yearAt(ts, y) {
		d.end++
	}
	year := today.Year()
	if at(ts, y).low == "," {
		y++
	}
	explicit := yearAt(ts, y)
	if explicit {
		f, _ := digits(ts[y].low)
		year, d.end = int(f), y+1
	}
	month := months[ts[m].low]
	d.day = time.Date(year, month, int(v), 0, 0, 0, 0, today.Location())
	if !explicit && d.day.Before(today) {
		d.day = d.day.AddDate(1, 0, 0)
	}
	return d, d.day.Month() == month && d.day.After(today) && d.day.Before(today.AddDate(0, 0, horizon+1))
}

// coming are the words that say that something is still to be.
var coming = set(`will shall due scheduled planned expected slated plans plan expects intends aims prepares set to`)

// be are the forms of "be" that make "is to" and "are set to" of their words.
var be = set("is are was were be being been")

// toCome reports whether the day named by tokens [start, end) is when something
// will be: a word of what is to come stands before it in its clause with no
// finished deed between, or opens the clause right after it.
func toCome(ts []token, start, end int) bool {
	if past[at(ts, end).low] || at(ts, start-1).low == "last" || at(ts, start-1).low == "since" || is(ts, end, "last", "year") {
		return false
	}
	for i := start - 1; i >= 0; i-- {
		t := ts[i]
		switch {
		case comes(ts, i):
			return true
		case said[t.low] || finished(t.low) && !passive(ts, i):
			return false
		case t.low == ";" || t.low == `"` || t.low == ":":
			return false
		}
	}
	if !leads(ts, start) {
		return false
	}
	for i := end; i < min(len(ts), end+12); i++ {
		switch {
		case comes(ts, i):
			return true
		case said[ts[i].low] || finished(ts[i].low):
			return false
		}
	}
	return false
}

// comes reports whether token i says that something is still to be.
func comes(ts []token, i int) bool {
	if !coming[ts[i].low] {
		return false
	}
	before := at(ts, i-1).low
	switch ts[i].low {
	case "to", "set":
		return (before == "is" || before == "are") && !past[at(ts, i+1).low]
	case "will", "shall":
		return before != "would"
	case "due", "scheduled", "planned", "expected", "slated":
		return !is(ts, i-1, "had") && before != "was" && before != "were" && before != "as" && before != "than" && before != "been"
	case "plan", "plans", "aims", "expects", "intends", "prepares":
		return at(ts, i+1).low == "to" || ts[i].low == "expects"
	}
	return true
}

// finished reports whether a folded word tells of a deed that is done.
func finished(w string) bool {
	return past[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && !notVerbs[w]
}

// passive reports whether the participle at i belongs to something to come, "will
// be signed", "is to be held".
func passive(ts []token, i int) bool {
	before := at(ts, i-1).low
	return before == "be" || before == "to"
}

// leads reports whether the tokens from start on open a clause, with a
// preposition before them.
func leads(ts []token, start int) bool {
	i := start - 1
	if dayLead[at(ts, i).low] && at(ts, i).low != "," {
		i--
	}
	before := at(ts, i).low
	return i < 0 || before == "," || before == "that" || before == "-" || before == `"`
}
