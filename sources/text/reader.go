package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateReader takes a date apart: first the time of day and its zone, then what
// is left, the day.
type dateReader struct {
	rest string // what has not been read

	timed                bool
	hour, minute, second int
	half                 string // "a" or "p", where the clock has twelve hours
	zone                 *time.Location
	clockZone            string // "et" and its like: the zone depends on the day

	year, month, dayNumber int
}

// readClock takes the time of day out of what is left. It is false where there
// is one that no clock shows.
func (r *dateReader) readClock() bool {
	at := clockTime.FindStringSubmatchIndex(r.rest)
	if at == nil {
		at = clockHour.FindStringSubmatchIndex(r.rest)
	}
	if at == nil {
		return r.readDayZone()
	}
	part := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return r.rest[at[2*n]:at[2*n+1]]
	}
	r.timed = true
	r.hour, r.minute, r.second, r.half = number(part(2)), number(part(3)), number(part(4)), part(5)
	after := strings.TrimLeft(r.rest[at[1]:], " :")
	r.rest = r.rest[:at[3]] + " " + r.readZone(after)
	return r.clockOK()
}

func (r *dateReader) clockOK() bool {
	switch r.half {
	case "a", "p":
		if r.hour < 1 || r.hour > 12 {
			return r.half == "p" && r.hour > 12 && r.hour < 24 // "17:30 pm"
		}
		r.hour %= 12
		if r.half == "p" {
			r.hour += 12
		}
	}
	midnight := r.hour == 24 && r.minute == 0 && r.second == 0
	return (r.hour < 24 || midnight) && r.minute < 60 && r.second <= 60 // 60: a leap second
}

// readDayZone takes off the zone of a day alone, as XML Schema writes it.
func (r *dateReader) readDayZone() bool {
	s := r.rest
	if len(s) > 0 && s[len(s)-1] == 'z' {
		r.rest = s[:len(s)-1]
		return true
	}
	i := len(s) - len("+00:00")
	if i < len("2006-01-02") || s[i+3] != ':' || s[i] != '+' && s[i] != '-' {
		return true
	}
	r.rest = s[:i]
	return strings.TrimSpace(r.readZone(s[i:])) == ""
}

// readZone reads the zone that s begins with and returns what is behind it.
func (r *dateReader) readZone(s string) string {
	if m := zoneShift.FindStringSubmatch(s); m != nil {
		hours, minutes := number(m[2]), number(m[3])
		if hours > 14 || minutes > 59 {
			return "?" // no zone: what stays unread makes the date nonsense
		}
		seconds := (hours*60 + minutes) * 60
		if m[1] == "-" {
			seconds = -seconds
		}
		r.zone = time.FixedZone("", seconds)
		return s[len(m[0]):]
	}
	m := zoneName.FindString(s)
	if minutes, ok := zones[m]; ok {
		r.zone = time.UTC
		if minutes != 0 {
			r.zone = time.FixedZone(strings.ToUpper(m), minutes*60)
		}
		return s[len(m):]
	}
	if _, ok := clocks[m]; ok {
		r.clockZone = m
		return s[len(m):]
	}
	return s
}

// readDay reads the day from what is left, with the month as a word or all in
// figures.
func (r *dateReader) readDay() bool {
	fields := strings.Fields(r.rest)
	var figures []string
	for i, field := range fields {
		for _, word := range split(field) {
			switch {
			case digits(word):
				figures = append(figures, word)
			case word == "" || isWeekday(word, fields[i+1:]) || besideDate[word]:
			case months[word] != 0 && r.month == 0:
				r.month = int(months[word])
			case ordinal(word) != "":
				figures = append(figures, ordinal(word))
			default:
				return false
			}
		}
	}
	if r.month != 0 {
		return r.wordedDay(figures)
	}
	return r.figuredDay(strings.Join(fields, " "), figures)
}

// isWeekday reports whether a word is a day's name. "Mar" is a Tuesday in Spanish
// and a month in English: it is the day where a month's name follows.
func isWeekday(word string, rest []string) bool {
	if !weekdays[word] || months[word] == 0 {
		return weekdays[word]
	}
	return slices.ContainsFunc(rest, func(field string) bool {
		return slices.ContainsFunc(split(field), func(w string) bool { return months[w] != 0 })
	})
}

// besideDate are words that stand beside a date.
var besideDate = set(`at on of the um uhr om kl o'clock le les il el la del de di den der am ore a as alle h
	saat god goda g г года год в في الساعة يوم الموافق`)

// split takes a field apart at dashes, stops and slashes.
func split(field string) []string {
	return strings.FieldsFunc(field, func(r rune) bool { return strings.ContainsRune("-/.|·–—;", r) })
}

// ordinal is the number of "1st", "2nd", "23rd", "4th", "1er", "1o", and empty
// for another word.
func ordinal(word string) string {
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "º", "o"} {
		if n, ok := strings.CutSuffix(word, ending); ok && digits(n) && len(n) <= 2 {
			return n
		}
	}
	return ""
}

// wordedDay places the figures beside a month written as a word.
func (r *dateReader) wordedDay(figures []string) bool {
	switch len(figures) {
	case 1: // "November 2026"
		if len(figures[0]) != 4 {
			return false
		}
		r.year, r.dayNumber = number(figures[0]), 1
	case 2:
		day, year := figures[0], figures[1]
		if len(day) == 4 {
			day, year = year, day
		}
		if len(day) > 2 || len(year) != 2 && len(year) != 4 {
			return false
		}
		r.year, r.dayNumber = fullYear(year), number(day)
	default:
		return false
	}
	return true
}

var (
	isoDay      = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$`)
	isoMonth    = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})$`)
	isoCompact  = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)$`)
	isoShort    = regexp.MustCompile(`^(\d\d)-?(\d\d)-?(\d\d)$`)
	isoOrdinal  = regexp.MustCompile(`^(\d{4})-?(\d{3})$`)
	isoCentury  = regexp.MustCompile(`^-(\d\d)-?(\d\d)$`)
	dayFirst    = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d\d)$`)
	yearAlone   = regexp.MustCompile(`^\d{4}$`)
	notInFigure = regexp.MustCompile(`[^-\d/. ]+`)
)

// figuredDay reads a day all in figures.
func (r *dateReader) figuredDay(s string, figures []string) bool {
	s = strings.Trim(notInFigure.ReplaceAllString(s, ""), " ./")
	s = strings.TrimRight(s, "-")
	set := func(year, month, day string) bool {
		r.year, r.month, r.dayNumber = fullYear(year), number(month), number(day)
		return true
	}
	if m := isoDay.FindStringSubmatch(s); m != nil {
		return set(m[1], m[2], m[3])
	}
	if m := isoCompact.FindStringSubmatch(s); m != nil {
		return set(m[1], m[2], m[3])
	}
	if m := isoOrdinal.FindStringSubmatch(s); m != nil {
		r.year, r.month, r.dayNumber = number(m[1]), 1, number(m[2])
		return r.ordinalDay()
	}
	if m := isoMonth.FindStringSubmatch(s); m != nil {
		return set(m[1], m[2], "1")
	}
	if m := isoShort.FindStringSubmatch(s); m != nil {
		return set(m[1], m[2], m[3])
	}
	if m := isoCentury.FindStringSubmatch(s); m != nil {
		return set(m[1], m[2], "1")
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return r.dayOrMonthFirst(m)
	}
	return yearAlone.MatchString(s) && len(figures) == 1 && set(s, "1", "1")
}

// dayOrMonthFirst reads 24.11.2026 and 11/24/2026. Where both could be the month,
// strokes with a clock of twelve hours are American, the rest are not.
func (r *dateReader) dayOrMonthFirst(m []string) bool {
	first, second := number(m[1]), number(m[3])
	american := m[2] == "/" && second <= 31 && (second > 12 || r.half != "" || r.clockZone != "")
	r.year, r.month, r.dayNumber = fullYear(m[4]), second, first
	if american && first <= 12 {
		r.month, r.dayNumber = first, second
	}
	return true
}

// ordinalDay makes the day of a year one of a month.
func (r *dateReader) ordinalDay() bool {
	if r.dayNumber < 1 || r.dayNumber > 366 {
		return false
	}
	day := time.Date(r.year, time.January, r.dayNumber, 0, 0, 0, 0, time.UTC)
	if day.Year() != r.year {
		return false
	}
	r.month, r.dayNumber = int(day.Month()), day.Day()
	return true
}

// date puts together what was read. It is false for a day that no calendar has.
func (r *dateReader) date() (Date, bool) {
	if r.year < 1900 || r.year > 2200 || r.month < 1 || r.month > 12 {
		return Date{}, false
	}
	day := time.Date(r.year, time.Month(r.month), r.dayNumber, 0, 0, 0, 0, r.zone)
	if r.dayNumber < 1 || day.Day() != r.dayNumber {
		return Date{}, false
	}
	if r.clockZone != "" {
		minutes, name := clocks[r.clockZone], string(r.clockZone[0])+"st"
		if summer(day) {
			minutes, name = minutes+60, string(r.clockZone[0])+"dt"
		}
		r.zone = time.FixedZone(strings.ToUpper(name), minutes*60)
	}
	at := time.Date(r.year, time.Month(r.month), r.dayNumber, r.hour, r.minute, r.second, 0, r.zone)
	return Date{At: at, Day: !r.timed}, true
}

// fullYear reads a year of four figures, or of two, which are those from 1970 to
// 2069.
func fullYear(s string) int {
	n := number(s)
	switch {
	case len(s) > 2:
		return n
	case n < 70:
		return 2000 + n
	}
	return 1900 + n
}

// number reads a number of a few digits; nothing is 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
