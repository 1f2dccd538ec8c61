package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"attache/digest/archive"
	"attache/digest/ask"
)

// record is an answer as the archive keeps it, so that its buttons go on from it
// wherever they are pressed, and so that it can be shared as it was seen.
type record struct {
	Version  int          `json:"version"`
	Thread   string       `json:"thread,omitempty"` // the key of the conversation that it is in; empty for none
	Conv     conversation `json:"conv"`             // as it was right after it
	Before   *before      `json:"before,omitempty"` // it changed the thread: what that had
	Message  *Message     `json:"message,omitempty"`
	Asker    asker        `json:"asker"`
	Text     string       `json:"text,omitempty"`     // of the question
	Borrowed bool         `json:"borrowed,omitempty"` // the question has something from one before it
	Question string       `json:"question,omitempty"` // that waits for its asker to say whether it was one
	Public   bool         `json:"public,omitempty"`
	Shared   string       `json:"shared,omitempty"` // by whom
	Open     bool         `json:"open,omitempty"`   // it was shared by the platform's own way, and can't be taken back
	Missed   bool         `json:"missed,omitempty"` // its asker said that it is not what was meant
	Gone     bool         `json:"gone,omitempty"`   // its question was deleted, or it was taken back
}

// before is what a thread had before an answer, to go back to.
type before struct {
	Slots  *ask.Slots       `json:"slots,omitempty"`
	Set    map[string]asker `json:"set,omitempty"`
	Answer string           `json:"answer,omitempty"`
	Asked  *writing         `json:"asked,omitempty"`
}

// kept is a record as it was read.
type kept struct {
	record
	id       string
	revision int64
}

// answerID names the answer to a request, the same on all replicas.
func answerID(request string) string {
	sum := sha256.Sum256([]byte(request))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:10])
}

func answerKey(id string) string { return "answer/" + id }

// recorded reads an answer; one of revision 0 for none.
func (h *Handler) recorded(ctx context.Context, id string) (kept, error) {
	k := kept{id: id}
	body, revision, err := h.Archive.Conversation(ctx, answerKey(id))
	if err != nil || body == nil {
		return k, err
	}
	k.revision = revision
	return k, decode(answerKey(id), body, &k.record)
}

// keeping is the record as it is to be kept.
func (k *kept) keeping() (archive.Conversing, error) {
	k.Version = conversationVersion
	return conversing(answerKey(k.id), k.revision, &k.record)
}

// readBy reports whether a person may read the answer: all may what is public or
// shared, the asker alone what is not.
func (k *kept) readBy(p Person) bool {
	return k.Public || k.Shared != "" || k.Asker.ID == p.ID
}

// zone is the zone that the answer tells its times in.
func (k *kept) zone() string {
	if k.Message == nil {
		return "UTC"
	}
	return k.Message.Zone
}
