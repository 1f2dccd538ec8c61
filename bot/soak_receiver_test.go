//go:build unix

package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"attache/bot"
)

// receiver is a platform that keeps what is posted to it, twice where it is posted
// twice, and misbehaves at random: it is slow, busy, out of order, silent, before
// and after it keeps a post. It never keeps one later than lands after it was sent.
type receiver struct {
	lands time.Duration

	mu     sync.Mutex
	posts  []posted          // in the order in which they were kept
	id     map[string]string // of the first post of a key
	first  map[string]time.Time
	events map[string]int
}

// posted is a post that the receiver kept.
type posted struct {
	Key, Place, Under, ID string
}

func newReceiver(lands time.Duration) *receiver {
	return &receiver{lands: lands, id: map[string]string{}, first: map[string]time.Time{}, events: map[string]int{}}
}

// The headers of a post, beside its body.
const (
	keyHeader   = "Idempotency-Key"
	underHeader = "Under"
	sentHeader  = "Sent" // microseconds
	fromHeader  = "From" // the process
)

// refusesForGood is a part that the receiver never takes: one in forty.
func refusesForGood(key string) bool {
	h := fnv.New32a()
	h.Write([]byte(key))
	return h.Sum32()%40 == 0
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method == http.MethodGet {
		r.find(w, q.URL.Query().Get("key"))
		return
	}
	r.take(w, q)
}

func (r *receiver) find(w http.ResponseWriter, key string) {
	if rand.IntN(100) < 3 {
		r.answer(w, "look failed", http.StatusBadGateway)
		return
	}
	r.mu.Lock()
	id, ok := r.id[key]
	r.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	fmt.Fprint(w, id)
}

// take answers a post, once it has kept it or not.
func (r *receiver) take(w http.ResponseWriter, q *http.Request) {
	if _, err := io.ReadAll(q.Body); err != nil {
		return // the sender died
	}
	key := q.Header.Get(keyHeader)
	if refusesForGood(key) {
		r.answer(w, "refused", http.StatusUnprocessableEntity)
		return
	}
	switch chance := rand.IntN(100); {
	case chance < 3:
		w.Header().Set("Retry-After", strconv.Itoa(rand.IntN(2)))
		r.answer(w, "busy", http.StatusTooManyRequests)
		return
	case chance < 5:
		r.answer(w, "failed before", http.StatusInternalServerError)
		return
	case chance < 6:
		r.note("cut before")
		panic(http.ErrAbortHandler)
	case chance < 8:
		time.Sleep(rand.N(r.lands))
	default:
		time.Sleep(rand.N(15 * time.Millisecond))
	}
	id, ok := r.keep(q.Header, q.URL.Path)
	if !ok {
		r.answer(w, "too late", http.StatusServiceUnavailable)
		return
	}
	switch chance := rand.IntN(100); {
	case chance < 3:
		r.answer(w, "failed after", http.StatusInternalServerError)
		return
	case chance < 5:
		r.note("cut after")
		panic(http.ErrAbortHandler)
	case chance < 6:
		r.note("silent after")
		<-q.Context().Done()
		return
	default:
		time.Sleep(rand.N(15 * time.Millisecond))
	}
	fmt.Fprint(w, id)
}

// keep stores a post, unless it comes too late.
func (r *receiver) keep(h http.Header, path string) (id string, ok bool) {
	sent, err := strconv.ParseInt(h.Get(sentHeader), 10, 64)
	if err != nil {
		return "", false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(time.UnixMicro(sent)) > r.lands {
		return "", false
	}
	p := posted{Key: h.Get(keyHeader), Place: path, Under: h.Get(underHeader), ID: strconv.Itoa(len(r.posts) + 1)}
	r.posts = append(r.posts, p)
	if _, again := r.id[p.Key]; !again {
		r.id[p.Key] = p.ID
	}
	if from := h.Get(fromHeader); r.first[from].IsZero() {
		r.first[from] = time.Now()
	}
	return p.ID, true
}

func (r *receiver) answer(w http.ResponseWriter, what string, status int) {
	r.note(what)
	http.Error(w, what, status)
}

func (r *receiver) note(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events[what]++
}

// firstOf is when the first post of a process was kept, zero for never.
func (r *receiver) firstOf(from string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first[from]
}

// kept is what the receiver has.
func (r *receiver) kept() []posted {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]posted(nil), r.posts...)
}

// poster is the adapter of a receiver.
type poster struct {
	client *http.Client
	url    string
	from   string // the process
	blind  bool   // it says that a part isn't there without looking
}

// Plan makes two parts of each message, the second one under the first.
func (p *poster) Plan(_ bot.Place, t bot.Thread) ([]bot.Part, error) {
	var parts []bot.Part
	for i, m := range append([]bot.Message{t.Root}, t.Replies...) {
		for half := range 2 {
			payload, err := json.Marshal(map[string]any{"message": i, "half": half, "notice": m.Notice})
			if err != nil {
				return nil, err
			}
			part := bot.Part{Payload: payload, Under: min(len(parts), 1)}
			if half > 0 {
				part.Under = len(parts)
			}
			parts = append(parts, part)
		}
	}
	return parts, nil
}

func (p *poster) Post(ctx context.Context, post bot.Post) (id string, err error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/"+post.Place.Channel, bytes.NewReader(post.Payload))
	if err != nil {
		return "", err
	}
	q.GetBody = nil // else Go's client posts again by itself, as the key seems to make that safe
	q.Header.Set(keyHeader, post.Key)
	q.Header.Set(underHeader, post.Under)
	q.Header.Set(fromHeader, p.from)
	q.Header.Set(sentHeader, strconv.FormatInt(time.Now().UnixMicro(), 10))
	status, wait, body, err := p.do(q)
	switch {
	case err != nil:
		return "", err
	case status == http.StatusTooManyRequests:
		return "", &bot.RetryError{After: wait, Err: errors.New(body)}
	case status == http.StatusUnprocessableEntity:
		return "", &bot.RefusedError{Err: errors.New(body)}
	case status != http.StatusOK:
		return "", errors.New(body)
	}
	return body, nil
}

func (p *poster) Find(ctx context.Context, post bot.Post) (bot.Finding, string, error) {
	if p.blind {
		return bot.NotThere, "", nil
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/?key="+url.QueryEscape(post.Key), http.NoBody)
	if err != nil {
		return bot.CannotTell, "", err
	}
	status, _, body, err := p.do(q)
	switch {
	case err != nil:
		return bot.CannotTell, "", err
	case status == http.StatusNotFound:
		return bot.NotThere, "", nil
	case status != http.StatusOK:
		return bot.CannotTell, "", errors.New(body)
	}
	return bot.There, body, nil
}

func (p *poster) Withdraw(context.Context, bot.Place, string) error { return nil }

func (p *poster) do(q *http.Request) (status int, wait time.Duration, body string, err error) {
	resp, err := p.client.Do(q)
	if err != nil {
		return 0, 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return resp.StatusCode, time.Duration(seconds) * time.Second, string(b), err
}
