package webhook

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"attache/bot"
)

// probe is the key of no message.
const probe = "attache-check"

// Check looks whether a receiver answers, by looking up what isn't there.
func (a *Adapter) Check(ctx context.Context, p bot.Place) []bot.Checkup {
	to, err := a.receiver(p)
	if err != nil {
		return []bot.Checkup{{Verdict: bot.Broken, What: fmt.Sprintf("no webhook is called %q", p.Channel), Remedy: "Add it to webhooks in the config"}}
	}
	answer, err := a.ask(ctx, to, http.MethodGet, "key", probe)
	var retry *bot.RetryError
	switch {
	case errors.As(err, &retry):
		return []bot.Checkup{{Verdict: bot.Broken, What: err.Error(), Remedy: "See that the receiver runs and its url is right; one in a private network has to be in fetch.allow-private"}}
	case err != nil:
		return []bot.Checkup{{Verdict: bot.Broken, What: "no answer: " + err.Error(), Remedy: "See whether the receiver is well"}}
	}
	return []bot.Checkup{answer.check(to.Repeatable)}
}

// check judges the answer to a look-up of what isn't there.
func (a *answer) check(repeatable bool) bot.Checkup {
	found, _, err := a.found()
	switch {
	case a.code == http.StatusUnauthorized, a.code == http.StatusForbidden:
		return bot.Checkup{Verdict: bot.Broken, What: "it answers " + a.said(), Remedy: "Compare the secret in the config with the receiver's"}
	case a.code/100 == 3:
		return bot.Checkup{Verdict: bot.Broken, What: "it leads elsewhere: " + a.said(), Remedy: "Give the address itself as url"}
	case a.code >= 500 && a.code != http.StatusNotImplemented:
		return bot.Checkup{Verdict: bot.Doubtful, What: "it answers " + a.said(), Remedy: "See whether the receiver is well"}
	case repeatable:
		return bot.Checkup{Verdict: bot.Well, What: "it answers, and is said to drop what it has"}
	case err == nil && found == bot.NotThere:
		return bot.Checkup{Verdict: bot.Well, What: "it answers, and looks messages up"}
	case err == nil && found == bot.There:
		return bot.Checkup{Verdict: bot.Doubtful, What: "it says that it has a message which was never sent", Remedy: "See what it is to answer to GET ?key= in docs/webhook.md"}
	}
	return bot.Checkup{
		Verdict: bot.Doubtful, What: "it offers no look-up: " + a.said(),
		Remedy: "Have it answer GET ?key= as docs/webhook.md says, or set repeatable where it drops what it has; else what is in doubt isn't posted again",
	}
}
