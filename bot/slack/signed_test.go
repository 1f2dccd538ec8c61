package slack

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"attache/bot/slack/slacktest"
)

const signingSecret = "signing-test-secret"

// TestSignature: the example of Slack's own documentation.
func TestSignature(t *testing.T) {
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	const want = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := signature("1531420618", []byte(body), "8f742231b10e8888abcd99yyyzzz85a5"); got != want {
		t.Error(got)
	}
}

// TestSigned: only what Slack signed, and lately, is taken.
func TestSigned(t *testing.T) {
	const form, jsonType = "application/x-www-form-urlencoded", "application/json"
	command := url.Values{"command": {"/attache"}, "text": {"help"}, "channel_id": {"C0CAUCASUS"}, "user_id": {"U0LEYLA000"}, "trigger_id": {"t"}}.Encode()
	for _, test := range []struct {
		name string
		req  *http.Request
		code int
		body string
	}{
		{"a command", slacktest.Sign(signingSecret, form, command, time.Now()), 200, ""},
		{"another secret", slacktest.Sign("other", form, command, time.Now()), 401, "not signed\n"},
		{"old", slacktest.Sign(signingSecret, form, command, time.Now().Add(-6*time.Minute)), 401, "not signed\n"},
		{"of the future", slacktest.Sign(signingSecret, form, command, time.Now().Add(6*time.Minute)), 401, "not signed\n"},
		{"a little old", slacktest.Sign(signingSecret, form, command, time.Now().Add(-4*time.Minute)), 200, ""},
		{"changed", with(slacktest.Sign(signingSecret, form, command, time.Now()), "X-Slack-Request-Timestamp", fmt.Sprint(time.Now().Unix()+1)), 401, "not signed\n"},
		{"no signature", with(slacktest.Sign(signingSecret, form, command, time.Now()), "X-Slack-Signature", ""), 401, "not signed\n"},
		{"no time", with(slacktest.Sign(signingSecret, form, command, time.Now()), "X-Slack-Request-Timestamp", "today"), 401, "not signed\n"},
		{"Slack asks whether it is there", slacktest.Sign(signingSecret, jsonType, `{"type":"url_verification","challenge":"abc"}`, time.Now()), 200, "abc"},
		{"the same, unsigned", slacktest.Sign("other", jsonType, `{"type":"url_verification","challenge":"abc"}`, time.Now()), 401, "not signed\n"},
		{"no JSON", slacktest.Sign(signingSecret, jsonType, `{`, time.Now()), 400, "not understood\n"},
		{"no command", slacktest.Sign(signingSecret, form, "a=b", time.Now()), 400, "not understood\n"},
		{"no kind", slacktest.Sign(signingSecret, "", command, time.Now()), 400, "not understood\n"},
		{"GET", httptest.NewRequest(http.MethodGet, "/slack", nil), 404, "not here\n"},
	} {
		e := newEar(t)
		e.SigningSecret, e.AppToken = signingSecret, ""
		w := httptest.NewRecorder()
		e.ServeHTTP(w, test.req)
		e.crew.Idle()
		heard := 0
		if test.code == 200 && test.body == "" {
			heard = 1
		}
		if w.Code != test.code || w.Body.String() != test.body || len(e.requests()) != heard {
			t.Errorf("%s: %d %q, %d heard", test.name, w.Code, w.Body, len(e.requests()))
		}
		e.tellsNoSecret(t)
	}
	e := newEar(t)
	e.SigningSecret = ""
	w := httptest.NewRecorder()
	e.ServeHTTP(w, slacktest.Sign("", form, command, time.Now()))
	if w.Code != 404 {
		t.Errorf("without a secret: %d", w.Code)
	}
}

func with(req *http.Request, name, value string) *http.Request {
	req.Header.Set(name, value)
	return req
}

// TestRequest: who and where somebody is, as the bot knows them.
func TestRequest(t *testing.T) {
	e := newEar(t)
	e.SigningSecret, e.AppToken = signingSecret, ""
	e.server.Signed(signingSecret, e)
	e.server.Say("U0LEYLA000", "C0CAUCASUS", "", "@attache and on energy?")
	e.server.Say("U0RUSTAM00", "D0LEYLA000", "", "latest")
	e.server.Invoke("U0LEYLA000", "C0CABINET0", "/attache latest Armenia")
	e.server.Invoke("U0RUSTAM00", "C0CAUCASUS", "/latest Armenia")
	e.server.Invoke("U0LEYLA000", "D0LEYLA000", "/latest Armenia")
	e.server.Invoke("U0LEYLA000", "D0OTHER000", "/latest Armenia")
	e.crew.Idle()
	got := map[string]bool{}
	for _, r := range e.requests() {
		zone := ""
		if r.Person.Zone != nil {
			zone = r.Person.Zone.String()
		}
		got[fmt.Sprint(r.Kind, " ", r.Place, " ", r.Person.Name, " ", zone, r.Person.Groups, " ", r.Command, " ", r.Text, " ", r.Addressed, r.Alone, r.Share != nil, " ", r.Unreachable)] = true
	}
	const leyla = "Leyla Asia/Baku[slack:admins slack:@caucasus-leads]"
	for _, want := range []string{
		"said slack:#caucasus " + leyla + "  and on energy? true false false ",
		"said slack:D0LEYLA000 Rustam []  latest true true false ",
		"invoked slack:#cabinet " + leyla + " attache latest Armenia false false true attache is not in #cabinet. There, type /invite @attache, then press Share here again.",
		"invoked slack:#caucasus Rustam [] latest Armenia false false false ",
		"invoked slack:D0LEYLA000 " + leyla + " latest Armenia true true false ",
		"invoked slack:D0OTHER000 " + leyla + " latest Armenia false false true attache is not part of this conversation.",
	} {
		if !got[want] {
			t.Errorf("not heard: %s", want)
		}
		delete(got, want)
	}
	for other := range got {
		t.Errorf("heard: %s", other)
	}
	e.tellsNoSecret(t)
}

// TestLookUps: what is the same is asked once, however many ask at once; where Slack
// asks to wait, what people do is handled without.
func TestLookUps(t *testing.T) {
	e := newEar(t)
	defer e.listen(t)()
	for i := range 50 {
		e.server.Invoke("U0LEYLA000", "C0CAUCASUS", fmt.Sprint("/attache ", i))
	}
	await(t, func() bool { return len(e.requests()) == 50 })
	for _, method := range []string{"auth.test", "users.info", "conversations.info", "usergroups.list"} {
		if n := e.server.State().Calls[method]; n != 1 {
			t.Errorf("%s: %d calls", method, n)
		}
	}
	e.people.until = time.Now().Add(time.Hour)
	e.server.Invoke("U0RUSTAM00", "C0CABINET0", "/attache hi")
	await(t, func() bool { return len(e.requests()) == 51 })
	r := e.requests()[50]
	if r.Person.ID != "slack:U0RUSTAM00" || r.Person.Name != "u0rustam00" || r.Person.Groups != nil || r.Place.Channel != "#cabinet" || r.Unreachable == "" {
		t.Errorf("%+v", r)
	}
}
