package discordtest

import (
	"slices"
	"strings"
)

// Intents without which the gateway tells nothing of messages, and nothing of what is
// in them.
const (
	guildMessages  = 1 << 9
	directMessages = 1 << 12
	messageContent = 1 << 15
)

// Say has a person say something, and gives its id. It may be a reply to a message.
func (s *Server) Say(user, channel, text string, to ...string) string {
	m, tell := s.said(user, channel, text, to)
	s.again(tell)
	return m.ID
}

// Unsay has a person say something and delete it, of which attache hears first.
func (s *Server) Unsay(user, channel, text string) string {
	m, tell := s.said(user, channel, text, nil)
	s.Delete(channel, m.ID)
	s.again(tell)
	return m.ID
}

func (s *Server) said(user, channel, text string, to []string) (Message, func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Message{ID: s.id(), Channel: channel, Author: user, Content: s.mentioning(text)}
	if len(to) > 0 {
		m.Reference = to[0]
	}
	s.state.Messages = append(s.state.Messages, m)
	data, intent := s.event(m)
	return m, func() { s.dispatch("MESSAGE_CREATE", intent, data) }
}

// event is a message as the gateway tells it.
func (s *Server) event(m Message) (data map[string]any, intent int64) {
	data, intent = s.shown(m), guildMessages
	i := slices.IndexFunc(s.state.Channels, func(c Channel) bool { return c.ID == m.Channel })
	if i >= 0 && s.state.Channels[i].Kind == Direct {
		return data, directMessages
	}
	data["guild_id"] = GuildID
	if n := slices.IndexFunc(s.users, func(u User) bool { return u.ID == m.Author }); n >= 0 {
		of := s.member(s.users[n])
		delete(of, "user") // as in Discord's
		data["member"] = of
	}
	return data, intent
}

// mentioning writes the names of people as Discord does.
func (s *Server) mentioning(text string) string {
	text = strings.ReplaceAll(text, "@"+BotName, "<@"+AppID+">")
	for _, u := range s.users {
		text = strings.ReplaceAll(text, "@"+u.Name, "<@"+u.ID+">")
	}
	return text
}

// Edit has a person change what they said.
func (s *Server) Edit(channel, id, text string) {
	s.mu.Lock()
	m := s.find(channel, id)
	m.Content, m.Edited = s.mentioning(text), true
	data, intent := s.event(*m)
	s.mu.Unlock()
	s.again(func() { s.dispatch("MESSAGE_UPDATE", intent, data) })
}

// Delete has a person delete what they said.
func (s *Server) Delete(channel, id string) {
	s.Remove(channel, id)
	s.again(func() {
		s.dispatch("MESSAGE_DELETE", guildMessages, map[string]any{"id": id, "channel_id": channel, "guild_id": GuildID})
	})
}

// Join has attache let into the server.
func (s *Server) Join() {
	s.mu.Lock()
	data := s.guild(s.now())
	s.mu.Unlock()
	s.again(func() { s.dispatch("GUILD_CREATE", 1, data) })
}
