package discordtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Fault is what the gateway does with one connection.
type Fault string

// The faults.
const (
	Reconnect      Fault = "op 7 after HELLO"
	Invalid        Fault = "op 9 after IDENTIFY" // the next IDENTIFY is taken
	NoAcks         Fault = "no op 11"
	Silent         Fault = "nothing after HELLO"
	AckForReady    Fault = "op 11 in place of READY"
	BadToken       Fault = "4004"
	BadIntents     Fault = "4014"
	Drop           Fault = "dropped after READY"
	SessionExpired Fault = "4009 after READY"
)

// gateway is https://discord.com/developers/docs/events/gateway
type gateway struct {
	mu       sync.Mutex
	interval time.Duration
	faults   []Fault
	session  string // of the last IDENTIFY; a RESUME of another is not valid
	events   []wsEvent
	conns    map[*wsConn]bool
	heard    Hearing
	direct   func(name string, data []byte)
	sessions int
}

// wsConn is a connection. Gorilla's takes one writer at a time.
type wsConn struct {
	*websocket.Conn
	mu      sync.Mutex
	taken   bool // it was greeted
	intents int64
}

type wsEvent struct {
	Op   int    `json:"op"`
	Seq  int    `json:"s,omitempty"`
	Name string `json:"t,omitempty"`
	Data any    `json:"d"`
}

// Hearing is what the gateway saw.
type Hearing struct {
	Opened, Identified, Resumed, Heartbeats int
	Intents                                 int64
	Open                                    int // connections that are greeted
}

// Gateway sets the time between heartbeats, and what happens to the next connections,
// one after the other.
func (s *Server) Gateway(interval time.Duration, faults ...Fault) {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	s.gateway.interval, s.gateway.faults = interval, faults
}

// Direct has events told to a function, and not by the gateway.
func (s *Server) Direct(to func(name string, data []byte)) {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	s.gateway.direct = to
}

// Hearing is what the gateway saw so far.
func (s *Server) Hearing() Hearing {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	h := s.gateway.heard
	for c := range s.gateway.conns {
		if c.taken {
			h.Open++
		}
	}
	return h
}

// Cut breaks all connections without a word.
func (s *Server) Cut() {
	for _, c := range s.connections() {
		_ = c.Close() // it may be closed
	}
}

// Reconnect tells all connections to open others.
func (s *Server) Reconnect() {
	for _, c := range s.connections() {
		c.send(wsEvent{Op: 7})
	}
}

func (s *Server) connections() []*wsConn {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return slices.Collect(maps.Keys(s.gateway.conns))
}

func (c *wsConn) send(e wsEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.WriteJSON(e) // who is gone asks for it again
}

func (c *wsConn) closeBy(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""))
	_ = c.Close()
}

func (s *Server) whereGateway(*call) (answer, *failure) {
	return map[string]any{"url": strings.Replace(s.Address, "http", "ws", 1) + "/gateway"}, nil
}

// serveGateway speaks with one client.
func (s *Server) serveGateway(w http.ResponseWriter, req *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, req, nil)
	if err != nil {
		return
	}
	c := &wsConn{Conn: conn}
	g := &s.gateway
	g.mu.Lock()
	if g.conns == nil {
		g.conns = map[*wsConn]bool{}
	}
	g.conns[c] = true
	g.heard.Opened++
	interval := g.interval
	if interval == 0 {
		interval = 41 * time.Second
	}
	fault := Fault("")
	if len(g.faults) > 0 {
		fault, g.faults = g.faults[0], g.faults[1:]
	}
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		delete(g.conns, c)
		g.mu.Unlock()
		_ = conn.Close() // it may be closed
	}()
	c.send(wsEvent{Op: 10, Data: map[string]any{"heartbeat_interval": interval.Milliseconds()}})
	for {
		var in struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		if conn.ReadJSON(&in) != nil {
			return
		}
		s.hears(c, in.Op, in.Data, &fault)
	}
}

// hears does what a client's message asks for.
func (s *Server) hears(c *wsConn, op int, data json.RawMessage, fault *Fault) {
	g := &s.gateway
	switch op {
	case 1:
		g.mu.Lock()
		g.heard.Heartbeats++
		g.mu.Unlock()
		if *fault != NoAcks && *fault != Silent {
			c.send(wsEvent{Op: 11})
		}
	case 2, 6:
		g.mu.Lock()
		if op == 2 {
			g.heard.Identified++
		} else {
			g.heard.Resumed++
		}
		g.mu.Unlock()
		s.greet(c, op, data, fault)
	}
}

// greet answers IDENTIFY and RESUME.
func (s *Server) greet(c *wsConn, op int, data json.RawMessage, fault *Fault) {
	var in struct {
		Token   string `json:"token"`
		Intents int64  `json:"intents"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	_ = json.Unmarshal(data, &in) // what isn't there is zero
	s.mu.Lock()
	bad, content := s.revoked || in.Token != "Bot "+Token, s.Content
	s.mu.Unlock()
	was := *fault
	switch {
	case bad || was == BadToken:
		c.closeBy(4004)
		return
	case was == BadIntents || op == 2 && in.Intents&messageContent != 0 && !content:
		c.closeBy(4014)
		return
	case was == Reconnect:
		c.send(wsEvent{Op: 7})
		return
	case was == AckForReady:
		c.send(wsEvent{Op: 11})
		return
	case was == Silent:
		return
	case was == Invalid:
		*fault = ""
		c.send(wsEvent{Op: 9, Data: false})
		return
	}
	s.welcome(c, op, in.Session, in.Seq, in.Intents)
	switch was {
	case Drop:
		_ = c.Close() // it may be closed
	case SessionExpired:
		s.gateway.mu.Lock()
		s.gateway.session = ""
		s.gateway.mu.Unlock()
		c.closeBy(4009)
	}
}

// welcome begins a session, or goes on with one.
func (s *Server) welcome(c *wsConn, op int, session string, seq int, intents int64) {
	s.mu.Lock()
	guild := s.guild(s.now().AddDate(-1, 0, 0))
	s.mu.Unlock()
	g := &s.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	if op == 6 {
		if session != g.session || session == "" {
			c.send(wsEvent{Op: 9, Data: false})
			return
		}
		for _, e := range g.events {
			if e.Seq > seq {
				c.send(e)
			}
		}
		c.taken = true
		c.send(wsEvent{Seq: len(g.events), Name: "RESUMED", Data: map[string]any{}})
		return
	}
	g.sessions++
	g.session, g.events, g.heard.Intents = "session-"+string(rune('a'+g.sessions%26)), nil, intents
	c.taken, c.intents = true, intents
	ready := map[string]any{
		"v": 9, "user": map[string]any{"id": AppID, "username": BotName, "bot": true}, "session_id": g.session,
		"application": map[string]any{"id": AppID}, "guilds": []any{map[string]any{"id": GuildID, "unavailable": true}},
	}
	for _, e := range []wsEvent{{Name: "READY", Data: ready}, {Name: "GUILD_CREATE", Data: guild}} {
		e.Seq = len(g.events) + 1
		g.events = append(g.events, e)
		c.send(e)
	}
}

// guild is the server as GUILD_CREATE has it.
func (s *Server) guild(joined time.Time) map[string]any {
	return map[string]any{
		"id": GuildID, "name": "News desk", "joined_at": joined.UTC().Format(time.RFC3339Nano), "system_channel_id": GeneralID,
		"channels": s.listed(func(c *Channel) bool { return !c.isThread() && c.Kind != Direct }),
	}
}

// dispatch tells an event to who asked for it. While nobody listens it is kept for
// who goes on with the session.
func (s *Server) dispatch(name string, intent int64, data any) {
	g := &s.gateway
	g.mu.Lock()
	direct := g.direct
	if direct == nil && (intent == 0 || g.heard.Intents&intent != 0) {
		e := wsEvent{Seq: len(g.events) + 1, Name: name, Data: data}
		g.events = append(g.events, e)
		for c := range g.conns {
			if c.taken {
				c.send(e)
			}
		}
	}
	g.mu.Unlock()
	if direct == nil {
		return
	}
	encoded, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	direct(name, encoded)
}
