package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"attache/bot"
)

// refusal is Slack's own no: https://docs.slack.dev/reference/methods/chat.postMessage#errors
type refusal struct {
	code    string
	needed  string   // the scope that is missing
	details []string // what is wrong with a block
}

func (r *refusal) Error() string { return "it answers " + r.code }

// Apps and settings are in the same place for every remedy.
const (
	reinstall = "at api.slack.com/apps, under OAuth & Permissions, press Reinstall to Workspace"
	newToken  = reinstall + ", and put the bot's token (xoxb-) where the config has it"
)

// why says what the refusal means in a place, and what to do about it.
func (r *refusal) why(p bot.Place) (what, remedy string) {
	switch r.code {
	case "not_in_channel":
		return "attache is not in the channel", invite(p, "attache")
	case "channel_not_found":
		return "attache sees no such channel", "Where there is one: " + invite(p, "attache")
	case "is_archived":
		return "the channel is archived", "Unarchive it in Slack, or name another channel in the config"
	case "missing_scope", "no_permission":
		return "attache lacks the scope " + orUnknown(r.needed), "At api.slack.com/apps, under OAuth & Permissions, add it, then press Reinstall to Workspace"
	case "token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive", "not_allowed_token_type":
		return "Slack does not take the token", strings.ToUpper(newToken[:1]) + newToken[1:]
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel", "restricted_action_thread_locked":
		return "attache may not post in the channel", "In the channel's settings, under Posting permissions, let it post, or have an admin of the workspace do so"
	case "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text", "metadata_too_large":
		return "Slack does not take the message: " + strings.Join(append([]string{r.code}, r.details...), "; "),
			"This is a mistake of attache: report it with this text"
	case "thread_not_found", "cannot_reply_to_message":
		return "the message that it goes under is not there any more", "Drop it, or retry the edition's first message"
	}
	return "Slack refuses it (" + r.code + ")", "See what that is at docs.slack.dev/reference/methods/chat.postMessage"
}

func orUnknown(scope string) string {
	if scope == "" {
		return "that this needs"
	}
	return scope
}

// invite tells how attache gets into a channel.
func invite(p bot.Place, name string) string {
	if strings.HasPrefix(p.Channel, "#") {
		return "In " + p.Channel + " type: /invite @" + name
	}
	return "In that channel type: /invite @" + name
}

// post is what a refusal means to a post.
func (r *refusal) post(p bot.Post) error {
	switch r.code {
	case "fatal_error", "internal_error", "service_unavailable":
		return r // Slack says that some of it may have happened
	case "ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org", "request_timeout":
		return &bot.RetryError{After: 30 * time.Second, Err: r}
	}
	what, remedy := r.why(p.Place)
	if b := r.block(p.Payload); b != "" {
		what += ": " + b
	}
	return &bot.RefusedError{Err: fmt.Errorf("%s (%s). %s", what, r.code, remedy)}
}

// pointer is where Slack says that a block is wrong.
var pointer = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`json-pointer:/blocks/(\d+)`) })

// block is the beginning of the block that Slack finds wrong, where it says which.
func (r *refusal) block(data json.RawMessage) string {
	found := pointer().FindStringSubmatch(strings.Join(r.details, " "))
	if found == nil {
		return ""
	}
	var p struct{ Blocks []json.RawMessage }
	i, err := strconv.Atoi(found[1])
	if err != nil || json.Unmarshal(data, &p) != nil || i >= len(p.Blocks) {
		return ""
	}
	const most = 300
	return shorten(string(p.Blocks[i]), most)
}

// isRefusal reports whether Slack said one of these.
func isRefusal(err error, codes ...string) bool {
	var r *refusal
	return errors.As(err, &r) && slices.Contains(codes, r.code)
}
