package main

import (
	"strings"
	"time"

	"attache/digest/ask"
)

// momentForms are the ways to write an instant in the desk's zone.
var momentForms = []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"}

// stretch is a time that was typed: an instant, or a day or longer period with
// its two ends.
type stretch struct{ begin, end time.Time }

// parseMoment reads what a flag takes for a time: RFC 3339, a date with or
// without a time in now's zone, a time of today, or a period in words such as
// "yesterday" or "Monday". The end of a period that is not over is now.
func parseMoment(flag, text string, now time.Time) (stretch, error) {
	text = strings.TrimSpace(text)
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return stretch{t.In(now.Location()), t.In(now.Location())}, nil
	}
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form, text, now.Location()); err == nil {
			return stretch{t, t}, nil
		}
	}
	if t, err := time.Parse("15:04", text); err == nil {
		y, m, d := now.Date()
		at := time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, now.Location())
		return stretch{at, at}, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		end := t.AddDate(0, 0, 1)
		if t.Before(now) && end.After(now) {
			end = now
		}
		return stretch{t, end}, nil
	}
	p, words, ok := ask.ParsePeriod(text, now)
	if !ok || strings.TrimSpace(text[:words.Start]+text[words.End:]) != "" || p.Start.IsZero() {
		return stretch{}, wrongUse(`%s: %q is no time; write it as 2026-11-24T07:30:00Z, "2026-11-24 07:30", 2026-11-24, 07:30, yesterday or Monday`, flag, text)
	}
	if p.End.IsZero() || p.End.After(now) {
		p.End = now
	}
	return stretch{p.Start, p.End}, nil
}

// atTime is the moment that --at names: the end of what it names, now where it
// names nothing. One to come is refused.
func atTime(text string, now time.Time) (at time.Time, past bool, err error) {
	if text == "" {
		return now, false, nil
	}
	s, err := parseMoment("--at", text, now)
	if err != nil {
		return now, false, err
	}
	if s.end.After(now) {
		return now, false, wrongUse("--at: %s is still to come; it is now %s", strings.TrimSpace(text), now.Format(minuteForm))
	}
	return s.end, true, nil
}

// minuteForm writes a time with its zone.
const minuteForm = "2006-01-02 15:04 MST"
