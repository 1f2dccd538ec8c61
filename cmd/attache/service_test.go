package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot"
	"attache/digest/archive"
	"attache/sources"
)

// desks is the config of one desk that posts to a folder; what is given is added
// to the desk.
func desks(more string) string {
	return `desks:
  - name: Caucasus
    follow: [AZE-ISR, Armenia]
    schedule: "30 7 * * *"
    zone: Asia/Baku
    post: file:briefs
` + more
}

// watch is a clock that is moved by hand.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) set(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = at
}

func (w *watch) read() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// office is a service whose clock is moved by hand.
type office struct {
	*service
	*watch
	room *pressRoom
	dir  string
	log  *bytes.Buffer
}

func newOffice(t *testing.T, yaml, begin string) *office {
	t.Helper()
	room := newPressRoom()
	t.Cleanup(room.close)
	g := settingsFor(t, room.config(yaml))
	t.Setenv("DATABASE_URL", filepath.Join(t.TempDir(), "a.db"))
	o := &office{watch: &watch{now: baku(t, begin)}, room: room, dir: filepath.Dir(g.ConfigFile), log: new(bytes.Buffer)}
	p, err := g.open(t.Context(), o.read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	if o.service, err = newService(p, slog.New(slog.NewTextHandler(o.log, nil))); err != nil {
		t.Fatal(err)
	}
	return o
}

// baku is a time such as "2026-11-24 07:30" in Baku.
func baku(t *testing.T, s string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// at moves the clock, and does and delivers what is due.
func (o *office) at(t *testing.T, now string) {
	t.Helper()
	o.set(baku(t, now))
	if err := o.runner.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.work(t)
}

func (o *office) work(t *testing.T) {
	t.Helper()
	for _, step := range []func(context.Context) (bool, error){o.runner.Step, o.deliverer.Step} {
		for more := true; more; {
			var err error
			if more, err = step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// brief is the text of the desk's edition as it was posted; empty where it wasn't.
func (o *office) brief(t *testing.T, number string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(o.dir, "briefs", "Caucasus-"+number, "index.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

func TestMorning(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-23 12:00")
	o.at(t, "2026-11-23 12:00")
	o.at(t, "2026-11-24 07:30")
	brief := o.brief(t, "1")
	if !strings.Contains(brief, "410 million dollars") || strings.Contains(brief, "Late") {
		t.Fatalf("the brief: %s\n%s", brief, o.log)
	}
	o.at(t, "2026-11-24 07:31")
	if o.brief(t, "2") != "" {
		t.Error("a minute later there is another")
	}
	o.at(t, "2026-11-25 07:30")
	if !strings.Contains(o.brief(t, "2"), "Tue 24 Nov 07:30 to Wed 25 Nov 07:30 Baku") {
		t.Errorf("the next day: %s", o.brief(t, "2"))
	}
	for _, part := range []string{`msg="run begins" run="edition Caucasus" due=2026-11-24T03:30:00Z`, `msg="edition published" edition=Caucasus/1`, "msg=delivered key=Caucasus/1/file:briefs/1"} {
		if !strings.Contains(o.log.String(), part) {
			t.Errorf("the log lacks %s", part)
		}
	}
}

// TestMorningAfterAnOutage holds that what was missed is one edition, which says
// that it is late and why.
func TestMorningAfterAnOutage(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-23 07:29")
	o.at(t, "2026-11-23 07:29")
	o.at(t, "2026-11-23 07:30")
	o.at(t, "2026-11-24 06:52")
	o.set(baku(t, "2026-11-26 09:08"))
	if err := o.runner.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.at(t, "2026-11-26 09:09")
	const late = "Late: due 07:30, posted 09:09. attache was not running from 24 Nov 06:52 to 09:08. Covers Mon 23 Nov 07:30 to Thu 26 Nov 09:09; " +
		"no time is left out, and no. 3 follows at its usual hour."
	if got := strings.Join(strings.Fields(o.brief(t, "2")), " "); !strings.Contains(got, late) {
		t.Errorf("the brief: %s\n%s", got, o.log)
	}
	if o.brief(t, "3") != "" {
		t.Error("there is an edition for each day")
	}
}

func TestOverdueIsSaidOnce(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-23 12:00")
	o.at(t, "2026-11-23 12:00")
	caucasus := slices.IndexFunc(o.runner.Jobs, func(j bot.Job) bool { return j.Name == editionName("Caucasus") })
	do := o.runner.Jobs[caucasus].Do
	o.runner.Jobs[caucasus].Do = func(context.Context, *archive.Run) (bool, error) { return false, errors.New("the disk is full") }
	for _, now := range []string{"2026-11-24 07:30", "2026-11-24 07:34", "2026-11-24 07:35", "2026-11-24 07:36", "2026-11-24 07:50"} {
		o.at(t, now)
	}
	all, err := o.archive.Deliveries(t.Context(), 10)
	if err != nil || len(all) != 1 || all[0].Key != "Caucasus/late/2026-11-24T03:30:00Z/file:briefs/1" || all[0].State != archive.Sent {
		t.Fatalf("%+v, %v", all, err)
	}
	const line = "Late: the Caucasus brief due 07:30 is not here yet: the disk is full. It follows when a try succeeds; it is tried until 13:30."
	if !strings.Contains(string(all[0].Payload), line) {
		t.Errorf("it says %s", all[0].Payload)
	}
	o.runner.Jobs[caucasus].Do = do
	o.at(t, "2026-11-24 08:10")
	if got := strings.Join(strings.Fields(o.brief(t, "1")), " "); !strings.Contains(got, "Late: due 07:30, posted 08:10. An earlier try failed: the disk is full. Covers") {
		t.Errorf("the brief: %s", got)
	}
}

// TestQuietHours holds that posts wait, and that nobody is told that they do.
func TestQuietHours(t *testing.T) {
	o := newOffice(t, desks("    quiet: 22:00-09:00\n"), "2026-11-23 12:00")
	o.at(t, "2026-11-23 12:00")
	o.at(t, "2026-11-24 07:40")
	all, err := o.archive.EditionDeliveries(t.Context(), "Caucasus", 1)
	if err != nil || len(all) == 0 || !all[0].NotBefore.Equal(baku(t, "2026-11-24 09:00")) {
		t.Fatalf("%+v, %v", all, err)
	}
	if o.brief(t, "1") != "" {
		t.Error("it is posted in quiet hours")
	}
	o.at(t, "2026-11-24 09:00")
	if brief := o.brief(t, "1"); brief == "" || strings.Contains(brief, "Late") {
		t.Errorf("after the quiet hours: %q", brief)
	}
}

// TestOneSourceHoldsUpNoEdition stalls a source: the edition is made of what the
// others brought.
func TestOneSourceHoldsUpNoEdition(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-24 07:30")
	o.room.stall("meridian-times.example", func() {})
	articles := 0
	for limit := 2 * time.Second; articles < 40 && limit < time.Minute; limit *= 2 { // the others may take long on a busy machine
		if err := o.freshen(t.Context(), limit); err != nil {
			t.Fatal(err)
		}
		var err error
		if articles, _, err = o.archive.Size(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if articles < 40 {
		t.Errorf("%d articles", articles)
	}
	if !strings.Contains(o.log.String(), "not all sources were read in time") {
		t.Errorf("the log: %s", o.log)
	}
}

func TestDueSources(t *testing.T) {
	o := newOffice(t, desks(""), "2026-11-24 07:30")
	all, err := o.sources(t.Context(), o.config)
	if err != nil {
		t.Fatal(err)
	}
	all = all[:1]
	keep := func(st sources.State) {
		st.Polled = all[0].source.URL
		if _, _, err := o.archive.Keep(t.Context(), all[0].source, all[0].outlet, st, nil); err != nil {
			t.Fatal(err)
		}
	}
	now := o.read()
	for name, c := range map[string]struct {
		state sources.State
		every time.Duration
		due   bool
	}{
		"never asked":            {sources.State{}, 0, true},
		"as its answer asks":     {sources.State{LastPoll: now.Add(-time.Hour), NextPoll: now}, 0, true},
		"to be left alone":       {sources.State{LastPoll: now.Add(-time.Hour), NextPoll: now.Add(time.Minute)}, 0, false},
		"by the config":          {sources.State{LastPoll: now.Add(-time.Hour), NextPoll: now.Add(time.Hour)}, time.Hour, true},
		"by the config, not yet": {sources.State{LastPoll: now.Add(-time.Hour), NextPoll: now.Add(-time.Hour)}, 2 * time.Hour, false},
		"it failed":              {sources.State{LastPoll: now.Add(-time.Hour), NextPoll: now.Add(time.Hour), Failures: 3}, time.Minute, false},
		"the clock was set back": {sources.State{LastPoll: now.Add(24 * time.Hour), NextPoll: now.Add(25 * time.Hour)}, 0, true},
	} {
		keep(c.state)
		all[0].every = c.every
		due, err := o.due(t.Context(), all)
		if err != nil || len(due) == 1 != c.due {
			t.Errorf("%s: %d due, %v", name, len(due), err)
		}
	}
}

func TestHeartbeat(t *testing.T) {
	beats, status := 0, http.StatusOK
	monitor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token-of-mine" {
			t.Errorf("asked for %s", r.URL)
		}
		beats++
		w.WriteHeader(status)
	}))
	defer monitor.Close()
	o := newOffice(t, desks("heartbeat: "+monitor.URL+"/token-of-mine\n"), "2026-11-23 12:00")
	o.at(t, "2026-11-23 12:00")
	o.at(t, "2026-11-24 07:30")
	if beats != 3 { // the poll's, the edition's and retention's
		t.Errorf("%d heartbeats of three runs", beats)
	}
	o.heartbeat(t.Context(), &archive.Run{}, errors.New("it failed"))
	if beats != 3 {
		t.Error("a heartbeat of a run that failed")
	}
	status = http.StatusInternalServerError
	o.heartbeat(t.Context(), &archive.Run{Name: "gather"}, nil)
	if log := o.log.String(); !strings.Contains(log, "the heartbeat was not heard") || strings.Contains(log, "token-of-mine") {
		t.Errorf("the log: %s", log)
	}
}
