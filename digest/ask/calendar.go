package ask

import "time"

// grain is the size of what a phrase of time names.
type grain int

const (
	gSecond grain = iota
	gMinute
	gHour
	gPart // a part of a day
	gDay
	gWeekend
	gWeek
	gFortnight
	gMonth
	gQuarter
	gHalf
	gSeason
	gYear
	gDecade
)

// midnight is the first instant of a day; where a clock change takes 00:00
// away, that is 01:00. Days and months out of range are carried over.
func midnight(y int, m time.Month, d int, loc *time.Location) time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, loc)
	if t.Day() != time.Date(y, m, d, 12, 0, 0, 0, loc).Day() {
		return t.Add(time.Hour)
	}
	return t
}

// floor is the beginning of the calendar unit that holds t.
func floor(t time.Time, g grain) time.Time {
	y, m, d := t.Date()
	switch g {
	case gSecond, gMinute, gHour:
		return t
	case gWeek, gFortnight:
		d -= (int(t.Weekday()) + 6) % 7
	case gWeekend:
		d -= (int(t.Weekday()) + 1) % 7
	case gMonth:
		d = 1
	case gQuarter:
		m, d = m-(m-1)%3, 1
	case gHalf:
		m, d = m-(m-1)%6, 1
	case gSeason:
		m, d = m-m%3, 1
	case gYear:
		m, d = 1, 1
	case gDecade:
		y, m, d = y-y%10, 1, 1
	}
	return midnight(y, m, d, t.Location())
}

// shift moves t by n units: on the calendar for days and more, on the clock
// for hours and less. The day of the month is kept within the month.
func shift(t time.Time, g grain, n int) time.Time {
	switch g {
	case gSecond:
		return t.Add(time.Duration(n) * time.Second)
	case gMinute:
		return t.Add(time.Duration(n) * time.Minute)
	case gHour:
		return t.Add(time.Duration(n) * time.Hour)
	case gPart, gDay:
		return t.AddDate(0, 0, n)
	case gWeek, gWeekend:
		return t.AddDate(0, 0, 7*n)
	case gFortnight:
		return t.AddDate(0, 0, 14*n)
	}
	months := map[grain]int{gMonth: 1, gQuarter: 3, gSeason: 3, gHalf: 6, gYear: 12, gDecade: 120}[g] * n
	moved := t.AddDate(0, months, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}

// unit is the calendar unit of grain g that holds t.
func unit(t time.Time, g grain) (from, to time.Time) {
	from = floor(t, g)
	if g == gWeekend {
		return from, midnight(from.Year(), from.Month(), from.Day()+2, t.Location())
	}
	to = shift(from, g, 1)
	if g >= gDay {
		to = midnight(to.Year(), to.Month(), to.Day(), t.Location())
	}
	return from, to
}

// valid reports whether the month has the day; year 0 allows 29 February.
func valid(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	if y == 0 {
		y = 2000
	}
	return d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// easter is the western Easter Sunday, by the algorithm of Meeus, Jones and
// Butcher (Nature, 20 April 1876).
func easter(y int) (m, d int) {
	a, b, c := y%19, y/100, y%100
	e := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	f := (32 + 2*(b%4) + 2*(c/4) - e - c%4) % 7
	g := e + f - 7*((a+11*e+22*f)/451) + 114
	return g / 31, g%31 + 1
}
