package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/discord/discordtest"
)

// posts are one line, for as many posts as there are keys.
func posts(t testing.TB, a *Adapter, keys ...string) []bot.Post {
	t.Helper()
	parts, err := a.Plan(harbour(), bottest.Line())
	if err != nil {
		t.Fatal(err)
	}
	all := make([]bot.Post, len(keys))
	for i, key := range keys {
		all[i] = bot.Post{Key: key, Place: harbour(), Payload: parts[0].Payload, Planned: time.Now()}
	}
	return all
}

func post(t *testing.T, a *Adapter, p bot.Post) (id string) {
	t.Helper()
	id, err := a.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestErrors: what Discord's errors mean, and what people are told to do about them.
func TestErrors(t *testing.T) {
	channel := func(c discordtest.Channel) func(*discordtest.Server) {
		c.ID, c.Name = caucasus, "caucasus"
		return func(s *discordtest.Server) { s.Open(c) }
	}
	will := func(act discordtest.Act) func(*discordtest.Server) {
		return func(s *discordtest.Server) { s.Will(act) }
	}
	fail := func(status, code int) func(*discordtest.Server) {
		return func(s *discordtest.Server) { s.Fail("POST /channels/:id/messages", status, code, 1) }
	}
	for _, test := range []struct {
		name   string
		set    func(*discordtest.Server)
		kind   string
		says   string
		stored int
	}{
		{"all is well", func(*discordtest.Server) {}, "ok", "", 1},
		{"not seen", channel(discordtest.Channel{Foreign: true}), "refused", "View Channel", 0},
		{"may not write", channel(discordtest.Channel{Denied: discordtest.SendMessages}), "refused", "Send Messages", 0},
		{"no view", channel(discordtest.Channel{Denied: discordtest.ViewChannel}), "refused", "View Channel", 0},
		{"a forum that wants a tag and has none", channel(discordtest.Channel{Kind: discordtest.Forum, RequireTag: true}), "refused", "add a tag", 0},
		{"a forum", channel(discordtest.Channel{Kind: discordtest.Forum}), "ok", "", 1},
		{"revoked", func(s *discordtest.Server) { s.Revoke() }, "refused", "Reset Token", 0},
		{"no such channel", fail(404, 10003), "refused", "Copy Channel ID", 0},
		{"AutoMod", fail(400, 200000), "refused", "AutoMod", 0},
		{"AutoMod, a link", fail(400, 240000), "refused", "AutoMod", 0},
		{"a wrong form", fail(400, 50035), "refused", "report it", 0},
		{"an unknown error", fail(400, 99999), "refused", "99999", 0},
		{"refused", will(discordtest.Refuse), "refused", "Read Message History", 0},
		{"busy", will(discordtest.Busy), "retry", "429", 0},
		{"all is busy", will(discordtest.BusyAll), "retry", "429", 0},
		{"cloudflare", will(discordtest.Cloudflare), "retry", "429", 0},
		{"500", will(discordtest.FailBefore), "doubt", "500", 0},
		{"500 after", will(discordtest.FailAfter), "doubt", "500", 1},
		{"502", fail(502, 0), "doubt", "502", 0},
		{"lost before", will(discordtest.LoseBefore), "doubt", "EOF", 0},
		{"lost after", will(discordtest.LoseAfter), "doubt", "EOF", 1},
		{"a page", will(discordtest.Page), "doubt", "not JSON", 0},
		{"no answer", will(discordtest.Hang), "doubt", "deadline", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, a := open(discordtest.Behaviour{})
				test.set(s)
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				_, err := a.Post(ctx, posts(t, a, "a/1")[0])
				if bottest.Means(err) != test.kind || err != nil && !strings.Contains(err.Error(), test.says) {
					t.Errorf("%s: %v; want %s: %s", bottest.Means(err), err, test.kind, test.says)
				}
				if n := len(s.State().Messages); n != test.stored {
					t.Errorf("%d messages; want %d", n, test.stored)
				}
				synctest.Wait()
			})
		})
	}
}

// TestThreads: a reply opens the thread of its root, finds it open, and takes it out of
// the archive; a root that is gone is said.
func TestThreads(t *testing.T) {
	s, a := open(discordtest.Behaviour{})
	root := post(t, a, posts(t, a, "a/1")[0])
	_, thread, _ := strings.Cut(root, "/")
	all := posts(t, a, "a/2", "a/3", "a/4", "a/5", "a/6", "a/7")
	for i := range all {
		all[i].Under = root
	}
	for _, p := range all[:2] {
		if id := post(t, a, p); !strings.HasPrefix(id, thread+"/") {
			t.Errorf("%s is not in the thread %s", id, thread)
		}
	}
	s.Open(discordtest.Channel{ID: thread, Kind: discordtest.Thread, Parent: caucasus, Archived: true})
	post(t, a, all[2])
	s.Fail("POST /channels/:id/messages", 400, 50083, 1) // where a post doesn't by itself
	post(t, a, all[3])
	if n := s.State().Calls["PATCH /channels/:id"]; n != 1 {
		t.Errorf("taken out of the archive %d times", n)
	}
	s.Open(discordtest.Channel{ID: thread, Kind: discordtest.Thread, Parent: caucasus, Archived: true, Locked: true})
	if _, err := a.Post(t.Context(), all[4]); bottest.Means(err) != "refused" {
		t.Errorf("a locked thread gives %v", err)
	}
	other := post(t, a, posts(t, a, "b/1")[0])
	_, id, _ := strings.Cut(other, "/")
	s.Remove(caucasus, id)
	all[5].Under = other
	if _, err := a.Post(t.Context(), all[5]); bottest.Means(err) != "refused" || !strings.Contains(err.Error(), "not there any more") {
		t.Errorf("a root that is gone gives %v", err)
	}
	for code, want := range map[int]string{160004: "ok", 160006: "refused", 50013: "refused"} {
		root := post(t, a, posts(t, a, fmt.Sprint("c/", code))[0])
		_, id, _ := strings.Cut(root, "/")
		if code == 160004 { // another replica has opened it meanwhile
			s.Fail("POST /channels/:id/messages", 404, 10003, 1)
			s.Open(discordtest.Channel{ID: id, Kind: discordtest.Thread, Parent: caucasus})
		} else {
			s.Fail("POST /channels/:id/messages/:id/threads", 400, code, 1)
		}
		p := posts(t, a, fmt.Sprint("d/", code))[0]
		p.Under = root
		if _, err := a.Post(t.Context(), p); bottest.Means(err) != want {
			t.Errorf("%d: %v; want %s", code, err, want)
		}
	}
}

// TestNonce: what was posted a moment ago is not posted again, though nobody looks.
func TestNonce(t *testing.T) {
	s, a := open(discordtest.Behaviour{})
	s.Will(discordtest.LoseAfter)
	p := posts(t, a, "a/1")[0]
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "doubt" {
		t.Fatal(err)
	}
	post(t, a, p)
	if n := len(s.State().Messages); n != 1 {
		t.Errorf("%d messages", n)
	}
}

// TestFind: what is looked for is found by its mark, wherever it is; where attache may
// not read, it can't tell, though Discord shows an empty list.
func TestFind(t *testing.T) {
	kinds := map[string]discordtest.Channel{
		"text": {ID: caucasus}, "forum": {ID: caucasus, Kind: discordtest.Forum}, "announcements": {ID: caucasus, Kind: discordtest.Announcements},
	}
	for name, channel := range kinds {
		for _, listens := range []bool{true, false} {
			s, a := open(discordtest.Behaviour{})
			a.Listens = listens
			s.Open(channel)
			all := posts(t, a, "a/1", "a/2", "other")
			root := post(t, a, all[0])
			all[1].Under = root
			reply := post(t, a, all[1])
			all[2].Under = root
			want := func(p bot.Post, found bot.Finding, id string) {
				t.Helper()
				if got, at, err := a.Find(t.Context(), p); got != found || at != id || err != nil {
					t.Errorf("%s: %s: %v at %q, %v; want %v at %q", name, p.Key, got, at, err, found, id)
				}
			}
			want(all[0], bot.There, root)
			want(all[1], bot.There, reply)
			want(all[2], bot.NotThere, "")
			unread := channel
			unread.Denied = discordtest.ReadHistory
			s.Open(unread)
			b := &Adapter{Token: a.Token, Client: a.Client}
			if got, _, err := b.Find(t.Context(), all[0]); got != bot.CannotTell || err != nil {
				t.Errorf("%s: without history: %v, %v", name, got, err)
			}
		}
	}
}

// TestFindFarBack goes through more pages than one.
func TestFindFarBack(t *testing.T) {
	s, a := open(discordtest.Behaviour{})
	p := posts(t, a, "a/1")[0]
	p.Planned = time.Now().Add(-time.Second)
	for range 130 {
		s.Say(discordtest.OwnerID, caucasus, "something else")
	}
	id := post(t, a, p)
	if found, at, err := a.Find(t.Context(), p); found != bot.There || at != id || err != nil {
		t.Errorf("%v, %q, %v", found, at, err)
	}
}

// TestPublish: only where that is wished an edition goes further than its channel, and
// nothing but its first message: neither parts of it nor what is shared.
func TestPublish(t *testing.T) {
	for _, wished := range []bool{false, true} {
		s, a := open(discordtest.Behaviour{})
		a.Publish = wished
		s.Open(discordtest.Channel{ID: caucasus, Kind: discordtest.Announcements})
		parts, err := a.Plan(harbour(), bottest.Thread())
		if err != nil {
			t.Fatal(err)
		}
		root := ""
		for i, part := range parts {
			id := post(t, a, bot.Post{Key: fmt.Sprint("a/", i), Place: harbour(), Under: root, Payload: part.Payload})
			if i == 0 {
				root = id
			}
		}
		post(t, a, posts(t, a, "shared/1")[0])
		if got := s.State().Published; len(got) != map[bool]int{true: 1}[wished] || wished && !strings.HasSuffix(root, "/"+got[0]) {
			t.Errorf("wished %v: %q went further", wished, got)
		}
	}
}

// TestStopped: Discord is not asked again at once where it does not take the token.
func TestStopped(t *testing.T) {
	s, a := open(discordtest.Behaviour{})
	s.Revoke()
	for range 5 {
		if _, err := a.Post(t.Context(), posts(t, a, "a/1")[0]); bottest.Means(err) != "refused" {
			t.Error(err)
		}
	}
	calls := 0
	for _, n := range s.State().Calls {
		calls += n
	}
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

// TestPace: a channel that asks to wait is left alone, and others are not; where all
// are to wait, all do.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, a := open(discordtest.Behaviour{})
		a.Pace = time.Second
		s.Open(discordtest.Channel{ID: "300000000000000009", Name: "other"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		all := posts(t, a, "a", "b", "c")
		began := time.Now()
		for _, p := range all {
			if _, err := a.Post(ctx, p); err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(began); d != 2*time.Second {
			t.Errorf("three posts take %s", d)
		}
		other := posts(t, a, "d")[0]
		other.Place.Channel = "300000000000000009"
		s.Will(discordtest.Cloudflare)
		if _, err := a.Post(ctx, posts(t, a, "e")[0]); bottest.Means(err) != "retry" {
			t.Error(err)
		}
		began = time.Now()
		if _, err := a.Post(ctx, other); err != nil || time.Since(began) < time.Second {
			t.Errorf("another channel waits %s, %v", time.Since(began), err)
		}
	})
}

// TestSecrets: no error has the token in it, or that of an interaction.
func TestSecrets(t *testing.T) {
	refused := httptest.NewServer(http.NotFoundHandler())
	refused.Close()
	for _, address := range []string{refused.URL, "http://127.0.0.1:1", "https://[::1"} {
		a := &Adapter{Token: "the-token", URL: address}
		_, err := a.Post(t.Context(), posts(t, a, "a")[0])
		if err == nil || strings.Contains(err.Error(), "the-token") {
			t.Errorf("%s: %v", address, err)
		}
		i := &interaction{ID: "1", Token: "interaction-token"}
		err = a.hook(t.Context(), "POST", i.callback(), response{Type: deferred}, nil)
		if err == nil || strings.Contains(err.Error(), "interaction-token") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestCheck says of each channel what is missing, and what to click.
func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name    string
		channel discordtest.Channel
		verdict bot.Verdict
		says    string
	}{
		{"well", discordtest.Channel{}, bot.Well, "attache may post in #caucasus"},
		{"no history", discordtest.Channel{Denied: discordtest.ReadHistory}, bot.Doubtful, "Read Message History"},
		{"no writing", discordtest.Channel{Denied: discordtest.SendMessages}, bot.Broken, "Send Messages"},
		{"no threads", discordtest.Channel{Denied: discordtest.CreateThreads}, bot.Broken, "Create Public Threads"},
		{"no threads, a forum", discordtest.Channel{Kind: discordtest.Forum, Denied: discordtest.CreateThreads}, bot.Well, "may post"},
		{"no writing in threads", discordtest.Channel{Denied: discordtest.SendInThreads}, bot.Broken, "Send Messages in Threads"},
		{"not seen", discordtest.Channel{Foreign: true}, bot.Broken, "does not see the channel"},
		{"a tag", discordtest.Channel{Kind: discordtest.Forum, RequireTag: true}, bot.Broken, "wants a tag"},
		{"voice", discordtest.Channel{Kind: 2}, bot.Broken, "no channel for text"},
	} {
		s, a := open(discordtest.Behaviour{})
		test.channel.ID, test.channel.Name = caucasus, "caucasus"
		s.Open(test.channel)
		found := a.Check(t.Context(), harbour())
		if len(found) != 1 || found[0].Verdict != test.verdict || !strings.Contains(found[0].What, test.says) || found[0].Verdict != bot.Well && found[0].Remedy == "" {
			t.Errorf("%s: %+v", test.name, found)
		}
	}
}

// TestCheckApp: whether what people do is heard, and the commands are registered.
func TestCheckApp(t *testing.T) {
	key := strings.Repeat("0", 64)
	for _, test := range []struct {
		name     string
		ears     Ears
		set      func(*discordtest.Server)
		says     string
		register bool
	}{
		{"well", Ears{}, nil, "heard by the gateway", true},
		{"not registered", Ears{}, nil, "are not registered", false},
		{"an endpoint", Ears{}, func(s *discordtest.Server) { s.Endpoint = "https://x.example" }, "delete it", true},
		{"no endpoint", Ears{PublicKey: key}, nil, "no Interactions Endpoint URL", true},
		{"over HTTP", Ears{PublicKey: key}, func(s *discordtest.Server) { s.Endpoint = "https://x.example" }, "heard over HTTP", true},
		{"another endpoint", Ears{PublicKey: key, RequestURL: "https://y.example"}, func(s *discordtest.Server) { s.Endpoint = "https://x.example" }, "another than request-url", true},
		{"another key", Ears{PublicKey: strings.Repeat("1", 64)}, func(s *discordtest.Server) { s.Endpoint = "https://x.example" }, "not that of the app", true},
		{"no intent", Ears{PlainText: true}, nil, "Message Content Intent", true},
		{"the intent", Ears{PlainText: true}, func(s *discordtest.Server) { s.Content = true }, "heard by the gateway", true},
		{"public", Ears{}, func(s *discordtest.Server) { s.Public = true }, "anybody may add", true},
	} {
		s, a := open(discordtest.Behaviour{})
		if test.set != nil {
			test.set(s)
		}
		if test.register {
			if n, err := a.Register(t.Context()); err != nil || n == 0 {
				t.Fatal(n, err)
			}
			if n, err := a.Register(t.Context()); err != nil || n != 0 || s.State().Overwrites != 1 {
				t.Errorf("registered again: %d, %v", n, err)
			}
		}
		found := a.CheckApp(t.Context(), test.ears)
		text, err := json.Marshal(found)
		if len(found) != 1 || err != nil || !strings.Contains(string(text), test.says) {
			t.Errorf("%s: %s, want %s", test.name, text, test.says)
		}
	}
	_, a := open(discordtest.Behaviour{})
	const want = "https://discord.com/oauth2/authorize?client_id=900000000000000001&scope=bot+applications.commands&permissions=309237713920"
	if link, err := a.Invite(t.Context()); err != nil || link != want {
		t.Errorf("%s, %v", link, err)
	}
}
