package slack

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/slack/slacktest"
)

// ear is a listener to a workspace that is served on loopback, and what it heard.
type ear struct {
	*Listener
	server *slacktest.Server
	logged *lockedBuffer

	mu    sync.Mutex
	heard []bot.Request
	slow  time.Duration // each request takes
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// newEar serves a workspace with #caucasus, which attache is in, #cabinet, which it
// isn't, a direct message, Leyla, who is an admin and in a group, and Rustam.
func newEar(t *testing.T) *ear {
	t.Helper()
	s := slacktest.New(slacktest.Behaviour{})
	s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus", Private: true, Member: true})
	s.Open(slacktest.Channel{ID: "C0CABINET0", Name: "cabinet"})
	s.Open(slacktest.Channel{ID: "D0LEYLA000", Direct: true})
	s.Add(slacktest.User{ID: "U0LEYLA000", Name: "Leyla", Zone: "Asia/Baku", Admin: true})
	s.Add(slacktest.User{ID: "U0RUSTAM00", Name: "Rustam"})
	s.Form(slacktest.Group{Handle: "caucasus-leads", Users: []string{"U0LEYLA000"}})
	served := httptest.NewServer(s)
	t.Cleanup(served.Close)
	s.Address = served.URL
	e := &ear{server: s, logged: &lockedBuffer{}}
	e.Listener = &Listener{
		Adapter:  &Adapter{Token: slacktest.BotToken, URL: served.URL + "/api", Pace: time.Millisecond, Listens: true},
		AppToken: slacktest.AppToken, Log: slog.New(slog.NewTextHandler(e.logged, nil)), wait: time.Millisecond,
		Handle: func(_ context.Context, r bot.Request) error {
			time.Sleep(e.slow)
			e.mu.Lock()
			defer e.mu.Unlock()
			e.heard = append(e.heard, r)
			return nil
		},
	}
	return e
}

// listen runs the listener; the function that it returns stops it.
func (e *ear) listen(t *testing.T) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx) }()
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(e.logged.String())
		}
	})
	await(t, func() bool { return e.server.Connections() > 0 })
	return func() error {
		cancel()
		return <-ended
	}
}

// await waits for what comes soon.
func await(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it doesn't come")
		}
	}
}

func (e *ear) requests() []bot.Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.heard)
}

// secrets are what may be in no log, no error and no name.
func secrets() []string {
	return []string{slacktest.BotToken, slacktest.AppToken, "ticket-test-secret", "response-test-secret", "trigger-test-secret", "signing-test-secret"}
}

func (e *ear) tellsNoSecret(t *testing.T, more ...string) {
	t.Helper()
	for _, r := range e.requests() {
		more = append(more, fmt.Sprint(r.ID, r.Place, r.Thread, r.Message, r.Person, r.Text, r.Unreachable))
	}
	for _, text := range append(more, e.logged.String()) {
		for _, secret := range secrets() {
			if strings.Contains(text, secret) {
				t.Errorf("a secret is told: %s", text)
			}
		}
	}
}

// TestNothingIsLost: commands and lines that come while connections are closed, with
// and without a word, are heard once each.
func TestNothingIsLost(t *testing.T) {
	for _, test := range []struct {
		name  string
		close func(*slacktest.Server, func())
	}{
		{"warning", func(s *slacktest.Server, last func()) { s.Refresh("warning", last) }},
		{"refresh", func(s *slacktest.Server, last func()) { s.Refresh("refresh_requested", last) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := newEar(t)
			stop := e.listen(t)
			for i := range 5 {
				before := e.server.Hearing().Opened
				do := func(at string) {
					e.server.Invoke("U0LEYLA000", "C0CAUCASUS", fmt.Sprintf("/attache latest %d %s", i, at))
					e.server.Say("U0RUSTAM00", "C0CAUCASUS", "", fmt.Sprintf("@attache said %d %s", i, at))
				}
				do("before")
				test.close(e.server, func() { do("after the word") })
				await(t, func() bool { return e.server.Hearing().Opened > before })
				do("after")
			}
			await(t, func() bool { return len(e.requests()) >= 30 && e.server.Pending() == 0 })
			if err := stop(); err != nil {
				t.Error(err)
			}
			e.once(t, 30)
			if h := e.server.Hearing(); h.Lost != 0 || h.Repeats != 0 {
				t.Errorf("%d lost, %d repeated", h.Lost, h.Repeats)
			}
			e.tellsNoSecret(t)
		})
	}
}

// once checks that so much was heard, each once.
func (e *ear) once(t *testing.T, want int) {
	t.Helper()
	times := map[string]int{}
	for _, r := range e.requests() {
		times[r.ID+" "+r.Text]++
	}
	for what, n := range times {
		if n != 1 {
			t.Errorf("heard %d times: %s", n, what)
		}
	}
	if len(times) != want {
		t.Errorf("%d things were heard; want %d", len(times), want)
	}
}

// TestCut: what Slack repeats, after a connection broke without a word, is heard
// once.
func TestCut(t *testing.T) {
	e := newEar(t)
	defer e.listen(t)()
	for i := range 10 {
		e.server.Say("U0RUSTAM00", "C0CAUCASUS", "", fmt.Sprintf("@attache said %d", i))
		e.server.Cut()
		await(t, func() bool { return e.server.Connections() > 0 })
	}
	await(t, func() bool { return len(e.requests()) >= 10 && e.server.Pending() == 0 })
	e.once(t, 10)
}

// TestStop: what is in hand is finished, and what was on its way is heard.
func TestStop(t *testing.T) {
	e := newEar(t)
	e.slow = 50 * time.Millisecond
	stop := e.listen(t)
	for i := range 40 {
		e.server.Invoke("U0LEYLA000", "C0CAUCASUS", fmt.Sprintf("/attache latest %d", i))
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if h := e.server.Hearing(); h.Lost != 0 {
		t.Errorf("%d lost", h.Lost)
	}
	e.once(t, 40)
}

// TestRevoked: where the token is taken no more, listening ends with what to do.
func TestRevoked(t *testing.T) {
	for _, code := range []string{"token_revoked", "invalid_auth", "account_inactive"} {
		e := newEar(t)
		e.server.Revoke(code)
		err := e.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), code) || !strings.Contains(err.Error(), "App-Level Tokens") {
			t.Errorf("%s: %v", code, err)
		}
		e.tellsNoSecret(t, fmt.Sprint(err))
		e = newEar(t)
		ended := make(chan error, 1)
		go func() { ended <- e.Run(t.Context()) }()
		await(t, func() bool { return e.server.Connections() > 0 })
		e.server.Revoke(code)
		e.server.Cut()
		if err := <-ended; err == nil || !strings.Contains(err.Error(), code) {
			t.Errorf("%s, later: %v", code, err)
		}
		e.tellsNoSecret(t)
	}
}

// TestManyAtOnce: 200 commands at once are acknowledged while each takes its time.
func TestManyAtOnce(t *testing.T) {
	e := newEar(t)
	e.slow = 20 * time.Millisecond
	defer e.listen(t)()
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() { e.server.Invoke("U0LEYLA000", "C0CAUCASUS", fmt.Sprintf("/attache latest %d", i)) })
	}
	all.Wait()
	await(t, func() bool { return e.server.Pending() == 0 && len(e.requests()) == 200 })
	e.once(t, 200)
	taken := e.server.Hearing().Taken
	slices.Sort(taken)
	p99 := taken[len(taken)*99/100]
	t.Logf("acknowledged: median %v, p99 %v, longest %v", taken[len(taken)/2], p99, taken[len(taken)-1])
	if p99 > 300*time.Millisecond {
		t.Errorf("p99 is %v", p99)
	}
}

// TestJoined: an invitation of attache is heard, once for each channel, with who
// invited it.
func TestJoined(t *testing.T) {
	e := newEar(t)
	defer e.listen(t)()
	e.server.Join("U0LEYLA000", "C0CABINET0")
	e.server.Join("U0LEYLA000", "C0CABINET0")
	e.server.Join("", "C0CAUCASUS")
	await(t, func() bool { return len(e.requests()) >= 2 && e.server.Pending() == 0 })
	by := map[string]bot.Request{}
	for _, r := range e.requests() {
		by[r.Place.Channel] = r
	}
	if len(e.requests()) != 2 {
		t.Errorf("%d requests", len(e.requests()))
	}
	for channel, who := range map[string]string{"#cabinet": "Leyla", "#caucasus": ""} {
		r := by[channel]
		if r.Kind != bot.Joined || r.Person.Name != who || r.Unreachable != "" || !strings.HasPrefix(r.ID, "slack/"+slacktest.TeamID+":joined/C0") {
			t.Errorf("%s: %+v", channel, r)
		}
	}
}

// TestOrder: a mention is two events, in any order; what comes again is heard once,
// and a deletion also before what it deletes.
func TestOrder(t *testing.T) {
	e := newEar(t)
	defer e.listen(t)()
	e.server.Say("U0RUSTAM00", "C0CAUCASUS", "", "@attache one")
	e.server.Repeat()
	e.server.SayReversed("U0RUSTAM00", "C0CAUCASUS", "", "@attache two")
	e.server.Repeat()
	ts := e.server.Unsay("U0RUSTAM00", "C0CAUCASUS", "", "@attache three")
	await(t, func() bool { return e.server.Pending() == 0 && len(e.requests()) >= 4 })
	kinds := map[bot.RequestKind]int{}
	for _, r := range e.requests() {
		kinds[r.Kind]++
		if r.Kind == bot.Deleted && r.ID != "slack/"+slacktest.TeamID+":C0CAUCASUS/"+ts {
			t.Errorf("deleted: %s", r.ID)
		}
	}
	if kinds[bot.Said] != 3 || kinds[bot.Deleted] != 1 {
		t.Errorf("%v", kinds)
	}
}
