package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	api "github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"attache/bot"
)

// What attache asks the gateway to tell it:
// https://discord.com/developers/docs/events/gateway#gateway-intents
const intents = api.IntentsGuilds | api.IntentsGuildMessages | api.IntentsDirectMessages

// How the gateway is held. Discord resets the token of who identifies more than 1,000
// times a day.
const (
	openWithin     = 20 * time.Second
	lookEvery      = 5 * time.Second
	mostIdentified = 900
	longestPause   = 5 * time.Minute
	livedWell      = 10 * time.Minute
	identifiedNote = "identified"
	heardNote      = "heard"
)

// closeCodes say why Discord will not let attache hear:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func closeCodes() map[int]string {
	return map[int]string{
		4004: "Discord does not take the token (4004). At discord.com/developers/applications, under Bot, press Reset Token, and put the new one where the config has it",
		4010: "Discord does not take the shard (4010). This is a mistake of attache: report it with this text",
		4011: "the app is in more servers than one connection may serve (4011). Have it leave some",
		4012: "Discord serves this version of the gateway no longer (4012). See whether there is a newer attache",
		4013: "Discord does not know what attache asks for (4013). This is a mistake of attache: report it with this text",
		4014: "Discord does not grant the Message Content Intent (4014). At discord.com/developers/applications, under Bot, switch it on, or unset plain-text",
	}
}

// connection is one session of the library, and what is known of it.
type connection struct {
	session *api.Session
	over    chan struct{} // has room while the connection holds
	ready   chan bool     // gets whether it is a new session, or one that goes on

	mu  sync.Mutex
	net net.Conn
}

// listen holds the gateway until ctx ends. The library reconnects in ways that hang
// or never end, so each connection is watched from here, and dropped where it does
// not do what it should.
func (l *Listener) listen(ctx context.Context) error {
	var c *connection
	pause := cmp.Or(l.pause, time.Second)
	wait := pause
	for ctx.Err() == nil {
		if c == nil {
			c = l.connection()
		}
		began := time.Now()
		usable, err := l.hold(ctx, c)
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			if why := closeCodes()[closed.Code]; why != "" {
				return errors.New(why)
			}
		}
		if err != nil && ctx.Err() == nil {
			l.Log.Warn("the gateway of Discord is opened again", "error", bot.Hide(err, l.Adapter.Token))
		}
		if !usable {
			c = nil
		}
		if wait = min(2*wait, longestPause); time.Since(began) > livedWell || err == nil {
			wait = pause
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return nil
}

// connection is a new session of the library.
func (l *Listener) connection() *connection {
	c := &connection{over: make(chan struct{}, 1), ready: make(chan bool, 8)}
	client := &http.Client{Timeout: openWithin, Transport: elsewhere{base: l.Adapter.transport(), to: l.Adapter.base()}}
	s, _ := api.New("Bot " + l.Adapter.Token) // has no error
	s.Client, s.UserAgent, s.LogLevel = client, userAgent, quiet
	s.ShouldReconnectOnError, s.StateEnabled, s.SyncEvents, s.ShouldRetryOnRateLimit, s.MaxRestRetries = false, false, true, false, 0
	s.Compress, s.Identify.Compress = false, false
	s.Identify.Intents = intents
	if l.PlainText {
		s.Identify.Intents |= api.IntentMessageContent
	}
	s.Dialer = &websocket.Dialer{HandshakeTimeout: openWithin, Proxy: http.ProxyFromEnvironment, NetDialContext: c.dial}
	s.AddHandler(func(_ *api.Session, e *api.Event) { l.told(c, e) })
	s.AddHandler(func(*api.Session, *api.Disconnect) { offer(c.over, struct{}{}) })
	c.session = s
	return c
}

// told is what the gateway tells, in its order. It waits for nothing.
func (l *Listener) told(c *connection, e *api.Event) {
	switch e.Type {
	case "READY":
		offer(c.ready, true)
	case "RESUMED":
		offer(c.ready, false)
	default:
		l.take(event{e.Type, e.RawData})
	}
}

// offer sends where there is room.
func offer[T any](to chan T, v T) {
	select {
	case to <- v:
	default:
	}
}

// dial remembers the connection, so that it can be broken.
func (c *connection) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: openWithin}).DialContext(ctx, network, address)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.net = conn
	return conn, err
}

// cut breaks the connection under the library.
func (c *connection) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.net != nil {
		_ = c.net.Close() // it may be closed
	}
}

// elsewhere sends the library's calls to where the API is.
type elsewhere struct {
	base http.RoundTripper
	to   string
}

// RoundTrip implements [http.RoundTripper].
func (e elsewhere) RoundTrip(req *http.Request) (*http.Response, error) {
	to, err := http.NewRequestWithContext(req.Context(), req.Method, e.to+req.URL.Path, req.Body)
	if err != nil {
		return nil, errors.New("the address of Discord is none")
	}
	to.URL.RawQuery, to.Header = req.URL.RawQuery, req.Header
	return e.base.RoundTrip(to)
}

func (a *Adapter) transport() http.RoundTripper {
	if a.Client != nil && a.Client.Transport != nil {
		return a.Client.Transport
	}
	return http.DefaultTransport
}

// hold opens a connection and watches it until it ends. It is usable where the
// session may go on in another connection.
func (l *Listener) hold(ctx context.Context, c *connection) (usable bool, err error) {
	since, err := l.heardBefore(ctx)
	if err != nil {
		return true, err
	}
	if err := l.identify(ctx); err != nil {
		return true, err
	}
	drain(c.over)
	drain(c.ready)
	opened := make(chan error, 1)
	go func() { opened <- c.session.Open() }()
	select {
	case err = <-opened:
	case <-time.After(cmp.Or(l.opens, openWithin)):
		err = errors.New("it says nothing after it was opened")
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		c.cut() // what hangs in the library stays there: it is not used again
		return false, err
	}
	return l.watch(ctx, c, since)
}

func drain[T any](from chan T) {
	for len(from) > 0 {
		<-from
	}
}

// watch looks after a connection that is open.
func (l *Listener) watch(ctx context.Context, c *connection, since time.Time) (usable bool, err error) {
	opened, greeted := time.Now(), false
	look := time.NewTicker(min(lookEvery, cmp.Or(l.silence, lookEvery)/2))
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			l.noteHeard(context.WithoutCancel(ctx), time.Now())
			c.leave()
			return false, nil
		case <-c.over:
			return true, nil
		case fresh := <-c.ready:
			if greeted && fresh { // the library identified by itself, as the session was not valid
				l.count(ctx)
			}
			if greeted = true; fresh && !since.IsZero() {
				l.acks.Do(func() { l.safely(func() { l.lookBack(ctx, since) }) })
			}
		case now := <-look.C:
			switch {
			case !greeted && now.Sub(opened) > cmp.Or(l.opens, openWithin):
				c.cut()
				return false, errors.New("it does not greet")
			case c.silentFor(now) > cmp.Or(l.silence, 90*time.Second):
				c.cut()
				return false, errors.New("it acknowledges nothing")
			case greeted:
				l.noteHeard(ctx, now)
			}
		}
	}
}

// silentFor is how long the gateway has acknowledged nothing.
func (c *connection) silentFor(now time.Time) time.Duration {
	if !c.session.TryRLock() {
		return 0 // something is under way
	}
	defer c.session.RUnlock()
	return now.Sub(c.session.LastHeartbeatAck)
}

// leave closes a connection in order, if that takes not too long.
func (c *connection) leave() {
	const limit = 2 * time.Second
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.session.Close() // it is over either way
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
	c.cut()
}

// identify waits until attache may identify, and counts it. A session that goes on
// is counted too: it may turn out to be no longer valid.
func (l *Listener) identify(ctx context.Context) error {
	times, err := l.identified(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if len(times) >= mostIdentified {
		at := times[len(times)-mostIdentified].Add(24 * time.Hour)
		l.Log.Error("Discord is not connected to: it was too often within a day, and Discord resets the token of who goes on", "next", at.UTC().Format(time.RFC3339))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Until(at)):
		}
	}
	return l.Notes.Set(ctx, identifiedNote, append(times, now))
}

// identified are the times of the last day at which attache identified.
func (l *Listener) identified(ctx context.Context) (times []time.Time, err error) {
	now := time.Now()
	err = l.Notes.Get(ctx, identifiedNote, &times)
	return slices.DeleteFunc(times, func(t time.Time) bool { return now.Sub(t) > 24*time.Hour || t.After(now) }), err
}

// count counts an IDENTIFY that the library made by itself.
func (l *Listener) count(ctx context.Context) {
	times, err := l.identified(ctx)
	if err == nil {
		err = l.Notes.Set(ctx, identifiedNote, append(times, time.Now()))
	}
	if err != nil {
		l.Log.Warn("counting how often attache identified", "error", err)
	}
}

// heardBefore is until when attache heard, on whichever replica; zero for never.
func (l *Listener) heardBefore(ctx context.Context) (t time.Time, err error) {
	err = l.Notes.Get(ctx, heardNote, &t)
	if err != nil {
		return t, fmt.Errorf("reading until when attache heard: %w", err)
	}
	return t, nil
}

// noteHeard keeps until when attache hears.
func (l *Listener) noteHeard(ctx context.Context, now time.Time) {
	const limit = 2 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := l.Notes.Set(ctx, heardNote, now); err != nil {
		l.Log.Warn("keeping until when attache heard", "error", err)
	}
}
