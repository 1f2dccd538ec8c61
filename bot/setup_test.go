package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// setsUp has a person say a line in a place that has no desk, or on the desk of a
// name, and keeps what comes of it.
func (m *team) setsUp(who Person, desk, line string) string {
	m.t.Helper()
	at := Place{Platform: "slack", Channel: "#harbour"}
	d, _, err := m.desks.Named(m.t.Context(), desk)
	if err != nil {
		m.t.Fatal(err)
	}
	name, rest := firstWord(line)
	o := order{Person: who, Desk: d, Place: at, Now: m.chat.now, Args: map[string]string{"": rest}}
	heard, err := m.keeper.do(m.t.Context(), name, o)
	if err != nil {
		m.t.Fatalf("%s: %v", line, err)
	}
	m.heard = heard
	if err := m.chat.archive.Settle(m.t.Context(), archive.Settled{Changes: heard.Changes}); err != nil {
		m.t.Fatal(err)
	}
	said := words(heard.Message)
	for _, told := range heard.Public {
		said += " ALL: " + words(told.Message)
	}
	return said
}

// TestSetUp: a desk is set up by who may, waits until it is started, and is then one
// as the others.
func TestSetUp(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		admin, other := person("Aynur"), person("Rustam")
		admin.Groups, admin.Zone = []string{"slack:admins"}, m.desks.Base[0].Zone
		const line = "desk new Harbour follow AZE-ISR, AZE-TUR, Armenia; schedule 07:30 Mon-Fri"
		has(t, m.setsUp(other, "", line), "You may not set up a desk", "Sent to nobody")
		has(t, m.setsUp(admin, "", "desk"), "no desk posts here", "To set one up here: /attache desk new NAME follow")
		has(t, m.setsUp(other, "", "desk"), "no desk posts here", "not set one up")

		has(t, m.setsUp(admin, "", "desk new Har/bour follow Zembla, energy; schedule 07:61; zone Asia/Bakku; colour red; post webhook:site; may-change Rustam, discord:1234567"),
			`Name: "Har/bour" is none`, `Follow: `, `"Zembla"`, "Schedule: ", `Zone: no time zone is called "Asia/Bakku"`, `"colour red" is no part of a desk`,
			"Post: webhook:site is for the config to set", `May-change: "Rustam" is nobody.`, `"discord:1234567" is nobody`, "No desk was set up.")
		has(t, m.setsUp(admin, "", "desk new gather follow energy"), "Name: gather is taken.")
		has(t, m.setsUp(admin, "", "desk new caucasus follow energy"), "Name: caucasus is taken.")
		has(t, m.setsUp(admin, "", "desk new Harbour"), "Follow: Nothing was named", "No desk was set up.")
		if changes, err := a.DeskChanges(t.Context(), "Harbour"); err != nil || len(changes) > 0 {
			t.Fatal(changes, err)
		}

		has(t, m.setsUp(admin, "", "desk new Harbour follow energy"), "Harbour desk, not started", "only by hand")
		has(t, m.setsUp(admin, "", line), "Brief: Mon–Fri 07:30 Baku, the next one Wed 25 Nov 07:30", "posted to slack:#harbour",
			"Only you see this; nothing is posted before it is started.", "from the last 24 hours: ", "stor", "Armenia ", "not ALL")
		if n := len(m.heard.Message.Actions); n != 3 || m.heard.Message.Actions[1].Label != "Start: first brief Wed 25 Nov 07:30 Baku" {
			t.Errorf("%+v", m.heard.Message.Actions)
		}
		d := m.named("Harbour")
		if len(d.Places) > 0 || d.Schedule != "" || len(d.Follow) != 3 {
			t.Errorf("before it is started: %+v", d)
		}
		m.setsUp(admin, "Harbour", "desk new")
		want := &Form{
			Name: "Harbour", Follow: []string{"Azerbaijan–Israel", "Azerbaijan–Turkey", "Armenia"}, Time: "07:30", Days: []string{"Mon", "Tue", "Wed", "Thu", "Fri"},
			Zone: "Asia/Baku", MayChange: []string{"slack:Aynur"},
		}
		if diff := cmp.Diff(want, m.heard.Form); diff != "" {
			t.Error(diff)
		}
		if line := strings.TrimPrefix(want.Line(), "new "); line != "Harbour follow Azerbaijan–Israel, Azerbaijan–Turkey, Armenia; schedule 07:30 Mon-Fri; zone Asia/Baku; may-change slack:Aynur" {
			t.Error(line)
		}
		has(t, m.setsUp(other, "Harbour", "desk start"), "Only Aynur and admins change this desk")
		has(t, m.setsUp(admin, "Harbour", "desk schedule 08:00"), "Not changed: Harbour is not started.")
		has(t, m.setsUp(admin, "Harbour", "desk"), "Brief Mon–Fri 07:30 Baku", "Not started nothing is made or posted before", "Posts to slack:#harbour")
		has(t, m.setsUp(admin, "Harbour", "desk start"), "Harbour is started. Its brief is due Mon–Fri 07:30 Baku",
			"ALL: Harbour desk set up by Aynur: 2 pairs, Armenia. Brief: Mon–Fri 07:30 Baku, the next one Wed 25 Nov 07:30. See or change: /attache desk")
		has(t, m.setsUp(admin, "Harbour", "desk start"), "does not wait to be started")

		has(t, m.setsUp(admin, "", line), "Name: Harbour is taken.", "Post: slack:#harbour has the Harbour desk already.")
		has(t, m.setsUp(admin, "Harbour", "follow Georgia"), "Georgia: the next edition", "ALL: Aynur follows Georgia")
		has(t, m.setsUp(admin, "Harbour", "desk history"), "Aynur set the desk up", "Aynur started the desk")
		d = m.named("Harbour")
		if d.Schedule != "30 7 * * 1-5" || len(d.Places) != 1 || len(d.Follow) != 4 || d.SetUpBy != "Aynur" {
			t.Errorf("%+v", d)
		}

		has(t, m.setsUp(admin, "Harbour", "desk settings zone Asia/Bakku; may-change everyone"), "Zone: no time zone", "May-change: who may change", "Nothing was changed.")
		has(t, m.setsUp(admin, "Harbour", "desk settings zone UTC"), "Its zone is UTC.", "due Mon–Fri 07:30 UTC", "ALL: Aynur changed this desk: Its zone is UTC.")
		has(t, m.setsUp(admin, "Harbour", "desk history"), "Aynur set the zone: UTC")
		if d := m.named("Harbour"); d.Zone.String() != "UTC" || d.Schedule != "30 7 * * 1-5" || len(d.Follow) != 4 {
			t.Errorf("%+v", d)
		}

		// What was set up stands as it is, whoever sets it up on another replica that
		// hasn't seen the start.
		late := order{Person: other, Desk: Desk{Desk: d.Desk}}.change(Change{Kind: SettingUp, Zone: "UTC", Place: "slack:#x", MayChange: []string{other.ID}})
		if err := a.Settle(t.Context(), archive.Settled{Changes: []archive.DeskChange{late}}); err != nil {
			t.Fatal(err)
		}
		if d := m.named("Harbour"); d.allows(other) || len(d.Follow) != 4 {
			t.Errorf("%+v", d)
		}

		// A desk of the config that has the name wins.
		own := m.desks.Base[0]
		own.Name, own.Schedule = "Harbour", "0 6 * * *"
		m.desks.Base = append(m.desks.Base, own)
		m.desks.read = false
		if d := m.named("Harbour"); d.Schedule != "0 6 * * *" || d.SetUpBy != "" || d.allows(admin) {
			t.Errorf("%+v", d)
		}
		then, err := m.desks.Then(t.Context(), "Harbour", time.Now().Add(time.Hour))
		if err != nil || then.Schedule != "0 6 * * *" {
			t.Error(then, err)
		}
	})
}

func (m *team) named(name string) Desk {
	m.t.Helper()
	d, ok, err := m.desks.Named(m.t.Context(), name)
	if err != nil || !ok {
		m.t.Fatal(name, ok, err)
	}
	return d
}

func TestReadForm(t *testing.T) {
	for line, want := range map[string]form{
		"Caucasus follow AZE-ISR, Armenia; schedule 07:30 Mon-Fri; zone Asia/Baku; post here; may-change everyone": {"Caucasus", "AZE-ISR, Armenia", "07:30 Mon-Fri", "Asia/Baku", "here", "everyone"},
		"South Caucasus; Follow: energy;schedule: 30 7 * * 1-5;":                                                   {name: "South Caucasus", follow: "energy", schedule: "30 7 * * 1-5"},
		"Caucasus":           {name: "Caucasus"},
		"Followers follow x": {name: "Followers", follow: "x"},
		"":                   {},
	} {
		got, wrong := readForm(line)
		if got != want || len(wrong) > 0 {
			t.Errorf("%s: %+v, %+v", line, got, wrong)
		}
	}
}
