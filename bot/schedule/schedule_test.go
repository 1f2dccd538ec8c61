package schedule

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func parse(t testing.TB, expression, z string, off ...Date) *Schedule {
	t.Helper()
	s, err := Parse(expression, zone(t, z), off, instant(t, "2026-01-01T00:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNext(t *testing.T) {
	tests := []struct {
		name, expression, zone, after, want string
		off                                 []Date
	}{
		{name: "the same day", expression: "30 7 * * 1-5", zone: "Asia/Baku", after: "2026-11-24T07:29:59+04:00", want: "2026-11-24T07:30:00+04:00"},
		{name: "not the time itself", expression: "30 7 * * 1-5", zone: "Asia/Baku", after: "2026-11-24T07:30:00+04:00", want: "2026-11-25T07:30:00+04:00"},
		{name: "over the week-end", expression: "30 7 * * 1-5", zone: "Asia/Baku", after: "2026-11-27T08:00:00+04:00", want: "2026-11-30T07:30:00+04:00"},
		{name: "over a day off", expression: "30 7 * * 1-5", zone: "Asia/Baku", after: "2026-11-27T08:00:00+04:00", want: "2026-12-01T07:30:00+04:00", off: []Date{{2026, time.November, 30}}},
		{name: "Berlin: removed", expression: "30 2 * * *", zone: "Europe/Berlin", after: "2026-03-28T12:00:00+01:00", want: "2026-03-29T03:30:00+02:00"},
		{name: "Berlin: twice", expression: "30 2 * * *", zone: "Europe/Berlin", after: "2026-10-24T12:00:00+02:00", want: "2026-10-25T02:30:00+02:00"},
		{name: "Berlin: not again", expression: "30 2 * * *", zone: "Europe/Berlin", after: "2026-10-25T02:30:00+02:00", want: "2026-10-26T02:30:00+01:00"},
		{name: "New York: removed", expression: "30 2 * * *", zone: "America/New_York", after: "2026-03-07T12:00:00-05:00", want: "2026-03-08T03:30:00-04:00"},
		{name: "Santiago: midnight removed", expression: "0 0 * * *", zone: "America/Santiago", after: "2026-09-05T12:00:00-04:00", want: "2026-09-06T01:00:00-03:00"},
		{name: "Lord Howe: half an hour removed", expression: "15 2 * * *", zone: "Australia/Lord_Howe", after: "2026-10-03T12:00:00+10:30", want: "2026-10-04T02:45:00+11:00"},
		{name: "Apia: a whole day removed", expression: "0 9 30 12 *", zone: "Pacific/Apia", after: "2011-12-28T09:00:00-10:00", want: "2011-12-31T09:00:00+14:00"},
		{name: "moved behind a later one", expression: "15,30 2 * * *", zone: "Australia/Lord_Howe", after: "2026-10-03T12:00:00+10:30", want: "2026-10-04T02:30:00+11:00"},
		{name: "moved between others", expression: "45 2 29 3 *", zone: "Europe/Berlin", after: "2026-03-29T03:20:00+02:00", want: "2026-03-29T03:45:00+02:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := parse(t, tt.expression, tt.zone, tt.off...).Next(instant(t, tt.after))
			if !ok || got.Format(time.RFC3339) != tt.want {
				t.Errorf("next after %s is %s, %v; want %s", tt.after, got.Format(time.RFC3339), ok, tt.want)
			}
		})
	}
}

// TestYear goes through a year of each zone day by day: each morning is due once,
// and the hours of every change of the clocks too.
func TestYear(t *testing.T) {
	for _, z := range []string{"Asia/Baku", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"} {
		for _, expression := range []string{"30 7 * * *", "0 0 * * *", "30 2 * * *", "30 1 * * *", "30 0 * * *", "59 23 * * *"} {
			s := parse(t, expression, z)
			at := instant(t, "2026-01-01T00:00:00Z")
			days := make(map[string]int)
			for range 365 {
				next, ok := s.Next(at)
				if !ok || !next.After(at) {
					t.Fatalf("%s %s: after %s comes %s, %v", z, expression, at, next, ok)
				}
				days[next.Format(time.DateOnly)]++
				if last, _ := s.Last(next.Add(time.Minute)); !last.Equal(next) {
					t.Fatalf("%s %s: a minute after %s the last one is %s", z, expression, next, last)
				}
				at = next
			}
			if len(days) != 365 {
				t.Errorf("%s %s: 365 due times fall on %d days", z, expression, len(days))
			}
		}
	}
}

func TestLast(t *testing.T) {
	s := parse(t, "30 7 * * 1-5", "Asia/Baku")
	got, ok := s.Last(instant(t, "2026-11-30T07:29:00+04:00"))
	if !ok || got.Format(time.RFC3339) != "2026-11-27T07:30:00+04:00" {
		t.Errorf("the last before Monday's is %s, %v; want Friday's", got, ok)
	}
	got, _ = s.Last(instant(t, "2026-11-27T07:30:00+04:00"))
	if got.Format(time.RFC3339) != "2026-11-27T07:30:00+04:00" {
		t.Errorf("the last at a due time is %s; want the time itself", got)
	}
}

func TestParseRefuses(t *testing.T) {
	now := instant(t, "2026-01-01T00:00:00Z")
	if _, err := Parse("30 7 * * 1-8", time.UTC, nil, now); err == nil || !strings.Contains(err.Error(), "1-8") {
		t.Errorf("a weekday of 8 gives %v", err)
	}
	if _, err := Parse("0 7 31 2 *", time.UTC, nil, now); !errors.Is(err, ErrNever) {
		t.Errorf("31 February gives %v; want ErrNever", err)
	}
	var all []Date
	for d := now; d.Year() < 2034; d = d.AddDate(0, 0, 1) {
		all = append(all, DateOf(d))
	}
	if _, err := Parse("0 7 * * *", time.UTC, all, now); !errors.Is(err, ErrNever) {
		t.Errorf("holidays without end give %v; want ErrNever", err)
	}
}

func TestQuiet(t *testing.T) {
	tests := []struct{ hours, zone, at, want string }{
		{"22:00-06:30", "Asia/Baku", "2026-11-24T23:10:00+04:00", "2026-11-25T06:30:00+04:00"},
		{"22:00-06:30", "Asia/Baku", "2026-11-24T05:00:00+04:00", "2026-11-24T06:30:00+04:00"},
		{"22:00-06:30", "Asia/Baku", "2026-11-24T06:30:00+04:00", "2026-11-24T06:30:00+04:00"},
		{"22:00-06:30", "Asia/Baku", "2026-11-24T21:59:00+04:00", "2026-11-24T21:59:00+04:00"},
		{"12:00-14:00", "Asia/Baku", "2026-11-24T12:00:00+04:00", "2026-11-24T14:00:00+04:00"},
		{"12:00-14:00", "Asia/Baku", "2026-11-24T14:00:00+04:00", "2026-11-24T14:00:00+04:00"},
		{"22:00-02:30", "Europe/Berlin", "2026-03-28T23:00:00+01:00", "2026-03-29T03:30:00+02:00"},
	}
	for _, tt := range tests {
		q, err := ParseQuiet(tt.hours, zone(t, tt.zone))
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Over(instant(t, tt.at)).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s at %s is over at %s; want %s", tt.hours, tt.at, got, tt.want)
		}
	}
	for _, bad := range []string{"", "22-6", "22:00-24:00", "22:60-06:00", "07:00-07:00", "22:00-06:30x", "2200-06:300"} {
		if _, err := ParseQuiet(bad, time.UTC); err == nil {
			t.Errorf("%q was read as quiet hours", bad)
		}
	}
	at := instant(t, "2026-11-24T23:10:00+04:00")
	if got := (Quiet{}).Over(at); !got.Equal(at) {
		t.Errorf("no quiet hours are over at %s", got)
	}
}

// FuzzNext holds for every expression that is read: due times go on, and the last
// before the next but one is the next.
func FuzzNext(f *testing.F) {
	f.Add("30 7 * * 1-5", int64(1_790_000_000), "Asia/Baku")
	f.Add("*/20 0-4 * 3,10 *", int64(1_774_740_000), "Europe/Berlin")
	f.Add("@daily", int64(0), "America/Santiago")
	f.Fuzz(func(t *testing.T, expression string, at int64, name string) {
		z, err := time.LoadLocation(name)
		if err != nil || at < 0 || at > 4e9 {
			return
		}
		now := time.Unix(at, 0)
		s, err := Parse(expression, z, nil, now)
		if err != nil {
			return
		}
		next, ok := s.Next(now)
		if !ok || !next.After(now) {
			t.Fatalf("%q after %s: %s, %v", expression, now, next, ok)
		}
		if last, ok := s.Last(next); !ok || !last.Equal(next) {
			t.Fatalf("%q: the last at %s is %s, %v", expression, next, last, ok)
		}
	})
}
