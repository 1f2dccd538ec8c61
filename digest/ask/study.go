package ask

import (
	"cmp"
	"context"
	"runtime"
	"slices"
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

func versionOf(e *archive.Entry) version { return version{e.ID, e.Version, e.Lang} }

// study is what was read out of an article's text, whatever is asked. It is shared
// by the answers that are made, and only read.
type study struct {
	reading sync.Once
	counts  []stemCount // in order
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
	key := versionOf(e)
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
	s.grow(key, got, 512)
	return got
}

// worded is the study of an article whose words are read; stems are known ones.
func (s *studies) worded(e *archive.Entry, known *stems) *study {
	got := s.of(e)
	got.reading.Do(func() {
		got.title = got.count(e.Title, e.Lang, titleCount, known)
		got.body = got.count(e.Text, e.Lang, 1, known)
		got.counts = added(got.counts)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.grow(versionOf(e), got, 16*len(got.counts)+len(got.title)+len(got.body))
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
		s.counts = append(s.counts, stemCount{hash(known.of(w, lang)), times})
		s.length += times
		b.WriteString(singular(w))
		b.WriteByte(' ')
	}
	return b.String()
}

// stemCount is how often a text has a stem, a word of the title for several. The
// stem is told by its hash, as a text has hundreds of them.
type stemCount struct {
	stem  uint64
	times int
}

// hash is FNV-1a of 64 bits: that two words have the same is not to be met with.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// added puts counts in order, and adds up those of one stem.
func added(counts []stemCount) []stemCount {
	slices.SortFunc(counts, func(a, b stemCount) int { return cmp.Compare(a.stem, b.stem) })
	n := 0
	for _, c := range counts {
		if n > 0 && counts[n-1].stem == c.stem {
			counts[n-1].times += c.times
			continue
		}
		counts[n] = c
		n++
	}
	return slices.Clone(counts[:n])
}

// times is how often a candidate has a stem of the question.
func (c *candidate) times(stem string) int {
	h := hash(stem)
	i, ok := slices.BinarySearchFunc(c.counts, h, func(of stemCount, h uint64) int { return cmp.Compare(of.stem, h) })
	switch {
	case ok:
		return c.counts[i].times
	case slices.Contains(c.lent, stem):
		return 1
	}
	return 0
}

// sentencesOf cuts the article into sentences, once, and those into words.
func (q *inquiry) sentencesOf(c *candidate) ([]summary.Sentence, []sentenceWords) {
	s := c.study
	s.split.Do(func() {
		s.sentences = summary.Split(&c.Article)
		s.words = make([]sentenceWords, len(s.sentences))
		for i, sentence := range s.sentences {
			s.words[i] = wordsOf(sentence.Text, c.Lang, q.stems)
		}
		q.studies.mu.Lock()
		defer q.studies.mu.Unlock()
		q.studies.grow(versionOf(&c.Entry), s, 16*len(c.Text))
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
	all, _ := q.sentencesOf(c)
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
