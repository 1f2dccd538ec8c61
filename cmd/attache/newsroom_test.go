package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"attache/sources/newsroom"
)

// pressRoom is the sample newsroom with each outlet at a port of its own, by
// plain HTTP: what a config can name without the demo's dialling. The outlets'
// addresses in what it serves are those ports'.
type pressRoom struct {
	world   *newsroom.World
	servers map[string]*httptest.Server // by host
	local   *strings.Replacer

	mu       sync.Mutex
	stalled  string   // the host that does not answer before its client has gone
	held     string   // the host that answers when asked returns
	asked    func()   // called when one of them is asked
	requests []string // "GET /rss" by outlet, in order
	bytes    int      // of bodies
}

func newPressRoom() *pressRoom {
	r := &pressRoom{world: newsroom.New(), servers: map[string]*httptest.Server{}}
	r.world.SetDelay(0)
	var pairs []string
	for _, o := range r.world.Outlets() {
		server := httptest.NewServer(r.outlet(o.Host))
		r.servers[o.Host] = server
		pairs = append(pairs, "https://"+o.Host, server.URL)
	}
	r.local = strings.NewReplacer(pairs...)
	return r
}

func (r *pressRoom) close() {
	for _, s := range r.servers {
		s.Close()
	}
}

// outlet serves one outlet, and counts what it serves.
func (r *pressRoom) outlet(host string) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		if !r.answers(host, q.Context()) {
			return
		}
		q.Host = host
		rec := httptest.NewRecorder()
		r.world.ServeHTTP(rec, q)
		body := []byte(r.local.Replace(rec.Body.String()))
		r.mu.Lock()
		r.requests = append(r.requests, q.Method+" "+host+q.URL.Path)
		r.bytes += len(body)
		r.mu.Unlock()
		for k, vs := range rec.Header() {
			w.Header()[k] = vs
		}
		w.Header().Set("Date", r.world.Now().UTC().Format(http.TimeFormat))
		if rec.Code == http.StatusOK {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		}
		w.WriteHeader(rec.Code)
		_, _ = bytes.NewReader(body).WriteTo(w)
	}
}

// stall has a host not answer, and calls asked when it is asked.
func (r *pressRoom) stall(host string, asked func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stalled, r.asked = host, asked
}

// hold has a host answer its first request when asked returns.
func (r *pressRoom) hold(host string, asked func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held, r.asked = host, asked
}

// answers does what was asked for with a host, and reports whether it answers.
func (r *pressRoom) answers(host string, ctx context.Context) bool {
	r.mu.Lock()
	stalled, held, asked := r.stalled == host, r.held == host, r.asked
	if held {
		r.held = ""
	}
	r.mu.Unlock()
	if stalled || held {
		asked()
	}
	if stalled {
		<-ctx.Done()
	}
	return !stalled
}

// served is what was asked for since the last call, and how many bytes it took.
func (r *pressRoom) served() (requests []string, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	requests, size = r.requests, r.bytes
	r.requests, r.bytes = nil, 0
	return requests, size
}

// config is an attache.yaml for the newsroom; what is given is added to it.
func (r *pressRoom) config(more string) string {
	var b strings.Builder
	b.WriteString("sources:\n")
	for _, o := range r.world.Outlets() {
		for _, f := range o.Feeds {
			fmt.Fprintf(&b, "  - %s: %s\n    outlet: %s\n    country: %s\n    rating: %s\n", o.Kind, r.local.Replace(f), o.Name, o.Country, o.Rating)
			if o.StateLinked {
				b.WriteString("    state-linked: true\n")
			}
		}
	}
	b.WriteString("fetch:\n  allow-private: [127.0.0.0/8]\n")
	return b.String() + more
}

// newsroomCommand is the scripts' own: "newsroom FILE" starts a newsroom, and
// puts its config before what FILE has, "newsroom day N" puts its clock and
// attache's to 07:30 of a day, "newsroom fault HOST[/PATH] KIND" makes it fail.
func newsroomCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: newsroom FILE | day N | fault HOST KIND")
	}
	switch args[0] {
	case "day":
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		room := ts.Value(pressRoomKey{}).(*pressRoom)
		room.world.SetDay(n)
		ts.Setenv(testNow, room.world.Now().UTC().Format("2006-01-02T15:04:05Z"))
	case "fault":
		ts.Value(pressRoomKey{}).(*pressRoom).world.SetFault(args[1], newsroom.Fault(strings.Join(args[2:], " ")))
	default:
		room := ts.Value(pressRoomKey{}).(*pressRoom)
		path := ts.MkAbs(args[0])
		more, err := os.ReadFile(path)
		ts.Check(err)
		ts.Check(os.WriteFile(path, []byte(room.config(string(more))), 0o600))
		ts.Setenv(testNow, room.world.Now().UTC().Format("2006-01-02T15:04:05Z"))
	}
}

// pressRoomKey is the script's newsroom among its values.
type pressRoomKey struct{}

// testNow is the variable that stops the clock of attache in a script.
const testNow = "ATTACHE_TEST_NOW"
