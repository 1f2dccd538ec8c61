package bottest

import (
	"testing"
	"time"

	"attache/bot"
)

// Stage is a platform with people on it, and what goes on behind it: attache, its
// archive and its desks.
type Stage struct {
	Platform Platform
	Behind   Behind
}

// Platform is where people are. On it are the channels #caucasus and #energy, each
// of the desk of that name, and #cabinet, in which attache can't post. Leyla belongs
// to the group @caucasus-leads.
type Platform interface {
	// Do has a person do something, and returns when attache has done what follows
	// from that. What was said gets an id, by which it is edited, deleted, and
	// answered in a thread.
	Do(t *testing.T, a Act) (id string)
	// Seen is what was shown, or taken away, since the last call.
	Seen(t *testing.T) []Seen
}

// Behind is what people don't see. Package backstage has it for every platform.
type Behind interface {
	Edition(t *testing.T, desk string)     // an edition of it is posted
	NextDay(t *testing.T)                  // it is the next morning, and its news are read
	Later(t *testing.T, d time.Duration)   // time goes by
	Restart(t *testing.T)                  // of attache, on all replicas
	TakeOver(t *testing.T)                 // from now on another replica hears the people
	Break(t *testing.T, broken bool)       // the archive answers no question
	Logged(t *testing.T, code string) bool // whether the log has a failure's code
}

// ActKind is what a person does.
type ActKind string

// The kinds of act.
const (
	Says    ActKind = "says"    // Text, as it is typed: "@attache and on energy?"
	Invokes ActKind = "invokes" // Text: "/latest Azerbaijan–Israel"
	Edits   ActKind = "edits"   // Message is made Text
	Deletes ActKind = "deletes" // Message
	Unsays  ActKind = "unsays"  // says Text and deletes it, and attache hears of that first
	Presses ActKind = "presses" // the button with Label, of Message; the entry of the menu of Item, where there is one
	Repeats ActKind = "repeats" // nobody: the platform tells attache of the last act again
)

// Act is what a person does.
type Act struct {
	Kind    ActKind
	Who     string
	Channel string // "#caucasus"; empty for a direct message to attache
	Thread  string // the id of what it is under; empty outside of threads
	Text    string
	Message string // the id of what is edited, deleted or has the button
	Item    string // "1.2"
	Label   string
	Twice   bool // attache hears of it twice at the same moment, on two replicas
}

// Seen is a message that was shown, whole where the platform made several of it.
type Seen struct {
	ID        string // by which its buttons are pressed; of a thread, that of its root
	Thread    string // the id of what it is under; empty outside of threads
	To        string // the name of whoever alone sees it; empty for everyone
	Text      string // without markup: outlets before their [n], buttons as (Label)
	Buttons   []string
	Withdrawn bool // it is there no longer
}

// Attache is what a platform in a test tells what people do.
type Attache interface {
	Handle(t *testing.T, r bot.Request)
	HandleTwice(t *testing.T, r bot.Request) // at the same moment, on two replicas
	Deliver(t *testing.T)                    // posts all that is to be posted now
	Now() time.Time
}
