package bot

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// fail logs what went wrong with a request under a code, and says to the person
// what to do about it. The error itself isn't for people.
func (h *Handler) fail(r Request, err error) Message {
	code := h.failed.keep(r)
	h.Log.Error("a request failed", "code", code, "request", r.ID, "kind", string(r.Kind), "place", place(r), "error", err)
	why := "attache failed at it"
	if errors.Is(err, context.DeadlineExceeded) {
		why = fmt.Sprintf("the archive did not respond within %d s", patience/time.Second)
	}
	zone := h.zoneAt(r)
	when := h.now().In(zone).Format("2 Jan 15:04:05") + " " + clock{zone}.place()
	text := fmt.Sprintf("Not answered: %s. Your question was not kept. Try again in a minute. If it goes on, give %s this: %s, %s.",
		why, cmp.Or(h.Operator, "whoever looks after attache"), code, when)
	return line(zone, text, Action{Label: "Try again", Do: doTryAgain, On: code})
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

// mostFailures is how many failed requests can be tried again by a button.
const mostFailures = 256

// failures keeps the requests that failed last, for as long as the process runs:
// the archive may be what failed.
type failures struct {
	mu    sync.Mutex
	codes []string
	each  map[string]Request
}

// keep gives a failed request its code, four digits of hex.
func (f *failures) keep(r Request) string {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails
	code := strings.ToUpper(hex.EncodeToString(b[:]))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.each == nil {
		f.each = map[string]Request{}
	}
	if _, again := f.each[code]; !again {
		f.codes = append(f.codes, code)
	}
	f.each[code] = r
	if len(f.codes) > mostFailures {
		delete(f.each, f.codes[0])
		f.codes = f.codes[1:]
	}
	return code
}

// of is the request that failed under a code, if it was that person's.
func (f *failures) of(code, person string) (Request, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, ok := f.each[code]
	return r, ok && r.Person.ID == person
}

// again handles a request that failed anew, once however often it is pressed.
func (h *Handler) again(ctx context.Context, r Request) (outcome, error) {
	failed, ok := h.failed.of(r.Action.On, r.Person.ID)
	if !ok {
		m := line(r.Person.Zone, "Not tried again: that question is not known any more. Ask it once more.")
		return outcome{say: &m}, nil
	}
	failed.Reply, failed.Share = r.Reply, r.Share
	return h.handle(ctx, failed)
}
