package webhook

import (
	"net/http"
	"testing"

	"attache/bot"
	"attache/bot/webhook/webhooktest"
)

func TestCheck(t *testing.T) {
	const jsonType = "application/json"
	receiver := func(b webhooktest.Behaviour) http.Handler { return webhooktest.New(b) }
	tests := []struct {
		name       string
		handler    http.Handler
		repeatable bool
		want       bot.Verdict
	}{
		{"well", receiver(webhooktest.Behaviour{Secret: secret}), false, bot.Well},
		{"another secret", receiver(webhooktest.Behaviour{Secret: "other"}), false, bot.Broken},
		{"no look-up", receiver(webhooktest.Behaviour{NoLookUp: true}), false, bot.Doubtful},
		{"no look-up, and none is needed", receiver(webhooktest.Behaviour{NoLookUp: true}), true, bot.Well},
		{"has what was never sent", answering(200, jsonType, `{"id":"m1"}`), false, bot.Doubtful},
		{"a redirect", answering(302, "text/html", "", "Location", "https://evil.example"), true, bot.Broken},
		{"failing", answering(500, jsonType, ""), true, bot.Doubtful},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := serve(t, tt.handler)
			to := a.Receivers["site"]
			to.Repeatable = tt.repeatable
			a.Receivers["site"] = to
			got := a.Check(t.Context(), place())
			if len(got) != 1 || got[0].Verdict != tt.want || (tt.want != bot.Well) != (got[0].Remedy != "") {
				t.Errorf("%+v; want %s", got, tt.want)
			}
		})
	}
	a := &Adapter{}
	if got := a.Check(t.Context(), place()); got[0].Verdict != bot.Broken {
		t.Errorf("an unknown receiver: %+v", got)
	}
}
