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

func BenchmarkJoin10000(b *testing.B) {
	items := invented(10001)
	w := story.NewWindow(0)
	for _, it := range items[:10000] {
		w.Add(it)
	}
	w.Join(items[10000])
	for b.Loop() {
		w.Join(items[10000])
	}
}

func BenchmarkFill10000(b *testing.B) {
	items := invented(10001)
	for b.Loop() {
		w := story.NewWindow(0)
		for _, it := range items[:10000] {
			w.Add(it)
		}
		w.Join(items[10000])
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
