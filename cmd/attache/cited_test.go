package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"attache/digest"
	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/ask"
	"attache/digest/summary"
)

// played is the demo's archive after both mornings, with its editions.
func played(t *testing.T) (*demo, []*digest.Digest) {
	t.Helper()
	ctx := context.Background()
	s := &streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: func(string) string { return "" }}
	d, err := newDemo(ctx, t.TempDir(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	d.world.SetDelay(0)
	if err := d.play(ctx, true); err != nil {
		t.Fatal(err)
	}
	var editions []*digest.Digest
	for n := 1; n <= lastDay; n++ {
		kept, err := d.archive.Edition(ctx, d.desk.Name, n)
		if err != nil || kept == nil {
			t.Fatalf("edition %d: %v, %v", n, kept, err)
		}
		e, err := digest.Stored(kept)
		if err != nil {
			t.Fatal(err)
		}
		editions = append(editions, e)
	}
	return d, editions
}

// TestEditionsAreCited walks every sentence of both editions: its bytes are the
// cited span, and the cited article is about the section that it stands in.
func TestEditionsAreCited(t *testing.T) {
	d, editions := played(t)
	lines := 0
	for _, e := range editions {
		for i := range e.Stories {
			s := &e.Stories[i]
			quotes := []digest.Quote{s.Lead}
			for _, f := range s.Figures {
				quotes = append(quotes, f.A, f.B)
			}
			for _, c := range s.Changes {
				quotes = append(quotes, c.Had)
			}
			for _, c := range s.Corrections {
				quotes = append(quotes, c.By)
			}
			for _, q := range quotes {
				verify(t, d.archive, q.Sentence)
				if q.Before != nil {
					verify(t, d.archive, *q.Before)
				}
				if e.Cited[q.N-1].Article != q.Sentence.Article {
					t.Errorf("%d.%d: [%d] is another article than the sentence's", e.Number, s.Number, q.N)
				}
				lines++
			}
			if !about(t, d.archive, s.Lead.Sentence.Article, s.Subject) {
				t.Errorf("%d.%d: its article isn't about %s: %q", e.Number, s.Number, s.Subject.Name, s.Lead.Sentence.Text)
			}
		}
		for _, a := range e.Ahead {
			verify(t, d.archive, a.Quote.Sentence)
			if !slices.ContainsFunc(d.desk.Follow, func(s digest.Subject) bool { return about(t, d.archive, a.Quote.Sentence.Article, s) }) {
				t.Errorf("ahead: the desk doesn't follow what this is about: %q", a.Quote.Sentence.Text)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d sentences in two editions", lines)
	}
}

// TestAnswersAreCited walks the answers to the demo's questions in the same way.
func TestAnswersAreCited(t *testing.T) {
	d, _ := played(t)
	who := ask.Asker{Zone: d.zone, Now: d.now(), Follows: d.desk.IDs()}
	var before *ask.Slots
	for _, q := range demoQuestions {
		a, err := d.converse.Engine.Answer(context.Background(), ask.Question{Text: q, Before: before}, who)
		if err != nil {
			t.Fatal(err)
		}
		before = &a.Head.Slots
		if !a.Answered() {
			t.Errorf("%s: no answer", q)
		}
		for _, l := range a.Lines {
			if l.Kind == ask.Reported {
				verify(t, d.archive, l.Sentence)
			}
			if l.Before != nil {
				verify(t, d.archive, *l.Before)
			}
			pair := digest.Subject{Dyad: actor.Pair("AZE", "ISR").String()}
			if !about(t, d.archive, l.Sentence.Article, pair) {
				t.Errorf("%s: its article isn't about Azerbaijan–Israel: %q", q, l.Sentence.Text)
			}
			themes := digest.Subject{Themes: a.Head.Slots.Themes}
			if len(themes.Themes) > 0 && !about(t, d.archive, l.Sentence.Article, themes) {
				t.Errorf("%s: its article isn't about %v: %q", q, themes.Themes, l.Sentence.Text)
			}
		}
	}
}

// verify holds a sentence against the stored version that it cites.
func verify(t *testing.T, a *archive.Archive, s summary.Sentence) {
	t.Helper()
	stored, err := a.Version(context.Background(), s.Article, s.Version)
	if err != nil {
		t.Fatal(err)
	}
	if err := summary.Verify(s.Citation, stored.Text); err != nil {
		t.Errorf("%q: %v", s.Text, err)
	} else if s.Span.In(stored.Text) != s.Text {
		t.Errorf("%q isn't what is cited: %q", s.Text, s.Span.In(stored.Text))
	}
}

// about reports whether an article carries the tag of a subject.
func about(t *testing.T, a *archive.Archive, article int64, s digest.Subject) bool {
	t.Helper()
	es, err := a.Entries(context.Background(), []int64{article})
	if err != nil || len(es) != 1 {
		t.Fatalf("article %d: %d entries, %v", article, len(es), err)
	}
	for _, d := range es[0].Dyads {
		if d.Dyad.String() == s.Dyad {
			return true
		}
	}
	for _, x := range es[0].Actors {
		if x.Actor == s.Actor {
			return true
		}
	}
	for _, x := range es[0].Themes {
		if slices.Contains(s.Themes, x.Theme) {
			return true
		}
	}
	return false
}

// TestEveryRunIsTheSame holds that the demo's own clock, and nothing of the
// machine's, decides what is printed.
func TestEveryRunIsTheSame(t *testing.T) {
	var pages [2]string
	for i := range pages {
		var out bytes.Buffer
		s := &streams{in: strings.NewReader(""), out: &out, err: io.Discard, env: func(string) string { return "" }}
		if code := run(context.Background(), []string{"demo", "--next-day"}, s); code != exitOK {
			t.Fatalf("exit %d: %s", code, out.String())
		}
		_, pages[i], _ = strings.Cut(out.String(), "CAUCASUS")
		pages[i] = withoutGathering(pages[i])
	}
	if pages[0] != pages[1] {
		t.Error("two runs differ")
	}
}

// TestReadmeShowsWhatIsPrinted holds the README's sample to what the demo prints; "…"
// stands for lines that are left out.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sample, _ := strings.Cut(string(readme), "This is what it prints:")
	_, sample, _ = strings.Cut(sample, "CAUCASUS")
	sample, _, found := strings.Cut(sample, "```")
	if !found {
		t.Fatal("the README has no sample")
	}
	var out bytes.Buffer
	s := &streams{in: strings.NewReader(""), out: &out, err: io.Discard, env: func(string) string { return "" }}
	if code := run(context.Background(), []string{"demo"}, s); code != exitOK {
		t.Fatalf("exit %d: %s", code, out.String())
	}
	rest := out.String()
	for part := range strings.SplitSeq("CAUCASUS"+sample, "…\n") {
		i := strings.Index(rest, strings.TrimSpace(part))
		if i < 0 {
			t.Errorf("not printed, or not there:\n%s", part)
			continue
		}
		rest = rest[i:]
	}
}

// withoutGathering leaves out the lines that tell of the machine's own time, and
// of the order in which sources answered.
func withoutGathering(page string) string {
	var kept []string
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "Gathered") && !strings.HasPrefix(line, "  ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// TestInterrupted holds that a demo that is stopped at any moment leaves nothing.
func TestInterrupted(t *testing.T) {
	for _, after := range []time.Duration{time.Millisecond, 30 * time.Millisecond, 200 * time.Millisecond} {
		dir := t.TempDir()
		t.Setenv("TMPDIR", dir)
		ctx, cancel := context.WithTimeout(context.Background(), after)
		s := &streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: func(string) string { return "" }}
		code := run(ctx, []string{"demo"}, s)
		cancel()
		if code != exitInterrupted {
			t.Errorf("stopped after %s: exit %d", after, code)
		}
		if left := list(t, dir); len(left) > 0 {
			t.Errorf("stopped after %s: left %v", after, left)
		}
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
