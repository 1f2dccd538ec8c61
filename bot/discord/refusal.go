package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"attache/bot"
)

// What Discord calls its refusals:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	unknownChannel     = 10003
	unknownGuild       = 10004
	unknownMember      = 10007
	unknownMessage     = 10008
	unknownWebhook     = 10015
	unknownInteraction = 10062
	answeredAlready    = 40060
	tagRequired        = 40067
	noAccess           = 50001
	userClosed         = 50007
	noPermission       = 50013
	emptyMessage       = 50006
	wrongForm          = 50035
	archivedThread     = 50083
	threadExists       = 160004
	threadLocked       = 160005
	tooManyThreads     = 160006
	blockedByRules     = 200000
	blockedByTitle     = 200001
	badLink            = 240000
)

// refusal is Discord's own no.
type refusal struct {
	status  int
	code    int
	message string
	path    string // where in a form something is wrong
}

func newRefusal(status int, body []byte) *refusal {
	r := &refusal{status: status}
	var of struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(body, &of) == nil {
		r.code, r.message = of.Code, bot.Brief(of.Message)
		r.path = wrongAt(of.Errors)
	}
	return r
}

// wrongAt is where a form is wrong, "components.0.label: BASE_TYPE_BAD_LENGTH".
func wrongAt(data json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return ""
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if name == "_errors" {
			var all []struct{ Code string }
			if json.Unmarshal(fields[name], &all) == nil && len(all) > 0 {
				return ": " + all[0].Code
			}
			continue
		}
		if rest := wrongAt(fields[name]); rest != "" {
			return name + strings.Replace("."+rest, ".:", ":", 1)
		}
	}
	return ""
}

func (r *refusal) Error() string {
	if r.code == 0 {
		return fmt.Sprintf("it answers %d", r.status)
	}
	return fmt.Sprintf("it answers %d", r.code)
}

// name is a refusal as people look it up.
func (r *refusal) name() string {
	if r.code != 0 {
		return fmt.Sprint(r.code)
	}
	return fmt.Sprint(r.status)
}

// why says what the refusal means, and what to do about it.
func (r *refusal) why() (what, remedy string) {
	switch {
	case r.status == http.StatusUnauthorized:
		return "Discord does not take the token", "At discord.com/developers/applications, under Bot, press Reset Token, and put the new one where the config has it"
	case r.code == unknownChannel:
		return "there is no such channel", "With Developer Mode on, right-click the channel, Copy Channel ID, and put that number into the config"
	case r.code == noAccess, r.code == unknownGuild:
		return "attache does not see the channel", "See whether attache is in that server (attache manifest discord prints the link). " + permit("View Channel")
	case r.code == noPermission:
		return "attache lacks a permission in the channel", permit(allNeeded())
	case r.code == threadLocked, r.code == archivedThread:
		return "the thread is locked", "Unlock it in Discord, or drop this"
	case r.code == tooManyThreads:
		return "the server has as many active threads as Discord takes", "Archive some of them, then retry"
	case r.code == tagRequired:
		return "the forum wants a tag on each post, and has none", "In the forum's settings add a tag, or require none"
	case r.code == unknownMessage:
		return "the message that it goes under is not there any more", "Drop it, or retry the edition's first message"
	case r.code == userClosed:
		return "the person takes no direct messages", "Nothing can be done about it here"
	case r.code == blockedByRules, r.code == blockedByTitle, r.code == badLink:
		return "the server's AutoMod blocks the message: " + r.message, "In Server Settings, under AutoMod, exempt the role of attache"
	case r.code == wrongForm, r.code == emptyMessage:
		return "Discord does not take the message: " + r.path, "This is a mistake of attache: report it with this text"
	}
	what = "Discord refuses it"
	if r.message != "" {
		what += ": " + r.message
	}
	return what, "See what that is at discord.com/developers/docs/topics/opcodes-and-status-codes"
}

func permit(what string) string {
	return "In the channel's settings, under Permissions, allow attache " + what
}

// post is what a refusal means to a post.
func (r *refusal) post() error {
	const soon = 30 * time.Second
	if r.status == http.StatusConflict || r.code == 130000 || r.code == 40002 { // overloaded; an account to be verified
		return &bot.RetryError{After: soon, Err: r}
	}
	what, remedy := r.why()
	return &bot.RefusedError{Err: fmt.Errorf("%s (%s). %s", what, r.name(), remedy)}
}

// isRefusal reports whether Discord said one of these.
func isRefusal(err error, codes ...int) bool {
	var r *refusal
	return errors.As(err, &r) && slices.Contains(codes, r.code)
}

// isDoubt reports whether a call that failed may have had its effect.
func isDoubt(err error) bool {
	var said *refusal
	var never *bot.RefusedError
	return !errors.As(err, &said) && !errors.As(err, &never)
}

// told is an error with what to do about it.
func told(err error) error {
	var refused *refusal
	if !errors.As(err, &refused) {
		return err
	}
	what, remedy := refused.why()
	return fmt.Errorf("%s (%s). %s", what, refused.name(), remedy)
}
