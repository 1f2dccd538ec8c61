package discord

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/discord/discordtest"
	"attache/digest/archive"
)

// ear is a listener by the gateway, and what it heard.
type ear struct {
	*Listener
	mu   sync.Mutex
	all  []bot.Request
	log  bytes.Buffer
	done chan error
	stop context.CancelFunc
}

func (e *ear) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.log.Write(p)
}

func (e *ear) heard() []bot.Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]bot.Request(nil), e.all...)
}

// listenTo has somebody listen to a server until the test ends.
func listenTo(t *testing.T, s *discordtest.Server, a *archive.Archive, set func(*Listener)) *ear {
	t.Helper()
	e := &ear{done: make(chan error, 1)}
	e.Listener = &Listener{
		Adapter: &Adapter{Token: discordtest.Token, URL: s.Address, Pace: time.Nanosecond, Listens: true},
		Notes:   bot.Notes{Archive: a, Owner: "discord"}, Log: slog.New(slog.NewTextHandler(e, nil)),
		pause: 10 * time.Millisecond, silence: time.Minute,
		Handle: func(_ context.Context, r bot.Request) error {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.all = append(e.all, r)
			return nil
		},
	}
	if set != nil {
		set(e.Listener)
	}
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	go func() { e.done <- e.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-e.done:
		case <-time.After(10 * time.Second):
			t.Error("listening does not end")
		}
	})
	return e
}

// serve serves a Discord on loopback.
func serve(t *testing.T) (*discordtest.Server, *archive.Archive) {
	t.Helper()
	s := discordtest.New(discordtest.Behaviour{})
	s.Open(discordtest.Channel{ID: caucasus, Name: "caucasus"})
	s.Add(discordtest.User{ID: stageID("Leyla"), Name: "Leyla"})
	http := httptest.NewServer(s)
	t.Cleanup(http.Close)
	t.Cleanup(s.Cut)
	s.Address = http.URL
	a, err := archive.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return s, a
}

// until waits for something, and fails where it does not come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); {
		if time.Now().After(end) {
			t.Fatal("it does not come: " + what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func connected(s *discordtest.Server) func() bool {
	return func() bool { return s.Hearing().Open > 0 }
}

func asked(e *ear, n int) func() bool { return func() bool { return len(e.heard()) >= n } }

// TestGatewayHears: messages to attache, and interactions, each once.
func TestGatewayHears(t *testing.T) {
	s, a := serve(t)
	e := listenTo(t, s, a, nil)
	until(t, "the gateway", connected(s))
	until(t, "the commands", func() bool { return s.State().Overwrites == 1 })
	leyla := stageID("Leyla")
	id := s.Say(leyla, caucasus, "@attache latest on Armenia")
	s.Say(leyla, caucasus, "not to attache")
	s.Invoke(leyla, caucasus, "latest", "", discordtest.Option{Name: "about", Value: "Armenia"})
	until(t, "both", asked(e, 2))
	s.Repeat()
	by := map[bot.RequestKind]bot.Request{}
	for _, r := range e.heard() {
		by[r.Kind] = r
	}
	if r := by[bot.Said]; r.ID != "discord:"+id || r.Text != "latest on Armenia" || !r.Addressed || r.Person.Name != "Leyla" || r.Place != harbour() || r.Message != caucasus+"/"+id {
		t.Errorf("what was said: %+v", r)
	}
	if r := by[bot.Invoked]; r.Command != "latest" || r.Options["about"] != "Armenia" || r.Person.ID != "discord:"+leyla {
		t.Errorf("what was invoked: %+v", r)
	}
	if got := s.Hearing().Intents; got != int64(intents) {
		t.Errorf("intents %b", got)
	}
}

// TestGatewayGoesOn: whatever the gateway does to a connection, attache hears again,
// and what was said meanwhile too.
func TestGatewayGoesOn(t *testing.T) {
	for _, fault := range []discordtest.Fault{
		discordtest.Reconnect, discordtest.Invalid, discordtest.AckForReady, discordtest.Silent, discordtest.Drop, discordtest.SessionExpired, discordtest.NoAcks,
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s, a := serve(t)
			s.Gateway(50*time.Millisecond, fault)
			e := listenTo(t, s, a, func(l *Listener) { l.silence, l.opens = 400*time.Millisecond, 500*time.Millisecond })
			hear := func(text string) {
				t.Helper()
				id := s.Say(stageID("Leyla"), caucasus, "@attache "+text)
				until(t, text, func() bool {
					for _, r := range e.heard() {
						if r.ID == "discord:"+id {
							return true
						}
					}
					return false
				})
			}
			until(t, "a connection", connected(s))
			if fault == discordtest.NoAcks {
				until(t, "another connection", func() bool { return s.Hearing().Opened > 1 && connected(s)() })
			}
			until(t, "a connection that stays", connected(s))
			hear("first")
			s.Reconnect()
			until(t, "a connection after op 7", func() bool { return s.Hearing().Opened > 1 && connected(s)() })
			hear("second")
			if n := s.Hearing().Identified; n > 5 {
				t.Errorf("%d IDENTIFYs", n)
			}
		})
	}
}

// TestGatewayResumes: a connection that breaks goes on where it was, without another
// IDENTIFY, and nothing is lost: not even what people pressed.
func TestGatewayResumes(t *testing.T) {
	s, a := serve(t)
	e := listenTo(t, s, a, nil)
	until(t, "a connection", connected(s))
	until(t, "the commands", func() bool { return s.State().Overwrites == 1 })
	for i := range 3 {
		s.Cut()
		until(t, "the end of the connection", func() bool { return !connected(s)() })
		s.Invoke(stageID("Leyla"), caucasus, "latest", "", discordtest.Option{Name: "about", Value: fmt.Sprint("Armenia ", i)})
		until(t, "a command", asked(e, i+1))
	}
	if h := s.Hearing(); h.Identified != 1 || h.Resumed != 3 {
		t.Errorf("%d IDENTIFYs, %d RESUMEs", h.Identified, h.Resumed)
	}
}

// TestLookBack: what was said while no replica held the gateway is heard by the next.
func TestLookBack(t *testing.T) {
	s, a := serve(t)
	first := listenTo(t, s, a, nil)
	until(t, "a connection", connected(s))
	s.Say(stageID("Leyla"), caucasus, "@attache before")
	until(t, "what is said", asked(first, 1))
	root := first.heard()[0].Message
	first.stop()
	until(t, "the end", func() bool { return !connected(s)() })
	s.Open(discordtest.Channel{ID: strings.Split(root, "/")[1], Kind: discordtest.Thread, Parent: caucasus})
	missed := s.Say(stageID("Leyla"), caucasus, "@attache meanwhile")
	inThread := s.Say(stageID("Leyla"), strings.Split(root, "/")[1], "@attache in the thread")
	s.Say(stageID("Leyla"), caucasus, "nothing to attache")
	second := listenTo(t, s, a, nil)
	got := map[string]bot.Request{} // with what was heard shortly before: the archive drops it
	until(t, "what was missed", func() bool {
		for _, r := range second.heard() {
			got[r.ID] = r
		}
		return got["discord:"+missed].ID != "" && got["discord:"+inThread].ID != ""
	})
	if r := got["discord:"+missed]; r.Text != "meanwhile" || r.Person.Name != "Leyla" {
		t.Errorf("what was missed: %+v", r)
	}
	if r := got["discord:"+inThread]; r.Thread != root || r.Text != "in the thread" {
		t.Errorf("what was missed in a thread: %+v", r)
	}
}

// TestRefusedByGateway: where Discord will not let attache hear, it says why and does
// not ask again.
func TestRefusedByGateway(t *testing.T) {
	for fault, says := range map[discordtest.Fault]string{discordtest.BadToken: "Reset Token", discordtest.BadIntents: "Message Content Intent"} {
		s, a := serve(t)
		s.Gateway(time.Minute, fault)
		e := listenTo(t, s, a, nil)
		select {
		case err := <-e.done:
			e.done <- nil
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", fault, err)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%s: it is tried for ever", fault)
		}
		if n := s.Hearing().Opened; n != 1 {
			t.Errorf("%s: opened %d times", fault, n)
		}
	}
}

// TestIdentifiedTooOften: nobody identifies so often that Discord would reset the
// token, restarts counted.
func TestIdentifiedTooOften(t *testing.T) {
	s, a := serve(t)
	notes := bot.Notes{Archive: a, Owner: "discord"}
	var times []time.Time
	for i := range mostIdentified {
		times = append(times, time.Now().Add(-time.Duration(mostIdentified-i)*time.Second))
	}
	if err := notes.Set(t.Context(), identifiedNote, times); err != nil {
		t.Fatal(err)
	}
	e := listenTo(t, s, a, nil)
	until(t, "that it is too often", func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return strings.Contains(e.log.String(), "too often within a day")
	})
	if n := s.Hearing().Opened; n != 0 {
		t.Errorf("opened %d times", n)
	}
}

// TestTakeOver: the replica that holds the gateway dies, and another takes over.
func TestTakeOver(t *testing.T) {
	_, a := serve(t)
	log := slog.New(slog.DiscardHandler)
	run := func(ctx context.Context, who string, to chan<- string) {
		x := bot.Exclusive{Archive: a, Name: "discord", Log: log, Lease: 500 * time.Millisecond}
		_ = x.Run(ctx, func(ctx context.Context) error {
			to <- who
			<-ctx.Done()
			return nil
		})
	}
	holds := make(chan string, 10)
	if held, err := a.Lease(t.Context(), "discord", "one that died", 500*time.Millisecond); !held || err != nil {
		t.Fatal(held, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	began := time.Now()
	go run(ctx, "one", holds)
	if who := <-holds; who != "one" || time.Since(began) < 300*time.Millisecond {
		t.Errorf("%s holds it after %s", who, time.Since(began))
	}
	other, end := context.WithCancel(t.Context())
	defer end()
	go run(other, "other", holds)
	select {
	case who := <-holds:
		t.Errorf("%s holds it too", who)
	case <-time.After(time.Second):
	}
	stop() // in order: it gives the lease up
	select {
	case who := <-holds:
		if who != "other" {
			t.Error(who)
		}
	case <-time.After(10 * time.Second):
		t.Error("nobody takes over")
	}
}
