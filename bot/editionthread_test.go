package bot

import (
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// A follow-up to an edition is about all that its desk follows until it is
// narrowed, and its numbers keep their meaning.
func TestUnderAnEdition(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		c.edition(c.desks[0])
		root, section := c.posted[0].id, c.posted[1].id
		c.heard()
		c.ask("Leyla", root, "what is new?")
		has(t, c.heard(), "<a1> All that Caucasus follows", "crude oil", "not railway", "1.1")
		c.ask("Leyla", section, "and on energy?") // a later part's thread is the first one's
		has(t, c.heard(), "<a2> energy (energy-oil, gas) · all that Caucasus follows", "crude oil", "not railway")
		c.ask("Leyla", root, "timeline of 1.1")
		has(t, c.heard(), "1.1 timeline", "[1]")
		c.ask("Rustam", root, "why is [1] here?")
		has(t, c.heard(), "[1] why", "Azerbaijan")
		c.ask("Rustam", root, "latest on Georgia–Armenia")
		has(t, c.heard(), "Armenia–Georgia", "railway", "[3]", "not Caucasus follows")
		c.ask("Rustam", section, "since yesterday?")
		has(t, c.heard(), "<a2> Armenia–Georgia", "for Rustam")
		c.ask("Rustam", root, "timeline of 1.9")
		has(t, c.heard(), "alone: No story 1.9 in the briefs of this desk. Nothing was searched.")
	})
}

func TestStoryMenu(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.edition(c.desks[0])
	root, section := c.posted[0], c.posted[1]
	menu := Message{}
	for _, b := range section.message.Blocks {
		menu.Actions = append(menu.Actions, b.Menu...)
	}
	c.heard()
	press := func(m Message, label string) string {
		t.Helper()
		c.do(Request{Kind: Pressed, Thread: root.id, Message: section.id, Person: person("Leyla"), Action: button(t, m, label)})
		return c.heard()
	}
	for label, want := range map[string][]string{
		"More":             {"alone: 1.1 latest", "(Share here)"},
		"Timeline":         {"alone: 1.1 timeline", "[1]"},
		"Who said what":    {"alone: 1.1 who said what"},
		"Why is this here": {"alone: Why 1.1 is here", "Azerbaijan–Israel: "},
		"Mute or report…":  {"(For me, 7 days)", "(For the desk, until something new)", "(Wrong group)", "(Not relevant)", "(Wrong tag)"},
	} {
		has(t, press(menu, label), append(want, "not <")...)
	}
	for label, want := range map[string][]string{
		"Why these":       {"alone: Why these"},
		"Something wrong": {"alone: Something wrong", "(1.1)"},
	} {
		has(t, press(root.message, label), append(want, "not <")...)
	}
	for _, b := range root.message.Blocks {
		for _, a := range append(b.Menu, root.message.Actions...) {
			if !a.fits() {
				t.Errorf("too long: %+v", a)
			}
		}
	}
}

// What a story's menu asks on mutes it, or reports what is wrong.
func TestMuteOrReport(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.edition(c.desks[0])
	section := c.posted[1]
	press := func(label string) string {
		t.Helper()
		c.do(Request{Kind: Pressed, Thread: c.posted[0].id, Message: section.id, Person: person("Leyla"), Action: Action{Do: doRemark, On: "Caucasus/1.1"}})
		a := button(t, c.said[0], label)
		c.heard()
		c.do(Request{Kind: Pressed, Thread: c.posted[0].id, Message: section.id, Person: person("Leyla"), Action: a})
		return c.heard()
	}
	has(t, press("For me, 7 days"), "alone: 1.1 is muted for you until", "not <")
	has(t, press("For me, until something new"), "alone: 1.1 is muted for you until it has something new")
	has(t, press("For the desk, 30 days"), "may change this desk", "not <")
	has(t, press("Wrong group"), "alone: wrong group in 1.1: which article?", "(Strait Wire, 23 Nov 16:02)")
	has(t, press("Not relevant"), "alone: ", "1.1", "not <")
	changes, err := c.archive.DeskChanges(t.Context(), "Caucasus")
	if err != nil || len(changes) != 3 {
		t.Errorf("recorded: %+v, %v", changes, err)
	}
}

// A preview is the desk's next brief as it would be now, for one person alone.
func TestPreview(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "digest"})
	m := c.said[0]
	has(t, c.heard(), "alone: Only you see it", "Preview of the brief", "Caucasus · brief no. 1", "patrol boats", "not <", "(Share here)")
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "digest", Options: map[string]string{"desk": "rails"}})
	has(t, c.heard(), "Rails · brief no. 1", "railway")
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "digest", Options: map[string]string{"desk": "Gulf"}})
	has(t, c.heard(), "alone: No desk is called Gulf. There are: Caucasus, Rails.")
	c.press("Leyla", "", button(t, m, "Share here"))
	has(t, c.heard(), "<> Shared by Leyla Preview of the brief", "not Only you see it")
	if e, err := c.archive.Edition(t.Context(), "Caucasus", 1); e != nil || err != nil {
		t.Errorf("a preview was stored: %v, %v", e, err)
	}
}

// Which desk a request is of.
func TestDeskOfARequest(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	h := c.handlers[0]
	rails := Place{"slack", "", "#rails"}
	other := Place{"slack", "", "#other"}
	c.desks[1].MayChange = []string{"slack:@rails"}
	for name, one := range map[string]struct {
		r    Request
		conv conversation
		want string
	}{
		"posts to the place":      {r: Request{Place: rails}, want: "Rails"},
		"is named":                {r: Request{Place: rails, Options: map[string]string{"desk": " caucasus"}}, want: "Caucasus"},
		"the thread's edition":    {r: Request{Place: rails}, conv: conversation{Desk: "Caucasus", Edition: 3}, want: "Caucasus"},
		"the thread's":            {r: Request{Place: other}, conv: conversation{Desk: "Rails"}, want: "Rails"},
		"the person's":            {r: Request{Place: other, Person: Person{Groups: []string{"slack:@rails"}}}, want: "Rails"},
		"nobody's":                {r: Request{Place: other}, want: ""},
		"nobody's, it is no more": {r: Request{Place: other}, conv: conversation{Desk: "Gulf"}, want: "Gulf"},
	} {
		got, err := h.deskOf(t.Context(), one.r, &one.conv)
		if err != nil || got.Name != one.want {
			t.Errorf("%s: %q, %v; want %q", name, got.Name, err, one.want)
		}
	}
}

// A number that another desk has is said to be that desk's.
func TestStoryOfAnotherDesk(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.edition(c.desks[1])
	c.heard()
	c.ask("Leyla", "root", "timeline of 1.1")
	m := c.said[0]
	has(t, c.heard(), "alone: No story 1.1 in the briefs of this desk.", "The desk Rails has a story 1.1.", "(Rails 1.1)")
	c.press("Leyla", "root", button(t, m, "Rails 1.1"))
	has(t, c.heard(), "alone: 1.1 latest", "railway")
}
