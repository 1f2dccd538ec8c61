package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Place is where messages go. Two threads of one channel are one place: what goes
// to a channel is kept in order.
type Place struct {
	Platform  string // "slack"
	Workspace string // a configured name; empty where there is one
	Channel   string // "#caucasus", as the platform understands it
}

// talks reports whether people talk in the place, rather than that it takes editions
// alone.
func (p Place) talks() bool { return p.Platform != "file" && p.Platform != "webhook" }

// String gives "slack:#caucasus" or "slack/NAME:#caucasus".
func (p Place) String() string { return p.Adapter() + ":" + p.Channel }

// Adapter is the name of the adapter that serves the place: "slack", "slack/NAME".
func (p Place) Adapter() string {
	if p.Workspace == "" {
		return p.Platform
	}
	return p.Platform + "/" + p.Workspace
}

// ParsePlace reads what [Place.String] gives.
func ParsePlace(s string) (Place, error) {
	adapter, channel, ok := strings.Cut(s, ":")
	platform, workspace, _ := strings.Cut(adapter, "/")
	if !ok || platform == "" || channel == "" {
		return Place{}, fmt.Errorf("%q is no place: expected a platform and a channel, as in slack:#caucasus", s)
	}
	return Place{platform, workspace, channel}, nil
}

// Part is one exact payload of a platform.
type Part struct {
	Payload json.RawMessage
	Under   int // the number of the earlier part that it goes under, from 1; 0 for none
}

// Post is a part on its way to a place.
type Post struct {
	Key     string // its mark, by which it is found again: the delivery's key, "@", and when it was planned
	Place   Place
	Under   string // the platform's id of what it goes under; empty for none
	Payload json.RawMessage
	Planned time.Time // nothing of it is older in the place
}

// Finding is what an adapter makes of a look for its own part.
type Finding int

// The findings.
const (
	CannotTell Finding = iota // it isn't posted again
	There
	NotThere
	Repeatable // the place knows the mark, and drops what it has
)

// Adapter puts messages on one platform. It is safe for concurrent use.
type Adapter interface {
	// Plan makes the parts of a thread, each within the platform's limits. It is
	// pure: the same thread gives the same parts.
	Plan(place Place, t Thread) ([]Part, error)
	// Post makes one attempt, and returns the platform's id. Unless the error is a
	// [RetryError] or a [RefusedError], the part may have landed.
	Post(ctx context.Context, p Post) (id string, err error)
	// Find looks for the part that an earlier post may have landed. Where it fails,
	// it is asked again later.
	Find(ctx context.Context, p Post) (found Finding, id string, err error)
	// Withdraw deletes what was posted under that id. What is gone already is no
	// error.
	Withdraw(ctx context.Context, place Place, id string) error
}

// RetryError says that a part was certainly not posted, and may be later.
type RetryError struct {
	After time.Duration // as the platform asks; 0: soon
	Err   error
}

func (e *RetryError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// RefusedError says that a part will never be taken. Its text says what to do.
type RefusedError struct{ Err error }

func (e *RefusedError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *RefusedError) Unwrap() error { return e.Err }
