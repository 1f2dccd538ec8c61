package slack

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"attache/bot"
)

// answering has a listener over HTTP answer each request by a function.
func answering(t *testing.T, do func(context.Context, bot.Request) error) *ear {
	t.Helper()
	e := newEar(t)
	e.SigningSecret, e.AppToken, e.Handle = signingSecret, "", do
	e.server.Signed(signingSecret, e)
	return e
}

func short(text string, actions ...bot.Action) bot.Message {
	return bot.Message{Notice: text, Actions: actions, Blocks: []bot.Block{{Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Counted, Text: text}}}}}
}

// TestUnreachable: where attache isn't, the person alone sees the answer, and all do
// once it is shared.
func TestUnreachable(t *testing.T) {
	e := answering(t, func(ctx context.Context, r bot.Request) error {
		if r.Kind == bot.Pressed {
			return r.Share(ctx, short("Shared"))
		}
		return r.Reply(ctx, short("Private", bot.Action{Label: "Share here", Do: "share", On: "a"}))
	})
	for _, channel := range []string{"C0CABINET0", "D0OTHER000"} {
		e.server.Invoke("U0LEYLA000", channel, "/attache latest Armenia")
		e.crew.Idle()
		state := e.server.State()
		m := state.Private[len(state.Private)-1]
		if m.Channel != channel || m.Ephemeral != "U0LEYLA000" || m.Text != "Private" || m.Unfurled {
			t.Fatalf("%+v", m)
		}
		if !e.server.Press("U0LEYLA000", channel, m.TS, "", "Share here") {
			t.Fatal("no button")
		}
		e.crew.Idle()
		state = e.server.State()
		if all := state.Messages; len(all) == 0 || all[len(all)-1].Channel != channel || all[len(all)-1].Text != "Shared" {
			t.Errorf("%+v", all)
		}
	}
	e.tellsNoSecret(t)
}

// TestReplies: whatever was done, the person alone sees the answer, where it was
// done.
func TestReplies(t *testing.T) {
	e := answering(t, func(ctx context.Context, r bot.Request) error {
		return r.Reply(ctx, short("To "+r.Text, bot.Action{Label: "More", Do: "more"}))
	})
	root := e.server.Say("U0RUSTAM00", "C0CAUCASUS", "", "@attache root")
	e.server.Say("U0LEYLA000", "C0CAUCASUS", root, "@attache reply")
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache command")
	e.crew.Idle()
	seen := map[string]bool{}
	for _, m := range e.server.State().Private {
		seen[m.Ephemeral+" "+m.Channel+" "+m.Thread+" "+m.Text] = true
		if m.Text == "To reply" && !e.server.Press("U0LEYLA000", m.Channel, m.TS, "", "More") {
			t.Error("no button")
		}
	}
	e.crew.Idle()
	for _, m := range e.server.State().Private {
		seen[m.Ephemeral+" "+m.Channel+" "+m.Thread+" "+m.Text] = true
	}
	for _, want := range []string{"U0RUSTAM00 C0CAUCASUS  To root", "U0LEYLA000 C0CAUCASUS " + root + " To reply", "U0LEYLA000 C0CAUCASUS  To command", "U0LEYLA000 C0CAUCASUS " + root + " To"} {
		if !seen[want] {
			t.Errorf("not seen: %s; but %v", want, seen)
		}
	}
	e.server.Say("U0LEYLA000", "D0LEYLA000", "", "direct")
	e.crew.Idle()
	all := e.server.State().Messages
	if last := all[len(all)-1]; last.User != "" || last.Channel != "D0LEYLA000" || last.Text != "To direct" || last.Thread != "" {
		t.Errorf("%+v", last)
	}
}

// TestLongReplies: an address for answers takes five; a sixth is an error in the log,
// without the address.
func TestLongReplies(t *testing.T) {
	e := answering(t, func(ctx context.Context, r bot.Request) error {
		for i := range 6 {
			if err := r.Reply(ctx, short(fmt.Sprint("Answer ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	e.crew.Idle()
	if n := len(e.server.State().Private); n != 5 || !strings.Contains(e.logged.String(), "no further answer") {
		t.Errorf("%d answers; the log: %s", n, e.logged)
	}
	e.tellsNoSecret(t)
}

// TestRepliesFail: an answer that can't be given is told in the log, and no secret
// with it; what certainly did not land is tried again.
func TestRepliesFail(t *testing.T) {
	e := answering(t, func(ctx context.Context, r bot.Request) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return r.Reply(ctx, short("Answer"))
	})
	own := e.server.Address
	e.server.Address = "https://elsewhere.example"
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	e.server.Address = "http://127.0.0.1:1"
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache help")
	e.server.Address = own
	e.crew.Idle()
	e.server.Revoke("token_revoked")
	e.server.Say("U0LEYLA000", "C0CAUCASUS", "", "@attache hi")
	e.crew.Idle()
	if log := e.logged.String(); strings.Count(log, "none of Slack's") != 2 || !strings.Contains(log, "token_revoked") {
		t.Error(log)
	}
	e.tellsNoSecret(t)
	if len(e.server.State().Private) != 0 {
		t.Error("something was answered")
	}
	for address, want := range map[string]bool{
		"https://hooks.slack.com/commands/1": true, own + "/respond/1": true, "http://hooks.slack.com/1": false, "https://slack.com.evil.example/": false,
		"https://evilslack.com/": false, "file:///etc/passwd": false, "http://127.0.0.1:1/": false, "": false,
	} {
		if e.safe(address) != want {
			t.Errorf("%q is safe: %t", address, !want)
		}
	}
}

// TestSearching: where an answer takes longer, the person is told; what was said of
// that is taken away where that can be.
func TestSearching(t *testing.T) {
	var e *ear
	tells := func() bool {
		state := e.server.State()
		for _, m := range append(state.Messages, state.Private...) {
			if m.Text == "Searching. The answer follows." {
				return true
			}
		}
		return false
	}
	e = answering(t, func(ctx context.Context, r bot.Request) error {
		if r.Text == "slow" {
			await(t, tells)
		}
		return r.Reply(ctx, short("Answer"))
	})
	e.busy = time.Hour
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache quick")
	e.crew.Idle()
	if tells() {
		t.Error("a quick answer needs no word before it")
	}
	e.busy = time.Millisecond
	e.server.Say("U0LEYLA000", "D0LEYLA000", "", "slow")
	e.crew.Idle()
	if all := e.server.State().Messages; tells() || all[len(all)-1].Text != "Answer" {
		t.Errorf("%+v", all)
	}
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache slow")
	e.crew.Idle()
	if all := e.server.State().Private; !tells() || all[len(all)-1].Text != "Answer" {
		t.Errorf("%+v", all)
	}
}

// TestNamed: people are called by their names, and outlets' words stay.
func TestNamed(t *testing.T) {
	e := newEar(t)
	m := bot.Message{Blocks: []bot.Block{{Lines: []bot.Line{
		{Kind: bot.Counted, Text: "Only U0LEYLA000 and U0NOBODY00 change this desk, in UNITED or not."}, {Kind: bot.Reported, Text: "U0LEYLA000"},
	}}}}
	got := e.named(t.Context(), m).Blocks[0].Lines
	if got[0].Text != "Only Leyla and U0NOBODY00 change this desk, in UNITED or not." || got[1].Text != "U0LEYLA000" || !strings.Contains(m.Blocks[0].Lines[0].Text, "U0LEYLA000") {
		t.Errorf("%+v", got)
	}
}
