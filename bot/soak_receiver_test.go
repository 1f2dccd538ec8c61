//go:build unix

package bot_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"sync"
	"time"

	"attache/bot"
	"attache/bot/slack/slacktest"
	"attache/bot/webhook/webhooktest"
)

// The headers that a worker adds to what it posts, for the receiver of the test.
const (
	fromHeader = "X-From" // the worker
	sentHeader = "X-Sent" // microseconds
)

// platform is where the workers post to, with what it has.
type platform interface {
	http.Handler
	State() webhooktest.State
}

// webhooks is a receiver of webhooks that behaves badly at random.
func webhooks() platform {
	return webhooktest.New(webhooktest.Behaviour{
		Seed: rand.Uint64(), Secret: secret, Delay: 15 * time.Millisecond,
		Refuse: 0.02, Busy: 0.03, FailBefore: 0.03, FailAfter: 0.05, FailLook: 0.03,
	})
}

// workspace is a Slack that does the same. Its channels are those of the places.
type workspace struct{ *slacktest.Server }

func slackWorkspace() platform {
	s := slacktest.New(slacktest.Behaviour{
		Seed: rand.Uint64(), Delay: 15 * time.Millisecond, Page: 20,
		Refuse: 0.02, Busy: 0.03, FailBefore: 0.03, FailAfter: 0.05, FailLook: 0.03,
	})
	for _, desk := range desks {
		for _, p := range placesOf(desk) {
			s.Open(slacktest.Channel{ID: p.Channel, Name: p.Channel, Member: true})
		}
	}
	return workspace{s}
}

// State is what the workspace has, as a receiver of webhooks would tell it.
func (w workspace) State() webhooktest.State {
	of := w.Server.State()
	s := webhooktest.State{Refused: of.Refused, Attempts: of.Attempts, Acts: map[webhooktest.Act]int{}}
	s.Looks = of.Calls["conversations.history"] + of.Calls["conversations.replies"]
	for act, n := range of.Acts {
		s.Acts[webhooktest.Act(act)] = n
	}
	for _, m := range of.Messages {
		under := ""
		if m.Thread != "" {
			under = m.Channel + "/" + m.Thread
		}
		place := bot.Place{Platform: "webhook", Channel: m.Channel}
		s.Messages = append(s.Messages, webhooktest.Message{ID: m.Channel + "/" + m.TS, Key: m.Key(), Place: place.String(), Under: under})
	}
	return s
}

// receiver keeps what is posted to it, twice where it is posted twice, and treats
// it badly at random. It keeps nothing that was sent too long ago, as a platform
// does in whose time deliveries trust.
type receiver struct {
	platform
	lands time.Duration

	mu     sync.Mutex
	first  map[string]time.Time // when a worker's first post came
	silent int                  // posts that were kept and never answered
}

func newReceiver(p platform, lands time.Duration) *receiver {
	return &receiver{platform: p, lands: lands, first: map[string]time.Time{}}
}

const secret = "the test's"

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if name := path.Base(q.URL.Path); q.Method != http.MethodPost || name != "chat.postMessage" && name != "hook" {
		r.platform.ServeHTTP(w, q)
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
		r.platform.ServeHTTP(httptest.NewRecorder(), q)
		r.mu.Lock()
		r.silent++
		r.mu.Unlock()
		<-q.Context().Done()
		return
	}
	r.platform.ServeHTTP(w, q)
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
