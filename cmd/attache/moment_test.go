package main

import (
	"errors"
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	baku, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 11, 30, 0, 0, baku) // a Tuesday
	for text, want := range map[string][2]string{
		"2026-11-23T18:40:00Z":      {"2026-11-23T22:40", "2026-11-23T22:40"},
		"2026-11-23T18:40:00+04:00": {"2026-11-23T18:40", "2026-11-23T18:40"},
		"2026-11-23 18:40":          {"2026-11-23T18:40", "2026-11-23T18:40"},
		" 2026-11-23T18:40 ":        {"2026-11-23T18:40", "2026-11-23T18:40"},
		"07:30":                     {"2026-11-24T07:30", "2026-11-24T07:30"},
		"23:30":                     {"2026-11-24T23:30", "2026-11-24T23:30"},
		"2026-11-23":                {"2026-11-23T00:00", "2026-11-24T00:00"},
		"2026-11-24":                {"2026-11-24T00:00", "2026-11-24T11:30"},
		"2026-11-30":                {"2026-11-30T00:00", "2026-12-01T00:00"},
		"yesterday":                 {"2026-11-23T00:00", "2026-11-24T00:00"},
		"Monday":                    {"2026-11-23T00:00", "2026-11-24T00:00"},
		"this week":                 {"2026-11-23T00:00", "2026-11-24T11:30"},
		"last week":                 {"2026-11-16T00:00", "2026-11-23T00:00"},
	} {
		got, err := parseMoment("--at", text, now)
		const form = "2006-01-02T15:04"
		if err != nil || got.begin.In(baku).Format(form) != want[0] || got.end.In(baku).Format(form) != want[1] {
			t.Errorf("%q: %s to %s, %v; want %v", text, got.begin, got.end, err, want)
		}
	}
	for _, text := range []string{"", "soon", "07:60", "2026-13-01", "yesterday's paper", "Monday or so"} {
		var usage usageError
		if got, err := parseMoment("--at", text, now); !errors.As(err, &usage) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
}
