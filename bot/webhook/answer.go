package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode"

	"attache/bot"
)

// answer is what a receiver said.
type answer struct {
	code   int
	header http.Header
	body   []byte // at most maxAnswer bytes
	secret string // never repeated
}

// taken is the id that the receiver gave a message; empty where it gave none. An
// error of no type leaves in doubt whether it has the message.
func (a *answer) taken(now time.Time) (id string, err error) {
	wait, given := retryAfter(a.header, now)
	switch {
	case a.code == http.StatusTooManyRequests,
		a.code == http.StatusTooEarly,
		a.code == http.StatusServiceUnavailable && given:
		return "", &bot.RetryError{After: wait, Err: errors.New("it asks to wait: " + a.said())}
	case a.code/100 == 2:
		return a.id()
	case a.code/100 == 3:
		return "", &bot.RefusedError{Err: fmt.Errorf("it leads elsewhere, where the message isn't taken (%s): give the address itself as url", a.said())}
	case a.code == http.StatusUnauthorized, a.code == http.StatusForbidden:
		return "", &bot.RefusedError{Err: fmt.Errorf("it refuses the message (%s): compare the secret in the config with the receiver's", a.said())}
	case a.code == http.StatusNotFound, a.code == http.StatusGone, a.code == http.StatusMethodNotAllowed:
		return "", &bot.RefusedError{Err: fmt.Errorf("nothing there takes messages (%s): check the url in the config", a.said())}
	case a.code/100 == 4 && a.code != http.StatusRequestTimeout && a.code != http.StatusConflict:
		return "", &bot.RefusedError{Err: fmt.Errorf("it refuses the message (%s): see what it expects in docs/webhook.md", a.said())}
	}
	return "", errors.New("it answers " + a.said())
}

// id is that in a good answer. A page instead of JSON is no receiver.
func (a *answer) id() (string, error) {
	if len(bytes.TrimSpace(a.body)) == 0 {
		return "", nil
	}
	if a.isPage() {
		return "", &bot.RefusedError{Err: fmt.Errorf("it answers %s with a web page and not with JSON: check the url in the config", status(a.code))}
	}
	fields, err := a.fields()
	if err != nil {
		return "", fmt.Errorf("it answers %s with what is no JSON object", status(a.code))
	}
	return fields.id()
}

// found judges the answer to a look-up. Only JSON tells that a message isn't
// there: a server that knows no look-up says 404 too.
func (a *answer) found() (found bot.Finding, id string, err error) {
	fields, wrong := a.fields()
	switch {
	case a.code == http.StatusOK && wrong == nil:
		id, err := fields.id()
		return bot.There, id, err
	case a.code == http.StatusNotFound && wrong == nil:
		return bot.NotThere, "", nil
	case a.code == http.StatusOK, a.code == http.StatusNotFound,
		a.code == http.StatusMethodNotAllowed, a.code == http.StatusNotImplemented:
		return bot.CannotTell, "", nil
	}
	return bot.CannotTell, "", errors.New("it answers " + a.said())
}

// gone judges the answer to a withdrawal.
func (a *answer) gone() error {
	if a.code/100 == 2 || a.code == http.StatusNotFound || a.code == http.StatusGone {
		return nil
	}
	return errors.New("it answers " + a.said())
}

// answerFields is the JSON of an answer.
type answerFields struct {
	ID    json.RawMessage `json:"id"`
	Error json.RawMessage `json:"error"`
}

// fields reads the answer, where it is a whole JSON object.
func (a *answer) fields() (f answerFields, err error) {
	if !bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("{")) {
		return f, errors.New("no JSON object")
	}
	return f, json.Unmarshal(a.body, &f)
}

// id is a text, or a number as it was written.
func (f answerFields) id() (string, error) {
	if len(f.ID) == 0 || string(f.ID) == "null" {
		return "", nil
	}
	var id string
	if json.Unmarshal(f.ID, &id) == nil {
		return id, nil
	}
	var number json.Number
	if json.Unmarshal(f.ID, &number) == nil {
		return number.String(), nil
	}
	return "", errors.New("it answers with an id that is neither a text nor a number")
}

func (a *answer) isPage() bool {
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	return strings.Contains(kind, "html") || bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("<"))
}

// said is the answer in short, with the receiver's own reason where it gives one.
func (a *answer) said() string {
	s := status(a.code)
	f, err := a.fields()
	var reason string
	if err != nil || json.Unmarshal(f.Error, &reason) != nil || reason == "" {
		return s
	}
	if a.secret != "" {
		reason = strings.ReplaceAll(reason, a.secret, "…")
	}
	reason = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, reason)
	if runes := []rune(reason); len(runes) > 200 {
		reason = string(runes[:200]) + "…"
	}
	return s + ": " + reason
}

func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}
