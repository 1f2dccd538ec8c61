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
	reading sync.Once
	counts  map[string]int // of stems
	length  int
	title   string // singular words with a space around each, for phrases
	body    string
	size    int // bytes, about; the studies' lock guards it

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
	turns chan *stems
}

// turn waits until the engine has room for another answer, first come, first
// served, and returns what gives the room back: more answers at once than there
// are processors would only make all of them late. The stems are the answer's until
// then.
func (s *studies) turn(ctx context.Context) (known *stems, done func(), err error) {
	s.begin.Do(func() {
		s.turns = make(chan *stems, 2*runtime.GOMAXPROCS(0))
		for range cap(s.turns) {
			s.turns <- newStems()
		}
	})
	select {
	case known := <-s.turns:
		return known, func() { s.turns <- known }, nil
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
}

// of is the study of an article, whose words may not be read yet.
func (s *studies) of(e *archive.Entry) *study {
	key := version{e.ID, e.Version, e.Lang}
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := s.known[key]; got != nil {
		return got
	}
	if s.known == nil {
		s.known = map[version]*study{}
	}
	got := &study{}
	s.known[key] = got
	s.grow(key, got, 1024+8*(len(e.Title)+len(e.Text)))
	return got
}

// worded is the study of an article whose words are read; stems are known ones.
func (s *studies) worded(e *archive.Entry, known *stems) *study {
	got := s.of(e)
	got.reading.Do(func() {
		got.counts = map[string]int{}
		got.title = got.count(e.Title, e.Lang, titleCount, known)
		got.body = got.count(e.Text, e.Lang, 1, known)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.grow(version{e.ID, e.Version, e.Lang}, got, 1024+64*len(got.counts)+8*(len(got.title)+len(got.body)))
	})
	return got
}

// grow counts what a study takes, unless it was forgotten already, and forgets
// others where there is no room for it. The caller holds the lock.
func (s *studies) grow(key version, one *study, bytes int) {
	if s.known[key] != one {
		return
	}
	one.size += bytes
	s.size += bytes
	for key, old := range s.known {
		if s.size <= studyBytes {
			return
		}
		delete(s.known, key)
		s.size -= old.size
	}
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
