package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// ask calls a method, and gives the answer's fields.
func ask(t *testing.T, s *Server, method string, args ...string) map[string]any {
	t.Helper()
	form := url.Values{"token": {BotToken}}
	for i := 0; i < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	res, err := post(t.Context(), s, method, form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var fields map[string]any
	if err := json.NewDecoder(res.Body).Decode(&fields); err != nil {
		t.Fatalf("%s: %s: %v", method, res.Status, err)
	}
	return fields
}

func post(ctx context.Context, s *Server, method string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://slack.example/api/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.Client().Do(req)
}

// code is the error of an answer.
func code(fields map[string]any) string {
	if fields["ok"] == true {
		return ""
	}
	text, _ := fields["error"].(string)
	return text
}

// TestLimits: each limit holds at itself and one past it, by what is sent.
func TestLimits(t *testing.T) {
	text := func(kind, s string) string { return fmt.Sprintf(`{"type":%q,"text":%q}`, kind, s) }
	a := func(n int) string { return strings.Repeat("a", n) }
	list := func(one string, n int) string {
		return strings.Join(strings.Split(strings.Repeat(one+"\n", n), "\n")[:n], ",")
	}
	button := func(label, value, id string) string {
		return fmt.Sprintf(`{"type":"button","text":%s,"value":%q,"action_id":%q}`, text("plain_text", label), value, id)
	}
	actions := func(elements string) string { return `{"type":"actions","elements":[` + elements + `]}` }
	many := func(n int) (all string) {
		for i := range n {
			all += "," + button("a", "b", fmt.Sprint(i))
		}
		return all[1:]
	}
	section := func(s string) string { return `{"type":"section","text":` + text("mrkdwn", s) + `}` }
	overflow := func(n int, value string) string {
		return `{"type":"section","text":` + text("mrkdwn", "a") + `,"accessory":{"type":"overflow","action_id":"m","options":[` +
			list(`{"text":`+text("plain_text", "a")+`,"value":"`+value+`"}`, n) + `]}}`
	}
	for _, test := range []struct {
		name           string
		at, past, code string
	}{
		{"blocks", list(`{"type":"divider"}`, 50), list(`{"type":"divider"}`, 51), "invalid_blocks"},
		{"section", section(a(3000)), section(a(3001)), "invalid_blocks"},
		{"section, by what is sent", section(a(2995) + "&amp;"), section(a(2996) + "&amp;"), "invalid_blocks"},
		{"section, in UTF-16", section(strings.Repeat("😀", 1500)), section(strings.Repeat("😀", 1500) + "a"), "invalid_blocks"},
		{"header", `{"type":"header","text":` + text("plain_text", a(150)) + `}`, `{"type":"header","text":` + text("plain_text", a(151)) + `}`, "invalid_blocks"},
		{"kind of header", `{"type":"header","text":` + text("plain_text", "a") + `}`, `{"type":"header","text":` + text("mrkdwn", "a") + `}`, "invalid_blocks"},
		{"context elements", `{"type":"context","elements":[` + list(text("mrkdwn", "a"), 10) + `]}`, `{"type":"context","elements":[` + list(text("mrkdwn", "a"), 11) + `]}`, "invalid_blocks"},
		{"context", `{"type":"context","elements":[` + text("mrkdwn", a(1999)) + `]}`, `{"type":"context","elements":[` + text("mrkdwn", a(2000)) + `]}`, "invalid_blocks"},
		{"buttons", actions(many(25)), actions(many(26)), "invalid_blocks"},
		{"same buttons", actions(many(2)), actions(many(1) + "," + many(1)), "invalid_blocks"},
		{"label", actions(button(a(75), "", "x")), actions(button(a(76), "", "x")), "invalid_blocks"},
		{"value", actions(button("a", a(2000), "x")), actions(button("a", a(2001), "x")), "invalid_blocks"},
		{"action_id", actions(button("a", "", a(255))), actions(button("a", "", a(256))), "invalid_blocks"},
		{"menu", overflow(5, "v"), overflow(6, "v"), "invalid_blocks"},
		{"entry", overflow(1, a(75)), overflow(1, a(76)), "invalid_blocks"},
		{"sum", section(a(3000)) + "," + section(a(3000)) + "," + section(a(3000)) + "," + section(a(999)), section(a(3000)) + "," + section(a(3000)) + "," + section(a(3000)) + "," + section(a(1000)), "msg_blocks_too_long"},
		{"empty text", section("a"), section(""), "invalid_blocks"},
		{"property", section("a"), `{"type":"section","texts":[],"text":` + text("mrkdwn", "a") + `}`, "invalid_blocks"},
		{"type", section("a"), `{"type":"input"}`, "invalid_blocks"},
	} {
		s := New(Behaviour{})
		if got := ask(t, s, "chat.postMessage", "channel", "C0GENERAL0", "text", "t", "blocks", "["+test.at+"]"); code(got) != "" {
			t.Errorf("%s, at the limit: %v", test.name, got)
		}
		if got := ask(t, s, "chat.postMessage", "channel", "C0GENERAL0", "text", "t", "blocks", "["+test.past+"]"); code(got) != test.code {
			t.Errorf("%s, past the limit: %v", test.name, got)
		}
	}
	s := New(Behaviour{})
	for n, want := range map[int]string{4000: "", 4001: "msg_too_long", 0: "no_text"} {
		if got := code(ask(t, s, "chat.postMessage", "channel", "C0GENERAL0", "text", a(n))); got != want {
			t.Errorf("a text of %d: %q", n, got)
		}
	}
}

// TestRights: tokens, scopes, membership and archives.
func TestRights(t *testing.T) {
	s := New(Behaviour{})
	s.Open(Channel{ID: "C1", Name: "one"})
	s.Open(Channel{ID: "C2", Name: "two", Private: true})
	s.Open(Channel{ID: "C3", Name: "three", Member: true, Archived: true})
	for channel, want := range map[string]string{"C0GENERAL0": "", "C1": "not_in_channel", "C2": "channel_not_found", "C3": "is_archived", "C9": "channel_not_found"} {
		if got := code(ask(t, s, "chat.postMessage", "channel", channel, "text", "t")); got != want {
			t.Errorf("posting to %s: %q; want %q", channel, got, want)
		}
	}
	if got := code(ask(t, s, "conversations.join", "channel", "C1")); got != "" {
		t.Errorf("joining: %s", got)
	}
	if got := code(ask(t, s, "chat.postMessage", "channel", "C1", "text", "t")); got != "" {
		t.Errorf("after joining: %s", got)
	}
	s.Grant("channels:read")
	if got := ask(t, s, "chat.postMessage", "channel", "C1", "text", "t"); code(got) != "missing_scope" || got["needed"] != "chat:write" {
		t.Errorf("without the scope: %v", got)
	}
	s.Revoke("token_revoked")
	if got := code(ask(t, s, "auth.test")); got != "token_revoked" {
		t.Errorf("revoked: %q", got)
	}
	for token, want := range map[string]string{"": "not_authed", "xoxb-other": "invalid_auth"} {
		if got := code(ask(t, s, "auth.test", "token", token)); got != want {
			t.Errorf("token %q: %q", token, got)
		}
	}
	s.Revoke("")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.example/api/auth.test", strings.NewReader(`{"a":1,"b":"c"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Authorization", "Bearer "+BotToken)
	if res, err := s.Client().Do(req); err != nil || res.Header.Get("X-OAuth-Scopes") != "channels:read" {
		t.Errorf("JSON, and the token in a header: %v, %v", res, err)
	}
	if got := code(ask(t, s, "chat.nothing")); got != "unknown_method" {
		t.Errorf("no such method: %q", got)
	}
}

// TestThreads: history has the roots, replies a thread; what goes under nothing
// stands in the channel; what is changed and deleted is.
func TestThreads(t *testing.T) {
	s := New(Behaviour{})
	ts := func(args ...string) string {
		m := ask(t, s, "chat.postMessage", append([]string{"channel", "C0GENERAL0", "text", "t", "metadata", `{"event_type":"e","event_payload":{"key":"a%2F1"}}`}, args...)...)
		return m["ts"].(string)
	}
	first, second := ts(), ts()
	reply := ts("thread_ts", first)
	if got := code(ask(t, s, "chat.postMessage", "channel", "C0GENERAL0", "text", "t", "thread_ts", reply)); got != "cannot_reply_to_message" {
		t.Errorf("a reply to a reply: %q", got)
	}
	read := func(method string, args ...string) (all []string) {
		for _, m := range ask(t, s, method, append([]string{"channel", "C0GENERAL0"}, args...)...)["messages"].([]any) {
			all = append(all, m.(map[string]any)["ts"].(string))
		}
		return all
	}
	for _, test := range []struct {
		got, want []string
	}{
		{read("conversations.history"), []string{second, first}},
		{read("conversations.history", "limit", "1"), []string{second}},
		{read("conversations.history", "oldest", first), []string{second}},
		{read("conversations.history", "oldest", first, "latest", first, "inclusive", "1"), []string{first}},
		{read("conversations.replies", "ts", first), []string{first, reply}},
	} {
		if fmt.Sprint(test.got) != fmt.Sprint(test.want) {
			t.Errorf("%v; want %v", test.got, test.want)
		}
	}
	page := ask(t, s, "conversations.history", "channel", "C0GENERAL0", "limit", "1")
	next := page["response_metadata"].(map[string]any)["next_cursor"].(string)
	if got := read("conversations.history", "limit", "1", "cursor", next); page["has_more"] != true || fmt.Sprint(got) != fmt.Sprint([]string{first}) {
		t.Errorf("the second page: %v", got)
	}
	m := ask(t, s, "conversations.history", "channel", "C0GENERAL0")["messages"].([]any)[0].(map[string]any)
	if m["metadata"] != nil {
		t.Error("metadata that wasn't asked for")
	}
	if got := code(ask(t, s, "chat.update", "channel", "C0GENERAL0", "ts", first, "text", "new")); got != "" || s.State().Messages[0].Text != "new" {
		t.Errorf("changed: %q", got)
	}
	for _, want := range []string{"", "message_not_found"} {
		if got := code(ask(t, s, "chat.delete", "channel", "C0GENERAL0", "ts", first)); got != want {
			t.Errorf("deleted: %q", got)
		}
	}
	if got := code(ask(t, s, "conversations.replies", "channel", "C0GENERAL0", "ts", first)); got != "thread_not_found" {
		t.Errorf("a thread that is gone: %q", got)
	}
	ts("thread_ts", first)
	all := s.State()
	if last := all.Messages[len(all.Messages)-1]; last.Thread != "" || last.Key() != "a/1" {
		t.Errorf("a reply to nothing: %+v", last)
	}
}

// TestPrivateThings: what one person sees, views, and people.
func TestPrivateThings(t *testing.T) {
	s := New(Behaviour{})
	s.Add(User{ID: "U1", Name: "Leyla", Zone: "Asia/Baku", Admin: true})
	if got := code(ask(t, s, "chat.postEphemeral", "channel", "C0GENERAL0", "user", "U1", "text", "t")); got != "" || len(s.State().Private) != 1 || len(s.State().Messages) != 0 {
		t.Errorf("a private message: %q", got)
	}
	user := ask(t, s, "users.info", "user", "U1")["user"].(map[string]any)
	if user["tz"] != "Asia/Baku" || user["is_admin"] != true || code(ask(t, s, "users.info", "user", "U2")) != "user_not_found" {
		t.Errorf("%v", user)
	}
	view := func(title string) string {
		return `{"type":"modal","title":{"type":"plain_text","text":"` + title + `"},"blocks":[{"type":"input","label":{"type":"plain_text","text":"a"},"element":{"type":"plain_text_input"}}]}`
	}
	for title, want := range map[string]string{strings.Repeat("a", 24): "", strings.Repeat("a", 25): "invalid_arguments"} {
		if got := ask(t, s, "views.open", "trigger_id", "1", "view", view(title)); code(got) != want {
			t.Errorf("a modal's title of %d: %v", len(title), got)
		}
	}
	if got := code(ask(t, s, "views.publish", "user_id", "U1", "view", `{"type":"home","blocks":[{"type":"divider"}]}`)); got != "" || len(s.State().Views) != 2 {
		t.Errorf("a home: %q", got)
	}
	if got := code(ask(t, s, "views.open", "view", view("a"))); got != "invalid_trigger_id" {
		t.Errorf("a modal without a trigger: %q", got)
	}
}

// TestFaults: answers that are lost, late, or of another kind.
func TestFaults(t *testing.T) {
	form := url.Values{"token": {BotToken}, "channel": {"C0GENERAL0"}, "text": {"t"}}
	for _, test := range []struct {
		act    Act
		status int // 0: no answer
		stored int
	}{
		{Store, 200, 1}, {Refuse, 200, 0}, {Busy, 429, 0}, {FailBefore, 500, 0}, {FailAfter, 502, 1}, {LoseBefore, 0, 0}, {LoseAfter, 0, 1}, {Hang, 0, 1}, {Page, 200, 0},
	} {
		s := New(Behaviour{Script: []Act{test.act}})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		res, err := post(ctx, s, "chat.postMessage", form)
		cancel()
		status := 0
		if err == nil {
			status = res.StatusCode
			res.Body.Close()
		}
		if test.act == Hang && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", test.act, err)
		}
		if status != test.status || len(s.State().Messages) != test.stored || s.State().Acts[test.act] != 1 {
			t.Errorf("%s: status %d, %+v", test.act, status, s.State())
		}
		if test.act == Busy && res.Header.Get("Retry-After") == "" {
			t.Error("busy, and no Retry-After")
		}
	}
	s := New(Behaviour{Paced: true})
	ask(t, s, "chat.postMessage", "channel", "C0GENERAL0", "text", "t")
	if res, err := post(t.Context(), s, "chat.postMessage", form); err != nil || res.StatusCode != 429 || res.Header.Get("Retry-After") != "1" {
		t.Errorf("too fast: %v, %v", res, err)
	}
}
