package bot

import (
	"testing"
	"time"

	"attache/digest/ask"
)

// The head of an answer says a period so that it can be told from any other.
func TestPeriodOfAnAnswer(t *testing.T) {
	at := func(s string) time.Time {
		got, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	now := at("2026-11-24 08:02")
	for name, c := range map[string]struct {
		from, to string
		then     bool
		want     string
	}{
		"of this year":         {"2026-11-20 00:00", "2026-11-21 00:00", false, "20 Nov 00:00 to 21 Nov 00:00"},
		"up to now":            {"2026-11-17 08:02", "", false, "17 Nov 08:02 to now"},
		"past now":             {"2026-11-24 00:00", "2026-11-25 00:00", false, "24 Nov 00:00 to now"},
		"as of another time":   {"2026-11-17 08:02", "2026-11-24 08:02", true, "17 Nov 08:02 to 24 Nov 08:02"},
		"another year":         {"2024-01-01 00:00", "2025-01-01 00:00", false, "1 Jan 2024 00:00 to 1 Jan 2025 00:00"},
		"from another year on": {"2025-12-31 00:00", "", true, "31 Dec 2025 00:00 to 24 Nov 2026 08:02"},
		"open at its start":    {"", "2026-03-01 00:00", false, "before 1 Mar 00:00"},
		"none":                 {"", "", true, "whole archive"},
	} {
		t.Run(name, func(t *testing.T) {
			var p ask.Period
			if c.from != "" {
				p.Start = at(c.from)
			}
			if c.to != "" {
				p.End = at(c.to)
			}
			a := answer{Answer: &ask.Answer{Head: ask.Head{Period: p}}, clock: clock{time.UTC}, now: now, then: c.then}
			if got := a.period(); got != c.want {
				t.Errorf("period: %q, want %q", got, c.want)
			}
		})
	}
}
