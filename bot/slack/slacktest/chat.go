package slacktest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// postMessage is https://docs.slack.dev/reference/methods/chat.postMessage
func (s *Server) postMessage(c *call) (answer, *failure) {
	m, wrong := c.message()
	if wrong != nil {
		return nil, wrong
	}
	s.mu.Lock()
	wrong = s.mayPost(&m)
	early := wrong == nil && s.Paced && time.Since(s.posted[m.Channel]) < time.Second
	s.mu.Unlock()
	if wrong != nil {
		return nil, wrong
	}
	if early {
		tooMany(c.w, 1)
		return nil, nil
	}
	act, random := s.act(m.Key())
	return s.perform(act, random, c, func() (answer, *failure) { return s.store(m) })
}

// message reads what is posted, and holds it to the limits.
func (c *call) message() (m Message, wrong *failure) {
	m = Message{Channel: c.args.Get("channel"), Thread: c.args.Get("thread_ts"), Text: c.args.Get("text")}
	m.Unfurled = c.args.Get("unfurl_links") != "false" || c.args.Get("unfurl_media") != "false"
	if m.Channel == "" {
		return m, no("channel_not_found")
	}
	if data := c.args.Get("blocks"); data != "" {
		m.Blocks = json.RawMessage(data)
	}
	if data := c.args.Get("metadata"); data != "" {
		m.Metadata = json.RawMessage(data)
	}
	if wrong := checkText(m.Text, m.Blocks); wrong != nil {
		return m, wrong
	}
	if wrong := checkMessageBlocks(m.Blocks); wrong != nil {
		return m, wrong
	}
	return m, checkMetadata(m.Metadata)
}

var eventType = regexp.MustCompile(`^[A-Za-z0-9_.:-]+$`)

func checkMetadata(data json.RawMessage) *failure {
	if len(data) == 0 {
		return nil
	}
	var of struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal(data, &of) != nil || !eventType.MatchString(of.Type) || of.Payload == nil {
		return no("invalid_metadata_format")
	}
	if len(data) > 8000 {
		return no("metadata_too_large")
	}
	return nil
}

// mayPost finds the channel. A reply to what isn't there any more loses its thread.
func (s *Server) mayPost(m *Message) *failure {
	channel, wrong := s.channel(m.Channel)
	switch {
	case wrong != nil:
		return wrong
	case channel.Archived:
		return no("is_archived")
	case !channel.Member && !channel.Direct:
		return no("not_in_channel")
	case m.Thread == "":
		return nil
	}
	root := s.find(m.Channel, m.Thread)
	if root == nil {
		m.Thread = ""
		return nil
	}
	if root.Thread != "" && root.Thread != root.TS {
		return no("cannot_reply_to_message")
	}
	return nil
}

// channel is the one of an id, as far as the bot can see it.
func (s *Server) channel(id string) (*Channel, *failure) {
	i := slices.IndexFunc(s.channels, func(c *Channel) bool { return c.ID == id })
	if i < 0 || s.channels[i].Private && !s.channels[i].Member {
		return nil, no("channel_not_found")
	}
	return s.channels[i], nil
}

func (s *Server) find(channel, ts string) *Message {
	for i := range s.state.Messages {
		if m := &s.state.Messages[i]; m.Channel == channel && m.TS == ts {
			return m
		}
	}
	return nil
}

func (s *Server) store(m Message) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.TS = s.ts()
	s.posted[m.Channel] = time.Now()
	s.state.Messages = append(s.state.Messages, m)
	return answer{"channel": m.Channel, "ts": m.TS, "message": shown(m, true)}, nil
}

// ts is a time that no other message has.
func (s *Server) ts() string {
	s.last = max(s.last+1, s.now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.last/1e6, s.last%1e6)
}

func (s *Server) now() time.Time {
	if s.Clock == nil {
		return time.Now()
	}
	return s.Clock()
}

// shown is a message as an answer has it.
func shown(m Message, metadata bool) map[string]any {
	all := map[string]any{
		"type": "message", "user": BotUser, "bot_id": BotID, "ts": m.TS, "text": m.Text, "team": TeamID,
	}
	if m.User != "" {
		all["user"] = m.User
		delete(all, "bot_id")
	}
	if m.Thread != "" {
		all["thread_ts"] = m.Thread
	}
	if len(m.Blocks) > 0 {
		all["blocks"] = m.Blocks
	}
	if metadata && len(m.Metadata) > 0 {
		all["metadata"] = m.Metadata
	}
	return all
}

// postEphemeral is https://docs.slack.dev/reference/methods/chat.postEphemeral
func (s *Server) postEphemeral(c *call) (answer, *failure) {
	m, wrong := c.message()
	if wrong != nil {
		return nil, wrong
	}
	if m.Ephemeral = c.args.Get("user"); m.Ephemeral == "" {
		return nil, no("user_not_in_channel")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if wrong := s.mayPost(&m); wrong != nil {
		return nil, wrong
	}
	m.TS = s.ts()
	s.state.Private = append(s.state.Private, m)
	return answer{"message_ts": m.TS}, nil
}

// update is https://docs.slack.dev/reference/methods/chat.update
func (s *Server) update(c *call) (answer, *failure) {
	m, wrong := c.message()
	if wrong != nil {
		return nil, wrong
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.find(m.Channel, c.args.Get("ts"))
	if was == nil {
		return nil, no("message_not_found")
	}
	was.Text, was.Blocks, was.Edited = m.Text, m.Blocks, true
	if len(m.Metadata) > 0 {
		was.Metadata = m.Metadata
	}
	return answer{"channel": was.Channel, "ts": was.TS, "text": was.Text, "message": shown(*was, true)}, nil
}

// remove is https://docs.slack.dev/reference/methods/chat.delete
func (s *Server) remove(c *call) (answer, *failure) {
	channel, ts := c.args.Get("channel"), c.args.Get("ts")
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, wrong := s.channel(channel); wrong != nil {
		return nil, wrong
	}
	if s.find(channel, ts) == nil {
		return nil, no("message_not_found")
	}
	s.state.Messages = slices.DeleteFunc(s.state.Messages, func(m Message) bool { return m.Channel == channel && m.TS == ts })
	return answer{"channel": channel, "ts": ts}, nil
}

// isRoot reports whether a message stands in its channel and not in a thread.
func isRoot(m Message) bool { return m.Thread == "" || strings.EqualFold(m.Thread, m.TS) }
