package ask

import (
	"context"
	"runtime"
	"strings"
	"sync"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/summary"
	"attache/sources/text"
)

// studyBytes bounds what is kept in memory of texts that were read.
const studyBytes = 32 << 20

// version names a version of an article in the language that it was read in: its
// title and text never change.
type version struct {
	article int64
	version int
	lang    string
}

// study is what was read out of an article's text, whatever is asked. It is shared
// by the answers that are made, and only read.
type study struct {
	counts map[string]int // of stems
	length int
	title  string // singular words with a space around each, for phrases
	body   string

	split     sync.Once
	sentences []summary.Sentence
	words     []sentenceWords // of each sentence
	find      sync.Once
	mentions  []actor.Mention
	tell      sync.Once
	figures   summary.Account
}

// sentenceWords are the words of a sentence, by their stems and as phrases are
// looked for.
type sentenceWords struct {
	stems  []string
	phrase string
}

// studies keeps what was read out of articles, and how many answers are made at
// once. The zero value is ready.
type studies struct {
	mu    sync.Mutex
	known map[version]*study
	size  int // bytes, about

	begin sync.Once
	turns chan struct{}
}

// turn waits until the engine has room for another answer, first come, first
// served, and returns what gives the room back: more answers at once than there
// are processors would only make all of them late.
func (s *studies) turn(ctx context.Context) (done func(), err error) {
	s.begin.Do(func() { s.turns = make(chan struct{}, 2*runtime.GOMAXPROCS(0)) })
	select {
	case s.turns <- struct{}{}:
		return func() { <-s.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// of is the study of an article; stems are known ones.
func (s *studies) of(e *archive.Entry, known *stems) *study {
	key := version{e.ID, e.Version, e.Lang}
	s.mu.Lock()
	got := s.known[key]
	s.mu.Unlock()
	if got != nil {
		return got
	}
	got = newStudy(e, known)
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.known[key]; other != nil {
		return other
	}
	if s.known == nil {
		s.known = map[version]*study{}
	}
	s.known[key] = got
	s.size += got.bytes()
	for key, old := range s.known {
		if s.size <= studyBytes {
			break
		}
		delete(s.known, key)
		s.size -= old.bytes()
	}
	return got
}

// newStudy reads an article's words.
func newStudy(e *archive.Entry, known *stems) *study {
	s := &study{counts: map[string]int{}}
	s.title = s.count(e.Title, e.Lang, titleCount, known)
	s.body = s.count(e.Text, e.Lang, 1, known)
	return s
}

func (s *study) count(of, lang string, times int, known *stems) string {
	var b strings.Builder
	b.Grow(len(of) + 2)
	b.WriteByte(' ')
	for _, span := range text.Words(of) {
		w := strings.TrimSuffix(text.Fold(span.In(of)), "'s")
		s.counts[known.of(w, lang)] += times
		s.length += times
		b.WriteString(singular(w))
		b.WriteByte(' ')
	}
	return b.String()
}

// bytes is about how much memory a study takes once its sentences are read.
func (s *study) bytes() int { return 2048 + 64*len(s.counts) + 16*(len(s.title)+len(s.body)) }

// read cuts the article into sentences, once, and those into words.
func (s *study) read(c *candidate, known *stems) ([]summary.Sentence, []sentenceWords) {
	s.split.Do(func() {
		s.sentences = summary.Split(&c.Article)
		s.words = make([]sentenceWords, len(s.sentences))
		for i, sentence := range s.sentences {
			s.words[i] = wordsOf(sentence.Text, c.Lang, known)
		}
	})
	return s.sentences, s.words
}

// wordsOf are the words of a sentence.
func wordsOf(sentence, lang string, known *stems) sentenceWords {
	var w sentenceWords
	var b strings.Builder
	b.WriteByte(' ')
	for _, span := range text.Words(sentence) {
		folded := strings.TrimSuffix(text.Fold(span.In(sentence)), "'s")
		w.stems = append(w.stems, known.of(folded, lang))
		b.WriteString(singular(folded))
		b.WriteByte(' ')
	}
	w.phrase = b.String()
	return w
}

// split are the sentences of the candidate that may be quoted, in order. They are
// shared, and only to be read.
func (q *inquiry) split(c *candidate) []summary.Sentence {
	all, _ := c.study.read(c, q.stems)
	return all
}

// mentions are the actors that the candidate's text names.
func (q *inquiry) mentions(c *candidate) []actor.Mention {
	c.find.Do(func() { c.study.mentions = q.Actors.Find(c.Text) })
	return c.study.mentions
}

// told is what the candidate tells in figures.
func (q *inquiry) told(c *candidate) summary.Account {
	c.tell.Do(func() { c.figures = summary.Tell(q.split(c)) })
	return c.figures
}
