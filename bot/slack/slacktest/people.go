package slacktest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// responses is where answers to commands are posted, a secret after it.
const responses = "/respond/"

// Group is a group of people.
type Group struct {
	Handle string // "caucasus-leads"
	Users  []string
}

// Form adds a group.
func (s *Server) Form(g Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = append(s.groups, g)
}

// userGroups is https://docs.slack.dev/reference/methods/usergroups.list
func (s *Server) userGroups(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]map[string]any, len(s.groups))
	for i, g := range s.groups {
		all[i] = map[string]any{"id": "S" + strconv.Itoa(i), "team_id": TeamID, "handle": g.Handle, "users": g.Users}
	}
	return answer{"usergroups": all}, nil
}

// Say has a person say something, and gives its ts.
func (s *Server) Say(user, channel, thread, text string) string {
	m, events := s.said(user, channel, thread, text)
	for _, e := range events {
		s.tell("events_api", e)
	}
	return m.TS
}

// SayReversed is Say, of which attache hears in another order.
func (s *Server) SayReversed(user, channel, thread, text string) string {
	m, events := s.said(user, channel, thread, text)
	for _, e := range slices.Backward(events) {
		s.tell("events_api", e)
	}
	return m.TS
}

// Unsay has a person say something and delete it, of which attache hears first.
func (s *Server) Unsay(user, channel, thread, text string) string {
	m, events := s.said(user, channel, thread, text)
	s.Delete(channel, m.TS)
	for _, e := range events {
		s.tell("events_api", e)
	}
	return m.TS
}

func (s *Server) said(user, channel, thread, text string) (Message, []any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Message{Channel: channel, Thread: thread, Text: s.mentioning(text), User: user, TS: s.ts()}
	s.state.Messages = append(s.state.Messages, m)
	events := []any{s.event(m.Channel, s.lineOf(m, "message"))}
	if strings.Contains(m.Text, "<@"+BotUser+">") && !s.isDirect(channel) {
		events = append(events, s.event(m.Channel, s.lineOf(m, "app_mention")))
	}
	return m, events
}

var atName = regexp.MustCompile(`@\p{L}+`)

// mentioning writes a text as Slack sends it.
func (s *Server) mentioning(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	return atName.ReplaceAllStringFunc(text, func(at string) string {
		if at[1:] == BotName {
			return "<@" + BotUser + ">"
		}
		for _, u := range s.users {
			if u.Name == at[1:] {
				return "<@" + u.ID + ">"
			}
		}
		return at
	})
}

func (s *Server) isDirect(channel string) bool {
	i := slices.IndexFunc(s.channels, func(c *Channel) bool { return c.ID == channel })
	return i >= 0 && s.channels[i].Direct
}

func (s *Server) lineOf(m Message, kind string) map[string]any {
	all := map[string]any{"type": kind, "user": m.User, "text": m.Text, "ts": m.TS, "team": TeamID}
	if m.Thread != "" {
		all["thread_ts"] = m.Thread
	}
	return all
}

// event wraps what happened in a channel.
func (s *Server) event(channel string, of map[string]any) any {
	s.events++
	of["channel"] = channel
	if of["type"] == "message" {
		of["channel_type"] = "channel"
		if s.isDirect(channel) {
			of["channel_type"] = "im"
		}
	}
	return map[string]any{
		"type": "event_callback", "team_id": TeamID, "api_app_id": "A0ATTACHE0", "event_id": "Ev" + strconv.Itoa(s.events),
		"event_time": s.now().Unix(), "event": of,
	}
}

// Join has a person invite attache to a channel.
func (s *Server) Join(inviter, channel string) {
	s.mu.Lock()
	i := slices.IndexFunc(s.channels, func(c *Channel) bool { return c.ID == channel })
	s.channels[i].Member = true
	e := s.event(channel, map[string]any{"type": "member_joined_channel", "user": BotUser, "inviter": inviter, "team": TeamID})
	s.mu.Unlock()
	s.tell("events_api", e)
}

// Edit has a person change what they said.
func (s *Server) Edit(channel, ts, text string) {
	s.mu.Lock()
	m := s.find(channel, ts)
	if m == nil {
		s.mu.Unlock()
		return
	}
	before := s.lineOf(*m, "message")
	m.Text = s.mentioning(text)
	e := s.event(channel, map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "ts": s.ts(), "message": s.lineOf(*m, "message"), "previous_message": before,
	})
	s.mu.Unlock()
	s.tell("events_api", e)
}

// Delete has a person delete what they said.
func (s *Server) Delete(channel, ts string) {
	s.mu.Lock()
	m := s.find(channel, ts)
	if m == nil {
		s.mu.Unlock()
		return
	}
	e := s.event(channel, map[string]any{
		"type": "message", "subtype": "message_deleted", "hidden": true, "ts": s.ts(), "deleted_ts": ts, "previous_message": s.lineOf(*m, "message"),
	})
	s.state.Messages = slices.DeleteFunc(s.state.Messages, func(m Message) bool { return m.Channel == channel && m.TS == ts })
	s.mu.Unlock()
	s.tell("events_api", e)
}

// Invoke has a person type a command, "/attache latest Armenia".
func (s *Server) Invoke(user, channel, line string) {
	command, text, _ := strings.Cut(line, " ")
	s.mu.Lock()
	fields := map[string]string{
		"command": command, "text": s.mentioning(text), "team_id": TeamID, "channel_id": channel, "channel_name": s.nameOf(channel),
		"user_id": user, "user_name": strings.ToLower(user), "trigger_id": s.trigger(), "response_url": s.respondTo(user, channel, ""),
		"api_app_id": "A0ATTACHE0", "token": "unused",
	}
	s.mu.Unlock()
	s.tell("slash_commands", fields)
}

// nameOf is how a command tells its channel.
func (s *Server) nameOf(channel string) string {
	i := slices.IndexFunc(s.channels, func(c *Channel) bool { return c.ID == channel })
	switch {
	case i < 0 || s.channels[i].Direct:
		return "directmessage"
	case s.channels[i].Private:
		return "privategroup"
	}
	return s.channels[i].Name
}

func (s *Server) trigger() string {
	s.events++
	return fmt.Sprintf("%d.trigger-test-secret", s.events)
}

// respondTo makes an address for answers to a person.
func (s *Server) respondTo(user, channel, thread string) string {
	s.events++
	id := fmt.Sprintf("response-test-secret-%d", s.events)
	s.answers[id] = &answering{user: user, channel: channel, thread: thread}
	return s.Address + responses + id
}

// answering is an address for answers.
type answering struct {
	user, channel, thread string
	used                  int
}

// respond takes an answer to a command or a press.
func (s *Server) respond(w http.ResponseWriter, req *http.Request) {
	data, err := io.ReadAll(io.LimitReader(req.Body, 1<<20))
	var of struct {
		Type    string          `json:"response_type"`
		Replace *bool           `json:"replace_original"`
		Text    string          `json:"text"`
		Blocks  json.RawMessage `json:"blocks"`
	}
	if err == nil {
		err = json.Unmarshal(data, &of)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	to := s.answers[strings.TrimPrefix(req.URL.Path, responses)]
	switch {
	case to == nil, err != nil:
		http.Error(w, "no_service", http.StatusNotFound)
		return
	case of.Replace == nil || *of.Replace:
		http.Error(w, "it would replace what was pressed", http.StatusBadRequest)
		return
	}
	if wrong := checkText(of.Text, of.Blocks); wrong != nil {
		http.Error(w, wrong.code, http.StatusBadRequest)
		return
	}
	if wrong := checkMessageBlocks(of.Blocks); wrong != nil {
		http.Error(w, wrong.code, http.StatusBadRequest)
		return
	}
	if to.used++; to.used > 5 {
		http.Error(w, "used_url", http.StatusNotFound)
		return
	}
	m := Message{Channel: to.channel, Thread: to.thread, Text: of.Text, Blocks: of.Blocks, TS: s.ts()}
	if of.Type == "in_channel" {
		s.state.Messages = append(s.state.Messages, m)
	} else {
		m.Ephemeral = to.user
		s.state.Private = append(s.state.Private, m)
	}
	_, _ = io.WriteString(w, "ok") // whoever asked may be gone
}

// Press has a person press the button of a message with that label, or take the
// entry of the menu of an item: of a block whose text begins with its number. It is
// false where the message has none.
func (s *Server) Press(user, channel, ts, item, label string) bool {
	s.mu.Lock()
	m := s.find(channel, ts)
	for i := range s.state.Private {
		if p := &s.state.Private[i]; m == nil && p.Channel == channel && p.TS == ts {
			m = p
		}
	}
	if m == nil {
		s.mu.Unlock()
		return false
	}
	action := pressable(m.Blocks, item, label)
	if action == nil {
		s.mu.Unlock()
		return false
	}
	action["action_ts"] = s.ts()
	payload := map[string]any{
		"type": "block_actions", "team": map[string]string{"id": TeamID}, "user": map[string]string{"id": user, "username": strings.ToLower(user)},
		"container":  map[string]any{"type": "message", "message_ts": ts, "channel_id": channel, "thread_ts": m.Thread, "is_ephemeral": m.Ephemeral != ""},
		"channel":    map[string]string{"id": channel, "name": s.nameOf(channel)},
		"trigger_id": s.trigger(), "response_url": s.respondTo(user, channel, m.Thread), "actions": []any{action},
	}
	s.mu.Unlock()
	s.tell("interactive", payload)
	return true
}

// pressable finds a button by its label, or an entry of an item's menu.
func pressable(data json.RawMessage, item, label string) map[string]any {
	type words struct{ Text string }
	type element struct {
		Type     string          `json:"type"`
		Text     json.RawMessage `json:"text"` // words, of a context the text itself
		ActionID string          `json:"action_id"`
		Value    string          `json:"value"`
	}
	var blocks []struct {
		Text      words     `json:"text"`
		Elements  []element `json:"elements"`
		Accessory struct {
			ActionID string    `json:"action_id"`
			Options  []element `json:"options"`
		} `json:"accessory"`
	}
	if json.Unmarshal(data, &blocks) != nil {
		return nil
	}
	is := func(e element) bool {
		var w words
		return json.Unmarshal(e.Text, &w) == nil && w.Text == label
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if item == "" && e.Type == "button" && is(e) {
				return map[string]any{"type": "button", "action_id": e.ActionID, "value": e.Value}
			}
		}
		for _, o := range b.Accessory.Options {
			if item != "" && strings.HasPrefix(b.Text.Text, "*"+item+" ") && is(o) {
				return map[string]any{"type": "overflow", "action_id": b.Accessory.ActionID, "selected_option": map[string]any{"value": o.Value}}
			}
		}
	}
	return nil
}

// post sends what somebody did over HTTP, as Slack would.
func (s *Server) post(secret string, to http.Handler, kind string, data []byte) {
	body, content := string(data), "application/json"
	switch kind {
	case "interactive":
		body, content = url.Values{"payload": {string(data)}}.Encode(), "application/x-www-form-urlencoded"
	case "slash_commands":
		var fields map[string]string
		if err := json.Unmarshal(data, &fields); err != nil {
			panic(err)
		}
		form := url.Values{}
		for name, value := range fields {
			form.Set(name, value)
		}
		body, content = form.Encode(), "application/x-www-form-urlencoded"
	}
	began := time.Now()
	w := httptest.NewRecorder()
	to.ServeHTTP(w, Sign(secret, content, body, s.now()))
	if w.Code == http.StatusOK {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.line.hearing.Taken = append(s.line.hearing.Taken, time.Since(began))
	}
}

// Sign makes a signed request: https://docs.slack.dev/authentication/verifying-requests-from-slack
func Sign(secret, content, body string, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":"+body) // a hash takes everything
	req := httptest.NewRequest(http.MethodPost, "/slack", strings.NewReader(body))
	req.Header.Set("Content-Type", content)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return req
}
