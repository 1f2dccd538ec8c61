//go:build unix

package bot_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/archive"
	"attache/digest/archive/archivetest"
)

var soakKills = flag.Int("soak", 0, "kill workers that many times on each database, and measure; 0 is a short test")

// TestSoak kills the processes that run schedules and deliveries at random
// moments, and stops them beyond their leases, while a receiver misbehaves. At the
// end every part that it did not refuse is there once and in order, every due time
// had one run, and every article is in one edition of each desk.
func TestSoak(t *testing.T) {
	kills := cmp.Or(*soakKills, 4)
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		d := newDrill(t, dsn)
		d.during(func() { d.kill(kills) })
		d.settle()
		d.judge()
	})
}

// TestSoakSlack is TestSoak with a Slack that misbehaves.
func TestSoakSlack(t *testing.T) {
	kills := cmp.Or(*soakKills, 2)
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		d := newDrillAt(t, dsn, slackWorkspace())
		d.orders.Slack = true
		d.during(func() { d.kill(kills) })
		d.settle()
		d.judge()
	})
}

// TestSoakDiscord is TestSoak with a Discord that misbehaves.
func TestSoakDiscord(t *testing.T) {
	kills := cmp.Or(*soakKills, 2)
	archivetest.EachDSN(t, func(t *testing.T, dsn string) {
		d := newDrillAt(t, dsn, discordGuild())
		d.orders.Discord = true
		d.during(func() { d.kill(kills) })
		d.settle()
		d.judge()
	})
}

// TestSoakFails shows that the test sees doubles, where nobody looks whether a
// part is there.
func TestSoakFails(t *testing.T) {
	d := newDrill(t, filepath.Join(t.TempDir(), "attache.db"))
	d.orders.Blind = true
	d.during(func() {
		d.kill(2)
		d.await("enough is posted", func() bool { return len(d.receiver.State().Messages) > 60 })
	})
	d.settle()
	d.verify()
	if d.doubled == 0 {
		t.Error("no part was posted twice, though nobody looked")
	}
	if d.lost > 0 {
		t.Errorf("%d parts were lost", d.lost)
	}
}

// patience is how long the test waits for what must come.
const patience = 3 * time.Minute

// drill is a receiver, an archive, and the processes that work on it.
type drill struct {
	t        *testing.T
	orders   orders // for each worker
	archive  *archive.Archive
	receiver *receiver
	log      string // a file
	workers  []*worker
	begun    int // workers so far

	mu      sync.Mutex
	planned map[string]bool // runs, by name and due time

	kills, freezes                int
	restarts                      []time.Duration // from a start of all to the first post
	lost, doubled, disorder, dead int
}

// worker is a process.
type worker struct {
	id     string
	cmd    *exec.Cmd
	stdin  io.Closer
	ended  chan struct{}
	killed bool
	start  time.Time
}

func newDrill(t *testing.T, dsn string) *drill { return newDrillAt(t, dsn, webhooks()) }

func newDrillAt(t *testing.T, dsn string, p platform) *drill {
	t.Helper()
	a, err := archive.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	d := &drill{t: t, archive: a, planned: map[string]bool{}, log: filepath.Join(t.TempDir(), "workers.log")}
	d.receiver = newReceiver(p, postLanding)
	server := httptest.NewServer(d.receiver)
	d.orders = orders{DSN: dsn, Receiver: server.URL}
	t.Cleanup(func() {
		for _, w := range d.workers {
			d.end(w)
		}
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			d.showLog()
		}
	})
	return d
}

// replicas is how many processes may run at once.
func (d *drill) replicas() int {
	if d.archive.Replicas() {
		return 2
	}
	return 1
}

func (d *drill) start() *worker {
	d.t.Helper()
	d.begun++
	w := &worker{id: fmt.Sprint(d.begun), ended: make(chan struct{})}
	d.orders.ID = w.id
	told, err := json.Marshal(d.orders)
	if err != nil {
		d.t.Fatal(err)
	}
	log, err := os.OpenFile(d.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer log.Close()
	w.cmd = exec.Command(os.Args[0])
	w.cmd.Env = append(os.Environ(), workerVariable+"="+string(told))
	w.cmd.Stderr = log
	if w.stdin, err = w.cmd.StdinPipe(); err != nil {
		d.t.Fatal(err)
	}
	w.start = time.Now()
	if err := w.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() {
		_ = w.cmd.Wait() // it was killed
		close(w.ended)
	}()
	return w
}

// end kills a worker and waits until it is gone.
func (d *drill) end(w *worker) {
	w.killed = true
	_ = w.cmd.Process.Kill()
	<-w.ended
}

// during starts the workers, and keeps something to do for them while f runs.
func (d *drill) during(f func()) {
	for range d.replicas() {
		d.workers = append(d.workers, d.start())
	}
	ctx, stop := context.WithCancel(d.t.Context())
	var planner sync.WaitGroup
	planner.Go(func() { d.plan(ctx) })
	defer planner.Wait()
	defer stop()
	f()
}

// kill goes on until workers were killed so many times.
func (d *drill) kill(times int) {
	for step := 0; d.kills < times; step++ {
		w := d.workers[rand.IntN(len(d.workers))]
		if rand.IntN(3) > 0 {
			d.await("a worker posts", func() bool { return !d.receiver.firstOf(w.id).IsZero() })
		}
		d.pass(w, 20*time.Millisecond+rand.N(280*time.Millisecond))
		switch {
		case step%12 == 6:
			d.freeze(w)
		case step%12 == 3:
			d.killAll()
		default:
			d.end(w)
			d.kills++
			d.workers[slices.Index(d.workers, w)] = d.start()
		}
	}
}

// pass lets time go by, in which a worker may not end by itself.
func (d *drill) pass(w *worker, pause time.Duration) {
	d.t.Helper()
	select {
	case <-w.ended:
		d.t.Fatalf("worker %s ended by itself: %v", w.id, w.cmd.ProcessState)
	case <-time.After(pause):
	}
}

// freeze stops a worker for longer than any lease of its holds.
func (d *drill) freeze(w *worker) {
	d.t.Helper()
	d.signal(w, syscall.SIGSTOP)
	d.pass(w, runLease+rand.N(runLease))
	d.signal(w, syscall.SIGCONT)
	d.freezes++
}

func (d *drill) signal(w *worker, s os.Signal) {
	d.t.Helper()
	if err := w.cmd.Process.Signal(s); err != nil {
		d.t.Fatal(err)
	}
}

// killAll kills all at once, where there is something to post, and measures how
// long the first post takes from the start of others.
func (d *drill) killAll() {
	d.await("something waits for a post", func() bool { return d.open() > 10 })
	for _, w := range d.workers {
		d.end(w)
		d.kills++
	}
	begin := time.Now()
	for i := range d.workers {
		d.workers[i] = d.start()
	}
	var first time.Time
	d.await("the first post after a restart", func() bool {
		for _, w := range d.workers {
			if at := d.receiver.firstOf(w.id); !at.IsZero() && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
		return !first.IsZero()
	})
	d.restarts = append(d.restarts, first.Sub(begin))
}

// plan keeps something to do for the workers: it plans an edition of one desk
// after the other, where the last one of the desk is done.
func (d *drill) plan(ctx context.Context) {
	for i := 0; ctx.Err() == nil; i++ {
		name := "edition " + desks[i%4]
		if d.open() < 60 && d.running(name) == 0 {
			d.planRun(ctx, name)
		}
		select {
		case <-ctx.Done():
		case <-time.After(30 * time.Millisecond):
		}
	}
}

func (d *drill) planRun(ctx context.Context, name string) {
	due, err := d.archive.Now(ctx)
	if err == nil {
		_, err = d.archive.PlanRun(ctx, name, due, archive.RunDue)
	}
	if err != nil && ctx.Err() == nil {
		d.t.Error(err)
	}
	if err == nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.planned[name+due.String()] = true
	}
}

// open is how many parts are on their way.
func (d *drill) open() int {
	all, err := d.archive.Deliveries(context.Background(), 1000, archive.Planned, archive.Sending)
	if err != nil {
		d.t.Error(err)
	}
	return len(all)
}

// running is how many runs are not over: of that name, or of all for none.
func (d *drill) running(name string) int {
	n := 0
	for _, r := range d.runs(name, 20) {
		if r.State == archive.RunDue || r.State == archive.RunRunning {
			n++
		}
	}
	return n
}

func (d *drill) runs(name string, limit int) []archive.Run {
	all, err := d.archive.Runs(context.Background(), name, limit)
	if err != nil {
		d.t.Error(err)
	}
	return all
}

// settle waits until all is done and posted, and closes each desk with an edition
// of what it had not read.
func (d *drill) settle() {
	done := func() bool { return d.running("") == 0 && d.open() == 0 }
	d.await("all is done", done)
	d.orders.Closing = true
	for i, w := range d.workers {
		d.end(w)
		d.workers[i] = d.start()
	}
	for _, desk := range desks {
		d.planRun(d.t.Context(), "edition "+desk)
	}
	d.await("all desks are closed", done)
	for _, w := range d.workers {
		d.end(w)
	}
}

func (d *drill) await(what string, done func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); !done(); {
		if time.Now().After(end) {
			d.t.Fatalf("waited in vain until %s: %d parts and %d runs are open", what, d.open(), d.running(""))
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// judge reports what is wrong, and what was seen.
func (d *drill) judge() {
	for _, wrong := range d.verify() {
		d.t.Error(wrong)
	}
	d.report()
}

// verify says what is wrong, and counts it.
func (d *drill) verify() (wrong []string) {
	wrong = append(d.verifyPosts(), d.verifyRuns()...)
	for _, desk := range desks {
		wrong = append(wrong, d.verifyDesk(desk)...)
	}
	return wrong
}

// verifyPosts holds what the receiver has against what was planned.
func (d *drill) verifyPosts() (wrong []string) {
	all, err := d.archive.Deliveries(context.Background(), 1e6)
	if err != nil {
		d.t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b archive.Delivery) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Sequence, b.Sequence))
	})
	state := d.receiver.State()
	posts := map[string][]int{} // where they are in the receiver's order, by key
	for i, m := range state.Messages {
		key, _, _ := strings.Cut(m.Key, "@") // from when it was planned
		posts[key] = append(posts[key], i)
	}
	dead := map[string]bool{}
	for _, m := range state.Refused {
		key, _, _ := strings.Cut(m, "@")
		dead[key] = true
	}
	place, last := "", -1
	for _, p := range all {
		if p.Place != place {
			place, last = p.Place, -1
		}
		at := posts[p.Key]
		delete(posts, p.Key)
		if dead[p.Parent] {
			dead[p.Key] = true
		}
		switch {
		case dead[p.Key]:
			d.dead++
			if len(at) > 0 || p.State != archive.Refused {
				wrong = append(wrong, fmt.Sprintf("%s is to be refused: %s, %d posts", p.Key, p.State, len(at)))
			}
			continue
		case len(at) == 0:
			d.lost++
			wrong = append(wrong, fmt.Sprintf("%s was lost: %s %s", p.Key, p.State, p.Trouble))
			continue
		case len(at) > 1:
			d.doubled++
			wrong = append(wrong, fmt.Sprintf("%s is there %d times", p.Key, len(at)))
		}
		m := state.Messages[at[0]]
		if p.State != archive.Sent || len(at) == 1 && m.ID != p.PlatformID {
			wrong = append(wrong, fmt.Sprintf("%s is %s as %q; the receiver has it as %q", p.Key, p.State, p.PlatformID, m.ID))
		}
		if at[0] < last || len(at) == 1 && (m.Under != p.ParentID || m.Place != p.Place) {
			d.disorder++
			wrong = append(wrong, fmt.Sprintf("%s is out of order, or not where it belongs: %s in %s under %q", p.Key, m.ID, m.Place, m.Under))
		}
		last = at[0]
	}
	for key := range posts {
		wrong = append(wrong, key+" was posted and never planned")
	}
	return wrong
}

// verifyRuns: each due time had one run, and that was done.
func (d *drill) verifyRuns() (wrong []string) {
	var minutes []time.Time
	for _, r := range d.runs("", 1e6) {
		delete(d.planned, r.Name+r.Due.String())
		switch {
		case r.State == archive.RunBefore: // before the test
		case r.State == archive.RunMissed && r.Name == "edition Minute" && len(minutes) > 0: // the next one stands for it
			minutes = append(minutes, r.Due)
		case r.State != archive.RunDone:
			wrong = append(wrong, fmt.Sprintf("the run %s of %s: %s %s", r.Name, r.Due, r.State, r.Trouble))
		case r.Name == "edition Minute" && r.Due.Equal(r.Due.Truncate(time.Minute)):
			minutes = append(minutes, r.Due)
		}
	}
	for i := 1; i < len(minutes); i++ { // the newest first
		if minutes[i-1].Sub(minutes[i]) != time.Minute {
			wrong = append(wrong, fmt.Sprintf("no run between %s and %s", minutes[i], minutes[i-1]))
		}
	}
	for name := range d.planned {
		wrong = append(wrong, "no run of "+name)
	}
	return wrong
}

// verifyDesk: every article is in one edition of the desk, and each run that is
// done has one. An edition has what was numbered after the one before it.
func (d *drill) verifyDesk(desk string) (wrong []string) {
	articles, _, err := d.archive.News(context.Background(), 0, time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	cited := map[int64]int{}
	var last *digest.Digest
	editions := 0
	for ; ; editions++ {
		e := d.edition(desk, editions+1)
		if e == nil {
			break
		}
		shown := 0
		for i := range e.Stories {
			shown += e.Stories[i].Articles
		}
		n := slices.IndexFunc(articles, func(a archive.Entry) bool { return a.Number > e.ReadTo })
		if n < 0 {
			n = len(articles)
		}
		if shown != n || last != nil && !last.Until.Equal(e.Since) {
			wrong = append(wrong, fmt.Sprintf("edition %d of %s has %d of %d articles, since %s", e.Number, desk, shown, n, e.Since))
		}
		articles, last = articles[n:], e
		for _, c := range e.Cited {
			if cited[c.Article]++; cited[c.Article] > 1 {
				wrong = append(wrong, fmt.Sprintf("article %d is in edition %d of %s again", c.Article, e.Number, desk))
			}
		}
	}
	if len(articles) > 0 {
		wrong = append(wrong, fmt.Sprintf("%d articles are in no edition of %s", len(articles), desk))
	}
	runs := 0
	for _, r := range d.runs("", 1e6) {
		if r.State == archive.RunDone && strings.HasSuffix(r.Name, " "+desk) {
			runs++
		}
	}
	if runs != editions {
		wrong = append(wrong, fmt.Sprintf("%s had %d runs and has %d editions", desk, runs, editions))
	}
	return wrong
}

// edition reads one back, nil where there is none.
func (d *drill) edition(desk string, number int) *digest.Digest {
	e, err := d.archive.Edition(context.Background(), desk, number)
	if err != nil {
		d.t.Fatal(err)
	}
	if e == nil {
		return nil
	}
	stored, err := digest.Stored(e)
	if err != nil {
		d.t.Fatal(err)
	}
	return stored
}

// report logs what was seen.
func (d *drill) report() {
	slices.Sort(d.restarts)
	var median, longest time.Duration
	if n := len(d.restarts); n > 0 {
		median, longest = d.restarts[n/2], d.restarts[n-1]
	}
	state := d.receiver.State()
	d.t.Logf("%d kills, %d freezes, %d runs, %d posts (lost %d, doubled %d, out of order %d, refused with what goes under them %d); "+
		"first post after a restart of all (%d): median %s, longest %s; the receiver: %v, silent %d, looks %d",
		d.kills, d.freezes, len(d.runs("", 1e6)), len(state.Messages), d.lost, d.doubled, d.disorder, d.dead,
		len(d.restarts), median.Round(time.Millisecond), longest.Round(time.Millisecond), state.Acts, d.receiver.silent, state.Looks)
	if *soakKills > 0 && median > time.Second {
		d.t.Errorf("the first post after a restart took %s", median)
	}
}

// showLog prints the end of what the workers said.
func (d *drill) showLog() {
	file, err := os.Open(d.log)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		d.t.Error(err)
		return
	}
	defer file.Close()
	var lines []string
	for s := bufio.NewScanner(file); s.Scan(); {
		lines = append(lines, s.Text())
	}
	d.t.Log(strings.Join(lines[max(0, len(lines)-60):], "\n"))
}
