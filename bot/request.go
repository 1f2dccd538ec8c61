package bot

import (
	"context"
	"time"
)

// RequestKind is what a person did.
type RequestKind string

// The kinds of request.
const (
	Invoked RequestKind = "invoked" // a command
	Said    RequestKind = "said"    // a line, in a thread or to attache
	Edited  RequestKind = "edited"  // a line that was said before
	Deleted RequestKind = "deleted" // likewise
	Pressed RequestKind = "pressed" // a button, or an entry of a menu
	Joined  RequestKind = "joined"  // attache was invited to a place, by the person
)

// Request is something that a person did in a place where attache listens.
type Request struct {
	ID      string // names it on all replicas: a repeat has the same, and so have a line's edit and deletion
	Kind    RequestKind
	At      time.Time // when it was done, by the platform's clock
	Place   Place
	Thread  string // the platform's id of the message that the thread stands under, as [Adapter.Post] gives ids; empty outside of threads
	Message string // the platform's id of what was said; of a press, of the message that has the button
	Person  Person

	Command string            // of a command, its name
	Options map[string]string // of a command, where the platform has them apart
	Text    string            // what was said, without the mention of attache; of a command, what follows its name
	Action  Action            // of a press

	Addressed bool // attache is mentioned, or the place is a direct message to it
	ToOthers  bool // somebody else is mentioned
	Openly    bool // of a command: everyone in the place is to read the answer
	Alone     bool // nobody but the person reads the place: each answer is a reply

	Unreachable string // why nothing can be posted in the place, and what to do about it; empty where something can

	Reply func(ctx context.Context, m Message) error // shows a message to the person alone
	Ask   func(ctx context.Context, f Form) error    // has the person fill in a form for the place; nil where there are none
	Share func(ctx context.Context, m Message) error // shows one to all where the place is unreachable; nil where that can't be done
}

// Person is who made a request.
type Person struct {
	ID     string         // "slack:U024BE7LH"; of one person for ever
	Name   string         // as others see it
	Zone   *time.Location // nil where it isn't known
	Groups []string       // what the person belongs to: "slack:@caucasus-leads", "slack:admins"
}
