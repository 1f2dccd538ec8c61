package slack

import (
	"slices"
	"strings"

	"attache/bot"
)

// Scope is a right that attache asks of a workspace.
type Scope struct {
	Name string
	For  string // what it is needed for, as the documentation tells it

	uses    []string    // the calls of the Web API and the events that need it; other ways in are named in words
	without string      // what is so where it is missing
	verdict bot.Verdict // how bad that is
}

// commandsSent is the way in that no event names.
const commandsSent = "slash commands"

// Scopes are those of the bot's token. There is none that nothing needs.
func Scopes() []Scope {
	return []Scope{
		{
			"app_mentions:read", "hearing what is said to attache in a channel",
			[]string{"app_mention"}, "a question to attache in a channel is not heard", bot.Doubtful,
		},
		{
			"channels:history", "finding out after a lost answer whether a message landed in a public channel, and hearing replies in the threads that attache began there",
			[]string{"conversations.history", "conversations.replies", "message.channels"}, "it can't be seen whether a post landed in a public channel", bot.Doubtful,
		},
		{
			"channels:read", "finding a public channel by its name, and seeing whether attache is in it",
			[]string{"conversations.info", "users.conversations", "member_joined_channel"}, "no public channel is found", bot.Broken,
		},
		{
			"chat:write", "posting, and taking back what was posted",
			[]string{"chat.postMessage", "chat.postEphemeral", "chat.delete"}, "nothing can be posted", bot.Broken,
		},
		{
			"commands", "`/attache` and the short commands",
			[]string{commandsSent}, "no command reaches attache", bot.Doubtful,
		},
		{
			"groups:history", "the same as `channels:history`, in private channels",
			[]string{"conversations.history", "conversations.replies", "message.groups"}, "it can't be seen whether a post landed in a private channel", bot.Doubtful,
		},
		{
			"groups:read", "the same as `channels:read`, of private channels that attache was invited to",
			[]string{"conversations.info", "users.conversations", "member_joined_channel"}, "no private channel is found, and none by its name", bot.Broken,
		},
		{
			"im:history", "hearing direct messages to attache, and finding out whether an answer landed there",
			[]string{"conversations.history", "conversations.replies", "message.im"}, "a direct message is not heard, and it can't be seen whether one landed", bot.Doubtful,
		},
		{
			"im:read", "telling direct messages to attache from those between people, where a command is typed",
			[]string{"conversations.info"}, "a command in a direct message to attache is answered as anywhere else", bot.Doubtful,
		},
		{
			"users:read", "the name and the time zone of who asks, and whether it is an admin of the workspace",
			[]string{"users.info"}, "people are not called by their names, nor told times in their zones", bot.Doubtful,
		},
		{
			"usergroups:read", "the groups that may change a desk, `slack:@caucasus-leads`",
			[]string{"usergroups.list"}, "nobody may change a desk as one of a group", bot.Doubtful,
		},
	}
}

// events are those that attache is told of.
func events() []string {
	var all []string
	for _, s := range Scopes() {
		for _, use := range s.uses {
			if isEvent(use) {
				all = append(all, use)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isEvent tells an event from a call, whose family has the name of many things.
func isEvent(use string) bool {
	return use == "app_mention" || use == "member_joined_channel" || strings.HasPrefix(use, "message.")
}
