package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/slack/slacktest"
)

// posts are one line, for as many posts as there are keys.
func posts(t *testing.T, keys ...string) []bot.Post {
	t.Helper()
	parts, err := (&Adapter{}).Plan(place(), bottest.Line())
	if err != nil {
		t.Fatal(err)
	}
	all := make([]bot.Post, len(keys))
	for i, key := range keys {
		all[i] = bot.Post{Key: key, Place: place(), Payload: parts[0].Payload, Planned: time.Now()}
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

// TestErrors: what Slack's errors mean, and what people are told to do about them.
func TestErrors(t *testing.T) {
	channel := func(c slacktest.Channel) func(*slacktest.Server) {
		c.ID, c.Name, c.Private = "C0CAUCASUS", "caucasus", true
		return func(s *slacktest.Server) { s.Open(c) }
	}
	will := func(act slacktest.Act) func(*slacktest.Server) { return func(s *slacktest.Server) { s.Will(act) } }
	revoke := func(code string) func(*slacktest.Server) { return func(s *slacktest.Server) { s.Revoke(code) } }
	for _, test := range []struct {
		name   string
		set    func(*slacktest.Server)
		kind   string
		says   string
		stored int
	}{
		{"all is well", func(*slacktest.Server) {}, "ok", "", 1},
		{"not a member", channel(slacktest.Channel{}), "refused", "In #caucasus type: /invite @attache", 0},
		{"archived", channel(slacktest.Channel{Member: true, Archived: true}), "refused", "Unarchive it", 0},
		{"no scope to write", func(s *slacktest.Server) { s.Grant("channels:read", "groups:read") }, "refused", "chat:write", 0},
		{"no scope to look up the name", func(s *slacktest.Server) { s.Grant("chat:write", "channels:read") }, "refused", "groups:read", 0},
		{"revoked", revoke("token_revoked"), "refused", "Reinstall to Workspace", 0},
		{"a false token", revoke("invalid_auth"), "refused", "xoxb-", 0},
		{"a dead account", revoke("account_inactive"), "refused", "Reinstall to Workspace", 0},
		{"an unknown error", revoke("new_error"), "refused", "new_error", 0},
		{"an error within", revoke("internal_error"), "retry", "internal_error", 0}, // the name is looked up first
		{"restricted", will(slacktest.Refuse), "refused", "Posting permissions", 0},
		{"busy", will(slacktest.Busy), "retry", "ratelimited", 0},
		{"500", will(slacktest.FailBefore), "doubt", "500", 0},
		{"502 after", will(slacktest.FailAfter), "doubt", "502", 1},
		{"lost before", will(slacktest.LoseBefore), "doubt", "EOF", 0},
		{"lost after", will(slacktest.LoseAfter), "doubt", "EOF", 1},
		{"a page", will(slacktest.Page), "doubt", "", 0},
		{"no answer", will(slacktest.Hang), "doubt", "deadline", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, a := open(slacktest.Behaviour{})
				test.set(s)
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				_, err := a.Post(ctx, posts(t, "a/1")[0])
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

// TestPostErrors: the errors of chat.postMessage itself.
func TestPostErrors(t *testing.T) {
	for code, want := range map[string]string{
		"not_in_channel": "refused", "channel_not_found": "refused", "is_archived": "refused", "missing_scope": "refused",
		"token_revoked": "refused", "invalid_auth": "refused", "account_inactive": "refused", "msg_too_long": "refused",
		"msg_blocks_too_long": "refused", "restricted_action": "refused", "something_new": "refused",
		"internal_error": "doubt", "fatal_error": "doubt", "service_unavailable": "doubt",
		"ratelimited": "retry", "request_timeout": "retry",
	} {
		if err := (&refusal{code: code}).post(posts(t, "a")[0]); bottest.Means(err) != want || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %s: %v; want %s", code, bottest.Means(err), err, want)
		}
	}
	_, a := open(slacktest.Behaviour{})
	p := posts(t, "a")[0]
	p.Payload = json.RawMessage(`{"text":"x","blocks":[{"type":"divider"},{"type":"header","text":{"type":"plain_text","text":""},"who":"me"}]}`)
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "refused" || !strings.Contains(err.Error(), "/blocks/1") || !strings.Contains(err.Error(), `"who":"me"`) {
		t.Errorf("a wrong block gives %v", err)
	}
	p.Payload = json.RawMessage(`[]`)
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "refused" {
		t.Errorf("what is no message gives %v", err)
	}
	p = posts(t, "a")[0]
	p.Under = "17"
	if found, _, err := a.Find(t.Context(), p); found == bot.There || err == nil {
		t.Errorf("what goes under nothing of Slack is looked for: %v", err)
	}
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "refused" {
		t.Errorf("what goes under nothing of Slack gives %v", err)
	}
}

// TestHTTPErrors: answers that aren't Slack's own, and no redirection is followed.
func TestHTTPErrors(t *testing.T) {
	for code, want := range map[int]string{302: "refused", 307: "refused", 403: "refused", 404: "refused", 408: "doubt", 429: "retry", 500: "doubt", 503: "doubt"} {
		calls := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			calls++
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(code)
		}))
		a := &Adapter{Token: slacktest.BotToken, URL: server.URL + "/api", Pace: time.Millisecond}
		p := posts(t, "a")[0]
		p.Place.Channel = "C0CAUCASUS"
		if _, err := a.Post(t.Context(), p); bottest.Means(err) != want || calls != 1 {
			t.Errorf("%d: %s: %v, %d calls; want %s", code, bottest.Means(err), err, calls, want)
		}
		server.Close()
		if _, err := a.Post(t.Context(), p); bottest.Means(err) != "retry" {
			t.Errorf("nobody there: %v", err)
		}
	}
}

// TestSecrets: no error has the token in it.
func TestSecrets(t *testing.T) {
	_, a := open(slacktest.Behaviour{})
	broken := errors.New("dialling https://slack.com/?token=" + slacktest.BotToken)
	a.Client = &http.Client{Transport: failing{broken}}
	for _, do := range []func() error{
		func() error { _, err := a.Post(t.Context(), posts(t, "a")[0]); return err },
		func() error { _, _, err := a.Find(t.Context(), posts(t, "a")[0]); return err },
		func() error { return a.Withdraw(t.Context(), place(), "C0CAUCASUS/1.2") },
		func() error { return errors.New(a.Check(t.Context(), place())[0].What) },
	} {
		if err := do(); err == nil || strings.Contains(err.Error(), slacktest.BotToken) {
			t.Errorf("%v", err)
		}
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// TestPace: a second between two posts to a channel, and Slack's own wait for all.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, a := open(slacktest.Behaviour{Paced: true})
		a.Pace = 0
		begin := time.Now()
		for _, p := range posts(t, "a", "b", "c") {
			post(t, a, p)
		}
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("three posts took %s", took)
		}
		other := posts(t, "d")[0]
		other.Place.Channel = "#general"
		if post(t, a, other); time.Since(begin) != 2*time.Second {
			t.Errorf("another channel waits")
		}
		short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		var retry *bot.RetryError
		if _, err := a.Post(short, posts(t, "e")[0]); !errors.As(err, &retry) || retry.After != time.Second || time.Since(begin) != 2*time.Second {
			t.Errorf("no time for the wait: %v after %s", err, time.Since(begin))
		}
		if n := s.State().Calls["chat.postMessage"]; n != 4 {
			t.Errorf("%d calls", n)
		}
		a.learn(place(), &bot.RetryError{After: 30 * time.Second, Err: errors.New("wait")})
		if post(t, a, other); time.Since(begin) != 32*time.Second {
			t.Errorf("posted again after %s", time.Since(begin))
		}
	})
}

// TestChannels: a name is looked up once, through all pages, and anew where it is
// gone. An archived channel's name may be another's by now.
func TestChannels(t *testing.T) {
	s, a := open(slacktest.Behaviour{Page: 1})
	s.Open(slacktest.Channel{ID: "C0ARCHIVED", Name: "north", Member: true, Archived: true})
	s.Open(slacktest.Channel{ID: "C0NORTH000", Name: "north", Member: true})
	s.Open(slacktest.Channel{ID: "C0ARCHIVE2", Name: "north", Member: true, Archived: true})
	for _, p := range posts(t, "a", "b") {
		p.Place.Channel = "#North"
		if id := post(t, a, p); !strings.HasPrefix(id, "C0NORTH000/") {
			t.Errorf("posted as %s", id)
		}
	}
	if n := s.State().Calls["users.conversations"]; n != 5 {
		t.Errorf("%d look-ups; want one for each page", n)
	}
	s.Open(slacktest.Channel{ID: "C0NORTH000", Name: "old", Private: true})
	s.Open(slacktest.Channel{ID: "C0NEWNORTH", Name: "north", Member: true})
	p := posts(t, "c")[0]
	p.Place.Channel = "#North"
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "refused" {
		t.Errorf("a channel that is gone: %v", err)
	}
	if id := post(t, a, p); !strings.HasPrefix(id, "C0NEWNORTH/") {
		t.Errorf("posted as %s", id)
	}
	p.Place.Channel = "C0NORTH000"
	if _, err := a.Post(t.Context(), p); bottest.Means(err) != "refused" || !strings.Contains(err.Error(), "/invite @attache") {
		t.Errorf("an id of a channel that is not seen: %v", err)
	}
}

// TestOrphan: a reply whose root was deleted isn't left in the channel.
func TestOrphan(t *testing.T) {
	s, a := open(slacktest.Behaviour{})
	p := posts(t, "root", "reply", "found")
	p[1].Under = post(t, a, p[0])
	p[2].Under = p[1].Under
	channel, ts, _ := strings.Cut(p[1].Under, "/")
	s.Remove(channel, ts)
	if _, err := a.Post(t.Context(), p[1]); bottest.Means(err) != "refused" || !strings.Contains(err.Error(), "was deleted") {
		t.Errorf("%v", err)
	}
	if keys := s.State().Keys(); len(keys) != 0 {
		t.Errorf("left: %q", keys)
	}
	s.Will(slacktest.LoseAfter)
	if _, err := a.Post(t.Context(), p[2]); bottest.Means(err) != "doubt" {
		t.Errorf("%v", err)
	}
	if found, _, err := a.Find(t.Context(), p[2]); found != bot.There || err != nil {
		t.Errorf("it stands in the channel, and is said to be: %v, %v", found, err)
	}
}

// TestReplyStays: a reply goes where its root is, also where the name has come to
// stand for another channel.
func TestReplyStays(t *testing.T) {
	s, a := open(slacktest.Behaviour{})
	p := posts(t, "root", "reply")
	p[1].Under = post(t, a, p[0])
	s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "old", Member: true})
	s.Open(slacktest.Channel{ID: "C0OTHER000", Name: "caucasus", Member: true})
	a.forget(place())
	if id := post(t, a, p[1]); !strings.HasPrefix(id, "C0CAUCASUS/") || s.State().Messages[1].Thread == "" {
		t.Errorf("posted as %s: %+v", id, s.State().Messages[1])
	}
	if found, _, err := a.Find(t.Context(), p[1]); found != bot.There || err != nil {
		t.Errorf("%v, %v", found, err)
	}
}

// TestFind: who may not read can't tell, and a failure is no answer.
func TestFind(t *testing.T) {
	s, a := open(slacktest.Behaviour{})
	p := posts(t, "root", "reply")
	p[1].Under = post(t, a, p[0])
	post(t, a, p[1])
	for _, of := range p {
		if found, _, err := a.Find(t.Context(), of); found != bot.There || err != nil {
			t.Errorf("%s: %v, %v", of.Key, found, err)
		}
	}
	old := p[0]
	old.Planned = time.Now().Add(time.Hour)
	if found, _, err := a.Find(t.Context(), old); found != bot.NotThere || err != nil {
		t.Errorf("older than the plan: %v, %v", found, err)
	}
	s.Grant("channels:read", "groups:read", "channels:history")
	for _, of := range p {
		if found, _, err := a.Find(t.Context(), of); found != bot.CannotTell || err != nil {
			t.Errorf("%s, without the scope: %v, %v", of.Key, found, err)
		}
	}
	s.Grant(slacktest.Scopes()...)
	s.Revoke("token_revoked")
	if _, _, err := a.Find(t.Context(), p[0]); err == nil || !strings.Contains(err.Error(), "Reinstall") {
		t.Errorf("a revoked token: %v", err)
	}
	s.Revoke("")
	s.FailLook = 1
	if _, _, err := a.Find(t.Context(), p[0]); err == nil {
		t.Error("a failure is an answer")
	}
	s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus", Private: true})
	s.FailLook = 0
	if found, _, err := a.Find(t.Context(), p[0]); found != bot.CannotTell || err != nil {
		t.Errorf("not a member any more: %v, %v", found, err)
	}
}

// TestUnfurled: nothing is unfurled, and what is posted is what was planned.
func TestUnfurled(t *testing.T) {
	s, a := open(slacktest.Behaviour{})
	parts, err := a.Plan(place(), bottest.Thread())
	if err != nil {
		t.Fatal(err)
	}
	p := posts(t, "a")[0]
	p.Payload = parts[0].Payload
	post(t, a, p)
	m := s.State().Messages[0]
	var planned struct{ Blocks any }
	var got any
	if err := errors.Join(json.Unmarshal(p.Payload, &planned), json.Unmarshal(m.Blocks, &got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(planned.Blocks, got); diff != "" || m.Unfurled || m.Text == "" {
		t.Errorf("unfurled %v, text %q\n%s", m.Unfurled, m.Text, diff)
	}
}

// TestCheck: each thing that is wrong, with what to do about it.
func TestCheck(t *testing.T) {
	member := slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus", Private: true, Member: true}
	archived, guest := member, member
	archived.Archived, guest.Member = true, false
	for _, test := range []struct {
		name string
		set  func(*slacktest.Server)
		at   string
		want []bot.Checkup
	}{
		{"well", nil, "#caucasus", []bot.Checkup{{Verdict: bot.Well, What: "@attache of News desk may post there"}}},
		{"well by id", nil, "C0CAUCASUS", []bot.Checkup{{Verdict: bot.Well, What: "@attache of News desk may post there"}}},
		{"not a member", func(s *slacktest.Server) { s.Open(guest) }, "#caucasus", []bot.Checkup{
			{Verdict: bot.Broken, What: "@attache is not a member, or News desk has no such channel", Remedy: "In #caucasus type: /invite @attache"},
		}},
		{"not seen", func(s *slacktest.Server) { s.Open(guest) }, "C0CAUCASUS", []bot.Checkup{
			{Verdict: bot.Broken, What: "@attache is not a member, or News desk has no such channel", Remedy: "In that channel type: /invite @attache"},
		}},
		{"not a member of a public one", func(s *slacktest.Server) { s.Open(slacktest.Channel{ID: "C0CAUCASUS", Name: "caucasus"}) }, "C0CAUCASUS", []bot.Checkup{
			{Verdict: bot.Broken, What: "@attache is not a member", Remedy: "In that channel type: /invite @attache"},
		}},
		{"archived", func(s *slacktest.Server) { s.Open(archived) }, "#caucasus", []bot.Checkup{
			{Verdict: bot.Broken, What: "the channel is archived (is_archived)", Remedy: "Unarchive it in Slack, or name another channel in the config"},
		}},
		{"no history", func(s *slacktest.Server) { s.Grant("chat:write", "channels:read", "groups:read", "channels:history") }, "#caucasus", []bot.Checkup{
			{Verdict: bot.Doubtful, What: "the scope groups:history is missing: it can't be seen whether a post landed in a private channel",
				Remedy: "At api.slack.com/apps, under OAuth & Permissions, add it, then press Reinstall to Workspace"},
		}},
		{"direct", func(s *slacktest.Server) { s.Grant("chat:write", "im:history") }, "D0LEYLA000", []bot.Checkup{
			{Verdict: bot.Well, What: "@attache of News desk may post there"},
		}},
		{"revoked", func(s *slacktest.Server) { s.Revoke("token_revoked") }, "#caucasus", []bot.Checkup{
			{Verdict: bot.Broken, What: "Slack does not take the token (token_revoked)",
				Remedy: "At api.slack.com/apps, under OAuth & Permissions, press Reinstall to Workspace, and put the bot's token (xoxb-) where the config has it"},
		}},
	} {
		s, a := open(slacktest.Behaviour{})
		if test.set != nil {
			test.set(s)
		}
		p := place()
		p.Channel = test.at
		got := a.Check(t.Context(), p)
		if len(got) != len(test.want) || got[0] != test.want[0] {
			t.Errorf("%s: %+v", test.name, got)
		}
		if n := len(s.State().Messages); n > 0 {
			t.Errorf("%s: %d messages", test.name, n)
		}
	}
}
