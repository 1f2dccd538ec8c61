//go:build unix

package bot_test

import (
	"bytes"
	"context"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"sync"
	"time"

	"attache/bot"
	"attache/bot/discord"
	"attache/bot/discord/discordtest"
	"attache/bot/slack/slacktest"
	"attache/bot/webhook/webhooktest"
)

// The headers that a worker adds to what it posts, for the receiver of the test.
const (
	fromHeader = "X-From" // the worker
	sentHeader = "X-Sent" // microseconds
	keyHeader  = "X-Key"  // of the part, where what is posted has only a mark made of it
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

// guild is a Discord that does the same.
type guild struct {
	*discordtest.Server
	mu   sync.Mutex
	keys map[string]string // by mark
}

func discordGuild() platform {
	s := discordtest.New(discordtest.Behaviour{
		Seed: rand.Uint64(), Delay: 15 * time.Millisecond,
		Refuse: 0.02, Busy: 0.03, FailBefore: 0.03, FailAfter: 0.05, FailLook: 0.03,
	})
	for _, desk := range desks {
		for _, p := range placesOf(desk) {
			s.Open(discordtest.Channel{ID: channelID(p.Channel), Name: p.Channel})
		}
	}
	return &guild{Server: s, keys: map[string]string{}}
}

// channelID is the number of a channel that the test calls by a name.
func channelID(name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return strconv.FormatUint(h.Sum64()>>1|1<<62, 10)
}

func (g *guild) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if key := q.Header.Get(keyHeader); key != "" && q.Method == http.MethodPost {
		body, err := io.ReadAll(q.Body)
		q.Body = io.NopCloser(bytes.NewReader(body))
		if mark := discordtest.MarkIn(body); err == nil && mark != "" {
			g.mu.Lock()
			g.keys[mark] = key
			g.mu.Unlock()
		}
	}
	g.Server.ServeHTTP(w, q)
}

// State is what the guild has, as a receiver of webhooks would tell it.
func (g *guild) State() webhooktest.State {
	of := g.Server.State()
	g.mu.Lock()
	defer g.mu.Unlock()
	s := webhooktest.State{Acts: map[webhooktest.Act]int{}, Attempts: map[string]int{}}
	s.Looks = of.Calls["GET /channels/:id/messages"]
	for act, n := range of.Acts {
		s.Acts[webhooktest.Act(act)] = n
	}
	for mark, n := range of.Attempts {
		s.Attempts[g.keys[mark]] += n
	}
	for _, mark := range of.Refused {
		s.Refused = append(s.Refused, g.keys[mark])
	}
	parents := map[string]string{}
	for _, c := range of.Channels {
		parents[c.ID] = c.Parent
	}
	names := map[string]string{}
	for _, desk := range desks {
		for _, p := range placesOf(desk) {
			names[channelID(p.Channel)] = p.Channel
		}
	}
	for _, m := range of.Messages {
		channel, under := m.Channel, ""
		if parent := parents[m.Channel]; parent != "" {
			channel, under = parent, parent+"/"+m.Channel
		}
		place := bot.Place{Platform: "webhook", Channel: names[channel]}
		s.Messages = append(s.Messages, webhooktest.Message{ID: m.Channel + "/" + m.ID, Key: g.keys[m.Mark()], Place: place.String(), Under: under})
	}
	return s
}

// keyed tells a receiver the keys of what is posted, and knows the channels by their
// numbers.
type keyed struct{ *discord.Adapter }

type keyOf struct{}

func (k keyed) Post(ctx context.Context, p bot.Post) (string, error) {
	p.Place.Channel = channelID(p.Place.Channel)
	return k.Adapter.Post(context.WithValue(ctx, keyOf{}, p.Key), p)
}

func (k keyed) Find(ctx context.Context, p bot.Post) (bot.Finding, string, error) {
	p.Place.Channel = channelID(p.Place.Channel)
	return k.Adapter.Find(ctx, p)
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
	if name := path.Base(q.URL.Path); q.Method != http.MethodPost || name != "chat.postMessage" && name != "hook" && name != "messages" {
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
	if key, is := q.Context().Value(keyOf{}).(string); is {
		q.Header.Set(keyHeader, key)
	}
	q.Header.Set(sentHeader, strconv.FormatInt(time.Now().UnixMicro(), 10))
	return s.RoundTripper.RoundTrip(q)
}
