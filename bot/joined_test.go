package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// TestJoined: attache says once where it was invited what it does there and what it
// reads, with what to set up where there is no desk.
func TestJoined(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		other := c.replica()
		c.handlers = append(c.handlers, other)
		for _, h := range c.handlers {
			h.Limits.Keep, h.Desks.MaySetUp = 30*24*time.Hour, []string{"slack:Leyla"}
		}
		harbour := Place{Platform: "slack", Channel: "#harbour"}
		join := Request{ID: "slack/T1:joined/C1", Kind: Joined, Place: harbour, Person: person("Leyla")}
		c.do(join)
		has(t, c.heard(), "<> attache was added by Leyla. It gathers the news", "post nothing until a desk is set up",
			"keep questions for 30 days (set by Murad)", "0 sources, no article yet.", "(Set up this channel) (Sources) (What can be asked)", "not alone")
		c.do(join) // on the other replica
		has(t, c.heard(), "not attache")

		c.news()
		c.do(Request{ID: "slack/T1:joined/C2", Kind: Joined, Place: channel1})
		has(t, c.heard(), "<> attache was added. It gathers", "post the brief of the Caucasus desk, only by hand", "articles since", "newest", "not (Set up this channel)")

		press := Action{Label: "Set up this channel", Do: doCommand, With: "desk new"}
		c.do(Request{Kind: Pressed, Place: harbour, Person: person("Leyla"), Action: press})
		has(t, c.heard(), "alone: To set up a desk here, write its name")
		c.do(Request{Kind: Pressed, Place: harbour, Person: person("Rustam"), Action: press})
		has(t, c.heard(), "alone: You may not set up a desk")
		c.do(Request{ID: "slack/T1:joined/C3", Kind: Joined, Place: Place{Platform: "discord", Channel: "1"}})
		has(t, c.heard(), "not attache was added") // nothing can be posted there
	})
}

// TestSetUpByButtons: what is set up in a channel is started by its button, and the
// channel is told.
func TestSetUpByButtons(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.handlers[0].Desks.MaySetUp = []string{"slack:Leyla"}
	harbour := Place{Platform: "slack", Channel: "#harbour"}
	outside := Request{Kind: Invoked, Place: harbour, Person: person("Leyla"), Command: "desk", Unreachable: "attache is not in #harbour."}
	for _, line := range []string{"new", "new Harbour follow Armenia"} {
		outside.Text = line
		c.do(outside)
		has(t, c.heard(), "alone: ", "Invite it first, by /invite @attache.", "not started")
	}
	asked := Request{Kind: Invoked, Place: harbour, Person: person("Leyla"), Command: "desk", Text: "new"}
	var form Form
	asked.Ask = func(_ context.Context, f Form) error {
		form = f
		return nil
	}
	c.do(asked)
	has(t, c.heard(), "not To set up a desk")
	if form.Time != "07:30" || form.Zone != "UTC" || len(form.Days) != 5 {
		t.Errorf("%+v", form)
	}
	asked.Ask = func(context.Context, Form) error { return errors.New("too late") }
	c.do(asked)
	has(t, c.heard(), "alone: To set up a desk here, write its name")
	form.Name, form.Follow = "Harbour", []string{"Zembla"}
	wrong, err := c.handlers[0].CheckForm(t.Context(), harbour, person("Leyla"), form)
	if err != nil || len(wrong) != 1 || wrong[0].Part != FollowPart {
		t.Error(wrong, err)
	}
	if wrong, err = c.handlers[0].CheckForm(t.Context(), harbour, person("Rustam"), form); err != nil || len(wrong) != 1 || wrong[0].Part != NamePart {
		t.Error(wrong, err)
	}
	c.do(Request{Kind: Invoked, Place: harbour, Person: person("Leyla"), Command: "desk", Text: "new Harbour follow AZE-ISR, Armenia; schedule 07:30; zone Asia/Baku"})
	m := c.said[0]
	has(t, c.heard(), "alone: Harbour desk, not started", "(Show it whole) (Start: first brief ", "not <>")
	c.do(Request{Kind: Pressed, Place: harbour, Person: person("Leyla"), Action: button(t, m, "Show it whole")})
	has(t, c.heard(), "alone: Only you see it; nothing is stored or posted.", "Preview of the brief")
	c.do(Request{Kind: Pressed, Place: harbour, Person: person("Rustam"), Action: m.Actions[1]})
	has(t, c.heard(), "alone: Only Leyla changes this desk.", "not <>")
	c.do(Request{Kind: Pressed, Place: harbour, Person: person("Leyla"), Action: m.Actions[1]})
	has(t, c.heard(), "<> Harbour desk set up by Leyla: Azerbaijan–Israel, Armenia. Brief: every day 07:30 Baku", "alone: Harbour is started.")
	c.do(Request{Kind: Invoked, Place: harbour, Person: person("Rustam"), Command: "desk"})
	has(t, c.heard(), "alone: Harbour desk Follows Azerbaijan–Israel, Armenia", "Posts to slack:#harbour")
}
