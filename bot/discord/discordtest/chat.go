package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// channel is the one of an id, as far as the bot can see it.
func (s *Server) channel(id string) (*Channel, *failure) {
	i := slices.IndexFunc(s.state.Channels, func(c Channel) bool { return c.ID == id })
	if i < 0 {
		return nil, no(http.StatusNotFound, 10003, "Unknown Channel")
	}
	c := &s.state.Channels[i]
	if c.Foreign || s.may(c)&ViewChannel == 0 {
		return nil, no(http.StatusForbidden, 50001, "Missing Access")
	}
	return c, nil
}

// may is what the bot may do in a channel; in a thread, what it may in its parent.
func (s *Server) may(c *Channel) int64 {
	if c.Parent != "" {
		if i := slices.IndexFunc(s.state.Channels, func(o Channel) bool { return o.ID == c.Parent }); i >= 0 {
			c = &s.state.Channels[i]
		}
	}
	return everyonesRight &^ c.Denied
}

func (c *Channel) isThread() bool { return c.Kind == Thread || c.Kind == AnnounceThread }

func (s *Server) find(channel, id string) *Message {
	i := slices.IndexFunc(s.state.Messages, func(m Message) bool { return m.Channel == channel && m.ID == id })
	if i < 0 {
		return nil
	}
	return &s.state.Messages[i]
}

// mayPost says why the bot may not post to a channel.
func (s *Server) mayPost(c *Channel) *failure {
	need := int64(SendMessages)
	if c.isThread() {
		need = SendInThreads
	}
	switch {
	case c.Kind == Forum:
		return no(http.StatusBadRequest, 50008, "Cannot send messages in a non-text channel")
	case s.may(c)&need == 0:
		return no(http.StatusForbidden, 50013, "Missing Permissions")
	case c.Archived && c.Locked:
		return no(http.StatusBadRequest, 50083, "Thread is archived")
	case c.Kind == Direct && slices.ContainsFunc(s.users, func(u User) bool { return u.ID == c.Recipient && u.Closed }):
		return no(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	return nil
}

// create is https://discord.com/developers/docs/resources/message#create-message
func (s *Server) create(c *call) (answer, *failure) {
	b, failed := read(c.body)
	if failed != nil {
		return nil, failed
	}
	s.mu.Lock()
	at, failed := s.channel(c.ids[0])
	if failed == nil {
		failed = s.mayPost(at)
	}
	s.mu.Unlock()
	if failed != nil {
		return nil, failed
	}
	m := b.message()
	act, random := s.act(m.Mark())
	return s.perform(act, random, c, func() (answer, *failure) { return s.store(c.ids[0], m, b) })
}

func (b *body) message() Message {
	m := Message{Author: AppID, Content: b.Content, Components: b.Components, Embeds: b.Embeds, Flags: b.Flags, nonce: b.Nonce}
	if b.Reference != nil {
		m.Reference = b.Reference.Message
	}
	return m
}

func (s *Server) store(channel string, m Message, b body) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(channel)
	if failed != nil {
		return nil, failed
	}
	if b.Enforce && b.Nonce != "" {
		for _, o := range s.state.Messages {
			if o.Channel == channel && o.nonce == b.Nonce {
				return s.shown(o), nil
			}
		}
	}
	at.Archived = false
	m.Channel, m.ID = channel, s.id()
	s.posted[channel] = time.Now()
	s.state.Messages = append(s.state.Messages, m)
	return s.shown(m), nil
}

// shown is a message as an answer, or the gateway, has it.
func (s *Server) shown(m Message) map[string]any {
	all := map[string]any{
		"id": m.ID, "channel_id": m.Channel, "type": 0, "content": m.Content, "flags": m.Flags, "author": s.author(m.Author), "mentions": []any{}, "mention_roles": []any{},
		"components": []any{}, "embeds": []any{}, "edited_timestamp": nil,
	}
	if len(m.Components) > 0 {
		all["components"] = m.Components
	}
	if len(m.Embeds) > 0 && m.Flags&(1<<2) == 0 {
		all["embeds"] = m.Embeds
	}
	if m.Edited {
		all["edited_timestamp"] = s.now().UTC().Format(time.RFC3339Nano)
	}
	s.mentionsOf(m, all)
	return all
}

func (s *Server) author(id string) map[string]any {
	if id == AppID {
		return map[string]any{"id": AppID, "username": BotName, "bot": true}
	}
	name := id
	if i := slices.IndexFunc(s.users, func(u User) bool { return u.ID == id }); i >= 0 {
		name = s.users[i].Name
	}
	return map[string]any{"id": id, "username": strings.ToLower(name), "global_name": name}
}

// mentionsOf writes whom a message mentions and what it answers, and takes out what
// the bot may not read.
func (s *Server) mentionsOf(m Message, all map[string]any) {
	mentions, toBot := []any{}, false
	add := func(id string) {
		toBot = toBot || id == AppID
		mentions = append(mentions, s.author(id))
	}
	for _, u := range append(slices.Clone(s.users), User{ID: AppID}) {
		if strings.Contains(m.Content, "<@"+u.ID+">") {
			add(u.ID)
		}
	}
	if m.Reference != "" {
		all["type"] = 19
		all["message_reference"] = map[string]any{"message_id": m.Reference, "channel_id": m.Channel}
		if of := s.find(m.Channel, m.Reference); of != nil {
			all["referenced_message"] = map[string]any{"id": of.ID, "author": s.author(of.Author)}
			add(of.Author)
		}
	}
	all["mentions"] = mentions
	direct := slices.ContainsFunc(s.state.Channels, func(c Channel) bool { return c.ID == m.Channel && c.Kind == Direct })
	if !s.Content && !toBot && !direct && m.Author != AppID {
		all["content"] = ""
	}
}

// history is https://discord.com/developers/docs/resources/message#get-channel-messages
func (s *Server) history(c *call) (answer, *failure) {
	if s.fails(c.ids[0]) {
		return nil, no(http.StatusServiceUnavailable, 0, "upstream connect error")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(c.ids[0])
	if failed != nil {
		return nil, failed
	}
	page := []map[string]any{}
	if s.may(at)&ReadHistory == 0 {
		return page, nil
	}
	limit, _ := strconv.Atoi(c.req.URL.Query().Get("limit"))
	if limit < 1 || limit > 100 {
		return nil, wrong("limit")
	}
	after := c.req.URL.Query().Get("after")
	for _, m := range s.state.Messages { // the oldest first
		if m.Channel == at.ID && (len(m.ID) > len(after) || len(m.ID) == len(after) && m.ID > after) && len(page) < limit {
			page = append(page, s.shown(m))
		}
	}
	slices.Reverse(page)
	return page, nil
}

func (s *Server) getMessage(c *call) (answer, *failure) {
	if s.fails(c.ids[0]) {
		return nil, no(http.StatusServiceUnavailable, 0, "upstream connect error")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, failed := s.channel(c.ids[0]); failed != nil {
		return nil, failed
	}
	if m := s.find(c.ids[0], c.ids[1]); m != nil {
		return s.shown(*m), nil
	}
	return nil, no(http.StatusNotFound, 10008, "Unknown Message")
}

func (s *Server) remove(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, failed := s.channel(c.ids[0]); failed != nil {
		return nil, failed
	}
	m := s.find(c.ids[0], c.ids[1])
	switch {
	case m == nil:
		return nil, no(http.StatusNotFound, 10008, "Unknown Message")
	case m.Author != AppID:
		return nil, no(http.StatusForbidden, 50013, "Missing Permissions")
	}
	s.state.Messages = slices.DeleteFunc(s.state.Messages, func(m Message) bool { return m.Channel == c.ids[0] && m.ID == c.ids[1] })
	return nil, nil
}

func (s *Server) crosspost(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(c.ids[0])
	if failed != nil {
		return nil, failed
	}
	if at.Kind != Announcements {
		return nil, no(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	}
	s.state.Published = append(s.state.Published, c.ids[1])
	return map[string]any{"id": c.ids[1]}, nil
}

func (s *Server) typing(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Typed++
	return nil, nil
}

// threadBody is https://discord.com/developers/docs/resources/channel#start-thread-from-message
type threadBody struct {
	Name    string          `json:"name"`
	Life    int             `json:"auto_archive_duration"`
	Tags    []string        `json:"applied_tags"`
	Message json.RawMessage `json:"message"`
}

func (t *threadBody) fits() bool {
	return length(t.Name) >= 1 && length(t.Name) <= 100 && slices.Contains([]int{60, 1440, 4320, 10080}, t.Life) && len(t.Tags) <= 5
}

func (s *Server) openThread(c *call) (answer, *failure) {
	var b threadBody
	if !strict(c.body, &b) || !b.fits() {
		return nil, wrong("name")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(c.ids[0])
	switch {
	case failed != nil:
		return nil, failed
	case at.Kind != Text && at.Kind != Announcements:
		return nil, no(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case s.may(at)&CreateThreads == 0:
		return nil, no(http.StatusForbidden, 50013, "Missing Permissions")
	case s.find(c.ids[0], c.ids[1]) == nil:
		return nil, no(http.StatusNotFound, 10008, "Unknown Message")
	case slices.ContainsFunc(s.state.Channels, func(o Channel) bool { return o.ID == c.ids[1] }):
		return nil, no(http.StatusBadRequest, 160004, "A thread has already been created for this message")
	}
	kind := Thread
	if at.Kind == Announcements {
		kind = AnnounceThread
	}
	s.state.Channels = append(s.state.Channels, Channel{ID: c.ids[1], Name: b.Name, Kind: kind, Parent: at.ID})
	return map[string]any{"id": c.ids[1]}, nil
}

// openPost is https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
func (s *Server) openPost(c *call) (answer, *failure) {
	var b threadBody
	if !strict(c.body, &b) || !b.fits() {
		return nil, wrong("name")
	}
	of, failed := read(b.Message)
	if failed != nil {
		return nil, failed
	}
	if of.Nonce != "" {
		return nil, wrong("message.nonce")
	}
	s.mu.Lock()
	at, failed := s.channel(c.ids[0])
	switch {
	case failed != nil:
	case at.Kind != Forum:
		failed = no(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case s.may(at)&SendMessages == 0:
		failed = no(http.StatusForbidden, 50013, "Missing Permissions")
	case at.RequireTag && len(b.Tags) == 0:
		failed = no(http.StatusBadRequest, 40067, "A tag is required")
	}
	s.mu.Unlock()
	if failed != nil {
		return nil, failed
	}
	m := of.message()
	act, random := s.act(m.Mark())
	return s.perform(act, random, c, func() (answer, *failure) {
		s.mu.Lock()
		defer s.mu.Unlock()
		m.ID = s.id()
		m.Channel = m.ID
		s.state.Channels = append(s.state.Channels, Channel{ID: m.ID, Name: b.Name, Kind: Thread, Parent: c.ids[0], Tags: b.Tags})
		s.state.Messages = append(s.state.Messages, m)
		return map[string]any{"id": m.ID, "message": s.shown(m)}, nil
	})
}

func (s *Server) getChannel(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(c.ids[0])
	if failed != nil {
		return nil, failed
	}
	return s.described(at), nil
}

func (s *Server) described(c *Channel) map[string]any {
	all := map[string]any{"id": c.ID, "type": c.Kind, "name": c.Name, "parent_id": c.Parent}
	if c.Kind == Direct {
		return all
	}
	all["guild_id"] = GuildID
	if c.Denied != 0 {
		all["permission_overwrites"] = []any{map[string]any{"id": AppID, "type": 1, "allow": "0", "deny": strconv.FormatInt(c.Denied, 10)}}
	}
	if c.isThread() {
		all["owner_id"] = AppID
		all["thread_metadata"] = map[string]any{"archived": c.Archived, "locked": c.Locked}
	}
	if c.Kind == Forum {
		tags, flags := []any{}, 0
		for _, t := range c.Tags {
			tags = append(tags, map[string]any{"id": t, "name": t})
		}
		if c.RequireTag {
			flags = 1 << 4
		}
		all["available_tags"], all["flags"] = tags, flags
	}
	for _, m := range s.state.Messages {
		if m.Channel == c.ID {
			all["last_message_id"] = m.ID
		}
	}
	return all
}

func (s *Server) patchChannel(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, failed := s.channel(c.ids[0])
	switch {
	case failed != nil:
		return nil, failed
	case at.Locked:
		return nil, no(http.StatusForbidden, 50013, "Missing Permissions")
	}
	at.Archived = false
	return s.described(at), nil
}

func (s *Server) directly(c *call) (answer, *failure) {
	var b struct {
		Recipient string `json:"recipient_id"`
	}
	if !strict(c.body, &b) {
		return nil, wrong("recipient_id")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.state.Channels {
		if o := &s.state.Channels[i]; o.Kind == Direct && o.Recipient == b.Recipient {
			return s.described(o), nil
		}
	}
	made := Channel{ID: s.id(), Kind: Direct, Recipient: b.Recipient}
	s.state.Channels = append(s.state.Channels, made)
	return s.described(&made), nil
}

// listed are the channels that a test of them picks.
func (s *Server) listed(is func(*Channel) bool) []map[string]any {
	all := []map[string]any{}
	for i := range s.state.Channels {
		if c := &s.state.Channels[i]; !c.Foreign && is(c) {
			all = append(all, s.described(c))
		}
	}
	return all
}

func (s *Server) getChannels(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed(func(c *Channel) bool { return !c.isThread() && c.Kind != Direct }), nil
}

func (s *Server) active(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{"threads": s.listed(func(c *Channel) bool { return c.isThread() && !c.Archived })}, nil
}

func (s *Server) archived(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{"threads": s.listed(func(o *Channel) bool { return o.isThread() && o.Archived && o.Parent == c.ids[0] })}, nil
}

func (s *Server) getGuild(c *call) (answer, *failure) {
	if c.ids[0] != GuildID {
		return nil, no(http.StatusNotFound, 10004, "Unknown Guild")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	roles := []any{}
	for _, r := range s.roles {
		roles = append(roles, map[string]any{"id": r.ID, "name": r.Name, "permissions": strconv.FormatInt(r.Permissions, 10)})
	}
	return map[string]any{"id": GuildID, "name": "News desk", "owner_id": OwnerID, "roles": roles}, nil
}

func (s *Server) getMember(c *call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ids[1] == AppID {
		return map[string]any{"user": s.author(AppID), "roles": []string{}}, nil
	}
	if i := slices.IndexFunc(s.users, func(u User) bool { return u.ID == c.ids[1] }); i >= 0 {
		return s.member(s.users[i]), nil
	}
	return nil, no(http.StatusNotFound, 10007, "Unknown Member")
}

func (s *Server) member(u User) map[string]any {
	return map[string]any{"user": s.author(u.ID), "nick": nil, "roles": append([]string{}, u.Roles...)}
}
