package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"attache/bot"
)

// heard is what reached attache of something that a person did, before it is known
// who that is and what the place is called.
type heard struct {
	kind bot.RequestKind
	id   string    // in its workspace
	at   time.Time // zero where Slack doesn't say

	team        string
	channel     string // its id
	channelName string // where Slack says it
	direct      bool   // the channel is known to be a conversation with attache alone
	thread      string // the ts of the message that it is under; empty outside of threads
	message     string // the ts of what was said, or of what has the button

	user     string // the person's id
	userName string // where Slack says it

	command string
	text    string
	mention mentions
	action  bot.Action
	trigger string // a secret by which a form is opened, within 3 seconds: likewise
	respond string // a secret address for answers: never kept, never told
}

// self is attache in a workspace.
type self struct {
	user, name string // its user's id and name
	team       string
}

// hear makes of an envelope what a person did; false where that is nothing that
// attache listens to.
func hear(e envelope, me self) (heard, bool) {
	switch e.Type {
	case "slash_commands":
		return hearCommand(e.Payload, me)
	case "interactive":
		if waits(e) {
			return hearSubmission(e.Payload)
		}
		return hearPress(e.Payload)
	case "events_api":
		return hearEvent(e.Payload, me)
	}
	return heard{}, false
}

// hearCommand is https://docs.slack.dev/interactivity/implementing-slash-commands
func hearCommand(payload json.RawMessage, me self) (heard, bool) {
	var c struct {
		Command     string `json:"command"`
		Text        string `json:"text"`
		TeamID      string `json:"team_id"`
		ChannelID   string `json:"channel_id"`
		ChannelName string `json:"channel_name"`
		UserID      string `json:"user_id"`
		UserName    string `json:"user_name"`
		ResponseURL string `json:"response_url"`
		TriggerID   string `json:"trigger_id"`
	}
	if json.Unmarshal(payload, &c) != nil || c.UserID == "" || c.ChannelID == "" || c.TriggerID == "" {
		return heard{}, false
	}
	h := heard{
		kind: bot.Invoked, id: "command/" + digestOf(c.TriggerID), team: c.TeamID,
		channel: c.ChannelID, channelName: c.ChannelName, user: c.UserID, userName: c.UserName,
		command: commandName(c.Command), trigger: c.TriggerID, respond: c.ResponseURL,
	}
	switch c.ChannelName { // Slack's words for what has no name
	case "directmessage", "privategroup":
		h.channelName = ""
	}
	h.text, h.mention = readText(c.Text, me.user)
	return h, true
}

// commandName is the command that is meant by a name that was registered: attache's
// own, or a short one behind a prefix of the team's.
func commandName(registered string) string {
	for _, name := range ShortCommands() {
		if strings.HasSuffix(strings.ToLower(registered), name) {
			return name
		}
	}
	return appName
}

// digestOf names something by what is secret, without telling it.
func digestOf(secret string) string {
	const enough = 16
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:enough])
}

// hearPress is https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func hearPress(payload json.RawMessage) (heard, bool) {
	var p struct {
		Type string `json:"type"`
		Team struct {
			ID string `json:"id"`
		} `json:"team"`
		User struct {
			ID       string `json:"id"`
			Username string `json:"username"`
			Name     string `json:"name"`
		} `json:"user"`
		Container struct {
			MessageTS string `json:"message_ts"`
			ThreadTS  string `json:"thread_ts"`
			ChannelID string `json:"channel_id"`
		} `json:"container"`
		Channel struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"channel"`
		Message struct {
			ThreadTS string `json:"thread_ts"`
		} `json:"message"`
		TriggerID   string   `json:"trigger_id"`
		ResponseURL string   `json:"response_url"`
		Actions     []choice `json:"actions"`
	}
	if json.Unmarshal(payload, &p) != nil || p.Type != "block_actions" || len(p.Actions) != 1 || p.User.ID == "" || p.TriggerID == "" {
		return heard{}, false
	}
	action, ok := p.Actions[0].action()
	channel := p.Channel.ID
	if channel == "" {
		channel = p.Container.ChannelID
	}
	if !ok || channel == "" {
		return heard{}, false
	}
	h := heard{
		kind: bot.Pressed, id: "press/" + digestOf(p.TriggerID), at: timeOf(p.Actions[0].At), team: p.Team.ID,
		channel: channel, channelName: p.Channel.Name, message: p.Container.MessageTS, thread: p.Container.ThreadTS,
		user: p.User.ID, userName: p.User.Name, action: action, trigger: p.TriggerID, respond: p.ResponseURL,
	}
	if h.userName == "" {
		h.userName = p.User.Username
	}
	if h.thread == "" {
		h.thread = p.Message.ThreadTS
	}
	if h.thread == h.message {
		h.thread = ""
	}
	switch h.channelName {
	case "directmessage", "privategroup":
		h.channelName = ""
	}
	return h, true
}

// choice is what was pressed.
type choice struct {
	ActionID string `json:"action_id"`
	Type     string `json:"type"`
	Value    string `json:"value"`
	At       string `json:"action_ts"`
	Selected struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// action is the reverse of newButton and newMenu.
func (c choice) action() (bot.Action, bool) {
	switch c.Type {
	case "button":
		var carried pressed
		if c.Value != "" && json.Unmarshal([]byte(c.Value), &carried) != nil {
			return bot.Action{}, false
		}
		do, _, _ := strings.Cut(c.ActionID, "/")
		return bot.Action{Do: do, On: carried.On, With: carried.With}, do != ""
	case "overflow":
		on, ok := strings.CutPrefix(c.ActionID, menuID)
		do, with, _ := strings.Cut(c.Selected.Value, " ")
		return bot.Action{Do: do, On: on, With: with}, ok && do != ""
	}
	return bot.Action{}, false
}

// said is https://docs.slack.dev/reference/events/message, and app_mention.
type saidEvent struct {
	Type        string     `json:"type"`
	Subtype     string     `json:"subtype"`
	Channel     string     `json:"channel"`
	ChannelType string     `json:"channel_type"`
	User        string     `json:"user"`
	BotID       string     `json:"bot_id"`
	Text        string     `json:"text"`
	Inviter     string     `json:"inviter"`
	TS          string     `json:"ts"`
	ThreadTS    string     `json:"thread_ts"`
	DeletedTS   string     `json:"deleted_ts"`
	Message     *saidEvent `json:"message"`
	Previous    *saidEvent `json:"previous_message"`
}

// hearEvent reads what was said, edited or deleted, by people.
func hearEvent(payload json.RawMessage, me self) (heard, bool) {
	var of struct {
		TeamID string    `json:"team_id"`
		Event  saidEvent `json:"event"`
	}
	if json.Unmarshal(payload, &of) != nil {
		return heard{}, false
	}
	ev := of.Event
	if ev.Type == "member_joined_channel" {
		return hearJoin(ev, of.TeamID, me)
	}
	if ev.Type != "message" && ev.Type != "app_mention" || ev.Channel == "" {
		return heard{}, false
	}
	kind, line := bot.Said, &ev
	switch ev.Subtype {
	case "", "thread_broadcast", "file_share", "me_message":
	case "message_changed":
		kind, line = bot.Edited, ev.Message
		if line != nil && line.Subtype == "tombstone" { // of a thread's root the stone stays
			kind, line = bot.Deleted, ev.Previous
		}
	case "message_deleted":
		kind, line = bot.Deleted, ev.Previous
		if line == nil {
			line = &saidEvent{TS: ev.DeletedTS}
		}
	default:
		return heard{}, false
	}
	if line == nil || line.TS == "" || line.BotID != "" || line.User == me.user || kind == bot.Said && line.User == "" {
		return heard{}, false
	}
	h := heard{
		kind: kind, id: ev.Channel + "/" + line.TS, at: timeOf(line.TS), team: of.TeamID,
		channel: ev.Channel, direct: ev.ChannelType == "im" || strings.HasPrefix(ev.Channel, "D"),
		message: line.TS, thread: line.ThreadTS, user: line.User,
	}
	if h.thread == h.message {
		h.thread = ""
	}
	h.text, h.mention = readText(line.Text, me.user)
	return h, h.concerns() || kind == bot.Deleted && ev.Previous == nil
}

// hearJoin is https://docs.slack.dev/reference/events/member_joined_channel, where it
// is attache who joins. It is heard of once for each channel.
func hearJoin(ev saidEvent, team string, me self) (heard, bool) {
	if ev.User != me.user || ev.Channel == "" {
		return heard{}, false
	}
	return heard{kind: bot.Joined, id: "joined/" + ev.Channel, team: team, channel: ev.Channel, user: ev.Inviter}, true
}

// concerns reports whether a line may be attache's affair: to it, or in a thread.
func (h heard) concerns() bool { return h.direct || h.mention.attache || h.thread != "" }

// timeOf is the moment of a ts; zero where it is none.
func timeOf(ts string) time.Time {
	seconds, parts, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || s < 0 || s > math.MaxInt32*2 {
		return time.Time{}
	}
	micros, err := strconv.ParseInt((parts + "000000")[:6], 10, 64)
	if err != nil || micros < 0 {
		return time.Time{}
	}
	return time.Unix(s, micros*1000).UTC()
}
