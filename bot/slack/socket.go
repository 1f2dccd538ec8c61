package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"attache/bot"
)

// Times of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
const (
	silence   = 30 * time.Second // without a ping, a connection is taken for dead
	moment    = 100 * time.Millisecond
	lingering = 5 * time.Second  // a connection is read on for, once the next one is open
	parting   = 2 * time.Second  // likewise, once it is closed by attache
	firstWait = time.Second      // before connecting again, doubled with each failure
	longest   = 30 * time.Second // of these waits
	biggest   = 4 << 20          // bytes of one envelope
)

// envelope is what comes by a socket.
type envelope struct {
	Type    string          `json:"type"` // "hello", "disconnect", "events_api", "slash_commands", "interactive"
	ID      string          `json:"envelope_id"`
	Payload json.RawMessage `json:"payload"`
	Reason  string          `json:"reason"` // of a disconnect
}

// socket hears what Slack sends by Socket Mode. Before Slack closes a connection it
// says so: then the next one is opened first, and both are read, so that nothing is
// lost between them. Each envelope is acknowledged on the connection that it came by.
type socket struct {
	open   func(context.Context) (address string, err error)
	take   func(envelope) bool // must not wait; false where there is no room: then Slack may send it again
	answer func(envelope) any  // what an envelope is acknowledged with that waits for an answer
	log    *slog.Logger
	wait   time.Duration // firstWait where it is zero
}

// run hears until ctx ends; then it reads what is on its way still. Its error is why
// Slack will never let attache hear.
func (s *socket) run(ctx context.Context) error {
	var all sync.WaitGroup
	defer all.Wait()
	var before *connection
	brief := 0 // connections in a row that did not last
	for {
		c, err := s.connected(ctx)
		if before != nil {
			old := before
			all.Go(func() { old.retire(ctx) })
			before = nil
		}
		if err != nil || ctx.Err() != nil {
			if c != nil {
				all.Go(c.read)
				c.leave()
			}
			return err
		}
		all.Go(c.read)
		began := time.Now()
		select {
		case <-ctx.Done():
			c.leave()
			return nil
		case <-c.leaving:
			s.log.Debug("Slack closes the connection; the next one is opened")
			before = c
		case <-c.ended:
			s.log.Warn("the connection to Slack broke")
		}
		brief = s.breathe(ctx, began, brief)
	}
}

// breathe waits before the next connection where several in a row were short: Slack
// may close each at once, as where Socket Mode was switched off.
func (s *socket) breathe(ctx context.Context, began time.Time, brief int) int {
	const lasting = time.Minute
	if time.Since(began) > lasting {
		return 0
	}
	if brief > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(min(s.firstWait()<<min(brief-1, 10), longest)):
		}
	}
	return brief + 1
}

func (s *socket) firstWait() time.Duration { return cmp.Or(s.wait, firstWait) }

// connected opens a connection, as often as that takes. Where ctx ends it is nil.
func (s *socket) connected(ctx context.Context) (*connection, error) {
	pause := s.firstWait()
	for {
		c, err := s.connect(ctx)
		if err == nil {
			return c, nil
		}
		if ctx.Err() != nil {
			return nil, nil //nolint:nilnil // it is told to stop
		}
		if isRefusal(err, forGood()...) {
			return nil, err
		}
		delay := pause + rand.N(pause)
		var asked *bot.RetryError
		if errors.As(err, &asked) {
			delay = max(delay, asked.After)
		}
		s.log.Warn("connecting to Slack", "error", err, "again in", delay.Round(time.Millisecond))
		select {
		case <-ctx.Done():
		case <-time.After(delay):
		}
		pause = min(2*pause, longest)
	}
}

// forGood are the answers after which trying again is of no use.
func forGood() []string {
	return []string{
		"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "missing_scope",
	}
}

// connection is one WebSocket.
type connection struct {
	*websocket.Conn
	take    func(envelope) bool
	answer  func(envelope) any
	leaving chan struct{} // closed when Slack says that it will close
	ended   chan struct{} // closed when nothing comes any more
	warned  bool
	writing sync.Mutex   // of acknowledgements
	last    atomic.Int64 // when something came, in nanoseconds
}

// connect opens a connection, and waits until Slack greets.
func (s *socket) connect(ctx context.Context) (*connection, error) {
	const limit = 15 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	address, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: limit}
	conn, res, err := dialer.DialContext(ctx, address, nil) //nolint:bodyclose // the dialer has read it
	if err != nil {
		var of *url.Error
		if errors.As(err, &of) { // it repeats the address, in which there is a ticket
			err = of.Err
		}
		if res != nil {
			err = fmt.Errorf("it answers %s", res.Status)
		}
		return nil, fmt.Errorf("opening the socket: %w", err)
	}
	c := &connection{Conn: conn, take: s.take, answer: s.answer, leaving: make(chan struct{}), ended: make(chan struct{})}
	c.last.Store(time.Now().UnixNano())
	c.SetReadLimit(biggest)
	c.SetPingHandler(c.pinged)
	var e envelope
	if err = c.alive(); err == nil {
		err = c.ReadJSON(&e)
	}
	if err != nil || e.Type != "hello" {
		_ = conn.Close() // nothing came by it
		return nil, errors.New("opening the socket: Slack doesn't greet")
	}
	return c, nil
}

func (c *connection) alive() error { return c.SetReadDeadline(time.Now().Add(silence)) }

// pinged answers a ping.
func (c *connection) pinged(data string) error {
	if err := c.alive(); err != nil {
		return err
	}
	err := c.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(parting))
	var failed net.Error
	if errors.Is(err, websocket.ErrCloseSent) || errors.As(err, &failed) { // reading goes on
		return nil
	}
	return err
}

// read takes and acknowledges what comes, until the connection is closed.
func (c *connection) read() {
	defer close(c.ended)
	defer c.Close() //nolint:errcheck // nothing comes by it any more
	for {
		var e envelope
		_, data, err := c.ReadMessage()
		if err != nil {
			return
		}
		c.last.Store(time.Now().UnixNano())
		if json.Unmarshal(data, &e) != nil {
			continue
		}
		switch {
		case e.Type == "disconnect":
			c.warn()
		case e.ID != "" && waits(e):
			go func() { c.acknowledge(e.ID, c.answer(e)) }() // it looks things up
		case e.ID != "" && c.take(e):
			c.acknowledge(e.ID, nil)
		}
	}
}

// acknowledge says that an envelope was taken, with an answer where there is one.
func (c *connection) acknowledge(id string, answer any) {
	ack := map[string]any{"envelope_id": id}
	if answer != nil {
		ack["payload"] = answer
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.WriteJSON(ack) // reading tells that it is broken
}

func (c *connection) warn() {
	if !c.warned {
		c.warned = true
		close(c.leaving)
	}
}

// retire reads a connection on for a while, as the next one is open.
func (c *connection) retire(ctx context.Context) {
	select {
	case <-c.ended:
		return
	case <-ctx.Done():
	case <-time.After(lingering):
	}
	c.leave()
}

// leave closes a connection once nothing comes by it for a moment, as nothing can be
// acknowledged then; what is on its way is read until Slack closes it too.
func (c *connection) leave() {
	for end := time.Now().Add(parting); time.Now().Before(end) && time.Since(time.Unix(0, c.last.Load())) < moment; {
		select {
		case <-c.ended:
			return
		case <-time.After(moment / 4):
		}
	}
	end := time.Now().Add(parting)
	_ = c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), end) // reading tells that it is broken
	_ = c.SetReadDeadline(end)                                                                                      // likewise
}
