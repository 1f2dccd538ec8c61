// Package discordtest is a Discord for tests: its REST API and its gateway as a
// handler, with the limits, the permissions and the faults that the real one has. It
// keeps what it is sent, and tells it.
//
// Begin with [Server].
package discordtest

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Token is taken until it is revoked.
const Token = "discord-test-token"

// The bot and its server.
const (
	AppID     = "900000000000000001" // the bot's user has it too
	BotName   = "attache"
	GuildID   = "100000000000000001"
	GeneralID = "300000000000000001"
	OwnerID   = "200000000000000009"
)

// The kinds of channel.
const (
	Text           = 0
	Direct         = 1
	Announcements  = 5
	AnnounceThread = 10
	Thread         = 11
	Forum          = 15
)

// The permissions that matter here.
const (
	Administrator  = 1 << 3
	ManageGuild    = 1 << 5
	ViewChannel    = 1 << 10
	SendMessages   = 1 << 11
	ReadHistory    = 1 << 16
	CreateThreads  = 1 << 35
	SendInThreads  = 1 << 38
	everyonesRight = ViewChannel | SendMessages | ReadHistory | CreateThreads | SendInThreads
)

// Channel is a channel, a thread or a conversation with one person.
type Channel struct {
	ID         string
	Name       string
	Kind       int
	Parent     string // of a thread
	Recipient  string // of a conversation
	Denied     int64  // permissions that the bot has not there
	Archived   bool
	Locked     bool
	Tags       []string // of a forum
	RequireTag bool
	Foreign    bool // the bot doesn't see it
}

// Role is one of the server's.
type Role struct {
	ID, Name    string
	Permissions int64
}

// User is a person in the server.
type User struct {
	ID, Name string
	Roles    []string
	Closed   bool // takes no direct messages
}

// Message is one that was posted or said.
type Message struct {
	ID         string          `json:"id"`
	Channel    string          `json:"channel_id"`
	Author     string          `json:"author"`
	Content    string          `json:"content"`
	Components json.RawMessage `json:"components,omitempty"`
	Embeds     json.RawMessage `json:"embeds,omitempty"`
	Flags      int             `json:"flags,omitempty"`
	Reference  string          `json:"reference,omitempty"` // what it answers
	Ephemeral  string          `json:"ephemeral,omitempty"` // the only person who sees it
	Edited     bool            `json:"edited,omitempty"`
	Thinking   bool            `json:"thinking,omitempty"` // deferred, and nothing said yet

	nonce string
}

var marked = regexp.MustCompile(`"(?:custom_id|text)":"[^"]*~([^"~]*)"`)

// Mark is what the bot names a message by: in a component's custom_id, or an embed's
// footer.
func (m Message) Mark() string {
	if mark := MarkIn(m.Components); mark != "" {
		return mark
	}
	return MarkIn(m.Embeds)
}

// MarkIn is the mark that JSON has in it; empty for none.
func MarkIn(data []byte) string {
	found := marked.FindSubmatch(data)
	if found == nil {
		return ""
	}
	return string(found[1])
}

// State is what a server has.
type State struct {
	Messages   []Message       `json:"messages"` // in the order in which they were posted
	Private    []Message       `json:"private"`  // those that one person sees
	Channels   []Channel       `json:"channels"`
	Commands   json.RawMessage `json:"commands"`
	Overwrites int             `json:"overwrites"` // of the commands
	Published  []string        `json:"published"`  // messages that went to the channels that follow
	Typed      int             `json:"typed"`      // how often it was shown that an answer is written
	Refused    []string        `json:"refused"`    // marks of what was refused by chance
	Attempts   map[string]int  `json:"attempts"`   // posts by mark
	Calls      map[string]int  `json:"calls"`      // "POST /channels/:id/messages"
	Acts       map[Act]int     `json:"acts"`
}

// Marks are those of the messages of the bot, in order.
func (s State) Marks() []string {
	var marks []string
	for _, m := range s.Messages {
		if m.Author == AppID {
			marks = append(marks, m.Mark())
		}
	}
	return marks
}

// Server is a Discord with one server in it. It is an [http.Handler], and can be
// served on loopback or reached by [Server.Client]; its gateway has to be served.
type Server struct {
	Behaviour

	Address  string           // where it is served, for the gateway
	Clock    func() time.Time // by which messages get their times; nil: time.Now
	Content  bool             // the app has the Message Content Intent
	Endpoint string           // where interactions go, as the app is set
	Public   bool             // anybody may add the app

	mu       sync.Mutex
	state    State
	roles    []Role
	users    []User
	last     int64 // id
	tried    int
	pages    int
	posted   map[string]time.Time // by channel
	revoked  bool
	faults   []fault
	open     map[string]*interaction // by token
	modals   map[string]*modal       // by person
	repeat   func()
	over     func(data map[string]any)
	key      ed25519.PublicKey
	gateway  gateway
	commands []command
}

// New makes a server with a channel #general.
func New(b Behaviour) *Server {
	s := &Server{
		Behaviour: b, posted: map[string]time.Time{}, open: map[string]*interaction{}, modals: map[string]*modal{},
		roles: []Role{{GuildID, "@everyone", everyonesRight}},
		users: []User{{ID: OwnerID, Name: "Owner"}},
	}
	s.state.Attempts, s.state.Calls, s.state.Acts = map[string]int{}, map[string]int{}, map[Act]int{}
	s.Open(Channel{ID: GeneralID, Name: "general"})
	return s
}

// Open adds a channel, or changes the one of that id.
func (s *Server) Open(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.state.Channels, func(o Channel) bool { return o.ID == c.ID }); i >= 0 {
		s.state.Channels[i] = c
		return
	}
	s.state.Channels = append(s.state.Channels, c)
}

// Add adds a person.
func (s *Server) Add(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users = append(s.users, u)
}

// AddRole adds a role.
func (s *Server) AddRole(r Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.roles = append(s.roles, r)
}

// Remove deletes a message as a person would.
func (s *Server) Remove(channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Messages = slices.DeleteFunc(s.state.Messages, func(m Message) bool { return m.Channel == channel && m.ID == id })
}

// Revoke has every call fail, and the gateway take nobody.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

// State is a copy of what the server has.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state
	c.Messages, c.Private, c.Channels = slices.Clone(c.Messages), slices.Clone(c.Private), slices.Clone(c.Channels)
	c.Refused, c.Published = slices.Clone(c.Refused), slices.Clone(c.Published)
	c.Attempts, c.Calls, c.Acts = cloned(c.Attempts), cloned(c.Calls), cloned(c.Acts)
	return c
}

func cloned[K comparable](m map[K]int) map[K]int {
	c := make(map[K]int, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}

// id is a snowflake that nothing else has.
func (s *Server) id() string {
	const epoch = 1420070400000
	s.last = max(s.last+1, (s.now().UnixMilli()-epoch)<<22)
	return strconv.FormatInt(s.last, 10)
}

func (s *Server) now() time.Time {
	if s.Clock == nil {
		return time.Now()
	}
	return s.Clock()
}

// call is one that was made.
type call struct {
	w    http.ResponseWriter
	req  *http.Request
	ids  []string // of the path, in order
	body []byte
}

// answer is what a call answers with; nil for nothing.
type answer any

// failure is a refusal: https://discord.com/developers/docs/topics/opcodes-and-status-codes
type failure struct {
	status, code int
	message      string
	at           string // in a form
}

func no(status, code int, message string) *failure {
	return &failure{status: status, code: code, message: message}
}

func wrong(at string) *failure { return &failure{400, 50035, "Invalid Form Body", at} }

type fault struct {
	route        string
	status, code int
	left         int
}

// Fail has the next calls of a route, "POST /channels/:id/messages", fail.
func (s *Server) Fail(route string, status, code, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fault{route, status, code, times})
}

var numbered = regexp.MustCompile(`^\d{5,}$`)

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if strings.HasPrefix(req.URL.Path, "/gateway") {
		s.serveGateway(w, req)
		return
	}
	_, path, ok := strings.Cut(req.URL.Path, "/api/v9/")
	if !ok {
		http.NotFound(w, req)
		return
	}
	c := &call{w: w, req: req}
	c.body, _ = io.ReadAll(req.Body) // what is cut off is no JSON
	parts := strings.Split(path, "/")
	for i, p := range parts {
		before := ""
		if i > 0 {
			before = parts[i-1]
		}
		switch {
		case numbered.MatchString(p):
			c.ids, parts[i] = append(c.ids, p), ":id"
		case i == 2 && (parts[0] == "interactions" || parts[0] == "webhooks"):
			c.ids, parts[i] = append(c.ids, p), ":token"
		case before == "messages" && p == "@original":
		}
	}
	s.route(c, req.Method+" /"+strings.Join(parts, "/"))
}

func (s *Server) route(c *call, route string) {
	s.mu.Lock()
	s.state.Calls[route]++
	var failed *failure
	for i := range s.faults {
		if f := &s.faults[i]; f.route == route && f.left > 0 && failed == nil {
			f.left--
			failed = no(f.status, f.code, "as the test wants it")
		}
	}
	byToken := strings.Contains(route, ":token")
	if !byToken && (s.revoked || c.req.Header.Get("Authorization") != "Bot "+Token) && route != "GET /gateway" {
		failed = no(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	s.mu.Unlock()
	do := s.routes()[route]
	if do == nil && failed == nil {
		failed = no(http.StatusNotFound, 0, "404: Not Found")
	}
	var a answer
	if failed == nil {
		a, failed = do(c)
	}
	c.finish(a, failed)
}

// given has an answer that was given already.
type given struct{}

func (c *call) finish(a answer, failed *failure) {
	if _, is := a.(given); is {
		return
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.Header().Set("X-RateLimit-Limit", "5")
	c.w.Header().Set("X-RateLimit-Remaining", "0") // a library that minds waits
	c.w.Header().Set("X-RateLimit-Reset-After", "30")
	switch {
	case failed != nil:
		c.w.WriteHeader(failed.status)
		body := map[string]any{"code": failed.code, "message": failed.message}
		if failed.at != "" {
			body["errors"] = map[string]any{failed.at: map[string]any{"_errors": []map[string]string{{"code": "WRONG", "message": "wrong"}}}}
		}
		_ = json.NewEncoder(c.w).Encode(body) // whoever asked may be gone
	case a == nil:
		c.w.WriteHeader(http.StatusNoContent)
	default:
		_ = json.NewEncoder(c.w).Encode(a) // likewise
	}
}

func (s *Server) routes() map[string]func(*call) (answer, *failure) {
	return map[string]func(*call) (answer, *failure){
		"GET /gateway":                                   s.whereGateway,
		"GET /users/@me":                                 s.me,
		"GET /users/@me/guilds":                          s.guilds,
		"POST /users/@me/channels":                       s.directly,
		"GET /applications/@me":                          s.application,
		"GET /applications/:id/commands":                 s.getCommands,
		"PUT /applications/:id/commands":                 s.putCommands,
		"GET /channels/:id":                              s.getChannel,
		"PATCH /channels/:id":                            s.patchChannel,
		"GET /channels/:id/messages":                     s.history,
		"POST /channels/:id/messages":                    s.create,
		"POST /channels/:id/typing":                      s.typing,
		"GET /channels/:id/messages/:id":                 s.getMessage,
		"DELETE /channels/:id/messages/:id":              s.remove,
		"POST /channels/:id/messages/:id/crosspost":      s.crosspost,
		"POST /channels/:id/messages/:id/threads":        s.openThread,
		"POST /channels/:id/threads":                     s.openPost,
		"GET /channels/:id/threads/archived/public":      s.archived,
		"GET /guilds/:id":                                s.getGuild,
		"GET /guilds/:id/channels":                       s.getChannels,
		"GET /guilds/:id/threads/active":                 s.active,
		"GET /guilds/:id/members/:id":                    s.getMember,
		"POST /interactions/:id/:token/callback":         s.callback,
		"PATCH /webhooks/:id/:token/messages/@original":  s.editOriginal,
		"DELETE /webhooks/:id/:token/messages/@original": s.deleteOriginal,
		"POST /webhooks/:id/:token":                      s.followUp,
	}
}

func (s *Server) me(*call) (answer, *failure) {
	return map[string]any{"id": AppID, "username": BotName, "bot": true}, nil
}

func (s *Server) guilds(*call) (answer, *failure) {
	return []map[string]any{{"id": GuildID, "name": "News desk"}}, nil
}

func (s *Server) application(*call) (answer, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	flags := 0
	if s.Content {
		flags = 1 << 19
	}
	key := strings.Repeat("0", 64)
	if s.key != nil {
		key = hex.EncodeToString(s.key)
	}
	var endpoint any
	if s.Endpoint != "" {
		endpoint = s.Endpoint
	}
	return map[string]any{"id": AppID, "name": BotName, "flags": flags, "bot_public": s.Public, "verify_key": key, "interactions_endpoint_url": endpoint}, nil
}
