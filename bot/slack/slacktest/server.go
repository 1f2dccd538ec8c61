// Package slacktest is a Slack for tests: its Web API as a handler, with the limits,
// the rights and the faults that the real one has. It keeps what it is sent, and
// tells it.
//
// Begin with [Server].
package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// BotToken is taken until it is revoked.
const BotToken = "xoxb-test-token"

// The bot and its workspace.
const (
	BotUser = "U0ATTACHE0"
	BotName = "attache"
	BotID   = "B0ATTACHE0"
	TeamID  = "T0NEWSDESK"
	Team    = "News desk"
)

// Channel is a channel, or a direct message.
type Channel struct {
	ID       string
	Name     string // without #
	Private  bool
	Direct   bool
	Archived bool
	Member   bool // the bot is in it
}

// Message is one that was posted.
type Message struct {
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"`
	Thread    string          `json:"thread_ts,omitempty"`
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks,omitempty"`
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	Unfurled  bool            `json:"unfurled,omitempty"`
	Edited    bool            `json:"edited,omitempty"`
	Ephemeral string          `json:"ephemeral,omitempty"` // the only person who sees it
	User      string          `json:"user,omitempty"`      // who said it; empty: the bot
}

// Key is what the bot names a message by, in the metadata.
func (m Message) Key() string {
	var of struct {
		Payload struct{ Key string } `json:"event_payload"`
	}
	if len(m.Metadata) == 0 || json.Unmarshal(m.Metadata, &of) != nil {
		return ""
	}
	if key, err := url.PathUnescape(of.Payload.Key); err == nil {
		return key
	}
	return of.Payload.Key
}

// View is a modal, or a person's App Home.
type View struct {
	ID     string          `json:"id"`
	Person string          `json:"person,omitempty"` // of an App Home
	View   json.RawMessage `json:"view"`
}

// User is a person.
type User struct {
	ID, Name, Zone string
	Admin          bool
}

// State is what a server has.
type State struct {
	Messages []Message      `json:"messages"` // in the order in which they were posted
	Private  []Message      `json:"private"`  // those that one person sees
	Views    []View         `json:"views"`
	Refused  []string       `json:"refused"`  // keys of what was refused by chance
	Attempts map[string]int `json:"attempts"` // posts by key
	Calls    map[string]int `json:"calls"`    // by method
	Acts     map[Act]int    `json:"acts"`
}

// Keys are those of the messages, in order.
func (s State) Keys() []string {
	keys := make([]string, len(s.Messages))
	for i, m := range s.Messages {
		keys[i] = m.Key()
	}
	return keys
}

// Server is a workspace of Slack. It is an [http.Handler], and can be served on
// loopback or reached by [Server.Client].
type Server struct {
	Behaviour

	Address string           // where it is served, for answers to commands
	Clock   func() time.Time // by which messages get their times; nil: time.Now

	mu       sync.Mutex
	over     func(kind string, payload any) // takes what people do, instead of sockets
	line     line
	told     []told
	groups   []Group
	events   int
	answers  map[string]*answering // by their secret
	token    string                // the error of every call, empty while the token is taken
	scopes   []string
	channels []*Channel
	users    []User
	state    State
	tried    int // of the script
	last     int64
	posted   map[string]time.Time // the last post, by channel
	pages    int
}

// Scopes are those that a bot has which may do all that the server offers.
func Scopes() []string {
	return []string{
		"chat:write", "channels:read", "channels:history", "groups:read", "groups:history", "im:read", "im:history",
		"channels:join", "users:read", "usergroups:read",
	}
}

// New makes a workspace with a public channel, #general, that the bot is in.
func New(b Behaviour) *Server {
	return &Server{
		Behaviour: b, Address: "https://slack.example", scopes: Scopes(), posted: map[string]time.Time{}, answers: map[string]*answering{},
		channels: []*Channel{{ID: "C0GENERAL0", Name: "general", Member: true}},
		state:    State{Messages: []Message{}, Private: []Message{}, Views: []View{}, Refused: []string{}, Attempts: map[string]int{}, Calls: map[string]int{}, Acts: map[Act]int{}},
	}
}

// Open adds a channel, or changes the one of that id.
func (s *Server) Open(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.channels, func(o *Channel) bool { return o.ID == c.ID }); i >= 0 {
		s.channels[i] = &c
		return
	}
	s.channels = append(s.channels, &c)
}

// Add adds a person.
func (s *Server) Add(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users = append(s.users, u)
}

// Grant sets the scopes of the bot.
func (s *Server) Grant(scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = scopes
}

// Revoke has every call fail by that error, "token_revoked"; none for an empty one.
func (s *Server) Revoke(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = code
}

// State is a copy of what the server has.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, err := json.Marshal(s.state)
	if err != nil {
		panic(err)
	}
	var c State
	if err := json.Unmarshal(data, &c); err != nil {
		panic(err)
	}
	return c
}

// Remove deletes a message as a person would.
func (s *Server) Remove(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Messages = slices.DeleteFunc(s.state.Messages, func(m Message) bool { return m.Channel == channel && m.TS == ts })
}

// call is one request of a method.
type call struct {
	method string
	args   url.Values
	w      http.ResponseWriter
	req    *http.Request
}

// answer is the fields of an answer beside "ok".
type answer map[string]any

// failure is an answer that says no.
type failure struct {
	code    string
	needed  string
	details []string
}

func no(code string) *failure { return &failure{code: code} }

// method is one of the Web API, and a scope for it; several where one is enough.
type method struct {
	do     func(*Server, *call) (answer, *failure)
	scopes []string
}

func methods() map[string]method {
	return map[string]method{
		"auth.test":             {(*Server).authTest, nil},
		"chat.postMessage":      {(*Server).postMessage, []string{"chat:write"}},
		"chat.postEphemeral":    {(*Server).postEphemeral, []string{"chat:write"}},
		"chat.update":           {(*Server).update, []string{"chat:write"}},
		"chat.delete":           {(*Server).remove, []string{"chat:write"}},
		"conversations.list":    {(*Server).list, []string{"channels:read", "groups:read", "im:read"}},
		"conversations.info":    {(*Server).info, []string{"channels:read", "groups:read", "im:read"}},
		"conversations.join":    {(*Server).join, []string{"channels:join"}},
		"conversations.history": {(*Server).history, []string{"channels:history", "groups:history", "im:history"}},
		"conversations.replies": {(*Server).replies, []string{"channels:history", "groups:history", "im:history"}},
		"users.conversations":   {(*Server).list, []string{"channels:read", "groups:read", "im:read"}},
		"apps.connections.open": {(*Server).openSocket, nil},
		"usergroups.list":       {(*Server).userGroups, []string{"usergroups:read"}},
		"users.info":            {(*Server).user, []string{"users:read"}},
		"views.open":            {(*Server).openView, nil},
		"views.publish":         {(*Server).publishView, nil},
	}
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	switch {
	case req.URL.Path == "/link":
		s.connect(w, req)
		return
	case strings.HasPrefix(req.URL.Path, responses):
		s.respond(w, req)
		return
	}
	name := path.Base(req.URL.Path)
	m, ok := methods()[name]
	if !ok {
		respond(w, nil, no("unknown_method"))
		return
	}
	c := &call{method: name, w: w, req: req}
	if err := c.read(); err != nil {
		respond(w, nil, no("invalid_form_data"))
		return
	}
	if wrong := s.refuses(c, m); wrong != nil {
		respond(w, nil, wrong)
		return
	}
	fields, wrong := m.do(s, c)
	if fields != nil || wrong != nil {
		respond(w, fields, wrong)
	}
}

// refuses checks the token and its scopes, and counts the call.
func (s *Server) refuses(c *call, m method) *failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Calls[c.method]++
	token := c.args.Get("token")
	if bearer, is := strings.CutPrefix(c.req.Header.Get("Authorization"), "Bearer "); is {
		token = bearer
	}
	switch {
	case token == "":
		return no("not_authed")
	case token != tokenFor(c.method):
		return no("invalid_auth")
	case s.token != "":
		return no(s.token)
	case len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(n string) bool { return slices.Contains(s.scopes, n) }):
		return &failure{code: "missing_scope", needed: strings.Join(m.scopes, ",")}
	}
	c.w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes, ","))
	return nil
}

func tokenFor(method string) string {
	if method == "apps.connections.open" {
		return AppToken
	}
	return BotToken
}

// read takes the arguments of a form or of JSON.
func (c *call) read() error {
	kind, _, err := mime.ParseMediaType(c.req.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("the kind of content: %w", err)
	}
	if kind != "application/json" {
		if err := c.req.ParseForm(); err != nil {
			return fmt.Errorf("the form: %w", err)
		}
		c.args = c.req.Form
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(c.req.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("the content: %w", err)
	}
	if len(data) == 0 {
		data = []byte("{}")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("the JSON: %w", err)
	}
	c.args = url.Values{}
	for name, value := range fields {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		c.args.Set(name, text)
	}
	return nil
}

func respond(w http.ResponseWriter, fields answer, wrong *failure) {
	all := map[string]any{"ok": wrong == nil}
	for name, value := range fields {
		all[name] = value
	}
	if wrong != nil {
		all["error"] = wrong.code
		if wrong.needed != "" {
			all["needed"], all["provided"] = wrong.needed, "identify"
		}
		if len(wrong.details) > 0 {
			all["response_metadata"] = map[string]any{"messages": wrong.details}
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(all) // whoever asked may be gone
}
