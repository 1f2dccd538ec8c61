package slack

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"attache/bot"
)

func meForTest() self { return self{user: "U0ATTACHE0", name: "attache", team: "T1"} }

func TestReadText(t *testing.T) {
	for _, test := range []struct {
		raw, text string
		to        mentions
	}{
		{"<@U0ATTACHE0> and on energy?", "and on energy?", mentions{attache: true}},
		{"<@U0ATTACHE0|attache> hi", "hi", mentions{attache: true}},
		{"so, <@U0ATTACHE0>, why?", "so,  , why?", mentions{attache: true}},
		{"<@U2> and on energy?", "@U2 and on energy?", mentions{others: true}},
		{"<@U0ATTACHE0> ask <@U2|rustam>", "ask @rustam", mentions{true, true}},
		{"<!subteam^S1|@leads> look", "@leads look", mentions{others: true}},
		{"<!here> look", "@here look", mentions{others: true}},
		{"at <!date^1392734382^{date}|noon>", "at noon", mentions{}},
		{"post to <#C1|energy> and <#C2>", "post to #energy and #C2", mentions{}},
		{"<https://a.example/?b=1&amp;c=2> <https://a.example|a.example> <mailto:a@b.example>", "https://a.example/?b=1&c=2 a.example a@b.example", mentions{}},
		{"1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;", "1 < 2 && 3 > 2, &lt;", mentions{}},
		{"<", "<", mentions{}},
		{"<@>", "@", mentions{others: true}},
		{"", "", mentions{}},
	} {
		if text, to := readText(test.raw, "U0ATTACHE0"); text != test.text || to != test.to {
			t.Errorf("%q: %q, %+v", test.raw, text, to)
		}
	}
	if _, to := readText("<@> hello", ""); to.attache {
		t.Error("a mention of nobody is attache's, as it isn't known who that is")
	}
}

// TestHearEvents: what people say, edit and delete; not what bots do, nor attache, nor
// what is nobody's line.
func TestHearEvents(t *testing.T) {
	said := func(fields string) string {
		return `{"type":"event_callback","team_id":"T1","event":{"channel":"C1","user":"U1","ts":"1764055800.000100",` + fields + `}}`
	}
	for _, test := range []struct {
		name, payload string
		want          string // kind id thread text, empty: not heard
	}{
		{"mention", said(`"type":"app_mention","text":"<@U0ATTACHE0> hi"`), "said C1/1764055800.000100  hi"},
		{"the same as a message", said(`"type":"message","text":"<@U0ATTACHE0> hi"`), "said C1/1764055800.000100  hi"},
		{"a line in a channel", said(`"type":"message","text":"hi"`), ""},
		{"in a thread", said(`"type":"message","text":"hi","thread_ts":"1764055000.000001"`), "said C1/1764055800.000100 1764055000.000001 hi"},
		{"a root with replies", said(`"type":"message","text":"<@U0ATTACHE0> hi","thread_ts":"1764055800.000100"`), "said C1/1764055800.000100  hi"},
		{"sent to the channel too", said(`"type":"message","subtype":"thread_broadcast","text":"hi","thread_ts":"1764055000.000001"`), "said C1/1764055800.000100 1764055000.000001 hi"},
		{"direct", `{"event":{"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1764055800.000100","text":"hi"}}`, "said D1/1764055800.000100  hi"},
		{"a bot", said(`"type":"message","bot_id":"B1","text":"<@U0ATTACHE0> hi"`), ""},
		{"a bot's subtype", said(`"type":"message","subtype":"bot_message","text":"<@U0ATTACHE0> hi"`), ""},
		{"attache", `{"event":{"type":"message","channel":"D1","channel_type":"im","user":"U0ATTACHE0","ts":"1764055800.000100","text":"hi"}}`, ""},
		{"somebody came", said(`"type":"message","subtype":"channel_join","text":"<@U0ATTACHE0> has joined"`), ""},
		{
			"edited",
			`{"event":{"type":"message","subtype":"message_changed","channel":"C1","ts":"2.0","message":{"user":"U1","ts":"1764055800.000100","text":"<@U0ATTACHE0> ho"},"previous_message":{"user":"U1","ts":"1764055800.000100"}}}`,
			"edited C1/1764055800.000100  ho",
		},
		{
			"an edit of attache's own",
			`{"event":{"type":"message","subtype":"message_changed","channel":"D1","ts":"2.0","message":{"user":"U0ATTACHE0","bot_id":"B1","ts":"1764055800.000100","text":"ho"}}}`,
			"",
		},
		{
			"deleted",
			`{"event":{"type":"message","subtype":"message_deleted","channel":"C1","ts":"2.0","deleted_ts":"1764055800.000100","previous_message":{"user":"U1","ts":"1764055800.000100","thread_ts":"1764055000.000001","text":"hi"}}}`,
			"deleted C1/1764055800.000100 1764055000.000001 hi",
		},
		{"deleted, and not said what", `{"event":{"type":"message","subtype":"message_deleted","channel":"C1","ts":"2.0","deleted_ts":"1764055800.000100"}}`, "deleted C1/1764055800.000100  "},
		{"a line that was none of attache's, deleted", `{"event":{"type":"message","subtype":"message_deleted","channel":"C1","ts":"2.0","previous_message":{"user":"U1","ts":"1764055800.000100","text":"hi"}}}`, ""},
		{
			"a root with replies, deleted",
			`{"event":{"type":"message","subtype":"message_changed","channel":"C1","ts":"2.0","message":{"user":"USLACKBOT","subtype":"tombstone","ts":"1764055800.000100"},"previous_message":{"user":"U1","ts":"1764055800.000100","thread_ts":"1764055800.000100","text":"<@U0ATTACHE0> hi"}}}`,
			"deleted C1/1764055800.000100  hi",
		},
		{"another event", said(`"type":"reaction_added"`), ""},
		{"not JSON", `{`, ""},
		{"nothing", `{}`, ""},
	} {
		h, ok := hear(envelope{Type: "events_api", Payload: json.RawMessage(test.payload)}, meForTest())
		got := ""
		if ok {
			got = string(h.kind) + " " + h.id + " " + h.thread + " " + h.text
		}
		if got != test.want {
			t.Errorf("%s: %q; want %q", test.name, got, test.want)
		}
		if ok && !h.at.Equal(time.Unix(1764055800, 100_000)) {
			t.Errorf("%s: at %v", test.name, h.at)
		}
	}
}

func TestHearCommands(t *testing.T) {
	for registered, want := range map[string]string{
		"/attache": "attache", "/latest": "latest", "/news-latest": "latest", "/news_who-said": "who-said", "/xdesk": "desk", "/Digest": "digest", "/unknown": "attache",
	} {
		if got := commandName(registered); got != want {
			t.Errorf("%s: %s", registered, got)
		}
	}
	payload := `{"command":"/attache","text":"latest A &amp; B","team_id":"T1","channel_id":"C1","channel_name":"privategroup","user_id":"U1","user_name":"leyla","response_url":"https://hooks.slack.com/commands/x","trigger_id":"1.2.secret"}`
	h, ok := hear(envelope{Type: "slash_commands", Payload: json.RawMessage(payload)}, meForTest())
	if !ok || h.kind != bot.Invoked || h.command != "attache" || h.text != "latest A & B" || h.channel != "C1" || h.channelName != "" || h.user != "U1" || h.respond == "" {
		t.Errorf("%+v", h)
	}
	if strings.Contains(h.id, "secret") {
		t.Errorf("the id %q tells the trigger", h.id)
	}
	if _, ok := hear(envelope{Type: "slash_commands", Payload: json.RawMessage(strings.ReplaceAll(payload, "U1", ""))}, meForTest()); ok {
		t.Error("a command of nobody")
	}
}

// TestHearPresses: buttons and menus come back as they were rendered.
func TestHearPresses(t *testing.T) {
	for _, want := range []bot.Action{
		{Label: "Timeline", Do: "timeline", On: "Caucasus/12"}, {Label: "x", Do: "share"}, {Label: "x", Do: "ask", On: "a", With: "latest on <A> & B/C"},
	} {
		for i, e := range buttons([]bot.Action{want, want})[0].Elements {
			data, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			var c choice
			if err := json.Unmarshal(data, &c); err != nil {
				t.Fatal(err)
			}
			got, ok := c.action()
			if got.Label = want.Label; !ok || got != want {
				t.Errorf("button %d: %+v", i, got)
			}
		}
	}
	want := bot.Action{Label: "Mute", Do: "mute", On: "Caucasus/12.1", With: "7 days"}
	m := newMenu([]bot.Action{want})
	c := choice{Type: "overflow", ActionID: m.ActionID}
	c.Selected.Value = m.Options[0].Value
	got, ok := c.action()
	if got.Label = want.Label; !ok || got != want {
		t.Errorf("menu: %+v", got)
	}
	payload := `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","username":"leyla"},"container":{"message_ts":"2.0","thread_ts":"1.0","channel_id":"C1"},"channel":{"id":"C1","name":"directmessage"},"trigger_id":"1.secret","response_url":"https://hooks.slack.com/x","actions":[{"type":"button","action_id":"share/2","action_ts":"1764055800.000100"}]}`
	h, ok := hear(envelope{Type: "interactive", Payload: json.RawMessage(payload)}, meForTest())
	if !ok || h.kind != bot.Pressed || h.action.Do != "share" || h.thread != "1.0" || h.message != "2.0" || h.channelName != "" || h.at.IsZero() || strings.Contains(h.id, "secret") {
		t.Errorf("%+v", h)
	}
	for _, wrong := range []string{`"view_submission"`, `"shortcut"`} {
		if _, ok := hear(envelope{Type: "interactive", Payload: json.RawMessage(strings.Replace(payload, `"block_actions"`, wrong, 1))}, meForTest()); ok {
			t.Errorf("%s is a press", wrong)
		}
	}
}

// FuzzHear: whatever comes, nothing panics, and what is heard has what the bot needs.
func FuzzHear(f *testing.F) {
	f.Add("events_api", `{"team_id":"T1","event":{"type":"message","channel":"C1","user":"U1","ts":"1764055800.000100","text":"<@U0ATTACHE0> hi"}}`)
	f.Add("events_api", `{"event":{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.5"}}`)
	f.Add("slash_commands", `{"command":"/latest","text":"a","channel_id":"C1","user_id":"U1","trigger_id":"t"}`)
	f.Add("interactive", `{"type":"block_actions","user":{"id":"U1"},"container":{"message_ts":"1.0","channel_id":"C1"},"trigger_id":"t","actions":[{"type":"overflow","action_id":"menu/a","selected_option":{"value":"mute 7 days"}}]}`)
	f.Add("interactive", `{"actions":[{}]}`)
	f.Fuzz(func(t *testing.T, kind, payload string) {
		h, ok := hear(envelope{Type: kind, Payload: json.RawMessage(payload)}, meForTest())
		if !ok {
			return
		}
		if h.kind == "" || h.id == "" || h.channel == "" || h.user == "" && h.kind != bot.Deleted && h.kind != bot.Edited {
			t.Errorf("%+v", h)
		}
		if h.kind == bot.Pressed && h.action.Do == "" || h.kind == bot.Invoked && h.command == "" || h.user == "U0ATTACHE0" && h.kind == bot.Said {
			t.Errorf("%+v", h)
		}
		if strings.Contains(h.text, "<@U0ATTACHE0>") && !strings.Contains(payload, "&") && !strings.Contains(payload, `\u`) {
			t.Errorf("the mention stays: %q", h.text)
		}
	})
}
