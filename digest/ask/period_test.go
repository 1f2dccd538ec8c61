package ask

import (
	"testing"
	"time"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// show writes a period shortly: the day, and the time where it isn't midnight.
func show(p Period) string {
	at := func(t time.Time) string {
		switch {
		case t.IsZero():
			return "…"
		case t.Hour() == 0 && t.Minute() == 0:
			return t.Format("2006-01-02")
		}
		return t.Format("2006-01-02T15:04")
	}
	return at(p.Start) + " " + at(p.End)
}

func TestParsePeriod(t *testing.T) {
	now := time.Date(2026, 11, 18, 9, 40, 0, 0, zone(t, "Asia/Baku")) // a Wednesday
	for q, want := range map[string]string{
		"since Tuesday":                      "2026-11-17 …",
		"gas exports since last Wednesday":   "2026-11-11 …",
		"since Wednesday":                    "2026-11-18 …",
		"Ceyhan, last 36h":                   "2026-11-16T21:40 2026-11-18T09:40",
		"past 45 min":                        "2026-11-18T08:55 2026-11-18T09:40",
		"in the past 5 days":                 "2026-11-13T09:40 2026-11-18T09:40",
		"last 2w":                            "2026-11-04T09:40 2026-11-18T09:40",
		"30 days":                            "2026-10-19T09:40 2026-11-18T09:40",
		"over the weekend":                   "2026-11-14 2026-11-16",
		"since the weekend":                  "2026-11-16 …",
		"this week":                          "2026-11-16 2026-11-23",
		"last week":                          "2026-11-09 2026-11-16",
		"in the last week":                   "2026-11-11T09:40 2026-11-18T09:40",
		"two weeks ago":                      "2026-11-02 2026-11-09",
		"4 days ago":                         "2026-11-14 2026-11-15",
		"yesterday evening":                  "2026-11-17T18:00 2026-11-18",
		"last night":                         "2026-11-17T18:00 2026-11-18T06:00",
		"on Friday, in the afternoon":        "2026-11-13T12:00 2026-11-13T18:00",
		"since 6am":                          "2026-11-18T06:00 …",
		"since 22:30":                        "2026-11-17T22:30 …",
		"between 8am and noon yesterday":     "2026-11-17T08:00 2026-11-17T12:00",
		"between 2 and 6 November":           "2026-11-02 2026-11-07",
		"2–6 Nov":                            "2026-11-02 2026-11-07",
		"2 to 6 November":                    "2026-11-02 2026-11-07",
		"from 28 December to 4 January":      "2025-12-28 2026-01-05",
		"2/11 to 6/11":                       "2026-11-02 2026-11-07",
		"2026-11-02 to 2026-11-06":           "2026-11-02 2026-11-07",
		"from Monday to Wednesday last week": "2026-11-09 2026-11-12",
		"Mon-Tue":                            "2026-11-16 2026-11-18",
		"between 2019 and 2021":              "2019-01-01 2022-01-01",
		"on 5.11.2026":                       "2026-11-05 2026-11-06",
		"on 11/25/2025":                      "2025-11-25 2025-11-26",
		"November 5th":                       "2026-11-05 2026-11-06",
		"since the 3rd":                      "2026-11-03 …",
		"in March":                           "2026-03-01 2026-04-01",
		"in December":                        "2025-12-01 2026-01-01",
		"Q3":                                 "2026-07-01 2026-10-01",
		"2025 Q4":                            "2025-10-01 2026-01-01",
		"H1":                                 "2026-01-01 2026-07-01",
		"last quarter":                       "2026-07-01 2026-10-01",
		"YTD":                                "2026-01-01 2026-11-18T09:40",
		"so far this month":                  "2026-11-01 2026-11-18T09:40",
		"last year":                          "2025-01-01 2026-01-01",
		"late October":                       "2026-10-16 2026-11-01",
		"week of 28 October":                 "2026-10-26 2026-11-02",
		"first week of this year":            "2025-12-29 2026-01-05",
		"before October":                     "… 2026-10-01",
		"until yesterday":                    "… 2026-11-17",
		"after 9 November":                   "2026-11-10 …",
		"since New Year":                     "2026-01-01 …",
		"since Easter":                       "2026-04-05 …",
		"from Monday onwards":                "2026-11-16 …",
		"what is new in May":                 "2026-05-01 2026-06-01",
		"what did the Evening Ledger say on 1 May": "2026-05-01 2026-05-02",
	} {
		got, at, ok := ParsePeriod(q, now)
		if !ok || show(got) != want {
			t.Errorf("%q: got %s (%v), want %s", q, show(got), ok, want)
			continue
		}
		if at.Start < 0 || at.End > len(q) || at.Len() <= 0 {
			t.Errorf("%q: words at %v", q, at)
		}
	}
}

func TestParsePeriodWords(t *testing.T) {
	now := time.Date(2026, 11, 18, 9, 40, 0, 0, time.UTC)
	for q, want := range map[string]string{
		"gas since Monday, please":      "since Monday",
		"arms in the last 3 days?":      "in the last 3 days",
		"what came out on 5 Nov 2026 ?": "on 5 Nov 2026",
	} {
		_, at, ok := ParsePeriod(q, now)
		if !ok || at.In(q) != want {
			t.Errorf("%q: words %q, want %q", q, at.In(q), want)
		}
	}
}

func TestParsePeriodNone(t *testing.T) {
	now := time.Date(2026, 11, 18, 9, 40, 0, 0, time.UTC)
	for _, q := range []string{
		"", "latest on Armenia–Iran", "since the truce", "before the vote", "after the 12-day war",
		"Iran may retaliate", "they may still march on the capital", "what did the Sunday Telegraph print",
		"Resolution 1973", "section 301 tariffs", "Su-30 deliveries", "S-300", "5+1 talks", "second Chechen war",
		"24/7 patrols", "$1.5bn loan", "the 2008 war", "APEC 2025", "Black Friday", "timeline of 12.1", "why is [4] here?",
		"the last round of talks", "Friday prayers", "after the October 7 attack", "Arab Spring", "fall of Kabul",
		"from Baku to Ankara", "from 5 to 7 people", "5 to 7 people", "3 cargoes", "BRENT 90", "a minute of silence", "the second half",
	} {
		if p, at, ok := ParsePeriod(q, now); ok {
			t.Errorf("%q: got %s from %q, want none", q, show(p), at.In(q))
		}
	}
}

// Days are counted on the calendar, hours on the clock, whatever the clocks do.
func TestParsePeriodClockChange(t *testing.T) {
	now := time.Date(2026, 3, 9, 8, 0, 0, 0, zone(t, "America/New_York")) // the day after they went forward
	for q, want := range map[string]time.Duration{
		"last 2 days":   47 * time.Hour,
		"last 48 hours": 48 * time.Hour,
		"on Sunday":     23 * time.Hour,
	} {
		p, _, ok := ParsePeriod(q, now)
		if got := p.End.Sub(p.Start); !ok || got != want {
			t.Errorf("%q: %v long, want %v", q, got, want)
		}
	}
}

// In some zones the clocks go forward at midnight: the day begins at 01:00.
func TestMidnightThatIsNot(t *testing.T) {
	got := midnight(2026, time.March, 29, zone(t, "Asia/Beirut"))
	if got.Day() != 29 || got.Hour() != 1 {
		t.Errorf("the day begins at %v", got)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, q := range []string{
		"from 28 December to 4 January", "2/29-3/1", "week 53 of 2020", "since ’26", "last 9999 years", "İ in May—June", "31/2/2026",
		"first half of 0", "mid-2025 to late 2026", "0/0", "the 1990's", "\xff since \xfe Monday",
	} {
		f.Add(q, int64(1795000000))
	}
	loc := zone(f, "America/New_York")
	f.Fuzz(func(t *testing.T, q string, unix int64) {
		now := time.Unix(unix%4e9, 0).In(loc)
		p, at, ok := ParsePeriod(q, now)
		if !ok {
			return
		}
		if at.Start < 0 || at.End > len(q) || at.Start >= at.End {
			t.Errorf("words at %v of %d bytes", at, len(q))
		}
		if p.Start.IsZero() && p.End.IsZero() {
			t.Error("a period open at both sides")
		}
		if !p.Start.IsZero() && !p.End.IsZero() && !p.Start.Before(p.End) {
			t.Errorf("empty: %s", show(p))
		}
	})
}
