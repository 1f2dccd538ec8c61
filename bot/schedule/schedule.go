// Package schedule tells when something is due: a cron expression in a time zone,
// without the days that are left out, and the hours in which nothing is posted.
//
// Begin with [Parse]. Nothing here waits or remembers: what was due and what comes
// next are functions of a time. A local time that a change of the clocks removes is
// due once, moved forward by the change; one that occurs twice is due at the first.
package schedule

import (
	"errors"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

// horizon is how far ahead a due time is looked for, and looked back for. The
// library itself gives up after five years.
const horizon = 6 * 366 * 24 * time.Hour

// ErrNever says that a schedule is never due.
var ErrNever = errors.New("it is never due")

// Date is a day of the calendar, in no zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of a time, in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Schedule says when something is due.
type Schedule struct {
	spec cron.Schedule // over wall time, written as UTC
	zone *time.Location
	off  map[Date]bool
}

// Parse reads the five fields of a cron expression (minute, hour, day, month,
// weekday), which hold in the zone. Nothing is due on the days in off. ErrNever
// says that no day is left after now.
func Parse(expression string, zone *time.Location, off []Date, now time.Time) (*Schedule, error) {
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	spec, err := parser.Parse("TZ=UTC " + expression)
	if err != nil {
		return nil, fmt.Errorf("read the schedule %q: %w", expression, err)
	}
	s := &Schedule{spec: spec, zone: zone, off: make(map[Date]bool)}
	for _, d := range off {
		s.off[d] = true
	}
	if _, ok := s.Next(now); !ok {
		return nil, fmt.Errorf("the schedule %q: %w", expression, ErrNever)
	}
	return s, nil
}

// Next is the first due time after a time, and false where there is none.
func (s *Schedule) Next(after time.Time) (due time.Time, ok bool) {
	w := s.before(after)
	limit := w.Add(horizon)
	for {
		if w = s.nextWall(w, limit); w.IsZero() {
			return due, ok
		}
		at, moved := s.resolve(w)
		if at.After(after) && (!ok || at.Before(due)) {
			due, ok = at, true
		}
		// Times that were moved forward stand among those after the change.
		if ok && !moved {
			return due, true
		}
	}
}

// Last is the last due time that isn't after a time, and false where there was
// none in the six years before it.
func (s *Schedule) Last(at time.Time) (due time.Time, ok bool) {
	const day = 24 * time.Hour
	for _, back := range []time.Duration{time.Hour, 3 * day, 40 * day, 400 * day, horizon} {
		next, found := s.Next(at.Add(-back))
		for found && !next.After(at) {
			due, ok = next, true
			next, found = s.Next(next)
		}
		if ok {
			return due, true
		}
	}
	return time.Time{}, false
}

// before is a wall time before which no wall time resolves to after a time. Around
// a change of the clocks there are two readings of the wall: the earlier counts.
func (s *Schedule) before(at time.Time) time.Time {
	offset := min(s.offset(at), s.offset(at.Add(-25*time.Hour)))
	// The library looks for times after the one it is given, to the second.
	return at.UTC().Add(offset).Truncate(time.Minute).Add(-time.Second)
}

// nextWall is the next time on the wall, written as UTC; zero where none is left.
func (s *Schedule) nextWall(w, limit time.Time) time.Time {
	for {
		w = s.spec.Next(w)
		if w.IsZero() || w.After(limit) {
			return time.Time{}
		}
		if !s.off[DateOf(w)] {
			return w
		}
		y, m, d := w.Date() // go on at the day's end
		w = time.Date(y, m, d, 23, 59, 59, 0, time.UTC)
	}
}

// resolve finds the time at which the wall shows w, and whether it had to be moved
// since the wall never shows it. time.Date would do so differently in each zone.
func (s *Schedule) resolve(w time.Time) (at time.Time, moved bool) {
	const day = 24 * time.Hour // more than any offset
	early, late := s.offset(w.Add(-day)), s.offset(w.Add(day))
	first, second := w.Add(-early), w.Add(-late)
	switch {
	case s.offset(first) == early:
		return first.In(s.zone), false
	case s.offset(second) == late:
		return second.In(s.zone), false
	}
	return first.In(s.zone), true
}

func (s *Schedule) offset(at time.Time) time.Duration {
	_, seconds := at.In(s.zone).Zone()
	return time.Duration(seconds) * time.Second
}
