package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// AppToken opens sockets until the tokens are revoked.
const AppToken = "xapp-test-token"

// ticket is in the address of a socket: a secret.
const ticket = "ticket-test-secret"

// Hearing is what became of what people did.
type Hearing struct {
	Sent    int             // envelopes, without repeats
	Taken   []time.Duration // until each was acknowledged
	Lost    int             // commands and presses that nobody heard: they are not repeated
	Repeats int
	Opened  int // connections
}

// link is a connection of Socket Mode.
type link struct {
	conn    *websocket.Conn
	mu      sync.Mutex // of writing
	leaving bool       // it was told that it will be closed
}

// sent is an envelope that is not acknowledged.
type sent struct {
	id      string
	kind    string
	payload any
	at      time.Time
	by      *link // nil: by none yet

	answered chan json.RawMessage // takes what it is acknowledged with; nil: nobody asks
}

// line is the sockets of a server.
type line struct {
	links   []*link
	next    int
	pending []*sent
	count   int
	hearing Hearing
}

// openSocket is https://docs.slack.dev/reference/methods/apps.connections.open
func (s *Server) openSocket(c *call) (answer, *failure) {
	return answer{"url": "ws://" + c.req.Host + "/link?ticket=" + ticket}, nil
}

// connect is the socket itself. It takes Slack's own clients and others, whatever
// their Origin.
func (s *Server) connect(w http.ResponseWriter, req *http.Request) {
	if req.URL.Query().Get("ticket") != ticket {
		http.Error(w, "no ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, req, nil)
	if err != nil {
		return // it was answered
	}
	l := &link{conn: conn}
	l.write(map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]string{"app_id": "A0ATTACHE0"}})
	s.mu.Lock()
	s.line.links = append(s.line.links, l)
	s.line.hearing.Opened++
	waiting := s.unheard()
	s.mu.Unlock()
	for _, e := range waiting {
		s.send(e)
	}
	s.acknowledged(l)
}

func (l *link) write(v any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.conn.WriteJSON(v) // that it is closed is seen by reading
}

// unheard are the events that no open connection has.
func (s *Server) unheard() (all []*sent) {
	for _, e := range s.line.pending {
		if e.by == nil || !slices.Contains(s.line.links, e.by) {
			all = append(all, e)
		}
	}
	return all
}

// acknowledged reads acknowledgements until the connection is closed. Then events
// that it didn't acknowledge go to others, commands and presses to nobody.
func (s *Server) acknowledged(l *link) {
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := l.conn.ReadJSON(&ack); err != nil {
			break
		}
		s.mu.Lock()
		if i := slices.IndexFunc(s.line.pending, func(e *sent) bool { return e.id == ack.ID && e.by == l }); i >= 0 {
			s.line.hearing.Taken = append(s.line.hearing.Taken, time.Since(s.line.pending[i].at))
			if answered := s.line.pending[i].answered; answered != nil {
				answered <- ack.Payload
			}
			s.line.pending = slices.Delete(s.line.pending, i, i+1)
		}
		s.mu.Unlock()
	}
	_ = l.conn.Close()
	s.mu.Lock()
	s.line.links = slices.DeleteFunc(s.line.links, func(o *link) bool { return o == l })
	var again []*sent
	s.line.pending = slices.DeleteFunc(s.line.pending, func(e *sent) bool {
		switch {
		case e.by != l:
			return false
		case e.kind != "events_api":
			s.line.hearing.Lost++
			return true
		}
		s.line.hearing.Repeats++
		again = append(again, e)
		return false
	})
	s.mu.Unlock()
	for _, e := range again {
		s.send(e)
	}
}

// tell sends what a person did: to the next connection in turn, or to where it is
// taken over HTTP.
func (s *Server) tell(kind string, payload any) {
	s.mu.Lock()
	s.line.count++
	e := &sent{id: "E" + strconv.Itoa(s.line.count), kind: kind, payload: payload, at: time.Now()}
	s.line.hearing.Sent++
	s.told = append(s.told, told{kind, payload})
	over := s.over
	if over == nil {
		s.line.pending = append(s.line.pending, e)
	}
	s.mu.Unlock()
	if over != nil {
		over(kind, payload)
		return
	}
	s.send(e)
}

// asked sends what is acknowledged with an answer, and gives that; nil for none within
// 3 seconds, or one that Slack drops as it is too long.
func (s *Server) asked(payload any) json.RawMessage {
	const patience, most = 3 * time.Second, 20_480
	s.mu.Lock()
	s.line.count++
	e := &sent{id: "E" + strconv.Itoa(s.line.count), kind: "interactive", payload: payload, at: time.Now(), answered: make(chan json.RawMessage, 1)}
	s.line.hearing.Sent++
	s.line.pending = append(s.line.pending, e)
	s.mu.Unlock()
	s.send(e)
	select {
	case answer := <-e.answered:
		if len(answer) >= most {
			return nil
		}
		return answer
	case <-time.After(patience):
		return nil
	}
}

// told is what was told last, to be repeated.
type told struct {
	kind    string
	payload any
}

// Repeat tells the last thing that somebody did once more.
func (s *Server) Repeat() {
	s.mu.Lock()
	last := s.told[len(s.told)-1]
	s.mu.Unlock()
	s.tell(last.kind, last.payload)
}

func (s *Server) send(e *sent) {
	s.mu.Lock()
	open := slices.DeleteFunc(slices.Clone(s.line.links), func(l *link) bool { return l.leaving })
	if len(open) == 0 {
		open = s.line.links
	}
	if len(open) == 0 {
		if e.kind != "events_api" {
			s.line.hearing.Lost++
			s.line.pending = slices.DeleteFunc(s.line.pending, func(o *sent) bool { return o == e })
		}
		s.mu.Unlock()
		return
	}
	s.line.next++
	l := open[s.line.next%len(open)]
	e.by, e.at = l, time.Now()
	s.mu.Unlock()
	l.write(map[string]any{"type": e.kind, "envelope_id": e.id, "accepts_response_payload": e.kind != "events_api", "payload": e.payload})
}

// Hearing is what became of what people did so far.
func (s *Server) Hearing() Hearing {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.line.hearing
	h.Taken = slices.Clone(h.Taken)
	return h
}

// Connections are how many are open.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.line.links)
}

// Refresh tells the open connections that they will be closed, and has last done
// before they are: what comes by them then is lost where they aren't read on.
func (s *Server) Refresh(reason string, last func()) {
	s.mu.Lock()
	links := slices.Clone(s.line.links)
	for _, l := range links {
		l.leaving = true
	}
	s.mu.Unlock()
	for _, l := range links {
		l.write(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]string{"host": "applink"}})
	}
	if last != nil {
		last()
	}
}

// Cut breaks all connections without a word.
func (s *Server) Cut() {
	s.mu.Lock()
	links := slices.Clone(s.line.links)
	s.mu.Unlock()
	for _, l := range links {
		_ = l.conn.NetConn().Close()
	}
}

// Pending are how many envelopes are not acknowledged.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.line.pending)
}

// Signed sends what people do over HTTP from now on, signed by a secret, to a
// handler.
func (s *Server) Signed(secret string, to http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = func(kind string, payload any) {
		data, err := json.Marshal(payload)
		if err != nil {
			panic(err)
		}
		s.post(secret, to, kind, data)
	}
}
