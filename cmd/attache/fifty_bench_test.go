//go:build unix

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"attache/digest/actor"
	"attache/digest/archive/archivetest"
	"attache/digest/ask"
	"attache/sources/fetch"
	"attache/sources/newsroom"
)

// benchForms are what fifty people ask, of one or two subjects.
var benchForms = []string{
	"latest on %s–%s", "what did %s's foreign minister say on %s", "timeline of %s and %s", "how many articles on %s and gas", "%s",
	"%s and %s this month", "drones of %s", "arms trade between %s and %s", "who said what on %s", "compare %[1]s–%[2]s with %[1]s–Turkey",
	"railway from %s to %s", "%s oil exports", "what is new on energy in %s", "sanctions on %s last week",
}

var benchSubjects = []string{
	"Azerbaijan", "Armenia", "Israel", "Georgia", "India", "Iran", "Kazakhstan", "Russia", "Pakistan", "Ukraine", "France", "Germany", "China",
	"Uzbekistan", "Greece", "Turkmenistan", "Hungary", "the EU", "NATO", "OPEC",
}

// benchQuestion is the nth of 5320 questions.
func benchQuestion(n int) string {
	subjects := len(benchSubjects)
	n = n * 1009 % (len(benchForms) * subjects * (subjects - 1)) // neighbours have little in common
	form := benchForms[n%len(benchForms)]
	n /= len(benchForms)
	one := n % subjects
	other := (one + 1 + n/subjects) % subjects
	return fmt.Sprintf(form+"%.0[1]s%.0[2]s", benchSubjects[one], benchSubjects[other])
}

// BenchmarkFiftyAsk is how long fifty people wait who ask at the same moment, each
// something else, on an archive of 10,000 articles: first what nobody asked before,
// then what was asked already.
func BenchmarkFiftyAsk(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { fiftyAsk(b, filepath.Join(b.TempDir(), "attache.db")) })
	b.Run("postgres", func(b *testing.B) { fiftyAsk(b, archivetest.Postgres(b)) })
}

func fiftyAsk(b *testing.B, dsn string) {
	now := newsroom.New().Now()
	fill(b, dsn, now, 10_000)
	a, err := newApp(context.Background(), dsn, actor.Load(), fetch.New(fetch.Options{}), func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	defer a.close()
	const kinds = 100 // of questions that are asked again
	askFifty(b, a, now, 0)
	askFifty(b, a, now, 50)
	asked := kinds
	b.Run("first", func(b *testing.B) {
		measured(b, func() []time.Duration {
			asked += 50
			return askFifty(b, a, now, asked-50)
		})
	})
	asked = 0
	b.Run("again", func(b *testing.B) {
		measured(b, func() []time.Duration {
			asked += 50
			return askFifty(b, a, now.Add(time.Duration(asked)*time.Second), asked%kinds)
		})
	})
}

// measured reports what people waited in the rounds of a benchmark, and the
// processor's time that the process took for each of their questions.
func measured(b *testing.B, round func() []time.Duration) {
	var took []time.Duration
	began := processorTime(b)
	for b.Loop() {
		took = append(took, round()...)
	}
	cpu := processorTime(b) - began
	slices.Sort(took)
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(ms(cpu)/float64(len(took)), "cpu-ms/question")
}

// askFifty asks fifty questions at once, those from the nth on, each as of a
// second later, and tells how long each took.
func askFifty(b *testing.B, a *app, now time.Time, n int) []time.Duration {
	waited := make([]time.Duration, 50)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range waited {
		all.Go(func() {
			<-begin
			began := time.Now()
			who := ask.Asker{Zone: time.UTC, Now: now.Add(time.Duration(i) * time.Second)}
			if _, err := a.converse.Ask(context.Background(), fmt.Sprint("bench ", who.Now, n+i), benchQuestion(n+i), who); err != nil {
				b.Error(err)
			}
			waited[i] = time.Since(began)
		})
	}
	close(begin)
	all.Wait()
	return waited
}

// processorTime is what the process took so far, of its own and in the system.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
