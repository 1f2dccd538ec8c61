package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

var (
	morning = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	gas     = digest.Subject{Name: "gas", Themes: []string{"gas"}}
	armenia = digest.Subject{Name: "Armenia", Actor: "ARM"}
	iran    = digest.Subject{Name: "Armenia–Iran", Dyad: "ARM-IRN"}
)

// changed are changes by Leyla, one an hour from the morning before on.
func changed(t *testing.T, all ...Change) []archive.DeskChange {
	t.Helper()
	var kept []archive.DeskChange
	for i, c := range all {
		if c.Version == 0 {
			c.Version = changeVersion
		}
		c.By = "slack:leyla"
		body, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		at := morning.Add(-24 * time.Hour).Add(time.Duration(i) * time.Hour)
		kept = append(kept, archive.DeskChange{ID: int64(i + 1), Desk: "Caucasus", Who: "Leyla", At: at, Change: body})
	}
	return kept
}

// inShort is what a desk comes to: follows, mutes, own mutes, schedule, places.
func inShort(d *Desk) string {
	var parts []string
	for _, s := range d.Follow {
		parts = append(parts, s.Name)
	}
	for _, m := range d.Mute {
		parts = append(parts, "-"+m.Subject.Name+m.Ref)
	}
	for _, m := range d.mine {
		parts = append(parts, "-"+m.person+":"+m.Subject.Name+m.Ref)
	}
	if d.Schedule != "" {
		parts = append(parts, d.Schedule)
	}
	for _, p := range d.Places {
		parts = append(parts, p.String())
	}
	return strings.Join(parts, " | ")
}

func TestDeskWith(t *testing.T) {
	tomorrow, soon := morning.Add(24*time.Hour), morning.Add(time.Nanosecond)
	for _, tt := range []struct {
		name    string
		yaml    []digest.Subject
		changes []Change
		want    string
	}{
		{"nothing changed", []digest.Subject{gas}, nil, "gas"},
		{"followed", []digest.Subject{gas}, []Change{{Kind: Follow, Subject: &iran}}, "gas | Armenia–Iran"},
		{"followed twice", []digest.Subject{gas}, []Change{{Kind: Follow, Subject: &iran}, {Kind: Follow, Subject: &iran}}, "gas | Armenia–Iran"},
		{"followed in both", []digest.Subject{iran, gas}, []Change{{Kind: Follow, Subject: &iran}}, "Armenia–Iran | gas"},
		{"a name of the config unfollowed", []digest.Subject{armenia, gas}, []Change{{Kind: Unfollow, Subject: &armenia}}, "gas"},
		{"and followed again", []digest.Subject{armenia, gas}, []Change{{Kind: Unfollow, Subject: &armenia}, {Kind: Follow, Subject: &armenia}}, "gas | Armenia"},
		{"unfollowed after the config dropped it", []digest.Subject{gas}, []Change{{Kind: Unfollow, Subject: &armenia}}, "gas"},
		{"muted", nil, []Change{{Kind: Muting, Subject: &gas, Until: tomorrow}}, "-gas"},
		{"muted again", nil, []Change{{Kind: Muting, Subject: &gas, Until: tomorrow}, {Kind: Muting, Subject: &gas}}, "-gas"},
		{"a mute that is over now", nil, []Change{{Kind: Muting, Subject: &gas, Until: morning}}, ""},
		{"a mute that is over soon", nil, []Change{{Kind: Muting, Subject: &gas, Until: soon}}, "-gas"},
		{"lifted", nil, []Change{{Kind: Muting, Subject: &gas}, {Kind: Unmuting, Subject: &gas}}, ""},
		{"a story muted", nil, []Change{{Kind: Muting, Story: 7, Ref: "12.4"}, {Kind: Muting, Story: 8, Ref: "12.5"}}, "-12.4 | -12.5"},
		{"for one person", nil, []Change{{Kind: Muting, Subject: &gas, For: "slack:leyla"}, {Kind: Unmuting, Subject: &gas}}, "-slack:leyla:gas"},
		{"for one person, over", nil, []Change{{Kind: Muting, Subject: &gas, For: "slack:leyla", Until: morning}}, ""},
		{"lifted by one person", nil, []Change{{Kind: Muting, Subject: &gas}, {Kind: Unmuting, Subject: &gas, For: "slack:leyla"}}, "-gas"},
		{"scheduled", nil, []Change{{Kind: Scheduling, Schedule: "0 9 * * *"}}, "0 9 * * *"},
		{"places", nil, []Change{{Kind: Posting, Place: "slack:#a"}, {Kind: Posting, Place: "slack:#b"}, {Kind: Unposting, Place: "slack:#a"}}, "slack:#b"},
		{"a kind of later", []digest.Subject{gas}, []Change{{Kind: "rate"}, {Kind: Follow, Subject: &iran}}, "gas | Armenia–Iran"},
		{"a later version", []digest.Subject{gas}, []Change{{Version: 2, Kind: Follow, Subject: &iran}}, "gas"},
		{"without its subject", []digest.Subject{gas}, []Change{{Kind: Follow}}, "gas"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			base := Desk{Desk: digest.Desk{Name: "Caucasus", Follow: tt.yaml}}
			before := inShort(&base)
			d, err := base.With(changed(t, tt.changes...), morning)
			if got := inShort(&d); got != tt.want {
				t.Errorf("got %s; want %s", got, tt.want)
			}
			if inShort(&base) != before {
				t.Errorf("the desk of the config became %s", inShort(&base))
			}
			unread := strings.HasPrefix(tt.name, "a kind") || strings.HasPrefix(tt.name, "a later") || strings.HasPrefix(tt.name, "without")
			if (err != nil) != unread {
				t.Errorf("what could not be read: %v", err)
			}
		})
	}
}

func TestDeskFor(t *testing.T) {
	base := Desk{Desk: digest.Desk{Name: "Caucasus"}}
	d, _ := base.With(changed(t, Change{Kind: Muting, Subject: &gas, For: "slack:leyla"}, Change{Kind: Muting, Subject: &iran}), morning)
	for id, want := range map[string]int{"slack:leyla": 2, "slack:rustam": 1} {
		if got := d.For(Person{ID: id}); len(got.Mute) != want {
			t.Errorf("%s reads the desk with %d mutes; want %d", id, len(got.Mute), want)
		}
	}
	if len(d.Mute) != 1 {
		t.Errorf("the desk has %d mutes; want 1", len(d.Mute))
	}
}

func TestRights(t *testing.T) {
	leads := []string{"slack:leyla", "slack:@caucasus-leads"}
	for _, tt := range []struct {
		may  []string
		who  Person
		want bool
	}{
		{nil, Person{ID: "slack:leyla"}, false},
		{leads, Person{ID: "slack:leyla"}, true},
		{leads, Person{ID: "slack:rustam"}, false},
		{leads, Person{ID: "slack:rustam", Groups: []string{"slack:@caucasus-leads"}}, true},
		{leads, Person{ID: "discord:leyla", Name: "slack:leyla"}, false},
		{leads, Person{}, false},
		{[]string{""}, Person{}, false},
		{[]string{everyone}, Person{ID: "slack:rustam"}, true},
		{[]string{"slack:everyone"}, Person{ID: "slack:rustam"}, false},
	} {
		d := Desk{MayChange: tt.may}
		if got := d.allows(tt.who); got != tt.want {
			t.Errorf("a desk that %q may change allows %+v: %v", tt.may, tt.who, got)
		}
	}
	d, _ := (Desk{MayChange: leads}).With(changed(t, Change{Kind: Follow, Subject: &iran}), morning)
	if got, want := d.refusal(), "Only Leyla and @caucasus-leads change this desk. Sent to nobody."; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}
