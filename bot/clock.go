package bot

import (
	"fmt"
	"path"
	"strings"
	"time"
)

// clock writes times in one zone: two readers of a message quote one clock.
type clock struct{ zone *time.Location }

// zoneNamed loads a zone; UTC where there is none of that name.
func zoneNamed(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// place is the zone's name for people, "Baku".
func (c clock) place() string {
	return strings.ReplaceAll(path.Base(c.zone.String()), "_", " ")
}

// minute writes "23 Nov 18:40".
func (c clock) minute(t time.Time) string { return t.In(c.zone).Format("2 Jan 15:04") }

// minuteOfYear writes "23 Nov 2025 18:40".
func (c clock) minuteOfYear(t time.Time) string { return t.In(c.zone).Format("2 Jan 2006 15:04") }

// when writes a time, or only the day where only that is known.
func (c clock) when(t time.Time, day bool) string {
	if day {
		return t.Format("2 Jan") // the day as written, whatever the zone
	}
	return c.minute(t)
}

// date writes "24 Nov".
func (c clock) date(t time.Time) string { return t.In(c.zone).Format("2 Jan") }

// weekday writes "Tue 24 Nov".
func (c clock) weekday(t time.Time) string { return t.In(c.zone).Format("Mon 2 Jan") }

// day writes "Mon 23 Nov 07:30".
func (c clock) day(t time.Time) string { return t.In(c.zone).Format("Mon 2 Jan 15:04") }

// hour writes "04:10", with the day where it is not that of now.
func (c clock) hour(t, now time.Time) string {
	if t.In(c.zone).Format(time.DateOnly) == now.In(c.zone).Format(time.DateOnly) {
		return t.In(c.zone).Format("15:04")
	}
	return c.minute(t)
}

// span writes "Mon 23 Nov 07:30 to Tue 24 Nov 07:30 Baku (03:30 UTC)".
func (c clock) span(since, until time.Time) string {
	s := c.day(since) + " to " + c.day(until) + " " + c.place()
	if c.zone == time.UTC {
		return s
	}
	return s + " (" + until.UTC().Format("15:04") + " UTC)"
}

// days writes how many days a window of more than one covers, else nothing.
func days(since, until time.Time) string {
	n := int(until.Sub(since).Round(24*time.Hour) / (24 * time.Hour))
	if n < 2 {
		return ""
	}
	return fmt.Sprintf("%d days", n)
}

// Hour writes a time of a zone as messages do: "04:10", with the day where it is
// not that of now.
func Hour(zone *time.Location, t, now time.Time) string { return clock{zone}.hour(t, now) }

// Plural writes "1 origin", "2 origins".
func Plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Day writes a time of a zone with its day, "Mon 23 Nov 07:30 Baku".
func Day(zone *time.Location, t time.Time) string {
	c := clock{zone}
	return c.day(t) + " " + c.place()
}
