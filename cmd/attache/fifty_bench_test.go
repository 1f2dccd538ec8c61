package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/archive/archivetest"
	"attache/digest/ask"
	"attache/sources/fetch"
	"attache/sources/newsroom"
)

// benchQuestions are the subjects that fifty people ask of, each in its own words.
var benchQuestions = []string{
	"latest on Azerbaijan–Israel", "what did Armenia's foreign minister say", "timeline of Armenia and India",
	"how many articles on gas", "Iran", "Georgia and Turkey this month", "drones", "arms trade between India and Armenia",
	"who said what on the corridor", "compare Azerbaijan–Israel with Azerbaijan–Turkey",
	"railway to Kars", "Kazakhstan oil exports", "what is new on energy", "Russia and Armenia", "sanctions on Iran last week",
}

// BenchmarkFiftyAsk is how long fifty people wait who ask at the same moment, each
// something else, on an archive of 10,000 articles.
func BenchmarkFiftyAsk(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { fiftyAsk(b, filepath.Join(b.TempDir(), "attache.db")) })
	b.Run("postgres", func(b *testing.B) { fiftyAsk(b, archivetest.Postgres(b)) })
}

func fiftyAsk(b *testing.B, dsn string) {
	const people = 50
	ctx := context.Background()
	now := newsroom.New().Now()
	fill(b, dsn, now, 10_000)
	a, err := newApp(ctx, dsn, actor.Load(), fetch.New(fetch.Options{}), func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	defer a.close()
	var took []time.Duration
	round := func() {
		waited := make([]time.Duration, people)
		begin := make(chan struct{})
		var all sync.WaitGroup
		for i := range people {
			all.Go(func() {
				<-begin
				began := time.Now()
				who := ask.Asker{Zone: time.UTC, Now: now.Add(time.Duration(i) * time.Second)}
				if _, err := a.converse.Ask(ctx, fmt.Sprint("bench ", i), benchQuestions[i%len(benchQuestions)], who); err != nil {
					b.Error(err)
				}
				waited[i] = time.Since(began)
			})
		}
		close(begin)
		all.Wait()
		took = append(took, waited...)
	}
	round()
	took = nil // only what is asked again is measured; BenchmarkFirstAnswer has the first
	for b.Loop() {
		round()
	}
	slices.Sort(took)
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
