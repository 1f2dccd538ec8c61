package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// A button goes on from the answer that it stands under, for whoever presses it
// alone, whatever its thread went on to.
func TestButtonsGoOnFromTheirAnswer(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		c.handlers = append(c.handlers, c.replica())
		c.ask("Leyla", "root", "latest on Azerbaijan–Israel on energy")
		first := c.posted[0].message
		c.ask("Leyla", "root", "latest on Georgia–Armenia")
		c.heard()
		c.press("Rustam", "root", button(t, first, "Timeline"))
		m := c.said[0]
		has(t, c.heard(), "alone: Azerbaijan–Israel · energy (energy-oil, gas) timeline", "[1]", "not for Rustam", "not <", "(Share here)")
		c.press("Rustam", "root", button(t, m, "All themes"))
		has(t, c.heard(), "alone: Azerbaijan–Israel timeline", "[3]", "pair from Leyla's question", "not <") // [2] is the railway's
		c.press("Rustam", "root", button(t, first, "30 days"))
		has(t, c.heard(), "25 Oct 04:02 to now")
		c.ask("Leyla", "root", "and from Strait Wire?") // the thread didn't go there
		has(t, c.heard(), "<root> Armenia–Georgia · Strait Wire")

		c.press("Rustam", "root", button(t, m, "Share here"))
		has(t, c.heard(), "<root> Shared by Rustam Azerbaijan–Israel · energy (energy-oil, gas) timeline")
		c.ask("Leyla", "root", "since yesterday?") // now it did
		has(t, c.heard(), "<root> Azerbaijan–Israel · energy (energy-oil, gas) timeline", "for Leyla")
	})
}

func TestDoubtsHaveButtons(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.ask("Leyla", "root", "latest on Korea")
	m := c.said[0]
	has(t, c.heard(), "alone: ", "may be", "Nothing was searched", "not <", "not (Share here)")
	c.press("Leyla", "root", button(t, m, "South Korea"))
	has(t, c.heard(), "alone: South Korea latest", "not <")
	c.ask("Leyla", "root", "latest on Zembla–Israel")
	m = c.said[0]
	has(t, c.heard(), `alone: No actor is called "Zembla".`, "(latest on Zambia–Israel)", "(What can be asked)", "not <")
	c.press("Leyla", "root", button(t, m, "latest on Zambia–Israel"))
	has(t, c.heard(), "alone: Israel–Zambia latest")
	c.press("Leyla", "root", button(t, m, "What can be asked"))
	has(t, c.heard(), "alone: ", "Ask /latest")
	c.ask("Leyla", "root", "latest on Georgia")
	has(t, c.heard(), `alone: Read "Georgia" as the country. Not searched: Georgia (U.S. state). Georgia latest`, "railway", "(Share here)", "not <")
}

func TestNotWhatIMeant(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
	c.ask("Rustam", "root", "and on energy?")
	m := c.posted[1].message
	c.heard()
	c.press("Leyla", "root", button(t, m, "Not what I meant")) // not hers: it stays
	has(t, c.heard(), "alone: Not what was meant. It was read as: Azerbaijan–Israel · energy (energy-oil, gas) · latest", "(Without what was asked before)", "(All themes)", "not <")
	if c.standing() != 2 {
		t.Fatalf("%d posts stand", c.standing())
	}
	c.press("Rustam", "root", button(t, m, "Not what I meant"))
	said := c.said[0]
	has(t, c.heard(), "The answer is taken back.")
	if c.standing() != 1 {
		t.Errorf("%d posts stand", c.standing())
	}
	c.press("Rustam", "root", button(t, said, "Without what was asked before"))
	has(t, c.heard(), "alone: energy (energy-oil, gas) latest")
	c.ask("Murad", "root", "since yesterday?")
	has(t, c.heard(), "<root> Azerbaijan–Israel latest")
	changes, err := c.archive.DeskChanges(t.Context(), "Caucasus")
	if err != nil || len(changes) != 1 || changes[0].Who != "Rustam" || strings.Contains(string(changes[0].Change), "Azerbaijan") {
		t.Errorf("recorded: %+v, %v", changes, err)
	}
	c.press("Rustam", "root", button(t, m, "Not what I meant"))
	has(t, c.heard(), "alone: Not what was meant.", "not taken back")
	if changes, err = c.archive.DeskChanges(t.Context(), "Caucasus"); err != nil || len(changes) != 1 {
		t.Errorf("recorded again: %d, %v", len(changes), err)
	}
}

// A private answer is its asker's: nobody else shares it, goes on from it, or
// learns how it was read, whatever button they make up.
func TestPrivateAnswersAreTheAskers(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Text: "Azerbaijan–Israel on energy"})
	m := c.said[0]
	c.heard()
	for _, label := range []string{"Share here", "Not what I meant", "All themes"} {
		c.press("Rustam", "", button(t, m, label))
		has(t, c.heard(), "alone: Nothing was done: that answer is not yours.", "not Azerbaijan", "not <")
	}
	c.press("Leyla", "", button(t, m, "Share here"))
	c.heard()
	c.press("Rustam", "", button(t, m, "All themes"))
	has(t, c.heard(), "alone: Azerbaijan–Israel")
}

// What a desk has muted, where it is told and who may change it is for those in its
// places; so is how its questions were read.
func TestOutsiders(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.desks[0].MayChange = []string{"slack:Leyla"}
	c.handlers = []*Handler{c.replica()}
	c.news()
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "mute", Text: "Georgia for the desk 7 days"})
	c.heard()
	at := func(place, command, text string) string {
		c.do(Request{Kind: Invoked, Place: Place{"slack", "", place}, Person: person("Murad"), Command: command, Text: text, Options: map[string]string{"desk": "Caucasus"}})
		return c.heard()
	}
	for _, what := range [][2]string{{"digest", ""}, {"desk", ""}, {"mute", ""}, {"desk", "history"}} {
		has(t, at("#caucasus", what[0], what[1]), "Georgia")
		has(t, at("#lunch", what[0], what[1]), "not Muted", "not muted Georgia", "not Posts to")
	}
}

// Who asked nothing of attache hears nothing of its failures.
func TestFailureOfNobodysQuestion(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	if err := c.archive.Close(); err != nil {
		t.Fatal(err)
	}
	for _, r := range []Request{{Kind: Said, Thread: "root", Text: "lunch?"}, {Kind: Deleted, Message: "m1"}} {
		replied := false
		r.ID, r.Place, r.Person = "slack/x", channel1, person("Murad")
		r.Reply = func(context.Context, Message) error { replied = true; return nil }
		if err := c.handlers[0].Handle(t.Context(), r); err == nil || replied {
			t.Errorf("%s: %v, replied %v", r.Kind, err, replied)
		}
	}
}

// Where a place takes nothing by the platform's own way either, the person is told.
func TestShareThatFails(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Text: "Azerbaijan–Israel"})
	m := c.said[0]
	c.heard()
	var told []Message
	err := c.handlers[0].Handle(t.Context(), Request{
		ID: "slack/s", Kind: Pressed, At: c.now, Place: channel1, Person: person("Leyla"), Action: button(t, m, "Share here"), Unreachable: "attache is not in #caucasus.",
		Reply: func(_ context.Context, m Message) error { told = append(told, m); return nil },
		Share: func(context.Context, Message) error { return errors.New("refused") },
	})
	if err != nil || len(told) != 1 {
		t.Fatalf("%v, told %d times", err, len(told))
	}
	has(t, words(told[0]), "Not answered", "not refused")
}

// Whoever is alone with attache gets replies, and may go on without a mention of
// what was asked.
func TestAlone(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	dm := Place{"slack", "", "D1"}
	say := func(kind RequestKind, command, text string) string {
		t.Helper()
		c.do(Request{Kind: kind, Place: dm, Alone: true, Addressed: true, Person: person("Leyla"), Command: command, Text: text})
		return c.heard()
	}
	has(t, say(Said, "", "latest on Azerbaijan–Israel"), "alone: Azerbaijan–Israel", "not <", "not (Share here)", "not for Leyla")
	has(t, say(Said, "", "and on energy?"), "alone: Azerbaijan–Israel · energy")
	has(t, say(Invoked, "latest", "Georgia–Armenia"), "alone: Armenia–Georgia latest", "[3]")
	has(t, say(Said, "", "since yesterday?"), "alone: Armenia–Georgia latest")
	has(t, say(Said, "", "help"), "alone: ", "Ask /latest")
	has(t, say(Invoked, "timelin", "Armenia"), `alone: No command is called "timelin". Nearest: timeline.`, "(/attache timeline Armenia)")
	has(t, say(Invoked, "attache", "what did Strait Wire say on Armenia"), "alone: Armenia · Strait Wire")
}

// Where nothing can be posted an answer is for the asker alone; what is shared
// goes by the platform's own way, or not at all.
func TestUnreachable(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	why := "attache is not in #cabinet. There, type /invite @attache, then press Share here again."
	cabinet := Place{"slack", "", "#cabinet"}
	c.do(Request{Kind: Invoked, Place: cabinet, Unreachable: why, Person: person("Leyla"), Command: "latest", Text: "Azerbaijan–Israel"})
	m := c.said[0]
	c.heard()
	c.do(Request{Kind: Pressed, Place: cabinet, Unreachable: why, Person: person("Leyla"), Action: button(t, m, "Share here")})
	has(t, c.heard(), "alone: Not shared: "+why, "not <")
	var shared []Message
	c.do(Request{
		Kind: Pressed, Place: cabinet, Unreachable: why, Person: person("Leyla"), Action: button(t, m, "Share here"),
		Share: func(_ context.Context, m Message) error { shared = append(shared, m); return nil },
	})
	if len(shared) != 1 {
		t.Fatal("it was not shared")
	}
	has(t, words(shared[0]), "Shared by Leyla Azerbaijan–Israel")
	c.do(Request{Kind: Pressed, Place: cabinet, Person: person("Leyla"), Action: button(t, m, "Share here")})
	has(t, c.heard(), "alone: Shared already.", "not <")
}

// Each command that asks, with what it is answered by.
func TestAskingCommands(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.edition(c.desks[0])
	c.heard()
	for _, one := range []struct {
		command, text string
		options       map[string]string
		want          []string
	}{
		{command: "latest", text: "Azerbaijan–Israel", want: []string{"Azerbaijan–Israel latest", "crude oil"}},
		{command: "latest", options: map[string]string{"theme": "energy", "about": "Azerbaijan–Israel"}, want: []string{"Azerbaijan–Israel · energy (energy-oil, gas) latest"}},
		{command: "latest", want: []string{"All that Caucasus follows latest", "not railway"}},
		{command: "latest", text: "Georgia", options: map[string]string{"period": "30 days", "desk": "Rails"}, want: []string{"Georgia latest", "to now", "not 17 Nov"}},
		{command: "timeline", text: "1.1", want: []string{"1.1 timeline", "patrol boats"}},
		{command: "who-said", text: "Azerbaijan", want: []string{"Azerbaijan who said what"}},
		{command: "compare", options: map[string]string{"about": "Azerbaijan–Israel", "with": "Armenia–Turkey"}, want: []string{"Azerbaijan–Israel and Armenia–Turkey compare"}},
		{command: "why", text: "1.1", want: []string{"1.1 why", "Azerbaijan–Israel: "}},
		{command: "more", text: "on 1.1", want: []string{"1.1 latest", "patrol boats", "crude oil"}},
		{command: "attache", text: "what did Strait Wire say on Georgia", want: []string{"Georgia · Strait Wire"}},
		{command: "attache", text: "timeline Georgia", want: []string{"Georgia timeline"}},
		{command: "attache", want: []string{"Ask /latest"}},
	} {
		c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: one.command, Text: one.text, Options: one.options})
		has(t, c.heard(), append(one.want, "alone: ", "not <", "not for Leyla")...)
	}
}

func TestSpokenOrders(t *testing.T) {
	h := newChat(t, archivetest.Open(t)).handlers[0]
	for line, want := range map[string]bool{
		"help": true, "help mute": true, "help me with Armenia": false, "mute 12.4": true, "sources": true, "sources on Armenia": false,
		"follow Armenia–Iran": true, "follow up on Armenia": false, "note 12.1 We doubt it.": true, "note what Baku said": false,
		"report wrong group [5]": true, "report on Armenia": false, "desk history": true, "digest": true, "report 1.2 wrong group": true, "report 1.2 to me": false, "latest on Armenia": false,
		"mute?": false, "and on energy": false,
	} {
		if _, got := h.spokenOrder(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

// A conversation as of another time changes nothing now.
func TestNothingIsChangedLookingBack(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.handlers[0].Then = true
	ids, _, err := c.archive.Search(t.Context(), archive.Query{Actors: []string{"ISR"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"mute Georgia", fmt.Sprintf("report wrong tag Israel #%d", ids[0])} {
		c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "attache", Text: text})
		has(t, c.heard(), "alone: Not changed: this conversation is held as of Tue 24 Nov")
	}
	if changes, err := c.archive.DeskChanges(t.Context(), "Caucasus"); err != nil || len(changes) > 0 {
		t.Errorf("changed: %+v, %v", changes, err)
	}
}

func TestReportOfNoArticle(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	for _, text := range []string{"report wrong group #99999", "report wrong tag energy #99999"} {
		c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "attache", Text: text})
		has(t, c.heard(), "alone: Nothing was reported: the archive has no such article.", "not <")
	}
}
