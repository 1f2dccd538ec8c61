package bot

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
)

// fail logs what went wrong with a request under a code, and says to the person
// what to do about it. The error itself isn't for people.
func (h *Handler) fail(r Request, err error) Message {
	code := failureCode()
	h.Log.Error("a request failed", "code", code, "request", r.ID, "kind", string(r.Kind), "place", place(r), "error", err)
	why := "attache failed at it"
	if errors.Is(err, context.DeadlineExceeded) {
		why = fmt.Sprintf("the archive did not respond within %d s", patience/time.Second)
	}
	zone := h.zoneAt(r)
	when := h.now().In(zone).Format("2 Jan 15:04:05") + " " + clock{zone}.place()
	text := fmt.Sprintf("Not answered: %s. Your question was not kept. Try again in a minute. If it goes on, give %s this: %s, %s.",
		why, cmp.Or(h.Operator, "whoever looks after attache"), code, when)
	m := line(zone, text)
	if again, ok := tryAgain(r); ok {
		m.Actions = append(m.Actions, again)
	}
	return m
}

// failureCode is a code of four digits, by which a failure is found in the log.
func failureCode() string {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails
	return strings.ToUpper(hex.EncodeToString(b[:]))
}

// tryAgain is the button that does a request that failed once more: all of it stands
// in the button, as the archive may be what failed, and any replica may hear of it.
// There is none for a button, which can be pressed again, for a line outside of
// threads, which its answer stands under, and for what is too long.
func tryAgain(r Request) (Action, bool) {
	a := Action{Label: "Try again", Do: doTryAgain}
	switch {
	case r.Kind == Invoked:
		a.On, a.With = "again/"+answerID(r.ID), "/"+r.Command+" "+typedLine(r)
	case r.Kind == Said && (r.Thread != "" || r.Alone):
		a.On, a.With = r.ID, r.Text // its deletion has the same id
	default:
		return a, false
	}
	return a, a.fits()
}

// typedLine is what was said with a command, as one types it in a line.
func typedLine(r Request) string {
	c, _ := command(r.Command)
	in := invocation{command: c, args: map[string]string{"": r.Text}}
	for name, value := range r.Options {
		in.args[name] = value
	}
	return in.line()
}

// zoneAt is the zone of a place without a look into the archive: that of the first
// desk that the config has post there, else the person's.
func (h *Handler) zoneAt(r Request) *time.Location {
	if h.Desks != nil {
		for i := range h.Desks.Base {
			if d := &h.Desks.Base[i]; d.isAt(r.Place) {
				return zoneOf(d.Desk, r.Person)
			}
		}
	}
	return cmp.Or(r.Person.Zone, time.UTC)
}

// again handles a request that failed anew, once however often it is pressed.
func (h *Handler) again(ctx context.Context, r Request) (outcome, error) {
	failed := r
	failed.ID, failed.Text, failed.Action, failed.Message = r.Action.On, r.Action.With, Action{}, ""
	failed.Kind, failed.Addressed = Said, true
	if command, ok := strings.CutPrefix(r.Action.With, "/"); ok {
		failed.Kind, failed.Addressed = Invoked, false
		failed.Command, failed.Text, _ = strings.Cut(command, " ")
	}
	return h.handle(ctx, failed)
}
