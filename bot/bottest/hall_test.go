package bottest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"attache/bot"
	"attache/bot/bottest"
	"attache/bot/bottest/backstage"
	"attache/digest/archive/archivetest"
)

func TestHall(t *testing.T) {
	bottest.Contract(t, func(*testing.T) bottest.Case {
		h, place := &bottest.Hall{}, bot.Place{Platform: "hall", Channel: "#caucasus"}
		next := func(stored bool, err error) func(*testing.T, *bot.Post) func() {
			return func(*testing.T, *bot.Post) func() {
				h.Next = func() (bool, error) { return stored, err }
				return func() { h.Next = nil }
			}
		}
		return bottest.Case{
			Adapter: h, Place: place,
			Shown:  func(*testing.T) []string { return h.Keys(place) },
			Busy:   next(false, &bot.RetryError{Err: errors.New("the hall is full")}),
			Refuse: next(false, &bot.RefusedError{Err: errors.New("not admitted: ask at the door")}),
			Lose:   next(true, errors.New("nobody heard the answer")),
			Harmless: func(t *testing.T, part bot.Part) {
				if !json.Valid(part.Payload) {
					t.Error("a part is not JSON")
				}
			},
		}
	})
}

// The conversations in the hall, on SQLite.
func TestScripts(t *testing.T) {
	bottest.Scripts(t, func(t *testing.T) bottest.Stage { return hall(t, "") })
}

// What depends on several processes holds on the database of several too. Its
// clock is its own, which the other scripts can't set.
func TestScriptsOfReplicas(t *testing.T) {
	for _, name := range []string{"repeated", "replica"} {
		archivetest.EachDSN(t, func(t *testing.T, dsn string) {
			if strings.HasPrefix(dsn, "postgres") {
				bottest.Scripts(t, func(t *testing.T) bottest.Stage { return hall(t, dsn) }, name)
			}
		})
	}
}

func hall(t *testing.T, dsn string) bottest.Stage {
	h := &bottest.Hall{}
	b := backstage.Open(t, dsn, backstage.Platform{
		Name: "hall", Adapter: h, ID: bottest.HallID, Channels: [2]string{"#caucasus", "#energy"},
	})
	h.Attache = b
	return bottest.Stage{Platform: h, Behind: b}
}
