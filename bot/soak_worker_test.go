//go:build unix

package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"attache/bot"
	"attache/bot/discord"
	"attache/bot/discord/discordtest"
	"attache/bot/schedule"
	"attache/bot/slack"
	"attache/bot/slack/slacktest"
	"attache/bot/webhook"
	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/theme"
	"attache/sources"
	"attache/sources/text"
)

// workerVariable holds the orders of a process that the tests start: the test's
// own program, as a worker.
const workerVariable = "ATTACHE_TEST_WORKER"

func TestMain(m *testing.M) {
	orders := os.Getenv(workerVariable)
	if orders == "" {
		os.Exit(m.Run())
	}
	if err := work(context.Background(), orders); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

// orders are what a worker is told.
type orders struct {
	ID, DSN, Receiver string
	Slack, Discord    bool  // the receiver is one
	Blind             bool  // it is said that the receiver drops what it has, which it doesn't
	Closing           bool  // no article comes any more
	Room              int64 // by how many bytes the archive's file may grow before the disk is full, until SIGUSR1; 0: no limit
}

// The leases of the test are short, as it waits for each that a kill leaves.
const (
	postTimeout = 800 * time.Millisecond
	postLanding = 250 * time.Millisecond
	runLease    = time.Second
)

// desks are the desks of the test, and a place of each; they share one more. The
// last one has its editions by the clock, each minute.
var desks = []string{"North", "East", "South", "West", "Minute"}

// work runs schedules and deliveries until the process is killed, or the test is
// gone, which closes the standard input.
func work(ctx context.Context, told string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	var o orders
	if err := json.Unmarshal([]byte(told), &o); err != nil {
		return err
	}
	a, err := archive.Open(ctx, o.DSN)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Alone(ctx); err != nil {
		return err
	}
	if err := o.limit(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("worker", o.ID)
	adapters := map[string]bot.Adapter{"webhook": o.adapter()}
	deliverer := &bot.Deliverer{
		Archive: a, Adapters: adapters, Log: log, Timeout: postTimeout, Landing: postLanding,
		Workers: 2, Poll: 50 * time.Millisecond,
	}
	delivered := make(chan struct{})
	go func() {
		defer close(delivered)
		deliverer.Run(ctx)
	}()
	newsroom := newNewsroom(a, adapters, log)
	newsroom.closing = o.Closing
	jobs, err := newsroom.jobs()
	if err != nil {
		return err
	}
	runner := &bot.Runner{Archive: a, Jobs: jobs, Log: log, Lease: runLease, Poll: 50 * time.Millisecond}
	if err := runner.Begin(ctx); err != nil {
		return err
	}
	runner.Run(ctx, time.Second)
	<-delivered
	return nil
}

// limit lets no file of the process grow beyond the archive's size and the room.
func (o orders) limit() error {
	if o.Room == 0 {
		return nil
	}
	info, err := os.Stat(o.DSN)
	if err != nil {
		return err
	}
	var free syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		return err
	}
	room := make(chan os.Signal, 1)
	signal.Notify(room, syscall.SIGUSR1)
	go func() {
		<-room
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
			panic(err)
		}
	}()
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(info.Size() + o.Room), Max: free.Max})
}

// adapter posts to the receiver, whatever the place.
func (o orders) adapter() bot.Adapter {
	client := &http.Client{Transport: stamp{http.DefaultTransport, o.ID}}
	if o.Discord {
		return keyed{&discord.Adapter{Token: discordtest.Token, URL: o.Receiver, Client: client, Pace: time.Millisecond, Listens: true}}
	}
	if o.Slack {
		return &slack.Adapter{Token: slacktest.BotToken, URL: o.Receiver + "/api/", Client: client, Pace: time.Millisecond}
	}
	w := &webhook.Adapter{Client: client, Receivers: map[string]webhook.Receiver{}}
	for _, desk := range desks {
		for _, p := range placesOf(desk) {
			w.Receivers[p.Channel] = webhook.Receiver{URL: o.Receiver + "/hook", Secret: secret, Repeatable: o.Blind}
		}
	}
	return w
}

// newsroom makes editions of articles that it writes itself.
type newsroom struct {
	closing   bool // no article comes any more
	archive   *archive.Archive
	publisher *bot.Publisher
	desks     func() desksWork
}

// desksWork is what takes a while to load, so it is when the first edition is due.
type desksWork struct {
	actors  *actor.Catalogue
	indexer *digest.Indexer
	builder *digest.Builder
}

func newNewsroom(a *archive.Archive, adapters map[string]bot.Adapter, log *slog.Logger) *newsroom {
	return &newsroom{
		archive:   a,
		publisher: &bot.Publisher{Archive: a, Adapters: adapters, Log: log},
		desks: sync.OnceValue(func() desksWork {
			actors := actor.Load()
			return desksWork{
				actors:  actors,
				indexer: &digest.Indexer{Archive: a, Actors: actors, Themes: theme.NewTagger(actors)},
				builder: &digest.Builder{Archive: a, Actors: actors},
			}
		}),
	}
}

// jobs are an edition for each desk.
func (n *newsroom) jobs() ([]bot.Job, error) {
	var jobs []bot.Job
	for _, desk := range desks {
		expression := "0 0 1 1 *" // the test plans it
		if desk == "Minute" && !n.closing {
			expression = "* * * * *"
		}
		s, err := schedule.Parse(expression, time.UTC, nil, time.Now())
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, bot.Job{Name: "edition " + desk, Schedule: s, Grace: time.Hour, Do: func(ctx context.Context, r *archive.Run) (bool, error) {
			return n.edition(ctx, r, desk)
		}})
	}
	return jobs, nil
}

// edition gathers, understands and publishes.
func (n *newsroom) edition(ctx context.Context, r *archive.Run, desk string) (ended bool, err error) {
	if !n.closing {
		if err := n.gather(ctx, r); err != nil {
			return false, err
		}
	}
	if _, err := n.desks().indexer.Index(ctx); err != nil {
		return false, err
	}
	return n.publish(ctx, r, desk)
}

// countries are what the articles are about, and all desks follow.
var countries = []struct{ id, name string }{{"NOR", "Norway"}, {"CHL", "Chile"}, {"KEN", "Kenya"}, {"JPN", "Japan"}}

// gather keeps the two articles that the run's time brings, however often it runs.
func (n *newsroom) gather(ctx context.Context, r *archive.Run) error {
	var found []sources.Found
	now := time.Now()
	for i := range 2 {
		url := fmt.Sprintf("https://soak.example/%s/%d/%d", strings.ReplaceAll(r.Name, " ", "-"), r.Due.UnixMicro(), i)
		words := rand.New(rand.NewPCG(uint64(r.ID), uint64(i)))
		country := countries[words.IntN(len(countries))].name
		found = append(found, sources.Found{
			Article: sources.Article{
				URL: url, Title: country + " " + gibberish(words, 5),
				Text: fmt.Sprintf("%s %s, %s's %s said.", country, gibberish(words, 12), country, gibberish(words, 2)),
				Lang: "en", Published: text.Date{At: r.Due}, Seen: now, Changed: now,
			},
			Sighting: sources.Sighting{GUID: url, URL: url, Seen: now},
		})
	}
	wire := sources.Source{Name: "Wire of " + r.Name, Outlet: "Wire of " + r.Name, URL: "https://soak.example/feed", Kind: sources.Feed}
	state := sources.State{FirstPoll: now, LastPoll: now, LastOK: now}
	_, _, err := n.archive.Keep(ctx, wire, sources.Outlet{Name: wire.Outlet}, state, found)
	return err
}

// gibberish is words that no two articles share.
func gibberish(r *rand.Rand, n int) string {
	all := make([]string, n)
	for i := range all {
		var w strings.Builder
		for range 3 {
			w.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
			w.WriteByte("aeiou"[r.IntN(5)])
		}
		all[i] = w.String()
	}
	return strings.Join(all, " ")
}

// publish makes the desk's next edition, again where another came first.
func (n *newsroom) publish(ctx context.Context, r *archive.Run, desk string) (ended bool, err error) {
	d := &digest.Desk{Name: desk}
	for _, c := range countries {
		d.Follow = append(d.Follow, digest.FollowActor(n.desks().actors, c.id))
	}
	for {
		now, err := n.archive.Now(ctx)
		if err != nil {
			return false, err
		}
		built, err := n.desks().builder.Build(ctx, d, digest.Window{Due: r.Due, Until: now})
		if err != nil {
			return false, err
		}
		err = n.publisher.Publish(ctx, r, built, placesOf(desk), time.Time{})
		if errors.Is(err, archive.ErrStale) {
			continue
		}
		return err == nil, err
	}
}

func placesOf(desk string) []bot.Place {
	return []bot.Place{{Platform: "webhook", Channel: desk}, {Platform: "webhook", Channel: desk + "-2"}, {Platform: "webhook", Channel: "all"}}
}
