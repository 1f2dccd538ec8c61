package bot

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// team is a desk with an edition, and people who change it.
type team struct {
	t      *testing.T
	chat   *chat
	keeper *keeper
	desks  *Desks
	about  *digest.Digest
	heard  done // of the last order
}

func newTeam(t *testing.T, a *archive.Archive) *team {
	t.Helper()
	c := newChat(t, a)
	c.news()
	zone, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	actors := actor.Load()
	base := Desk{
		Desk: digest.Desk{Name: "Caucasus", Zone: zone, Follow: []digest.Subject{
			{Name: "Azerbaijan–Israel", Dyad: "AZE-ISR"}, {Name: "Georgia", Actor: "GEO"},
		}},
		Schedule: "30 7 * * 1-5", Places: []Place{channel1}, MayChange: []string{"slack:Leyla", "slack:@leads"},
	}
	b := &digest.Builder{Archive: c.archive, Actors: actors}
	d, err := b.Build(t.Context(), &base.Desk, digest.Window{Due: c.now, Until: c.now})
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.Edition()
	if err != nil {
		t.Fatal(err)
	}
	if d.Number, err = c.archive.SaveEdition(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	desks := &Desks{
		Archive: c.archive, Base: []Desk{base}, Now: func() time.Time { return c.now }, MaySetUp: []string{"slack:admins"}, Taken: []string{"gather"},
	}
	return &team{
		t: t, chat: c, about: d, desks: desks,
		keeper: &keeper{Archive: c.archive, Builder: b, Actors: actors, Names: &nameCache{}, Desks: desks, Operator: "Murad"},
	}
}

// orders has a person order something in the desk's place, or in another one, and
// gives what they and everyone read.
func (m *team) orders(who, line string, at ...Place) string {
	m.t.Helper()
	m.heard = m.doAs(person(who), line, append(at, channel1)[0])
	if err := m.chat.archive.Settle(m.t.Context(), archive.Settled{Changes: m.heard.Changes, Verdicts: m.heard.Verdicts, Lifted: m.heard.Lifted}); err != nil {
		m.t.Fatal(err)
	}
	said := words(m.heard.Message)
	for _, told := range m.heard.Public {
		said += " ALL: " + words(told.Message)
	}
	return said
}

// doAs does an order, and keeps nothing.
func (m *team) doAs(who Person, line string, at Place) done {
	m.t.Helper()
	m.chat.now = m.chat.now.Add(time.Second)
	d, _, err := m.desks.Named(m.t.Context(), "caucasus")
	if err != nil {
		m.t.Fatal(err)
	}
	o := order{Person: who, Desk: d, Place: at, Now: m.chat.now, About: m.about, Cited: map[int]int64{}}
	for i, c := range m.about.Cited {
		o.Cited[i+1] = c.Article
	}
	name, rest := firstWord(line)
	o.Args = map[string]string{"": rest}
	heard, err := m.keeper.do(m.t.Context(), name, o)
	if err != nil {
		m.t.Fatalf("%s: %v", line, err)
	}
	return heard
}

func TestFollow(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		has(t, m.orders("Rustam", "follow Armenia"), "Only Leyla and @leads change this desk. Sent to nobody.", "not ALL")
		has(t, m.orders("Leyla", "follow Armenia, gas, Georgia, Zembla"),
			"Armenia: the next edition, Wed 25 Nov 07:30 Baku, has it. In the last 7 days: 2 articles, 1 story.",
			"gas: the next edition", "Georgia is followed already.", `called "Zembla"`, "ALL: Leyla follows Armenia and gas for this desk.")
		has(t, m.orders("Leyla", "desk"), "Azerbaijan–Israel, Georgia, Armenia, gas")
		has(t, m.orders("Leyla", "unfollow Georgia, Iran"), "has no section for Georgia", "Iran is not followed.", "ALL: Leyla follows Georgia no longer")
		has(t, m.orders("Leyla", "desk"), "Azerbaijan–Israel, Armenia, gas", "not Georgia")
		has(t, m.orders("Leyla", "follow"), "Nothing was named")
	})
}

func TestMutes(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		has(t, m.orders("Rustam", "mute"), "Nothing is muted.")
		has(t, m.orders("Rustam", "mute 1.1"), "1.1 is muted for you until Tue 1 Dec 08:02 Baku", "not ALL")
		has(t, m.orders("Leyla", "mute"), "Nothing is muted.")
		has(t, m.orders("Rustam", "mute gas for the desk 1 day"), "Only Leyla", "(For me only)", "not ALL")
		has(t, m.orders("Leyla", "mute gas for the desk 1 day"), "gas is muted for the desk until Wed 25 Nov 08:02 Baku", "ALL: Leyla muted gas")
		has(t, m.orders("Leyla", "mute 1.1 until something new for the desk"), "1.1 is muted for the desk until it has something new")
		has(t, m.orders("Leyla", "mute gas until something new"), "Not muted: until something new is for stories")
		has(t, m.orders("Leyla", "mute 9.9"), "No story of the desk Caucasus has the number 9.9.")
		has(t, m.orders("Leyla", "mute gas 900 days"), "Not muted:", "1 to 365 days", "As in /attache mute 12.4 for the desk 30 days.")
		has(t, m.orders("Leyla", "mute gas until Smarch"), `Not muted: no day to come is called "Smarch"`)
		has(t, m.orders("Rustam", "desk"), "Muted for you: 1.1", "Muted for the desk: gas until Wed 25 Nov", "by Leyla")
		m.chat.now = m.chat.now.Add(24 * time.Hour)
		has(t, m.orders("Rustam", "mute"), "1.1", "not gas")
		has(t, m.orders("Rustam", "unmute 1.1"), "1.1 is muted for you no longer.")
		has(t, m.orders("Rustam", "unmute 1.1"), "Only Leyla")
		has(t, m.orders("Leyla", "unmute 1.1"), "1.1 is muted for the desk no longer.", "ALL: Leyla has 1.1 back")
		has(t, m.orders("Leyla", "unmute gas"), "gas is not muted.")
	})
}

func TestReadMuting(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, zone) // a Tuesday
	for _, tt := range []struct{ line, want string }{
		{"12.4", "12.4 me 1 Dec 2026 08:00"},
		{"12.4 for me 1 day", "12.4 me 25 Nov 2026 08:00"},
		{"12.4 30 days for the desk", "12.4 desk 24 Dec 2026 08:00"},
		{"12.4 for 2 weeks", "12.4 me 8 Dec 2026 08:00"},
		{"12.4 7d", "12.4 me 1 Dec 2026 08:00"},
		{"arms trade for the desk until Friday", "arms trade desk 27 Nov 2026 00:00"},
		{"arms trade until Tue", "arms trade me 1 Dec 2026 00:00"},
		{"arms trade until 3 Jan", "arms trade me 3 Jan 2027 00:00"},
		{"arms trade until 2026-12-01", "arms trade me 1 Dec 2026 00:00"},
		{"12.4 until something new", "12.4 me new"},
		{"until new", " me new"},
		{"gas until 2026-11-24", "error"},
		{"gas until 2029-01-01", "error"},
		{"gas 0 days", "error"},
		{"gas 365 days", "gas me 24 Nov 2027 08:00"},
		{"gas 366 days", "error"},
		{"gas 53 weeks", "error"},
		{"gas until 2027-11-24", "gas me 24 Nov 2027 00:00"},
		{"gas until 2027-11-25", "error"},
	} {
		m, err := readMuting(tt.line, now, zone)
		got := m.what + " me "
		if m.desk {
			got = m.what + " desk "
		}
		switch {
		case err != nil:
			got = "error"
		case m.untilNew:
			got += "new"
		default:
			got += m.until.In(zone).Format("2 Jan 2006 15:04")
		}
		if got != tt.want {
			t.Errorf("mute %s is read as %q; want %q", tt.line, got, tt.want)
		}
	}
}

func TestNotes(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		elsewhere := Place{Platform: "slack", Channel: "#other"}
		notes := func() string {
			lines, err := m.desks.Notes(t.Context(), "Caucasus", m.about.Stories[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, l := range lines {
				if l.Kind != Note {
					t.Errorf("a note is of kind %s", l.Kind)
				}
				all = append(all, l.Label+": "+l.Text)
			}
			return strings.Join(all, " / ")
		}
		has(t, m.orders("Rustam", "note 1.1 We doubt it.\nBasis: [1]."), "Kept with 1.1.", "ALL: Note by Rustam, 24 Nov 08:02, on 1.1 We doubt it. Basis: [1].")
		has(t, m.orders("Leyla", "note 1.1 <!channel> agreed"), "ALL: Note by Leyla")
		has(t, m.orders("Rustam", "note 1.1 more", elsewhere), "Nothing was done", "not ALL")
		has(t, m.orders("Leyla", "note 1.1 more", elsewhere), "Kept with 1.1.", "ALL: Note by Leyla")
		has(t, m.orders("Rustam", "note 9.9 more"), "Not kept: no story")
		has(t, m.orders("Rustam", "note"), "Not kept: expected a story's number")
		has(t, m.orders("Rustam", "note 1.1 "+strings.Repeat("é", longestNote+1)), "at most 1000 characters, and this one 1001")
		has(t, m.orders("Murad", "note 1.1 -"), "Nothing was taken back")
		has(t, notes(), "Note by Rustam, ", ", on 1.1: We doubt it. Basis: [1]. / Note by Leyla, ", ", on 1.1: more")
		has(t, m.orders("Rustam", "note 1.1 -"), "taken back", "ALL: Rustam took back a note on 1.1.")
		has(t, notes(), "not Rustam", "Leyla")
	})
}

func TestDeskOrders(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		m := newTeam(t, a)
		for _, line := range []string{"schedule 08:00", "post slack:#b", "unpost here"} {
			has(t, m.orders("Rustam", "desk "+line), "Only Leyla and @leads change this desk.", "not ALL")
		}
		has(t, m.orders("Rustam", "desk"), "Caucasus desk", "Mon–Fri 07:30 Baku, the next one Wed 25 Nov 07:30", "slack:#caucasus", "Leyla, @leads")
		has(t, m.orders("Leyla", `desk schedule "0 9 * * 1-8"`), `Not changed: "0 9 * * 1-8": "1-8" is no day of week, which goes from 0 to 6 (Sunday is 0).`)
		has(t, m.orders("Leyla", "desk schedule 0 9 31 2 *"), "it is never due")
		has(t, m.orders("Leyla", "desk schedule teatime"), "expected five fields")
		has(t, m.orders("Leyla", "desk schedule 9:05 Sat-Sun"), "The brief is due Sat, Sun 09:05 Baku, the next one Sat 28 Nov 09:05.", "ALL: Leyla set")
		has(t, m.orders("Leyla", "desk post file:/tmp/x"), "Not changed: file:/tmp/x is for the config to set.")
		has(t, m.orders("Leyla", "desk post webhook:archive"), "Not changed: webhook:archive is for the config to set.", "not ALL")
		has(t, m.orders("Leyla", "desk post nowhere"), "Not changed: ")
		has(t, m.orders("Leyla", "desk post here"), "already")
		has(t, m.orders("Leyla", "desk post slack:#b"), "The next edition, Sat 28 Nov 09:05 Baku, is posted to slack:#b too.",
			"ALL: Leyla has this desk's brief posted to slack:#b too.", "ALL: Leyla has the brief of the desk Caucasus posted here. The next edition, Sat 28 Nov 09:05 Baku, is the first.")
		has(t, m.orders("Leyla", "desk unpost slack:#c"), "is not posted to slack:#c")
		has(t, m.orders("Leyla", "desk unpost"), "no longer")
		has(t, m.orders("Leyla", "desk"), "slack:#b", "not #caucasus")
		has(t, m.orders("Leyla", "desk history"), "Leyla set the brief: Sat, Sun 09:05", "posted to slack:#caucasus no longer")
		has(t, m.orders("Leyla", "desk history 1"), "no longer", "not Sat")
		has(t, m.orders("Leyla", "desk history x"), `"x" is no number`)
		has(t, m.orders("Leyla", "desk burn"), `"burn" is nothing`)
	})
}

func TestDaysLine(t *testing.T) {
	for days, want := range map[string]string{
		"": "", "Fri Mon Tue Wed Thu": "Mon-Fri", "Sun Sat": "Sat,Sun", "Mon Wed": "Mon,Wed", "Mon Tue Wed Fri Sat Sun": "Mon-Wed,Fri-Sun",
		"Mon Tue Wed Thu Fri Sat Sun": "",
	} {
		got := daysLine(strings.Fields(days))
		if got != want {
			t.Errorf("%s: %q", days, got)
		}
		if _, ok := readSchedule(strings.TrimSpace("07:30 " + got)); !ok {
			t.Errorf("%s: %q is no schedule", days, got)
		}
	}
}

// TestSettings: a form has what a desk is, and changes of it only what differs.
func TestSettings(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	settings := func() Form {
		m.orders("Leyla", "desk settings")
		if m.heard.Form == nil {
			t.Fatal("no form is offered")
		}
		return *m.heard.Form
	}
	line := func(f Form) string { return "desk " + strings.TrimSuffix(f.Line(), " desk: Caucasus") }
	has(t, m.orders("Rustam", "desk settings"), "Only Leyla and @leads change this desk.")
	f := settings()
	if f.Of != "Caucasus" || f.Zone != "" || f.Time != "07:30" || len(f.Days) != 5 || len(f.Follow) == 0 {
		t.Errorf("%+v", f)
	}
	has(t, m.orders("Leyla", line(f)), "Nothing was changed: all is as it was.", "not ALL")
	was := f.Follow
	f.Follow, f.Time = append(slices.Clone(was[1:]), "Uzbekistan"), "06:15"
	has(t, m.orders("Leyla", line(f)), "Follows Uzbekistan.", "No longer follows "+was[0]+".", "Its brief: Mon–Fri 06:15.", "ALL: Leyla changed this desk: Follows Uzbekistan.")
	if f = settings(); !slices.Equal(f.Follow, append(slices.Clone(was[1:]), "Uzbekistan")) || f.Time != "06:15" {
		t.Errorf("%+v", f)
	}
	has(t, m.orders("Leyla", "desk settings follow Zembla; zone UTC"), `"Zembla"`, "Zone: that of Caucasus is for the config to set.", "Nothing was changed.")

	m.orders("Leyla", "desk schedule 0 7 1 * *")
	if f = settings(); !f.AsIs || f.Time != "" {
		t.Errorf("a schedule that is no time of a day: %+v", f)
	}
	has(t, m.orders("Leyla", line(f)), "all is as it was")
	m.orders("Leyla", "desk schedule 07:30")
	f = settings()
	f.Time = ""
	has(t, m.orders("Leyla", line(f)), "Its brief: only by hand.", "due only by hand")
}

// The history says what was changed from what to what, and nobody what others did for
// themselves alone.
func TestHistory(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	for _, line := range []string{
		"desk schedule 08:00", "mute 1.1 for the desk 2 days", "mute gas until 1 Dec", "note 1.1 We doubt it.", "report wrong tag Israel [1]",
		"desk post slack:#b", "unmute 1.1 for the desk",
	} {
		m.orders("Leyla", line)
	}
	m.orders("Rustam", "report wrong tag Azerbaijan [1]")
	m.orders("Rustam", "mute oil")
	shared := []string{
		"Rustam reported wrong tag Azerbaijan, [1], which was not applied by that",
		"Leyla has 1.1 back for the desk", "Leyla has the brief posted to slack:#b too", "Leyla reported wrong tag Israel, [1]",
		"Leyla wrote a note on 1.1: We doubt it.", "Leyla muted 1.1 for the desk until Thu 26 Nov 08:02 Baku",
		"Leyla set the brief: every day 08:00, before Mon–Fri 07:30",
	}
	has(t, m.orders("Leyla", "desk history 20"), append(shared, "Leyla muted gas for themselves until Tue 1 Dec", "not oil")...)
	has(t, m.orders("Rustam", "desk history 20"), append(shared, "Rustam muted oil for themselves", "not gas")...)
}

// A schedule that can't be read is told, and so is a change that can't be applied.
func TestBrokenDesk(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	var log bytes.Buffer
	m.desks.Log = slog.New(slog.NewTextHandler(&log, nil))
	broken := order{Desk: m.desks.Base[0], Person: person("Leyla")}.change(Change{Kind: Posting, Place: "nowhere"})
	if err := m.chat.archive.Settle(t.Context(), archive.Settled{Changes: []archive.DeskChange{broken}}); err != nil {
		t.Fatal(err)
	}
	m.desks.Base[0].Schedule = "every morning"
	has(t, m.orders("Rustam", "desk"), `Brief never: its schedule "every morning" can't be read (`)
	has(t, m.orders("Leyla", "follow Armenia"), "Armenia: the next edition, which is not due before the desk's schedule is mended, has it.")
	has(t, log.String(), "nowhere")
}

// What is changed elsewhere, or alone with attache, is told in each place where people
// of the desk talk.
func TestChangesAreTold(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	base := &m.desks.Base[0]
	base.Places = append(base.Places, Place{Platform: "slack", Channel: "#b"}, Place{Platform: "file", Channel: "briefs"}, Place{Platform: "webhook", Channel: "x"})
	h := m.chat.handlers[0]
	h.Desks = m.desks
	m.chat.do(Request{Kind: Said, Person: person("Leyla"), Place: Place{Platform: "slack", Channel: "D1"}, Alone: true, Addressed: true, Text: "follow Armenia"})
	if got := m.chat.heard(); strings.Count(got, "<> Leyla follows Armenia for this desk.") != 2 {
		t.Errorf("from a direct message: %s", got)
	}
	m.chat.do(Request{Kind: Invoked, Person: person("Leyla"), Thread: "root", Command: "follow", Text: "Iran"})
	if got := m.chat.heard(); strings.Count(got, "follows Iran for this desk.") != 1 || !strings.Contains(got, "<root> Leyla follows") {
		t.Errorf("in a place of the desk: %s", got)
	}
}

func TestScheduleWords(t *testing.T) {
	for _, tt := range []struct{ typed, cron, words string }{
		{"07:30 Mon-Fri", "30 7 * * 1-5", "Mon–Fri 07:30"},
		{"7:30 monday – friday", "30 7 * * 1-5", "Mon–Fri 07:30"},
		{"07:30", "30 7 * * *", "every day 07:30"},
		{"18:00 Mon, Wed and Fri", "0 18 * * 1,3,5", "Mon, Wed, Fri 18:00"},
		{"07:30 Fri-Mon", "30 7 * * 5,6,0,1", "Fri, Sat, Sun, Mon 07:30"},
		{"07:30 weekdays", "30 7 * * 1-5", "Mon–Fri 07:30"},
		{"25:00", "", ""},
		{"07:30 Mon-Wed-Fri", "", ""},
		{"07:30 Funday", "", ""},
	} {
		cron, _ := readSchedule(tt.typed)
		if cron != tt.cron {
			t.Errorf("%s is read as %q; want %q", tt.typed, cron, tt.cron)
		}
		if got := scheduleWords(cron); got != tt.words {
			t.Errorf("%q is said as %q; want %q", cron, got, tt.words)
		}
	}
	if got := scheduleWords("*/10 * * * *"); got != "*/10 * * * *" {
		t.Errorf("an expression that is long in words is said as %q", got)
	}
}

// Who may do what: those whom the desk names anywhere, anybody in its places what
// is theirs, and others nothing.
func TestWhoMayDoWhat(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	elsewhere := Place{Platform: "slack", Channel: "#other"}
	const everybody, member, changer = 0, 1, 2
	for _, tt := range []struct {
		line string
		who  int
	}{
		{"follow Armenia", changer},
		{"unfollow Georgia", changer},
		{"mute gas", member},
		{"mute gas for the desk", changer},
		{"note 1.1 so", member},
		{"desk schedule 07:30", changer},
		{"desk post slack:#b", changer},
		{"desk unpost slack:#caucasus", changer},
		{"report not relevant 1.1", member},
		{"report missing https://strait-wire.example/0", member},
		{"report wrong group #1", member}, // it waits
		{"report lift #1", changer},
	} {
		for _, by := range []struct {
			name   string
			groups []string
			at     Place
			is     int
		}{
			{"Rustam", nil, elsewhere, everybody},
			{"Rustam", nil, channel1, member},
			{"Rustam", []string{"slack:@leads"}, channel1, changer},
			{"Leyla", nil, elsewhere, changer},
		} {
			who := person(by.name)
			who.Groups = by.groups
			d := m.doAs(who, tt.line, by.at)
			refused := words(d.Message)
			refused = strings.Join([]string{
				map[bool]string{true: "only"}[strings.Contains(refused, "change this desk. Sent to nobody")],
				map[bool]string{true: "elsewhere"}[strings.Contains(refused, "is for those in the places")],
			}, "")
			if may := by.is >= tt.who; (refused == "") != may {
				t.Errorf("%s %v in %s: %s: %s", by.name, by.groups, by.at, tt.line, words(d.Message))
			}
			if refused != "" && (len(d.Changes) > 0 || d.Public != nil) {
				t.Errorf("%s in %s: %s is refused and changes something", by.name, by.at, tt.line)
			}
		}
	}
}
