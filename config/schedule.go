package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// cronField is what one field of a schedule may hold. The library is asked for
// the numbers; it also knows signs that are meant for other schedules.
var cronField = regexp.MustCompile(`^[0-9A-Za-z*,/?-]+$`)

// cronFields are the fields of a schedule in their order.
func cronFields() [5]struct{ name, goes string } {
	return [5]struct{ name, goes string }{
		{"minute", "from 0 to 59"},
		{"hour", "from 0 to 23"},
		{"day of month", "from 1 to 31"},
		{"month", "from 1 to 12"},
		{"day of week", "from 0 to 6 (Sunday is 0)"},
	}
}

// schedule reads five fields of cron.
func (r *reader) schedule(n node) string {
	s := r.text(n)
	if s == "" {
		return ""
	}
	parts := strings.Fields(s)
	if len(parts) != 5 {
		r.mistake(n, `%q: expected five fields (minute, hour, day of month, month, day of week), as in "30 7 * * 1-5"; there are %d`, s, len(parts))
		return ""
	}
	for i, part := range parts {
		if why := wrongField(i, part); why != "" {
			r.mistake(n, "%q: %s", s, why)
			return ""
		}
	}
	s = strings.Join(parts, " ")
	if !fires(s) {
		r.mistake(n, "%q: no year has such a day", s)
	}
	return s
}

// wrongField says what is wrong with one field of a schedule.
func wrongField(i int, part string) string {
	field := cronFields()[i]
	if !cronField.MatchString(part) {
		return fmt.Sprintf("%q is no %s", part, field.name)
	}
	all := []string{"*", "*", "*", "*", "*"}
	all[i] = part
	_, err := cron.ParseStandard(strings.Join(all, " "))
	switch {
	case err == nil:
		return ""
	case strings.Contains(err.Error(), "above maximum"), strings.Contains(err.Error(), "below minimum"):
		return field.name + " goes " + field.goes
	case strings.Contains(err.Error(), "beyond end of range"):
		return fmt.Sprintf("%s %q ends before it begins", field.name, part)
	}
	return fmt.Sprintf("%q is no %s, which goes %s", part, field.name, field.goes)
}

// fires reports whether a schedule ever comes: 31 February doesn't. The days of
// eight years are tried, so that a leap year is among them.
func fires(s string) bool {
	schedule, err := cron.ParseStandard(s)
	return err != nil || !schedule.Next(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero()
}

// Holiday is a day of the calendar.
type Holiday struct {
	Day time.Time // at midnight UTC
	Pos Pos
}

func holidaysKind() kind[[]Holiday] {
	const name = "a list of days such as 2026-12-31"
	return kind[[]Holiday]{
		name, listSchema(schema{"type": "string", "pattern": orVariable(`^\d{4}-\d{2}-\d{2}$`)}),
		func(r *reader, n node) []Holiday { return r.holidays(n, name) },
		func(all []Holiday) any {
			var values []any
			for _, h := range all {
				values = append(values, h.Day.Format(time.DateOnly))
			}
			return shown(values)
		},
	}
}

func (r *reader) holidays(n node, want string) []Holiday {
	var all []Holiday
	for _, name := range r.names(n, want) {
		day, err := time.Parse(time.DateOnly, name.Value)
		if err != nil {
			r.wrong(name.Pos, "expected a day such as 2026-12-31, not "+quote(name.Value))
			continue
		}
		all = append(all, Holiday{day, name.Pos})
	}
	return all
}

// quietHours are two times of day.
const quietHours = `^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$`

var quietForm = regexp.MustCompile(quietHours)

// quiet reads "22:00-06:30".
func (r *reader) quiet(n node) string {
	s := r.text(n)
	from, to, _ := strings.Cut(s, "-")
	switch {
	case s == "":
	case !quietForm.MatchString(s):
		r.mistake(n, `expected hours such as "22:00-06:30", not %q`, s)
	case from == to:
		r.mistake(n, "%q: expected hours that end at another time than they begin", s)
	}
	return s
}
