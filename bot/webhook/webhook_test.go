package webhook

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/webhook/webhooktest"
)

const secret = "s3cr3t-of-the-desk"

// serve has a receiver listen on loopback.
func serve(t *testing.T, r http.Handler) *Adapter {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return &Adapter{
		Client:    server.Client(),
		Receivers: map[string]Receiver{"site": {URL: server.URL + "/in?token=t0ken", Secret: secret}},
	}
}

func place() bot.Place { return bot.Place{Platform: "webhook", Channel: "site"} }

func TestContract(t *testing.T) {
	bottest.Contract(t, func(t *testing.T) bottest.Case {
		r := webhooktest.New(webhooktest.Behaviour{Secret: secret})
		t.Cleanup(func() {
			if n := r.State().Unsigned; n > 0 {
				t.Errorf("%d requests had no right signature", n)
			}
		})
		will := func(act webhooktest.Act) func(*testing.T, *bot.Post) func() {
			return func(*testing.T, *bot.Post) func() {
				r.Will(act)
				return func() {}
			}
		}
		return bottest.Case{
			Adapter: serve(t, r), Place: place(),
			Shown: func(*testing.T) []string { return r.State().Keys() },
			Busy:  will(webhooktest.Busy), Refuse: will(webhooktest.Refuse), Lose: will(webhooktest.LoseAfter),
			Harmless: harmless,
		}
	})
}

// harmless: a receiver gets text as text; what it may follow leads to a page.
func harmless(t *testing.T, part bot.Part) {
	t.Helper()
	var m bot.Message
	if err := json.Unmarshal(part.Payload, &m); err != nil {
		t.Fatal(err)
	}
	for _, b := range part.Payload {
		if b < ' ' || b == '<' || b == '>' {
			t.Fatalf("%q stands unescaped in the JSON", b)
		}
	}
	for _, c := range m.Citations {
		if c.URL != "" && c.URL[:len("https://ok.example/")] != "https://ok.example/" {
			t.Errorf("a link to %q", c.URL)
		}
	}
}
