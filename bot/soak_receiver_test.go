//go:build unix

package bot_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"time"

	"attache/bot/webhook/webhooktest"
)

// The headers that a worker adds to what it posts, for the receiver of the test.
const (
	fromHeader = "X-From" // the worker
	sentHeader = "X-Sent" // microseconds
)

// receiver keeps what is posted to it, twice where it is posted twice, and treats
// it badly at random. It keeps nothing that was sent too long ago, as a platform
// does in whose time deliveries trust.
type receiver struct {
	*webhooktest.Receiver
	lands time.Duration

	mu     sync.Mutex
	first  map[string]time.Time // when a worker's first post came
	silent int                  // posts that were kept and never answered
}

func newReceiver(lands time.Duration) *receiver {
	return &receiver{
		Receiver: webhooktest.New(webhooktest.Behaviour{
			Seed: rand.Uint64(), Secret: secret, Delay: 15 * time.Millisecond,
			Refuse: 0.02, Busy: 0.03, FailBefore: 0.03, FailAfter: 0.05, FailLook: 0.03,
		}),
		lands: lands, first: map[string]time.Time{},
	}
}

const secret = "the test's"

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost {
		r.Receiver.ServeHTTP(w, q)
		return
	}
	if rand.IntN(50) == 0 {
		time.Sleep(rand.N(r.lands))
	}
	sent, err := strconv.ParseInt(q.Header.Get(sentHeader), 10, 64)
	if err != nil || time.Since(time.UnixMicro(sent)) > r.lands/2 {
		http.Error(w, "too late", http.StatusInternalServerError)
		return
	}
	r.note(q.Header.Get(fromHeader))
	if rand.IntN(100) == 0 {
		r.Receiver.ServeHTTP(httptest.NewRecorder(), q)
		r.mu.Lock()
		r.silent++
		r.mu.Unlock()
		<-q.Context().Done()
		return
	}
	r.Receiver.ServeHTTP(w, q)
}

func (r *receiver) note(from string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first[from].IsZero() {
		r.first[from] = time.Now()
	}
}

// firstOf is when the first post of a worker came, zero for never.
func (r *receiver) firstOf(from string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first[from]
}

// stamp tells a receiver of the test who posts, and when.
type stamp struct {
	http.RoundTripper
	from string
}

func (s stamp) RoundTrip(q *http.Request) (*http.Response, error) {
	q = q.Clone(q.Context())
	q.Header.Set(fromHeader, s.from)
	q.Header.Set(sentHeader, strconv.FormatInt(time.Now().UnixMicro(), 10))
	return s.RoundTripper.RoundTrip(q)
}
