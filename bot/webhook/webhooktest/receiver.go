// Package webhooktest is a receiver of webhooks for tests, which behaves badly in
// every way that one can, and tells what it was sent.
//
// Begin with [Receiver], which is a handler: served on loopback it can be used by
// another process.
package webhooktest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

// StatePath is where a receiver tells its [State] as JSON.
const StatePath = "/state"

// Behaviour is how a receiver treats what it is sent. The chances go from 0 to 1.
// What happens to an attempt follows from the seed, the key and the number of the
// attempt alone, not from what else comes when.
type Behaviour struct {
	Seed       uint64
	Secret     string        // requests that it doesn't sign are refused; empty: none is
	Delay      time.Duration // the longest wait, before and again after storing
	Refuse     float64       // of the messages: refused for good, at each attempt
	Busy       float64       // of the attempts: 429, with Retry-After 0 or 1
	FailBefore float64       // of the attempts: not stored, and an error or no answer
	FailAfter  float64       // of the attempts: stored, and an error or no answer
	FailLook   float64       // of the look-ups: an error
	NoLookUp   bool          // look-ups are answered as by a server that knows none
	Dedupe     bool          // a key that it has is not stored again
	Script     []Act         // what happens to the first attempts, before chance takes over
}

// Act is what a receiver does with an attempt.
type Act string

// The acts. The receiver drops the connection where an answer is lost.
const (
	Store      Act = "store"
	Refuse     Act = "refuse"
	Busy       Act = "busy"
	FailBefore Act = "fail before"
	LoseBefore Act = "lose before" // no answer, nothing stored
	FailAfter  Act = "fail after"
	LoseAfter  Act = "lose after" // no answer, and stored
)

// Message is one that was stored.
type Message struct {
	ID    string          `json:"id"`
	Key   string          `json:"key"`
	Place string          `json:"place"`
	Under string          `json:"under,omitempty"`
	Body  json.RawMessage `json:"body"`
}

// State is what became of all that was sent.
type State struct {
	Messages []Message      `json:"messages"` // in the order in which they were stored
	Refused  []string       `json:"refused"`  // the keys of those that were refused for good
	Attempts map[string]int `json:"attempts"` // by key
	Looks    int            `json:"looks"`    // how often a message was looked up
	Acts     map[Act]int    `json:"acts"`
	Unsigned int            `json:"unsigned"` // requests without a right signature
}

// Receiver takes messages by POST, looks them up by GET ?key=, and deletes them by
// DELETE ?id=.
type Receiver struct {
	Behaviour

	mu    sync.Mutex
	state State
	next  int
	tried int
}

// New makes a receiver.
func New(b Behaviour) *Receiver {
	return &Receiver{Behaviour: b, state: State{
		Messages: []Message{}, Refused: []string{}, Attempts: map[string]int{}, Acts: map[Act]int{},
	}}
}

// ServeHTTP implements [http.Handler].
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	switch {
	case req.URL.Path == StatePath:
		answer(w, http.StatusOK, r.State())
	case req.Method == http.MethodPost:
		r.post(w, req)
	case req.Method == http.MethodGet:
		r.look(w, req)
	case req.Method == http.MethodDelete:
		r.remove(w, req)
	default:
		http.Error(w, "no such method", http.StatusMethodNotAllowed)
	}
}

// State is a copy of what the receiver has.
func (r *Receiver) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	data, err := json.Marshal(r.state)
	if err != nil {
		panic(err)
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		panic(err)
	}
	return s
}

// Keys are those of what was stored, in that order.
func (s State) Keys() []string {
	keys := make([]string, len(s.Messages))
	for i, m := range s.Messages {
		keys[i] = m.Key
	}
	return keys
}

// Will sets what happens to the next attempts.
func (r *Receiver) Will(acts ...Act) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Script, r.tried = acts, 0
}

func (r *Receiver) post(w http.ResponseWriter, req *http.Request) {
	data, err := io.ReadAll(io.LimitReader(req.Body, 4<<20))
	if err != nil {
		return
	}
	var m Message
	if !r.signed(req, string(data)) {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "wrong signature"})
		return
	}
	key, err := url.PathUnescape(req.Header.Get("Idempotency-Key"))
	if err != nil || json.Unmarshal(data, &m) != nil || m.Key == "" || m.Key != key {
		answer(w, http.StatusBadRequest, map[string]string{"error": "expected JSON, and its key as Idempotency-Key"})
		return
	}
	m.Body = data
	act, random := r.act(m.Key)
	r.wait(random)
	switch act {
	case Store:
		m.ID = r.store(m)
		r.wait(random)
		answer(w, http.StatusOK, map[string]string{"id": m.ID})
	case Refuse:
		answer(w, http.StatusUnprocessableEntity, map[string]string{"error": "not here"})
	case Busy:
		w.Header().Set("Retry-After", strconv.Itoa(random.IntN(2)))
		answer(w, http.StatusTooManyRequests, map[string]string{"error": "slowly"})
	case FailBefore:
		answer(w, http.StatusInternalServerError, map[string]string{"error": "failed"})
	case LoseBefore:
		panic(http.ErrAbortHandler)
	case FailAfter:
		r.store(m)
		r.wait(random)
		answer(w, http.StatusBadGateway, map[string]string{"error": "failed"})
	case LoseAfter:
		r.store(m)
		r.wait(random)
		panic(http.ErrAbortHandler)
	}
}

// act decides about an attempt, and counts it.
func (r *Receiver) act(key string) (Act, *rand.Rand) {
	r.mu.Lock()
	defer r.mu.Unlock()
	attempt := r.state.Attempts[key]
	r.state.Attempts[key]++
	random := r.random(key, uint64(attempt))
	act := r.chance(key, random)
	if r.tried < len(r.Script) {
		act = r.Script[r.tried]
		r.tried++
	}
	r.state.Acts[act]++
	if act == Refuse && !slices.Contains(r.state.Refused, key) {
		r.state.Refused = append(r.state.Refused, key)
	}
	return act, random
}

func (r *Receiver) chance(key string, random *rand.Rand) Act {
	if r.random(key, math.MaxUint64).Float64() < r.Refuse {
		return Refuse
	}
	lost := random.IntN(2) == 0
	switch x := random.Float64(); {
	case x < r.Busy:
		return Busy
	case x < r.Busy+r.FailBefore && lost:
		return LoseBefore
	case x < r.Busy+r.FailBefore:
		return FailBefore
	case x < r.Busy+r.FailBefore+r.FailAfter && lost:
		return LoseAfter
	case x < r.Busy+r.FailBefore+r.FailAfter:
		return FailAfter
	}
	return Store
}

func (r *Receiver) random(key string, n uint64) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, key) // a hash takes everything
	return rand.New(rand.NewPCG(r.Seed^n, h.Sum64()))
}

func (r *Receiver) wait(random *rand.Rand) {
	if r.Delay > 0 {
		time.Sleep(time.Duration(random.Int64N(int64(r.Delay))))
	}
}

func (r *Receiver) store(m Message) (id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Dedupe {
		if i := r.index(m.Key); i >= 0 {
			return r.state.Messages[i].ID
		}
	}
	r.next++
	m.ID = "m" + strconv.Itoa(r.next)
	r.state.Messages = append(r.state.Messages, m)
	return m.ID
}

func (r *Receiver) index(key string) int {
	return slices.IndexFunc(r.state.Messages, func(m Message) bool { return m.Key == key })
}

func (r *Receiver) look(w http.ResponseWriter, req *http.Request) {
	key := req.URL.Query().Get("key")
	if r.NoLookUp {
		http.NotFound(w, req)
		return
	}
	if !r.signed(req, "GET "+key) {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "wrong signature"})
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.Looks++
	if r.random("look "+key, uint64(r.state.Looks)).Float64() < r.FailLook {
		answer(w, http.StatusInternalServerError, map[string]string{"error": "failed"})
		return
	}
	i := r.index(key)
	if i < 0 {
		answer(w, http.StatusNotFound, map[string]any{"id": nil})
		return
	}
	answer(w, http.StatusOK, map[string]string{"id": r.state.Messages[i].ID})
}

func (r *Receiver) remove(w http.ResponseWriter, req *http.Request) {
	id := req.URL.Query().Get("id")
	if !r.signed(req, "DELETE "+id) {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "wrong signature"})
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.state.Messages)
	r.state.Messages = slices.DeleteFunc(r.state.Messages, func(m Message) bool { return m.ID == id })
	if len(r.state.Messages) == before {
		answer(w, http.StatusNotFound, map[string]any{"id": nil})
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// signed checks the signature as a receiver of the team's own would.
func (r *Receiver) signed(req *http.Request, text string) bool {
	if r.Secret == "" {
		return true
	}
	mac := hmac.New(sha256.New, []byte(r.Secret))
	_, _ = io.WriteString(mac, req.Header.Get("Attache-Timestamp")+"."+text) // a hash takes everything
	want := "v1=" + hex.EncodeToString(mac.Sum(nil))
	if hmac.Equal([]byte(want), []byte(req.Header.Get("Attache-Signature"))) {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.Unsigned++
	return false
}

func answer(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value) // whoever asked may be gone
}
