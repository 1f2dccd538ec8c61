package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"attache/bot"
)

// How long it may take to find out who attache is, and who and where somebody is:
// what isn't known of them by then is left out.
const (
	translating = 20 * time.Second
	looking     = 5 * time.Second
)

// Listener hears what people do in one workspace: by Socket Mode where there is a
// token of the app, else over signed HTTP, as an [http.Handler].
type Listener struct {
	Adapter       *Adapter
	Workspace     string // its name in the config; empty where there is one
	AppToken      string // xapp-…
	SigningSecret string
	Handle        func(context.Context, bot.Request) error
	// Posts reports whether a desk posts to a place by that very name; nil: none does.
	Posts func(context.Context, bot.Place) bool
	// CheckForm and Complete are for the form by which a desk is set up; without them
	// none is shown.
	CheckForm func(context.Context, bot.Place, bot.Person, bot.Form) ([]bot.Wrong, error)
	Complete  func(ctx context.Context, p bot.Place, command, option, typed string) []string
	Log       *slog.Logger
	Now       func() time.Time // nil: time.Now

	crew   bot.Crew
	recent bot.Recent
	people people
	wait   time.Duration // before connecting again; zero: a second
	busy   time.Duration // after which a person is told that the answer takes longer; zero: a second
}

// Run hears people until ctx ends; then what is in hand is finished. Its error is
// why Slack will not let attache hear: then there is no use in trying again.
func (l *Listener) Run(ctx context.Context) error {
	defer l.crew.Close()
	if l.AppToken == "" {
		<-ctx.Done()
		return nil
	}
	s := &socket{open: l.openSocket, take: l.take, answer: l.answer, log: l.Log, wait: l.wait}
	if err := s.run(ctx); err != nil {
		wrong := wrongAppToken(err)
		return fmt.Errorf("listening to Slack: %s. %s", wrong.What, wrong.Remedy)
	}
	return nil
}

// openSocket asks for the address of a socket. There is a ticket in it.
func (l *Listener) openSocket(ctx context.Context) (address string, err error) {
	err = l.Adapter.as(l.AppToken).call(ctx, func(ctx context.Context, c *api.Client) (err error) {
		_, address, err = c.StartSocketModeContext(ctx)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("asking for a socket: %w", err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "wss" && (u.Scheme != "ws" || !isLoopback(u.Hostname())) {
		return "", errors.New("asking for a socket: Slack names no safe address")
	}
	return address, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// take has an envelope handled, where there is room for it.
func (l *Listener) take(e envelope) bool {
	switch e.Type {
	case "events_api", "slash_commands", "interactive":
	default:
		return true
	}
	taken := l.crew.Do(func() {
		defer func() {
			if fault := recover(); fault != nil {
				l.Log.Error("a fault of attache", "fault", fault, "stack", string(debug.Stack()))
			}
		}()
		l.work(context.Background(), e)
	})
	if !taken {
		l.Log.Error("something from Slack is not taken: attache stops, or too much waits")
	}
	return taken
}

// work handles one envelope. It outlives what it came by: it was acknowledged.
func (l *Listener) work(ctx context.Context, e envelope) {
	h, me, ok := l.understand(ctx, e)
	if !ok || !l.recent.First(string(h.kind)+" "+h.id) {
		return
	}
	r, a := l.request(ctx, h, me)
	if r.Kind == bot.Invoked || r.Kind == bot.Pressed || r.Kind == bot.Said && r.Addressed {
		defer a.searching(ctx)()
	}
	if err := l.Handle(ctx, r); err != nil {
		l.Log.Error("handling what was done in Slack", "request", r.ID, "error", err)
	}
}

// understand reads an envelope, for which it has to be known who attache is.
func (l *Listener) understand(ctx context.Context, e envelope) (h heard, me self, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, translating)
	defer cancel()
	me, err := l.self(ctx)
	if err != nil {
		l.Log.Error("who attache is in Slack can't be found out, so something was not heard", "error", err)
		return heard{}, me, false
	}
	h, ok = hear(e, me)
	return h, me, ok
}

// request is what a person did, for the bot, and what answers it.
func (l *Listener) request(ctx context.Context, h heard, me self) (bot.Request, *answerer) {
	ctx, cancel := context.WithTimeout(ctx, looking)
	defer cancel()
	r := bot.Request{
		ID: l.name("slack") + "/" + orElse(h.team, me.team) + ":" + h.id, Kind: h.kind, At: h.at,
		Command: h.command, Text: h.text, Action: h.action, Addressed: h.mention.attache, ToOthers: h.mention.others,
		Person: bot.Person{ID: "slack:" + h.user, Name: h.userName},
	}
	if r.At.IsZero() {
		r.At = l.now()
	}
	if h.message != "" {
		r.Message = h.channel + "/" + h.message
	}
	if h.thread != "" {
		r.Thread = h.channel + "/" + h.thread
	}
	var at where
	r.Place, at = l.place(ctx, h)
	if at.direct {
		r.Alone, r.Addressed = true, true
	}
	a := &answerer{l: l, heard: h, at: at}
	if h.kind == bot.Edited || h.kind == bot.Deleted {
		return r, a
	}
	r.Person = bot.Person{}
	if h.user != "" { // who invited attache isn't always told
		r.Person = l.person(ctx, h, me)
	}
	r.Reply = a.reply
	if h.trigger != "" && l.CheckForm != nil {
		r.Ask = func(ctx context.Context, f bot.Form) error {
			return l.openModal(ctx, h.trigger, f, target{Channel: h.channel, Name: at.name})
		}
	}
	if !at.inside {
		r.Unreachable = outside(r.Place, me.name)
		if h.respond != "" {
			r.Share = a.share
		}
	}
	return r, a
}

// outside says why nothing can be posted in a place.
func outside(p bot.Place, name string) string {
	if strings.HasPrefix(p.Channel, "D") {
		return "attache is not part of this conversation."
	}
	where := "this channel"
	if strings.HasPrefix(p.Channel, "#") {
		where = p.Channel
	}
	return fmt.Sprintf("attache is not in %s. There, type /invite @%s, then press Share here again.", where, name)
}

// name is that of the adapter, or of another thing of the workspace.
func (l *Listener) name(of string) string {
	if l.Workspace == "" {
		return of
	}
	return of + "/" + l.Workspace
}

func (l *Listener) now() time.Time {
	if l.Now == nil {
		return time.Now()
	}
	return l.Now()
}
