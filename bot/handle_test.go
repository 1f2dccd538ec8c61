package bot

import (
	"strings"
	"testing"

	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

// has fails where what was heard lacks one of the texts, or has one that begins
// with "not ".
func has(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		not, absent := strings.CutPrefix(w, "not ")
		if strings.Contains(got, not) == absent {
			t.Errorf("%q is wanted in:\n%s", w, got)
		}
	}
}

func TestAnswersInAThread(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, a *archive.Archive) {
		c := newChat(t, a)
		c.handlers = append(c.handlers, c.replica())
		c.news()
		c.ask("Leyla", "", "latest on Azerbaijan–Israel")
		has(t, c.heard(), "<m1> Azerbaijan–Israel", "for Leyla", "patrol boats", "crude oil", "not alone")
		c.say("Leyla", "m1", "and on energy?")
		has(t, c.heard(), "<m1> Azerbaijan–Israel · ", "for Leyla", "not alone")
		c.say("Rustam", "m1", "I doubt it")
		has(t, c.heard(), "not for Rustam", "not alone")
		c.say("Leyla", "m1", "and on Armenia?")
		got := c.heard()
		has(t, got, "alone: Asked attache? (Yes) (No)", "not Armenia")
	})
}

// A private answer is posted as it was seen, once, with who shared it.
func TestShare(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Text: "Azerbaijan–Israel"})
	m := c.said[0]
	seen := c.heard()
	has(t, seen, "alone: Azerbaijan–Israel", "not for Leyla")
	c.press("Leyla", "", button(t, m, "Share here"))
	got := c.heard()
	has(t, got, "<> Shared by Leyla Azerbaijan–Israel", "not (Share here)", "not alone")
	c.press("Leyla", "", button(t, m, "Share here"))
	has(t, c.heard(), "alone: Shared already.", "not <")
	c.say("Leyla", "a1", "and since yesterday?") // who shared it is the last asker
	has(t, c.heard(), "<a1> Azerbaijan–Israel", "for Leyla")
	c.ask("Rustam", "a1", "and on energy?")
	has(t, c.heard(), "<a1> Azerbaijan–Israel · energy", "pair and period from Leyla's question", "for Rustam")
}

// What is the desk's own affair isn't shared outside its places.
func TestSharedElsewhere(t *testing.T) {
	c := newChat(t, archivetest.Open(t))
	c.news()
	c.handlers[0].Desks.Base[0].MayChange = []string{everyone}
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "mute", Text: "Georgia for the desk 7 days"})
	c.do(Request{Kind: Invoked, Person: person("Leyla"), Command: "mute", Text: "gas 7 days"})
	c.handlers[0].Desks.Base[0].MayChange = nil
	c.heard()
	for where, want := range map[string]string{"#caucasus": "Muted Georgia", "#rails": "not Muted"} {
		in := Place{"slack", "", where}
		c.do(Request{Kind: Invoked, Place: in, Person: person("Leyla"), Command: "digest", Options: map[string]string{"desk": "Caucasus"}})
		m := c.said[0]
		has(t, c.heard(), "alone: ", want)
		c.do(Request{Kind: Pressed, Place: in, Person: person("Leyla"), Action: button(t, m, "Share here")})
		has(t, c.heard(), "<> Shared by Leyla Preview", want, "not gas until") // which is hers alone
	}
}
