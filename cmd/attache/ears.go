package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"attache/bot"
	"attache/bot/discord"
	"attache/bot/slack"
)

// ears hear what people do in chat. They stay open while one service takes the place
// of another, so that nothing is lost meanwhile; only where the keys or the addresses
// of the config are others, they are opened anew.
type ears struct {
	mu     sync.Mutex
	mind   *mind
	keys   []string // by which they were opened
	cancel context.CancelFunc
	done   chan struct{} // closed when they are shut
}

// mind does what people ask for, by one config.
type mind struct {
	handler *bot.Handler
	inHand  sync.WaitGroup
}

// use has a service do what people ask for from now on, and waits for what the one
// before has in hand.
func (e *ears) use(sv *service) {
	e.mu.Lock()
	before := e.mind
	if before != nil && before.handler == sv.handler {
		e.mu.Unlock()
		return
	}
	e.mind = &mind{handler: sv.handler}
	e.mu.Unlock()
	if keys := sv.keys(); e.done == nil || !slices.Equal(keys, e.keys) {
		e.open(sv, e.close())
		e.keys = keys
	}
	if before != nil {
		before.inHand.Wait()
	}
}

// keys are what the ears of a service are opened by.
func (sv *service) keys() []string {
	all := []string{sv.config.Listen, sv.config.Log}
	of := sv.config.Discord
	all = append(all, of.Token.Value(), of.PublicKey, of.RequestURL, strconv.FormatBool(of.PlainText), sv.config.Database.Value())
	for _, w := range workspaces(sv.config) {
		all = append(all, w.Name, w.BotToken.Value(), w.AppToken.Value(), w.SigningSecret.Value(), w.RequestURL)
	}
	return all
}

// handle does what one person asks for.
func (e *ears) handle(ctx context.Context, r bot.Request) error {
	e.mu.Lock()
	m := e.mind
	m.inHand.Add(1)
	e.mu.Unlock()
	defer m.inHand.Done()
	return m.handler.Handle(ctx, r)
}

// checkForm says what is wrong with a form that somebody filled in.
func (e *ears) checkForm(ctx context.Context, p bot.Place, who bot.Person, f bot.Form) ([]bot.Wrong, error) {
	return e.now().CheckForm(ctx, p, who, f)
}

// complete offers what somebody may mean who types.
func (e *ears) complete(ctx context.Context, p bot.Place, command, option, typed string) []string {
	return e.now().Complete(ctx, p, command, option, typed)
}

// now is the handler by the config that is in force.
func (e *ears) now() *bot.Handler {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mind.handler
}

// posts reports whether a desk posts to a place by that very name.
func (e *ears) posts(ctx context.Context, p bot.Place) bool {
	here, err := e.now().Desks.Of(ctx, p)
	return err == nil && len(here) > 0
}

// open begins to hear in each workspace: by Socket Mode, or over HTTP. What was heard
// before may still be in hand.
func (e *ears) open(sv *service, before <-chan struct{}) {
	ctx, cancel := context.WithCancel(context.Background())
	e.cancel, e.done = cancel, make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { <-before })
	byPath := map[string]http.Handler{}
	for _, w := range workspaces(sv.config) {
		log := sv.log.With("platform", bot.Place{Platform: "slack", Workspace: w.Name}.Adapter())
		if !isHeard(sv.config, w) {
			if overHTTP(w) {
				log.Warn("nothing is heard there: a signing-secret is given, and no listen address")
			}
			continue
		}
		address, _ := apiAddress("SLACK_API_URL", "") // newService had it checked
		l := &slack.Listener{
			Adapter: &slack.Adapter{Token: w.BotToken.Value(), URL: address, Listens: true}, Workspace: w.Name,
			AppToken: w.AppToken.Value(), Handle: e.handle, Posts: e.posts, Log: log, CheckForm: e.checkForm, Complete: e.complete,
		}
		if overHTTP(w) {
			l.AppToken, l.SigningSecret = "", w.SigningSecret.Value()
			path := requestPath(w.RequestURL)
			if byPath[path] != nil {
				log.Error("nothing is heard there: another workspace has the same path in its request-url", "path", path)
				continue
			}
			byPath[path] = l
		}
		all.Go(func() {
			if err := l.Run(ctx); err != nil {
				log.Error("nothing is heard there any more", "error", err)
			}
		})
	}
	e.openDiscord(ctx, sv, &all, byPath)
	if sv.config.Listen != "" {
		all.Go(func() { serve(ctx, sv.log, sv.config.Listen, byPath) })
	}
	done := e.done
	go func() {
		defer close(done)
		all.Wait()
	}()
}

// openDiscord begins to hear in Discord: by the gateway on one replica at a time, or
// over HTTP on each.
func (e *ears) openDiscord(ctx context.Context, sv *service, all *sync.WaitGroup, byPath map[string]http.Handler) {
	of := sv.config.Discord
	log := sv.log.With("platform", "discord")
	switch {
	case of.Token.Value() == "":
		return
	case !hearsDiscord(sv.config):
		log.Warn("nothing is heard there: a public-key is given, and no listen address")
		return
	}
	a, _ := newDiscord(sv.config) // newService had it checked
	listener := func() *discord.Listener {
		return &discord.Listener{
			Adapter: a, PublicKey: of.PublicKey, PlainText: of.PlainText, Handle: e.handle, Complete: e.complete,
			Notes: bot.Notes{Archive: sv.archive, Owner: "discord"}, Log: log,
		}
	}
	only := &bot.Exclusive{Archive: sv.archive, Name: "discord gateway", Log: log}
	run := func(ctx context.Context) error {
		return only.Run(ctx, func(ctx context.Context) error { return listener().Run(ctx) })
	}
	if of.PublicKey != "" {
		path := requestPath(of.RequestURL)
		if byPath[path] != nil {
			log.Error("nothing is heard there: Slack has the same path in its request-url", "path", path)
			return
		}
		l := listener()
		run, byPath[path] = l.Run, l
	}
	all.Go(func() {
		if err := run(ctx); err != nil {
			log.Error("nothing is heard there any more", "error", err)
		}
	})
}

// requestPath is the path of an address; "/" where there is none.
func requestPath(address string) string {
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		return u.Path
	}
	return "/"
}

// serve takes requests over HTTP until ctx ends.
func serve(ctx context.Context, log *slog.Logger, address string, by map[string]http.Handler) {
	const limit = 10 * time.Second
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if h := by[req.URL.Path]; h != nil {
				h.ServeHTTP(w, req)
				return
			}
			http.NotFound(w, req)
		}),
		ReadTimeout: limit, WriteTimeout: limit, IdleTimeout: time.Minute, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	listener, err := bind(ctx, address)
	if err != nil {
		log.Error("nothing is heard over HTTP", "error", err)
		return
	}
	log.Info("requests are taken over HTTP", "address", listener.Addr().String())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
		defer cancel()
		_ = server.Shutdown(ending) // what is not done by then is cut off
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		log.Error("nothing is heard over HTTP any more", "error", err)
		return
	}
	<-stopped
}

// bind takes an address, which what listened before may still be about to leave.
func bind(ctx context.Context, address string) (net.Listener, error) {
	const limit = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err == nil {
			return l, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// close stops hearing. The channel is closed when what is in hand is done, or took
// too long.
func (e *ears) close() <-chan struct{} {
	ended := make(chan struct{})
	if e.done == nil {
		close(ended)
		return ended
	}
	e.cancel()
	done := e.done
	go func() {
		defer close(ended)
		select {
		case <-done:
		case <-time.After(stopWithin):
		}
	}()
	return ended
}
