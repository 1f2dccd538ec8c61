package bot

import (
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
	"attache/digest/ask"
)

// The rules for several people in a thread, line by line.
func TestSeveralPeopleInAThread(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		c.handlers = append(c.handlers, c.replica())
		c.ask("Leyla", "root", "what is new on Azerbaijan–Israel?")
		has(t, c.heard(), "<root> Azerbaijan–Israel", "for Leyla", "not alone")

		c.say("Leyla", "root", "and since yesterday?") // the last asker, nobody between
		has(t, c.heard(), "<root> Azerbaijan–Israel", "for Leyla")

		c.do(Request{Kind: Invoked, Thread: "root", Person: person("Rustam"), Command: "latest", Text: "Armenia–Georgia"}) // nobody sees it
		has(t, c.heard(), "alone: Armenia–Georgia", "not <")
		c.say("Leyla", "root", "so it is true") // her own line is between
		c.say("Leyla", "root", "and since yesterday?")
		has(t, c.heard(), "<root> Azerbaijan–Israel", "for Leyla", "not alone")

		c.say("Rustam", "root", "I doubt the nine boats")
		has(t, c.heard(), "not <", "not alone")

		if body, _, err := c.archive.Conversation(t.Context(), "slack:root"); err != nil || strings.Contains(string(body), "doubt") || !strings.Contains(string(body), "slack:Rustam") {
			t.Errorf("kept of others' lines: %s, %v", body, err)
		}

		c.say("Leyla", "root", "and on energy?") // somebody else wrote since
		got := c.heard()
		has(t, got, "alone: Asked attache? (Yes) (No)", "not <")

		c.ask("Rustam", "root", "who said nine patrol boats?")
		has(t, c.heard(), "<root> Azerbaijan–Israel", "for Rustam", "pair and period from Leyla's question")

		c.do(Request{Kind: Said, Thread: "root", Person: person("Leyla"), Text: "and on energy?", ToOthers: true})
		c.do(Request{Kind: Said, Thread: "root", Person: person("Rustam"), Text: "and on energy?", ToOthers: true})
		c.do(Request{Kind: Said, Thread: "root", Person: person("Rustam"), Text: "and on energy?", ToOthers: true, Addressed: true})
		has(t, c.heard(), "not <", "not alone")

		c.ask("Murad", "root", "and on energy?")
		has(t, c.heard(), "<root> Azerbaijan–Israel · energy", "for Murad", "pair and period from Leyla's question")

		c.say("Leyla", "root", "and on energy?") // not the last asker
		has(t, c.heard(), "not <", "not alone")
	})
}

func TestSilentElsewhere(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.say("Leyla", "", "latest on Azerbaijan–Israel?")
	c.say("Leyla", "strange", "latest on Azerbaijan–Israel?") // a thread that attache is not in
	has(t, c.heard(), "not <", "not alone")
	body, _, err := c.archive.Conversation(t.Context(), "slack:strange")
	if err != nil || body != nil {
		t.Errorf("kept of a thread that attache is not in: %s, %v", body, err)
	}
}

// What was written when is told by the platform's clock, in whatever order it comes.
func TestLinesOutOfOrder(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	at := c.now
	c.do(Request{Kind: Said, Thread: "root", Person: person("Leyla"), Text: "latest on Azerbaijan–Israel", Addressed: true, At: at.Add(10 * time.Second)})
	// Rustam wrote before that question, and it comes only now.
	c.do(Request{Kind: Said, Thread: "root", Person: person("Rustam"), Text: "good morning", At: at.Add(5 * time.Second)})
	c.heard()
	c.do(Request{Kind: Said, Thread: "root", Person: person("Leyla"), Text: "and on energy?", At: at.Add(20 * time.Second)})
	has(t, c.heard(), "<root> Azerbaijan–Israel · energy", "for Leyla")
	// Murad writes after Leyla's next line, and that line comes later than his.
	c.do(Request{Kind: Said, Thread: "root", Person: person("Murad"), Text: "so it is", At: at.Add(40 * time.Second)})
	c.do(Request{Kind: Said, Thread: "root", Person: person("Leyla"), Text: "and since yesterday?", At: at.Add(30 * time.Second)})
	has(t, c.heard(), "<root> Azerbaijan–Israel · energy", "not alone")
}

func TestAskedAttache(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
	c.say("Rustam", "root", "I doubt it")
	r := c.say("Leyla", "root", "and on energy?")
	m := c.said[0]
	c.heard()
	c.press("Rustam", "root", button(t, m, "Yes")) // it isn't his
	has(t, c.heard(), "not <")
	c.press("Leyla", "root", button(t, m, "Yes"))
	has(t, c.heard(), "<root> Azerbaijan–Israel · energy", "for Leyla")
	c.press("Leyla", "root", button(t, m, "Yes"))
	has(t, c.heard(), "not <")
	c.do(Request{ID: r.ID, Kind: Deleted, Thread: "root", Message: r.Message})
	if c.standing() != 1 {
		t.Errorf("%d posts stand after the line was deleted", c.standing())
	}

	c.say("Rustam", "root", "I doubt it")
	c.say("Leyla", "root", "since Monday?")
	m = c.said[0]
	c.heard()
	c.press("Leyla", "root", button(t, m, "No"))
	c.press("Leyla", "root", button(t, m, "Yes"))
	has(t, c.heard(), "not <")
}

func TestEditedAndDeleted(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.news()
		first := c.ask("Leyla", "", "latest on Azerbaijan–Israel")
		c.heard()
		edited := first
		edited.Kind, edited.Text = Edited, "latest on Armenia"
		c.do(edited)
		has(t, c.heard(), "not <", "not alone")

		second := c.ask("Leyla", first.Message, "and on energy?")
		third := c.ask("Rustam", first.Message, "since yesterday?")
		has(t, c.heard(), "energy")
		c.do(Request{ID: second.ID, Kind: Deleted, Message: second.Message}) // something came since: the theme stays
		if c.standing() != 2 {
			t.Errorf("%d posts stand", c.standing())
		}
		fourth := c.ask("Murad", first.Message, "and from Strait Wire?")
		has(t, c.heard(), "Azerbaijan–Israel · energy", "Strait Wire")
		c.do(Request{ID: fourth.ID, Kind: Deleted, Message: fourth.Message})
		c.do(Request{ID: third.ID, Kind: Deleted, Message: third.Message})
		c.do(Request{ID: third.ID, Kind: Deleted, Message: third.Message})
		c.ask("Murad", first.Message, "and from Strait Wire?")
		has(t, c.heard(), "Azerbaijan–Israel · energy", "7 days")

		late := Request{ID: "slack/late", Kind: Said, Message: "late", Person: person("Leyla"), Text: "latest on Armenia", Addressed: true}
		c.do(Request{ID: late.ID, Kind: Deleted, Message: late.Message}) // comes before the line itself
		c.do(late)
		has(t, c.heard(), "not <", "not alone")
	})
}

// The slots go back to what they were before a deleted question.
func TestDeletedQuestionLeavesNoTrace(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
	wrong := c.ask("Leyla", "root", "latest on Armenia–Turkey")
	c.do(Request{ID: wrong.ID, Kind: Deleted})
	c.heard()
	c.ask("Rustam", "root", "and on energy?")
	has(t, c.heard(), "Azerbaijan–Israel · energy", "pair from Leyla's question")
}

// A question that is taken back makes the one before it the last that was asked, but
// not where another person asked since.
func TestTakenBackFromTheLastAsker(t *testing.T) {
	leyla, rustam := &writing{Person: "slack:Leyla"}, &writing{Person: "slack:Rustam"}
	for _, tt := range []struct{ asked, want *writing }{{leyla, nil}, {rustam, rustam}} {
		k := kept{id: "x", record: record{Asker: asker{ID: leyla.Person}, Before: &before{}}}
		o, err := takeBack(thread{key: "slack:root", conversation: conversation{Answer: "x", Asked: tt.asked}}, k, record{})
		if err != nil {
			t.Fatal(err)
		}
		var conv conversation
		if err := decode("slack:root", o.Conversations[0].Body, &conv); err != nil {
			t.Fatal(err)
		}
		if (conv.Asked == nil) != (tt.want == nil) || conv.Asked != nil && conv.Asked.Person != tt.want.Person {
			t.Errorf("after %s asked: %+v", tt.asked.Person, conv.Asked)
		}
	}
}

// Under a later part of what attache posted the thread of the first part goes on.
func TestThreadOfALaterPart(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	c := m.chat
	parts, err := c.handlers[0].Publisher.plan("Caucasus/9", channel1, Thread{Root: line(nil, "root"), Replies: []Message{line(nil, "reply")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.archive.Plan(t.Context(), parts); err != nil {
		t.Fatal(err)
	}
	c.post()
	c.ask("Leyla", "a1", "latest on Azerbaijan–Israel")
	c.heard()
	c.ask("Rustam", "a2", "and on energy?")
	has(t, c.heard(), "Azerbaijan–Israel · energy", "pair from Leyla's question")
}

// A desk's own stories are not said to be another desk's.
func TestElsewhereIsAnotherDesk(t *testing.T) {
	m := newTeam(t, archivetest.Open(t))
	h := m.chat.handlers[0]
	h.Desks = m.desks
	own, energy := m.desks.Base[0], Desk{Desk: digest.Desk{Name: "Energy"}}
	m.desks.Base = append(m.desks.Base, energy)
	for _, tt := range []struct {
		desk   Desk
		absent string
		want   string
	}{{own, "1.1", ""}, {energy, "1.1", "The desk Caucasus has a story 1.1."}, {energy, "99", ""}} {
		a := &answer{Answer: &ask.Answer{}}
		a.Head.Absent = []string{tt.absent}
		text, actions, err := h.elsewhere(t.Context(), a, tt.desk, m.chat.now.Add(time.Hour))
		if err != nil || text != tt.want || (len(actions) > 0) != (tt.want != "") {
			t.Errorf("%s of %s: %q, %v, %v", tt.absent, tt.desk.Name, text, actions, err)
		}
	}
}

// What wasn't answered is not what "why?" asks of.
func TestWhyAfterAFailure(t *testing.T) {
	for _, failed := range []string{"latest on Zembla", "912.1", "latest on Congo", "why is [99] here?"} {
		c := newChat(t, archivetest.Open(t))
		c.news()
		c.ask("Leyla", "root", "latest on Azerbaijan–Israel")
		c.ask("Leyla", "root", failed)
		c.heard()
		c.ask("Leyla", "root", "why?")
		has(t, c.heard(), "<root> Azerbaijan–Israel why", "Why Strait Wire Azerbaijan–Israel")
	}
}
