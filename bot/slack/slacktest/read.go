package slacktest

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// authTest is https://docs.slack.dev/reference/methods/auth.test
func (s *Server) authTest(*call) (answer, *failure) {
	return answer{"url": "https://news-desk.slack.com/", "team": Team, "user": BotName, "team_id": TeamID, "user_id": BotUser, "bot_id": BotID}, nil
}

// list is https://docs.slack.dev/reference/methods/conversations.list and
// users.conversations, which has those alone that the bot is in.
func (s *Server) list(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	types := strings.Split(cmp.Or(c.args.Get("types"), "public_channel"), ",")
	needs := map[string]string{"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read"}
	for _, t := range types {
		if need := needs[t]; need == "" || !slices.Contains(s.scopes, need) {
			return nil, &failure{code: "missing_scope", needed: need}
		}
	}
	var all []map[string]any
	for _, ch := range s.channels {
		if slices.Contains(types, ch.kind()) && (ch.Member || !ch.Private && c.method == "conversations.list") &&
			(!ch.Archived || c.args.Get("exclude_archived") != "true") {
			all = append(all, ch.shown(c.method == "conversations.list"))
		}
	}
	page, next, wrong := pageOf(s, c, all)
	if wrong != nil {
		return nil, wrong
	}
	return answer{"channels": page, "response_metadata": map[string]string{"next_cursor": next}}, nil
}

func (c *Channel) kind() string {
	switch {
	case c.Direct:
		return "im"
	case c.Private:
		return "private_channel"
	}
	return "public_channel"
}

func (c *Channel) shown(member bool) map[string]any {
	all := map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "is_channel": !c.Direct, "is_im": c.Direct,
		"is_private": c.Private, "is_archived": c.Archived,
	}
	if member {
		all["is_member"] = c.Member
	}
	return all
}

// pageOf is the part of a list that a cursor names.
func pageOf[T any](s *Server, c *call, all []T) (page []T, next string, wrong *failure) {
	begin := 0
	if cursor := c.args.Get("cursor"); cursor != "" {
		text, err := base64.StdEncoding.DecodeString(cursor)
		if err == nil {
			begin, err = strconv.Atoi(strings.TrimPrefix(string(text), "next:"))
		}
		if err != nil || begin < 0 || begin > len(all) {
			return nil, "", no("invalid_cursor")
		}
	}
	limit, err := strconv.Atoi(cmp.Or(c.args.Get("limit"), "100"))
	if err != nil || limit < 1 || limit > 999 {
		return nil, "", no("invalid_limit")
	}
	if s.Behaviour.Page > 0 {
		limit = min(limit, s.Behaviour.Page)
	}
	end := min(begin+limit, len(all))
	if end < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(end)))
	}
	return append([]T{}, all[begin:end]...), next, nil
}

// info is https://docs.slack.dev/reference/methods/conversations.info
func (s *Server) info(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, wrong := s.channel(c.args.Get("channel"))
	if wrong != nil {
		return nil, wrong
	}
	return answer{"channel": ch.shown(true)}, nil
}

// join is https://docs.slack.dev/reference/methods/conversations.join
func (s *Server) join(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, wrong := s.channel(c.args.Get("channel"))
	if wrong != nil {
		return nil, wrong
	}
	if ch.Archived {
		return nil, no("is_archived")
	}
	ch.Member = true
	return answer{"channel": ch.shown(true)}, nil
}

// history is https://docs.slack.dev/reference/methods/conversations.history: the
// newest first, without what stands in threads.
func (s *Server) history(c *call) (answer, *failure) {
	if s.fails(c) {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, wrong := s.readable(c)
	if wrong != nil {
		return nil, wrong
	}
	var all []Message
	for _, m := range slices.Backward(s.state.Messages) {
		if m.Channel == ch.ID && isRoot(m) && c.within(m.TS) {
			all = append(all, m)
		}
	}
	return s.messages(c, all)
}

// replies is https://docs.slack.dev/reference/methods/conversations.replies: the
// root, then the oldest first.
func (s *Server) replies(c *call) (answer, *failure) {
	if s.fails(c) {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, wrong := s.readable(c)
	if wrong != nil {
		return nil, wrong
	}
	root := s.find(ch.ID, c.args.Get("ts"))
	if root == nil {
		return nil, no("thread_not_found")
	}
	all := []Message{*root}
	for _, m := range s.state.Messages {
		if m.Channel == ch.ID && m.Thread == root.TS && m.TS != root.TS && c.within(m.TS) {
			all = append(all, m)
		}
	}
	return s.messages(c, all)
}

// readable is the channel of a call that reads it.
func (s *Server) readable(c *call) (*Channel, *failure) {
	ch, wrong := s.channel(c.args.Get("channel"))
	if wrong != nil {
		return nil, wrong
	}
	need := map[string]string{"public_channel": "channels:history", "private_channel": "groups:history", "im": "im:history"}[ch.kind()]
	if !slices.Contains(s.scopes, need) {
		return nil, &failure{code: "missing_scope", needed: need}
	}
	if !ch.Member && !ch.Direct {
		return nil, no("not_in_channel")
	}
	return ch, nil
}

// within reports whether a message is in the time that is asked for.
func (c *call) within(ts string) bool {
	oldest, latest := c.args.Get("oldest"), c.args.Get("latest")
	inclusive := c.args.Get("inclusive") == "1" || c.args.Get("inclusive") == "true"
	switch {
	case ts == oldest || ts == latest:
		return inclusive
	case oldest != "" && ts < oldest:
		return false
	}
	return latest == "" || ts < latest
}

func (s *Server) messages(c *call, all []Message) (answer, *failure) {
	page, next, wrong := pageOf(s, c, all)
	if wrong != nil {
		return nil, wrong
	}
	metadata := c.args.Get("include_all_metadata")
	list := make([]map[string]any, len(page))
	for i, m := range page {
		list[i] = shown(m, metadata == "1" || metadata == "true")
	}
	return answer{"messages": list, "has_more": next != "", "response_metadata": map[string]string{"next_cursor": next}}, nil
}

// user is https://docs.slack.dev/reference/methods/users.info
func (s *Server) user(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.users {
		if u.ID == c.args.Get("user") {
			return answer{"user": map[string]any{
				"id": u.ID, "team_id": TeamID, "name": u.Name, "real_name": u.Name, "tz": u.Zone, "is_admin": u.Admin,
				"profile": map[string]any{"real_name": u.Name, "display_name": u.Name},
			}}, nil
		}
	}
	return nil, no("user_not_found")
}
