package story_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"attache/digest/story"
)

// invented makes articles of invented words: each of a story of a few, with the
// words of its subject, those of news in general, rare ones more rarely, and
// every fifth a copy of the one before.
func invented(n int) []story.Item {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(most int) string { return fmt.Sprintf("w%dx", int(math.Pow(float64(most), r.Float64()))) }
	begin := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	items := make([]story.Item, n)
	for i := range items {
		subject := i / 4
		if i%5 == 4 {
			items[i] = items[i-1]
			items[i].Outlet = "Copyist"
		} else {
			words := make([]string, 250)
			for k := range words {
				words[k] = word(30000)
				if r.IntN(6) == 0 {
					words[k] = fmt.Sprintf("s%dx%d", subject, r.IntN(12))
				}
			}
			items[i] = story.Item{Outlet: fmt.Sprint("Outlet ", r.IntN(40)), Title: strings.Join(words[:8], " "), Text: strings.Join(words, " ")}
		}
		items[i].ID, items[i].Story = int64(i+1), int64(subject+1)
		items[i].Published = begin.Add(time.Duration(i) * 5 * 24 * time.Hour / time.Duration(n))
	}
	return items
}

// filled is a window of the first n items.
func filled(items []story.Item) *story.Window {
	w := story.NewWindow()
	for _, it := range items {
		w.Add(it)
	}
	return w
}

// BenchmarkRegroup10000 groups a window anew, all of it.
func BenchmarkRegroup10000(b *testing.B) {
	items := invented(10000)
	for b.Loop() {
		b.StopTimer()
		w := filled(items)
		b.StartTimer()
		w.Regroup()
	}
}

// BenchmarkOneMore10000 takes one article more into a window, and groups what is
// near it.
func BenchmarkOneMore10000(b *testing.B) {
	items := invented(11000)
	w := filled(items[:10000])
	w.Regroup()
	next := 10000
	for b.Loop() {
		it := items[10000+next%1000]
		it.ID, it.Story = int64(next+1), 0
		next++
		if c := w.Copy(it); c != nil {
			it.CopyOf = c.Of
		}
		w.Add(it)
		w.Regroup()
	}
}

func BenchmarkFill10000(b *testing.B) {
	items := invented(10000)
	for b.Loop() {
		filled(items)
	}
}

func BenchmarkStories10000(b *testing.B) {
	items := invented(10000)
	for b.Loop() {
		story.Stories(items)
	}
}

func BenchmarkCopies10000(b *testing.B) {
	items := invented(10000)
	for b.Loop() {
		story.Copies(items)
	}
}
