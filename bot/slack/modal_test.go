package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/slack/slacktest"
)

// TestModalGolden holds the modals to testdata/view-*.json.
func TestModalGolden(t *testing.T) {
	due := bot.Form{Time: "07:30", Days: []string{"Mon", "Tue", "Wed", "Thu", "Fri"}, Zone: "Asia/Baku"}
	setUp, settings := due, due
	setUp.MayChange = []string{"slack:U0LEYLA000", "slack:@leads"}
	settings.Of, settings.Name, settings.Follow = "Harbour", "Harbour", []string{"Armenia", "Azerbaijan–Israel"}
	for name, f := range map[string]bot.Form{"set-up": setUp, "settings": settings} {
		v, err := modal(f, target{Channel: "C0HARBOUR0", Name: "harbour"})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got := bottest.Indented(t, data)
		file := "testdata/view-" + name + ".json"
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(want, got) {
			t.Error(err, cmp.Diff(string(want), string(got)))
		}
	}
}

// forms has an ear show forms: "Zembla" is wrong, whatever else is typed is offered.
func (e *ear) forms() {
	e.CheckForm = func(_ context.Context, p bot.Place, who bot.Person, f bot.Form) (wrong []bot.Wrong, err error) {
		if !slices.Contains(who.Groups, "slack:admins") {
			wrong = append(wrong, bot.Wrong{Part: bot.NamePart, Text: "you may not"})
		}
		if slices.Contains(f.Follow, "Zembla") {
			wrong = append(wrong, bot.Wrong{Part: bot.FollowPart, Text: strings.Repeat("no such actor ", 40)}, bot.Wrong{Part: bot.PostPart, Text: p.String() + " has a desk"})
		}
		return wrong, nil
	}
	e.Complete = func(_ context.Context, _ bot.Place, command, option, typed string) []string {
		if command != "follow" || option != "name" {
			return nil
		}
		names := []string{typed + "–Israel", strings.Repeat("n", 76)}
		for range 300 {
			names = append(names, strings.Repeat("ə", 75))
		}
		return names
	}
}

// TestModal: a command opens the form, it is completed, what is wrong is told at its
// input, and what is taken is heard as a command, once.
func TestModal(t *testing.T) {
	e := newEar(t)
	e.forms()
	stop := e.listen(t)
	e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache desk new")
	await(t, func() bool { return len(e.requests()) == 1 })
	if err := e.requests()[0].Ask(t.Context(), bot.Form{Time: "07:30", Days: []string{"Mon"}, Zone: "Asia/Baku"}); err != nil {
		t.Fatal(err)
	}
	got := e.server.Suggest("U0LEYLA000", bot.FollowPart, "Armenia")
	if len(got) < 50 || len(got) > 100 || got[0] != "Armenia–Israel" {
		t.Errorf("%d are offered: %.100q", len(got), got)
	}
	fill := slacktest.Fill{
		bot.NamePart: map[string]any{"value": " Harbour; x"}, bot.FollowPart: slacktest.Chosen("Armenia", "Zembla"),
		bot.SchedulePart: map[string]any{"selected_time": "08:15"}, "days": slacktest.Chosen("Mon", "Wed"), bot.ZonePart: map[string]any{"value": "Asia/Baku"},
		bot.PeoplePart: map[string]any{"selected_users": []string{"U0RUSTAM00"}},
	}
	wrong := e.server.Submit("U0LEYLA000", fill)
	if len(wrong) != 2 || wrong[bot.NamePart] != "Slack:#caucasus has a desk" || bot.Units(wrong[bot.FollowPart]) > maxMistake {
		t.Errorf("%q", wrong)
	}
	if wrong := e.server.Submit("U0RUSTAM00", fill); wrong[bot.NamePart] == "" {
		t.Errorf("%q", wrong)
	}
	fill[bot.FollowPart] = slacktest.Chosen("Armenia", "Azerbaijan–Israel")
	if wrong := e.server.Submit("U0LEYLA000", fill); len(wrong) != 0 {
		t.Errorf("%q", wrong)
	}
	await(t, func() bool { return len(e.requests()) == 2 })
	r := e.requests()[1]
	const want = "new Harbour  x follow Armenia, Azerbaijan–Israel; schedule 08:15 Mon,Wed; zone Asia/Baku; may-change slack:U0RUSTAM00"
	if r.Kind != bot.Invoked || r.Command != "desk" || r.Text != want || r.Place.Channel != "#caucasus" || r.Person.Name != "Leyla" {
		t.Errorf("%+v", r)
	}
	if err := r.Reply(t.Context(), bot.Message{Notice: "done", Blocks: []bot.Block{{Kind: bot.Context, Lines: []bot.Line{{Kind: bot.Counted, Text: "done"}}}}}); err != nil {
		t.Error(err)
	}
	if p := e.server.State().Private; len(p) != 1 || p[0].Ephemeral != "U0LEYLA000" || p[0].Channel != "C0CAUCASUS" {
		t.Errorf("%+v", p)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	e.tellsNoSecret(t)
}

// TestModalOfSettings: the form of a desk that is there is filled in with what it is,
// and is heard as a change of it; a schedule that it can't show stays.
func TestModalOfSettings(t *testing.T) {
	for name, c := range map[string]struct {
		form bot.Form
		fill slacktest.Fill
		want string
	}{
		"all": {
			bot.Form{Of: "Harbour", Follow: []string{"Armenia"}, Time: "07:30", Zone: "UTC"},
			slacktest.Fill{
				bot.FollowPart: slacktest.Chosen("Armenia", "Azerbaijan–Israel"), bot.SchedulePart: map[string]any{"selected_time": "08:15"},
				"days": slacktest.Chosen("Mon"), bot.ZonePart: map[string]any{"value": "Asia/Baku"},
			},
			"settings follow Armenia, Azerbaijan–Israel; schedule 08:15 Mon; zone Asia/Baku desk: Harbour",
		},
		"no time": {
			bot.Form{Of: "Harbour", Follow: []string{"Armenia"}, Time: "07:30"},
			slacktest.Fill{bot.FollowPart: slacktest.Chosen("Armenia"), bot.SchedulePart: map[string]any{"selected_time": nil}, "days": slacktest.Chosen()},
			"settings follow Armenia; schedule none desk: Harbour",
		},
		"as it is": {
			bot.Form{Of: "Harbour", Follow: []string{"Armenia"}, AsIs: true},
			slacktest.Fill{bot.FollowPart: slacktest.Chosen("Armenia")},
			"settings follow Armenia desk: Harbour",
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEar(t)
			e.forms()
			stop := e.listen(t)
			e.server.Invoke("U0LEYLA000", "C0CAUCASUS", "/attache desk settings")
			await(t, func() bool { return len(e.requests()) == 1 })
			if err := e.requests()[0].Ask(t.Context(), c.form); err != nil {
				t.Fatal(err)
			}
			if wrong := e.server.Submit("U0RUSTAM00", c.fill); len(wrong) != 1 || wrong[bot.FollowPart] == "" {
				t.Errorf("what no input is of: %q", wrong)
			}
			if wrong := e.server.Submit("U0LEYLA000", c.fill); len(wrong) != 0 {
				t.Errorf("%q", wrong)
			}
			await(t, func() bool { return len(e.requests()) == 2 })
			if r := e.requests()[1]; r.Command != "desk" || r.Text != c.want {
				t.Errorf("%s %q", r.Command, r.Text)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestModalOverHTTP: the answer is that of the signed request.
func TestModalOverHTTP(t *testing.T) {
	e := newEar(t)
	e.forms()
	e.SigningSecret = "signing-test-secret"
	view := `"view":{"id":"V1","callback_id":"set-up","private_metadata":"{\"channel\":\"C0CAUCASUS\"}","state":{"values":{"follow":{"follow":{"selected_options":[{"value":"Zembla"}]}}}}}`
	for kind, want := range map[string]string{
		"view_submission":  `"response_action":"errors"`,
		"block_suggestion": `"options":[{"text"`,
	} {
		body := url.Values{"payload": {`{"type":"` + kind + `","value":"Ar","user":{"id":"U0LEYLA000"},` + view + `}`}}.Encode()
		w := httptest.NewRecorder()
		e.ServeHTTP(w, slacktest.Sign("signing-test-secret", "application/x-www-form-urlencoded", body, time.Now()))
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) || w.Body.Len() >= 20_480 {
			t.Errorf("%s: %d %.300s", kind, w.Code, w.Body.String())
		}
	}
	if n := len(e.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
