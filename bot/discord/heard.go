package discord

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"attache/bot"
)

// event is something that Discord tells: by the gateway, or over HTTP.
type event struct {
	Name string // "INTERACTION_CREATE", as the gateway calls it
	Data json.RawMessage
}

// What the gateway calls what attache listens to:
// https://discord.com/developers/docs/events/gateway-events
const (
	interacted     = "INTERACTION_CREATE"
	messageCreated = "MESSAGE_CREATE"
	messageUpdated = "MESSAGE_UPDATE"
	messageDeleted = "MESSAGE_DELETE"
	messagesGone   = "MESSAGE_DELETE_BULK"
	guildCreated   = "GUILD_CREATE"
)

// interaction is https://discord.com/developers/docs/interactions/receiving-and-responding
type interaction struct {
	ID          string          `json:"id"`
	Application string          `json:"application_id"`
	Type        int             `json:"type"`
	Token       string          `json:"token"` // a secret, by which one answers
	Guild       string          `json:"guild_id"`
	ChannelID   string          `json:"channel_id"`
	Channel     *place          `json:"channel"`
	Member      *member         `json:"member"`
	User        *user           `json:"user"` // outside of servers
	May         bits            `json:"app_permissions"`
	Data        json.RawMessage `json:"data"`
	Message     *struct {
		ID string `json:"id"`
	} `json:"message"`
}

// The types of interaction, and of what is answered.
const (
	pinged      = 1
	invoked     = 2
	pressed     = 3
	typing      = 4
	submitted   = 5
	ponged      = 1
	showing     = 4
	deferred    = 5
	deferredOn  = 6 // what was pressed
	completions = 8
	formShown   = 9
)

type user struct {
	ID     string `json:"id"`
	Name   string `json:"username"`
	Global string `json:"global_name"`
	Bot    bool   `json:"bot"`
}

type member struct {
	User        *user    `json:"user"`
	Nick        string   `json:"nick"`
	Roles       []string `json:"roles"`
	Permissions *bits    `json:"permissions"` // of an interaction
}

// commandData is what was invoked, or is being typed.
type commandData struct {
	Name    string  `json:"name"`
	Options []given `json:"options"`
}

type given struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []given         `json:"options"`
}

// pressData is what was pressed or chosen, or the form that was filled in.
type pressData struct {
	CustomID   string   `json:"custom_id"`
	Type       int      `json:"component_type"`
	Values     []string `json:"values"`
	Components []struct {
		Components []struct {
			CustomID string `json:"custom_id"`
			Value    string `json:"value"`
		} `json:"components"`
	} `json:"components"`
}

// action is what was pressed; false where that is nothing of attache's.
func (d *pressData) action() (bot.Action, origin, bool) {
	id := d.CustomID
	if d.Type == selectType {
		if len(d.Values) != 1 {
			return bot.Action{}, origin{}, false
		}
		id = d.Values[0]
	}
	return decodeAction(id)
}

// filled is what stands in an input of a form.
func (d *pressData) filled(part string) string {
	for _, r := range d.Components {
		for _, c := range r.Components {
			if c.CustomID == part {
				return strings.TrimSpace(c.Value)
			}
		}
	}
	return ""
}

// said is https://discord.com/developers/docs/resources/message#message-object
type said struct {
	ID        string     `json:"id"`
	Channel   string     `json:"channel_id"`
	Guild     string     `json:"guild_id"`
	Type      int        `json:"type"`
	Author    *user      `json:"author"`
	Member    *member    `json:"member"`
	Content   string     `json:"content"`
	Edited    *time.Time `json:"edited_timestamp"`
	Webhook   string     `json:"webhook_id"`
	Mentions  []user     `json:"mentions"`
	Groups    []string   `json:"mention_roles"`
	Everyone  bool       `json:"mention_everyone"`
	Reference *struct {
		Channel string `json:"channel_id"`
		Message string `json:"message_id"`
	} `json:"message_reference"`
	Referenced *struct {
		Author *user `json:"author"`
	} `json:"referenced_message"`
}

// What people write is of these types.
const (
	plainMessage = 0
	replyMessage = 19
)

// isByPerson reports whether a person wrote it.
func (s *said) isByPerson() bool {
	return s.Author != nil && s.Author.ID != "" && !s.Author.Bot && s.Webhook == "" && (s.Type == plainMessage || s.Type == replyMessage)
}

// mention is who a message is to: attache, others, or neither. A reply is to whom it
// answers where Discord pings them.
func (s *said) mention(me string) (attache, others bool) {
	for _, u := range s.Mentions {
		attache, others = attache || u.ID == me, others || u.ID != me
	}
	return attache, others || len(s.Groups) > 0 || s.Everyone
}

// answers is the message of attache that a message answers; empty for none.
func (s *said) answers(me string) string {
	if s.Type != replyMessage || s.Reference == nil || s.Referenced == nil || s.Referenced.Author == nil || s.Referenced.Author.ID != me {
		return ""
	}
	return s.Reference.Message
}

var (
	mentioned = regexp.MustCompile(`<@!?(\d+)>`)
	custom    = regexp.MustCompile(`<a?(:\w+:)\d+>`)
	others    = regexp.MustCompile(`<(?:@&|#)(\d+)>`)
	slashed   = regexp.MustCompile(`<(/[^:<>]+):\d+>`)
)

// words are what a person wrote, as they see it, without the mentions of attache.
func (s *said) words(me string) string {
	text := mentioned.ReplaceAllStringFunc(s.Content, func(m string) string {
		id := mentioned.FindStringSubmatch(m)[1]
		if id == me {
			return " "
		}
		if i := slices.IndexFunc(s.Mentions, func(u user) bool { return u.ID == id }); i >= 0 {
			return "@" + s.Mentions[i].name()
		}
		return "@" + id
	})
	text = custom.ReplaceAllString(text, "$1")
	text = slashed.ReplaceAllString(text, "$1")
	return strings.TrimSpace(others.ReplaceAllString(text, "#$1"))
}

// name is what others call a person.
func (u *user) name() string {
	if u.Global != "" {
		return u.Global
	}
	return u.Name
}

// spot is where something was done in a channel: its place, and the message that the
// thread stands under; empty outside of threads.
func spot(at place) (p bot.Place, thread string) {
	p = bot.Place{Platform: "discord", Channel: at.ID}
	if at.isThread() && at.Parent != "" {
		p.Channel, thread = at.Parent, at.Parent+"/"+at.ID
	}
	return p, thread
}

// messageID is the id of a message as the bot has it: what a thread of a forum begins
// with stands in the forum.
func messageID(at place, message string) string {
	if message == at.ID && at.Parent != "" {
		return at.Parent + "/" + message
	}
	return at.ID + "/" + message
}
