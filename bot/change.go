package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"attache/digest"
	"attache/digest/archive"
)

// ChangeKind is what was changed of a desk.
type ChangeKind string

// The kinds of change.
const (
	Follow     ChangeKind = "follow"
	Unfollow   ChangeKind = "unfollow"
	Muting     ChangeKind = "mute"
	Unmuting   ChangeKind = "unmute"
	Scheduling ChangeKind = "schedule"
	Zoning     ChangeKind = "zone"
	Posting    ChangeKind = "post"
	Unposting  ChangeKind = "unpost"
	Noting     ChangeKind = "note"
	Feedback   ChangeKind = "feedback"
	SettingUp  ChangeKind = "set up" // of a desk that the config doesn't have
	Starting   ChangeKind = "start"  // of one that was set up
)

// changeVersion is that of a change's JSON.
const changeVersion = 1

// Change is what somebody changed of a desk in chat, as the archive keeps it.
type Change struct {
	Version  int             `json:"version"`
	Kind     ChangeKind      `json:"kind"`
	By       string          `json:"by"`            // the person's id
	For      string          `json:"for,omitempty"` // a person's id, where it is theirs alone
	Subject  *digest.Subject `json:"subject,omitempty"`
	Story    int64           `json:"story,omitempty"`
	Ref      string          `json:"ref,omitempty"` // the story's number then, "12.4"
	Until    time.Time       `json:"until,omitzero"`
	UntilNew bool            `json:"until_new,omitempty"`
	Origins  int             `json:"origins,omitempty"` // that the story had then
	Schedule string          `json:"schedule,omitempty"`
	Place    string          `json:"place,omitempty"`

	Follow    []digest.Subject `json:"follow,omitempty"` // of a desk that is set up, as are these
	Zone      string           `json:"zone,omitempty"`
	MayChange []string         `json:"may_change,omitempty"`

	Text    string `json:"text,omitempty"` // a note's, and what a report says is wrong; a note without one takes the person's notes on the story back
	Article int64  `json:"article,omitempty"`
	Applied bool   `json:"applied,omitempty"` // of a report; else it waits
}

// change makes what a person changed ready to be kept.
func (o order) change(c Change) archive.DeskChange {
	c.Version, c.By = changeVersion, o.Person.ID
	body, err := json.Marshal(c)
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return archive.DeskChange{Desk: o.Desk.Name, Who: plainName(o.Person.Name), Change: body}
}

// readChange reads a change. One of a later version can't be read by this one.
func readChange(kept archive.DeskChange) (Change, error) {
	var c Change
	if err := json.Unmarshal(kept.Change, &c); err != nil {
		return c, fmt.Errorf("change %d of desk %s: %w", kept.ID, kept.Desk, err)
	}
	if c.Version > changeVersion || !c.Kind.known() {
		return c, fmt.Errorf("change %d of desk %s is of kind %q, version %d, which this version of attache does not know", kept.ID, kept.Desk, c.Kind, c.Version)
	}
	return c, nil
}

// keptChange is a change as it was read.
type keptChange struct {
	Change
	kept archive.DeskChange
}

// readChanges reads changes. The error tells those that can't be read, which are left
// out.
func readChanges(changes []archive.DeskChange) ([]keptChange, error) {
	all := make([]keptChange, 0, len(changes))
	var unread []error
	for _, kept := range changes {
		c, err := readChange(kept)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		all = append(all, keptChange{c, kept})
	}
	return all, errors.Join(unread...)
}

func (k ChangeKind) known() bool {
	switch k {
	case Follow, Unfollow, Muting, Unmuting, Scheduling, Zoning, Posting, Unposting, Noting, Feedback, SettingUp, Starting:
		return true
	}
	return false
}
