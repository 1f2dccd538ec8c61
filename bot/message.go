// Package bot says things: it turns digests and answers into messages that are
// free of any platform, and keeps the conversations they belong to.
//
// Begin with [Message]. [Edition] makes messages of a digest; [Handler] does what
// people ask for in chat, each [Request] once. What prints or posts a message is a
// child package, as bot/terminal.
package bot

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Message is what is to be shown, free of any platform: blocks from top to
// bottom. Every text in it that comes from an article stands in a [Line] of kind
// Reported, a [Citation] or a heading's outlet; a platform escapes all of it. Its
// JSON is what webhooks get.
type Message struct {
	Notice    string     `json:"notice"` // one line, for a notification and for screen readers
	Zone      string     `json:"zone"`   // the zone of every clock time in it, "Asia/Baku"
	Blocks    []Block    `json:"blocks"`
	Citations []Citation `json:"citations"` // what the lines point to, in order of N
	Actions   []Action   `json:"actions,omitempty"`
}

// Action is something that a reader may do with a message: a button, or an entry
// of an item's menu. Places that nobody listens in leave actions out.
type Action struct {
	Label string `json:"label"`          // "Timeline"
	Do    string `json:"do"`             // "timeline": what [Handler] understands
	On    string `json:"on,omitempty"`   // what it is done on: an answer, "Caucasus/12", "Caucasus/12.1"
	With  string `json:"with,omitempty"` // its argument
}

// Thread is a message and those that follow it, in order.
type Thread struct {
	Root    Message
	Replies []Message
}

// BlockKind is what a block is for.
type BlockKind string

// The kinds of block.
const (
	Headline BlockKind = "headline" // the message's heading
	Context  BlockKind = "context"  // small print under a heading, or at the foot
	Heading  BlockKind = "heading"  // a section's heading and what is counted of it
	Item     BlockKind = "item"     // one story, or one line of an answer
)

// Block is one piece of a message.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Title string    `json:"title,omitempty"` // of a headline or heading; a fixed word, an actor, a pair, a theme or an outlet
	Ref   string    `json:"ref,omitempty"`   // an item's number, "12.1"
	State string    `json:"state,omitempty"` // what was counted of an item, "New", "More origins 1 → 4"
	Facts string    `json:"facts,omitempty"` // who and what the item is about, "Azerbaijan, Israel · arms trade"
	Lines []Line    `json:"lines,omitempty"`
	Again bool      `json:"again,omitempty"` // its reported sentence stands in an earlier block of the thread
	Menu  []Action  `json:"menu,omitempty"`  // what may be done with an item
}

// LineKind tells apart the three kinds of line; there is no other.
type LineKind string

// The kinds of line.
const (
	Reported LineKind = "reported" // a stored sentence, with its citation
	Counted  LineKind = "counted"  // counts, times, names and fixed phrases of attache
	Note     LineKind = "note"     // a person's signed note
)

// Line is one line of a block.
type Line struct {
	Kind   LineKind `json:"kind"`
	Label  string   `json:"label,omitempty"` // fixed words before the text: "Figures differ, price", a day
	Text   string   `json:"text"`            // of a reported line: exactly the stored bytes
	Cite   int      `json:"cite,omitempty"`  // the number of the citation it rests on; 0 for none
	Marks  []string `json:"marks,omitempty"` // what departs from plain, after the outlet: "paywall (summary only)"
	Tail   string   `json:"tail,omitempty"`  // what was counted of it: "one origin only"
	Bullet bool     `json:"bullet,omitempty"`
}

// Citation is an article that a message cites.
type Citation struct {
	N         int       `json:"n"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	URL       string    `json:"url,omitempty"`  // empty where the article came without a page of the web
	Lang      string    `json:"lang,omitempty"` // ISO 639-1
	Published time.Time `json:"published"`
	Day       bool      `json:"day,omitempty"` // only the day of publication is known
	Read      time.Time `json:"read"`
	Authors   []string  `json:"authors,omitempty"`
	Via       string    `json:"via,omitempty"`
}

// Citation returns the citation of a number. The zero Citation stands for none.
func (m *Message) Citation(n int) Citation {
	for _, c := range m.Citations {
		if c.N == n {
			return c
		}
	}
	return Citation{}
}

// Counting is a message in which what attache counted says something else, as where a
// platform has names for what the bot knows by ids. What outlets say stays as it is.
func (m *Message) Counting(text func(string) string) Message {
	changed := *m
	changed.Blocks = slices.Clone(m.Blocks)
	for i, b := range m.Blocks {
		changed.Blocks[i].Lines = slices.Clone(b.Lines)
		for j, line := range b.Lines {
			if line.Kind == Counted {
				changed.Blocks[i].Lines[j].Text = text(line.Text)
			}
		}
	}
	return changed
}

// Page is where a citation leads to: a page of the web, or nil.
func (c Citation) Page() *url.URL {
	u, err := url.Parse(c.URL)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	u.User = nil
	return u
}

// link is an article's address where it leads to a page of the web. An article
// that was imported without one has a name in its place, which is for no reader.
func link(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}
