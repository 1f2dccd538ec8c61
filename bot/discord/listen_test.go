package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/discord/discordtest"
)

// desk is a listener without a gateway: events are told to it at once.
type desk struct {
	*Listener
	server *discordtest.Server

	mu  sync.Mutex
	all []bot.Request
	log strings.Builder
}

func (d *desk) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(p)
}

// newDesk has do called for what people ask.
func newDesk(t testing.TB, do func(context.Context, bot.Request) error) *desk {
	t.Helper()
	s, a := open(discordtest.Behaviour{})
	s.Add(discordtest.User{ID: stageID("Leyla"), Name: "Leyla", Roles: []string{stageID("@caucasus-leads")}})
	s.AddRole(discordtest.Role{ID: stageID("@caucasus-leads"), Name: "caucasus-leads", Permissions: discordtest.ManageGuild})
	d := &desk{server: s}
	d.Listener = &Listener{
		Adapter: a, Log: slog.New(slog.NewTextHandler(d, nil)),
		Handle: func(ctx context.Context, r bot.Request) error {
			d.mu.Lock()
			d.all = append(d.all, r)
			d.mu.Unlock()
			if do != nil {
				return do(ctx, r)
			}
			return nil
		},
		Complete: func(_ context.Context, p bot.Place, command, option, typed string) []string {
			if typed == "x" {
				return nil
			}
			return []string{command + " " + option + " " + typed, p.Channel, strings.Repeat("long ", 21)}
		},
	}
	if _, err := a.Register(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Direct(func(name string, data []byte) { d.take(event{name, data}) })
	return d
}

func (d *desk) idle() {
	d.acks.Idle()
	d.crew.Idle()
}

func (d *desk) last(t *testing.T) bot.Request {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.all) == 0 {
		t.Fatalf("nothing was heard: %s", d.log.String())
	}
	return d.all[len(d.all)-1]
}

func (d *desk) ask(options ...discordtest.Option) {
	d.server.Invoke(stageID("Leyla"), caucasus, "latest", "", append([]discordtest.Option{{Name: "about", Value: "Armenia"}}, options...)...)
}

func one(text string) bot.Message {
	return bot.Message{Notice: text, Zone: "Asia/Baku", Blocks: []bot.Block{{Kind: bot.Item, Lines: []bot.Line{{Kind: bot.Counted, Text: text}}}}}
}

func answering(text string) func(context.Context, bot.Request) error {
	return func(ctx context.Context, r bot.Request) error { return r.Reply(ctx, one(text)) }
}

// TestAcknowledged: a command is deferred at once, to the person alone, and answered
// in that place; one that nothing is said to leaves nothing behind.
func TestAcknowledged(t *testing.T) {
	d := newDesk(t, answering("three articles"))
	d.ask()
	d.idle()
	private := d.server.State().Private
	if len(private) != 1 || private[0].Thinking || private[0].Content != "three articles" || private[0].Ephemeral != stageID("Leyla") {
		t.Errorf("%+v", private)
	}
	r := d.last(t)
	if r.Openly || !slices.Equal(r.Person.Groups, []string{"discord:" + stageID("@caucasus-leads"), "discord:admins"}) || r.At.IsZero() {
		t.Errorf("%+v", r)
	}
	d.ask(discordtest.Option{Name: "share", Value: "true"})
	d.idle()
	if r := d.last(t); !r.Openly || r.Options["share"] != "" {
		t.Errorf("to be shared: %+v", r)
	}
	silent := newDesk(t, nil)
	silent.ask()
	silent.idle()
	if n := len(silent.server.State().Private); n != 0 {
		t.Errorf("%d messages are left", n)
	}
	if got := silent.log.String(); got != "" {
		t.Error(got)
	}
}

// TestAcknowledgementFails: what Discord has acknowledged by a call of which the answer
// was lost is done; what it knows no longer is not, as the person was told so.
func TestAcknowledgementFails(t *testing.T) {
	const callback = "POST /interactions/:id/:token/callback"
	for _, test := range []struct {
		name         string
		status, code int
		times, heard int
	}{
		{"500", 500, 0, 1, 1}, {"429", 429, 0, 1, 1}, {"acknowledged already", 400, 40060, 1, 1}, {"too late", 404, 10062, 1, 0}, {"no rights", 403, 50013, 1, 0},
	} {
		d := newDesk(t, nil)
		d.server.Fail(callback, test.status, test.code, test.times)
		d.ask()
		d.idle()
		if n := len(d.all); n != test.heard {
			t.Errorf("%s: heard %d times", test.name, n)
		}
		if strings.Contains(d.log.String(), "secret-token") {
			t.Errorf("%s: %s", test.name, d.log.String())
		}
	}
}

// TestRepliesFail: an error of Discord's is returned without the token, what can be
// repeated is, and what can't is not doubled.
func TestRepliesFail(t *testing.T) {
	const original = "PATCH /webhooks/:id/:token/messages/@original"
	for _, test := range []struct {
		status, code int
		failed       bool
	}{{500, 0, false}, {401, 50027, true}, {404, 10015, true}} {
		var got error
		d := newDesk(t, func(ctx context.Context, r bot.Request) error {
			got = r.Reply(ctx, one("three articles"))
			return got
		})
		d.server.Fail(original, test.status, test.code, 1)
		d.ask()
		d.idle()
		if (got != nil) != test.failed || strings.Contains(fmt.Sprint(got, d.log.String()), "secret-token") {
			t.Errorf("%d: %v %s", test.code, got, d.log.String())
		}
	}
}

// TestLongReplies: what has no room in one message goes on in others, to the person
// alone.
func TestLongReplies(t *testing.T) {
	d := newDesk(t, answering(strings.Repeat("many words ", 500)))
	d.ask()
	d.idle()
	private, all := d.server.State().Private, ""
	for _, m := range private {
		all += m.Content + " "
		if m.Ephemeral == "" {
			t.Error("everyone sees it")
		}
	}
	if strings.Count(all, "many words") != 500 || len(private) < 3 || len(d.server.State().Messages) > 0 {
		t.Errorf("%d messages, %d of 500", len(private), strings.Count(all, "many words"))
	}
}

// TestQuestionForm: "Follow up" shows a form; what is sent is asked in the thread of
// the message that has the button, and answered to the person alone.
func TestQuestionForm(t *testing.T) {
	d := newDesk(t, answering("three articles"))
	root := post(t, d.Adapter, posts(t, d.Adapter, "a/1")[0])
	_, id, _ := strings.Cut(root, "/")
	if !d.server.Press(stageID("Leyla"), caucasus, id, "", "Follow up") {
		t.Fatal("there is no button")
	}
	d.idle()
	if !d.server.Submit(stageID("Leyla"), map[string]string{"line": "and on energy?"}) {
		t.Fatal("no form is shown")
	}
	d.idle()
	if r := d.last(t); r.Kind != bot.Invoked || r.Command != "attache" || r.Text != "and on energy?" || r.Thread != root || r.Place != harbour() {
		t.Errorf("%+v", r)
	}
	if p := d.server.State().Private; len(p) != 1 || p[0].Content != "three articles" {
		t.Errorf("%+v", p)
	}
	p := posts(t, d.Adapter, "a/2")[0]
	p.Under = root
	reply := post(t, d.Adapter, p)
	thread, inThread, _ := strings.Cut(reply, "/")
	d.server.Press(stageID("Leyla"), thread, inThread, "", "Follow up")
	d.idle()
	d.server.Submit(stageID("Leyla"), map[string]string{"line": "since Friday"})
	d.idle()
	if r := d.last(t); r.Thread != root || r.Text != "since Friday" || r.Place != harbour() {
		t.Errorf("in the thread: %+v", r)
	}
}

// TestSettingsForm: a desk is set up by a form, which becomes the line that one types.
func TestSettingsForm(t *testing.T) {
	d := newDesk(t, func(ctx context.Context, r bot.Request) error {
		if r.Ask == nil {
			return r.Reply(ctx, one("heard"))
		}
		return r.Ask(ctx, bot.Form{Time: "07:30", Days: []string{"Mon", "Tue", "Wed", "Thu", "Fri"}, Zone: "Asia/Baku"})
	})
	d.server.Invoke(stageID("Leyla"), caucasus, "desk", "", discordtest.Option{Name: "do", Value: "new"})
	d.idle()
	if !d.server.Submit(stageID("Leyla"), map[string]string{"name": "Caucasus", "follow": "AZE-ISR, Armenia\nenergy"}) {
		t.Fatal("no form is shown", d.log.String())
	}
	d.idle()
	const want = "new Caucasus follow AZE-ISR, Armenia, energy; schedule 07:30 Mon-Fri; zone Asia/Baku"
	if r := d.last(t); r.Command != "desk" || r.Text != want || r.Ask != nil {
		t.Errorf("%q, want %q", r.Text, want)
	}
	if len(d.server.State().Private) != 1 {
		t.Error("it is not answered")
	}
	late := newDesk(t, func(ctx context.Context, r bot.Request) error {
		time.Sleep(formsWithin + 200*time.Millisecond)
		if err := r.Ask(ctx, bot.Form{}); err == nil {
			return errors.New("a form is shown after it was deferred")
		}
		return r.Reply(ctx, one("in words"))
	})
	late.server.Invoke(stageID("Leyla"), caucasus, "desk", "", discordtest.Option{Name: "do", Value: "new"})
	late.idle()
	if p := late.server.State().Private; len(p) != 1 || p[0].Content != "in words" || late.log.String() != "" {
		t.Errorf("late: %+v %s", p, late.log.String())
	}
}

// TestComplete: values come from memory, at most 25 that Discord takes; none is an
// empty list.
func TestComplete(t *testing.T) {
	d := newDesk(t, nil)
	leyla := stageID("Leyla")
	about := func(typed string) discordtest.Option { return discordtest.Option{Name: "about", Value: typed} }
	if got := d.server.Type(leyla, caucasus, "latest", "", about("Arm")); !slices.Equal(got, []string{"latest about Arm", caucasus}) {
		t.Errorf("%q", got)
	}
	if got := d.server.Type(leyla, caucasus, "attache", "unmute", discordtest.Option{Name: "what", Value: "1"}); got[0] != "unmute what 1" {
		t.Errorf("%q", got)
	}
	if got := d.server.Type(leyla, caucasus, "latest", "", about("x")); len(got) != 0 {
		t.Errorf("%q", got)
	}
	var took []time.Duration
	for range 100 {
		began := time.Now()
		d.server.Type(leyla, caucasus, "latest", "", about("Arm"))
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("offered within %s (p50), %s (p99)", took[49], took[98])
	if took[98] > 50*time.Millisecond {
		t.Errorf("p99 %s", took[98])
	}
}

// TestManyAtOnce: 200 commands at the same moment are acknowledged in time.
func TestManyAtOnce(t *testing.T) {
	d := newDesk(t, func(ctx context.Context, r bot.Request) error {
		time.Sleep(20 * time.Millisecond)
		return r.Reply(ctx, one("three articles"))
	})
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() { d.ask() })
	}
	all.Wait()
	d.idle()
	var took []time.Duration
	for _, i := range d.server.Interactions() {
		if i.Kind != deferred {
			t.Fatalf("acknowledged by %d", i.Kind)
		}
		took = append(took, i.Took)
	}
	slices.Sort(took)
	t.Logf("acknowledged within %s (p50), %s (p99)", took[len(took)/2], took[len(took)*99/100-1])
	if len(took) != 200 || took[197] > 300*time.Millisecond {
		t.Errorf("%d, p99 %s", len(took), took[197])
	}
	if n := len(d.server.State().Private); n != 200 {
		t.Errorf("%d answers", n)
	}
}

// TestMemory: interactions leave nothing behind.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	const many = 100_000
	d := &Listener{
		Adapter: &Adapter{Token: "x", Client: &http.Client{Transport: nothing{}}},
		Handle:  func(ctx context.Context, r bot.Request) error { return r.Reply(ctx, one("three articles")) },
		Log:     slog.New(slog.DiscardHandler),
	}
	do := func(from, n int) {
		for i := from; i < from+n; i++ {
			d.take(event{interacted, fmt.Appendf(nil, `{"id":"%d","application_id":"1","type":2,"token":"t%d","guild_id":"3","channel_id":"4","member":{"user":{"id":"%d","username":"u"},"permissions":"0"},"data":{"name":"latest","options":[{"name":"about","type":3,"value":"Armenia"}]}}`,
				uint64(time.Now().UnixMilli()-epoch)<<22+uint64(i), i, 200000000000000000+i%6)})
			if i%1000 == 999 {
				d.acks.Idle()
				d.crew.Idle()
			}
		}
	}
	held := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	do(0, 10_000)
	before := held()
	do(10_000, many-10_000)
	if after := held(); after > before+2<<20 {
		t.Errorf("%d kB after 10,000, %d kB after %d", before>>10, after>>10, many)
	}
}

// nothing answers every call with nothing.
type nothing struct{}

func (nothing) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusNoContent, Status: "204 No Content", Header: http.Header{}, Body: http.NoBody, Request: req}, nil
}

// TestWhisper: what one person is told who said something is a direct message, whose
// buttons do what they do in the channel; who takes none is told how to ask.
func TestWhisper(t *testing.T) {
	d := newDesk(t, func(ctx context.Context, r bot.Request) error {
		if r.Kind != bot.Said {
			return nil
		}
		m := one(`No actor is called "Zembla".`)
		m.Actions = []bot.Action{{Label: "Zambia", Do: "reading", On: "abcdefghij", With: "Zambia"}}
		return r.Reply(ctx, m)
	})
	leyla := stageID("Leyla")
	d.server.Say(leyla, caucasus, "@attache latest on Zembla")
	d.idle()
	state := d.server.State()
	whispered := state.Messages[len(state.Messages)-1]
	if whispered.Channel == caucasus || !strings.Contains(whispered.Content, "<#"+caucasus+">") || len(state.Messages) != 2 {
		t.Fatalf("%+v", state.Messages)
	}
	if !d.server.Press(leyla, whispered.Channel, whispered.ID, "", "Zambia") {
		t.Fatal("there is no button")
	}
	d.idle()
	if r := d.last(t); r.Place != harbour() || r.Alone || r.Action != (bot.Action{Do: "reading", On: "abcdefghij", With: "Zambia"}) {
		t.Errorf("%+v", r)
	}
	d.server.Add(discordtest.User{ID: "200000000000000008", Name: "Closed", Closed: true})
	said := d.server.Say("200000000000000008", caucasus, "@attache latest on Zembla")
	d.idle()
	state = d.server.State()
	if m := state.Messages[len(state.Messages)-1]; m.Channel != caucasus || m.Reference != said || strings.Contains(m.Content, "Zembla") || !strings.Contains(m.Content, "/attache ask") {
		t.Errorf("%+v", m)
	}
}

// TestReplies: a reply to what attache said is to it, and goes on from that, though
// its ping is off or it stands in the channel.
func TestReplies(t *testing.T) {
	d := newDesk(t, nil)
	root := post(t, d.Adapter, posts(t, d.Adapter, "a/1")[0])
	_, id, _ := strings.Cut(root, "/")
	d.server.Say(stageID("Leyla"), caucasus, "and on energy?", id)
	d.idle()
	if r := d.last(t); r.Thread != root || r.Text != "and on energy?" || !r.Addressed || r.ToOthers {
		t.Errorf("%+v", r)
	}
	mine := d.server.Say(stageID("Leyla"), caucasus, "lunch?")
	d.server.Say(discordtest.OwnerID, caucasus, "@Leyla yes", mine)
	d.idle()
	if n := len(d.all); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestDirect: in a direct message a person has the rights of their roles.
func TestDirect(t *testing.T) {
	d := newDesk(t, nil)
	d.server.Open(discordtest.Channel{ID: stageID("to Leyla"), Kind: discordtest.Direct, Recipient: stageID("Leyla")})
	d.server.Invoke(stageID("Leyla"), stageID("to Leyla"), "latest", "", discordtest.Option{Name: "about", Value: "Armenia"})
	d.idle()
	if r := d.last(t); !r.Alone || !slices.Contains(r.Person.Groups, "discord:admins") || r.Unreachable != "" {
		t.Errorf("%+v", r)
	}
}

// TestUnreachable: where attache may not write it says so, and what to click.
func TestUnreachable(t *testing.T) {
	d := newDesk(t, nil)
	d.server.Open(discordtest.Channel{ID: caucasus, Denied: discordtest.SendMessages})
	d.ask()
	d.idle()
	if r := d.last(t); !strings.Contains(r.Unreachable, "Send Messages") || !strings.Contains(r.Unreachable, "Share here") {
		t.Errorf("%q", r.Unreachable)
	}
}

// TestJoined: a server that attache is let into is greeted once, where it may write.
func TestJoined(t *testing.T) {
	d := newDesk(t, nil)
	d.server.Open(discordtest.Channel{ID: discordtest.GeneralID, Name: "general", Denied: discordtest.SendMessages})
	d.server.Join()
	d.idle()
	if r := d.last(t); r.Kind != bot.Joined || r.Place != harbour() || r.ID != "discord:joined/"+discordtest.GuildID {
		t.Errorf("%+v", r)
	}
}

// TestNamed: people and roles are called by their names.
func TestNamed(t *testing.T) {
	d := newDesk(t, nil)
	m := d.named(t.Context(), discordtest.GuildID, one("Only "+stageID("Leyla")+" and "+stageID("@caucasus-leads")+" change this desk, not 200000000000000077."))
	if got := m.Blocks[0].Lines[0].Text; got != "Only Leyla and @caucasus-leads change this desk, not 200000000000000077." {
		t.Error(got)
	}
}

// TestSigned: only what the application's key signed is heard, and PING is answered.
func TestSigned(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, answering("three articles"))
	d.PublicKey = hex.EncodeToString(public)
	send := func(req *http.Request) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		d.ServeHTTP(w, req)
		return w
	}
	if w := send(discordtest.Sign(private, `{"type":1}`, "1764055800")); w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"type":1}` {
		t.Errorf("PING: %d %s", w.Code, w.Body)
	}
	changed := discordtest.Sign(private, `{"type":1}`, "1764055800")
	changed.Header.Set("X-Signature-Timestamp", "1764055801")
	none := discordtest.Sign(private, `{"type":1}`, "1764055800")
	none.Header.Del("X-Signature-Ed25519")
	broken := discordtest.Sign(private, `{"type":1}`, "1764055800")
	broken.Header.Set("X-Signature-Ed25519", "zz")
	for name, req := range map[string]*http.Request{"another key": discordtest.Sign(other, `{"type":1}`, "1"), "another time": changed, "no signature": none, "a broken one": broken} {
		if w := send(req); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	d.server.Signed(private, d)
	d.ask()
	d.idle()
	if p := d.server.State().Private; len(p) != 1 || p[0].Content != "three articles" {
		t.Errorf("over HTTP: %+v", p)
	}
	if got := d.server.Type(stageID("Leyla"), caucasus, "latest", "", discordtest.Option{Name: "about", Value: "Arm"}); len(got) != 2 {
		t.Errorf("over HTTP: %q", got)
	}
}

// TestSignatureVector is the third of RFC 8032, 7.1: what is signed is the time and
// then the body.
func TestSignatureVector(t *testing.T) {
	h := http.Header{}
	h.Set("X-Signature-Ed25519", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")
	h.Set("X-Signature-Timestamp", "\xaf")
	if !signed(h, []byte{0x82}, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025") {
		t.Error("it is not taken")
	}
}
