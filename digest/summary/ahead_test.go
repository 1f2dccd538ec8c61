package summary

import (
	"testing"
	"time"
)

// published is a Monday, late in the evening in UTC and a Tuesday in Baku.
var published = time.Date(2026, 11, 23, 21, 30, 0, 0, time.UTC)

func TestAhead(t *testing.T) {
	tests := []struct{ in, span, day string }{
		{"Turkey's foreign minister will travel to Baku on Thursday, his office announced.", "Thursday", "2026-11-26"},
		{"The commissions will meet in Ijevan on 27 November, the ministry said.", "27 November", "2026-11-27"},
		{"The ministers are to meet on December 3, 2026, in Vienna.", "December 3, 2026", "2026-12-03"},
		{"A vote is due on the 2nd of December.", "2nd of December", "2026-12-02"},
		{"On Friday, the court will hear the case.", "Friday", "2026-11-27"},
		{"The treaty is expected to be signed by Sunday.", "Sunday", "2026-11-29"},
		{"The line is scheduled to reopen tomorrow.", "tomorrow", "2026-11-24"},
		{"The ministry said on Sunday that ships will sail on Wednesday.", "Wednesday", "2026-11-25"},
		{"Talks are set for Wednesday, 25 November.", "25 November", "2026-11-25"},
	}
	for _, tt := range tests {
		day, span, ok := Ahead(Sentence{Text: tt.in}, published, time.UTC)
		if !ok || span.In(tt.in) != tt.span || day.Format(time.DateOnly) != tt.day {
			t.Errorf("Ahead(%q) = %v %v %v, want %s as %q", tt.in, day, span, ok, tt.day, tt.span)
		}
	}
}

func TestAheadNone(t *testing.T) {
	for _, in := range []string{
		"The ministry said on Thursday that the border will open.",
		"The ministers met on 27 November.",
		"The war began on 27 November last year and will be remembered.",
		"The visit will begin on Monday.", // today, or in a week
		"The council will meet on 15 December.",
		"The man who was arrested on Thursday will appear in court.",
		"The bridge was due to open on Thursday.",
		"The law will be signed on 25 November 2027.",
		"Last Thursday's vote will be repeated.",
		"The plan will be shown on 31 November.",
	} {
		if day, span, ok := Ahead(Sentence{Text: in}, published, time.UTC); ok {
			t.Errorf("Ahead(%q) = %v %q, want none", in, day, span.In(in))
		}
	}
}

// The day of publication is the zone's, and so is the day's midnight.
func TestAheadZone(t *testing.T) {
	baku := time.FixedZone("Baku", 4*60*60)
	s := Sentence{Text: "The line will reopen tomorrow."}
	day, _, ok := Ahead(s, published, baku)
	if want := time.Date(2026, 11, 25, 0, 0, 0, 0, baku); !ok || !day.Equal(want) {
		t.Errorf("day = %v, want %v", day, want)
	}
}

func TestAheadMonth(t *testing.T) {
	tests := []struct{ in, span, first string }{
		{"A fourth round is planned for January.", "January", "2027-01-01"},
		{"A second battery will arrive before March, the ministry said.", "March", "2027-03-01"},
		{"The first train will run in October 2027.", "October 2027", "2027-10-01"},
		{"The round took place in January.", "", ""},
		{"The talks will end in November.", "", ""}, // this month
		{"The first train will run in October 2029.", "", ""},
	}
	for _, tt := range tests {
		first, span, ok := AheadMonth(Sentence{Text: tt.in}, published, time.UTC)
		if ok != (tt.span != "") || ok && (span.In(tt.in) != tt.span || first.Format(time.DateOnly) != tt.first) {
			t.Errorf("AheadMonth(%q) = %v %v %v, want %s as %q", tt.in, first, span, ok, tt.first, tt.span)
		}
	}
}

func FuzzAhead(f *testing.F) {
	for _, s := range []string{"", "will on Thursday", "will 31 February", "is due Dec. 99, 9999", "will tomorrow", "will in May", "0 May will"} {
		f.Add(s, int64(1795469400))
	}
	f.Fuzz(func(t *testing.T, s string, at int64) {
		published := time.Unix(at%(1<<40), 0).UTC()
		day, span, ok := Ahead(Sentence{Text: s}, published, time.UTC)
		if ok && (!day.After(published) || day.Sub(published) > (horizon+1)*24*time.Hour) {
			t.Fatalf("%v for %v", day, published)
		}
		if ok && (span.Start < 0 || span.End > len(s) || span.Len() <= 0) {
			t.Fatalf("span %v of %d bytes", span, len(s))
		}
		if first, _, ok := AheadMonth(Sentence{Text: s}, published, time.UTC); ok && !first.After(published) {
			t.Fatalf("%v for %v", first, published)
		}
	})
}
