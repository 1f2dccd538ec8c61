package digest

import (
	"context"
	"fmt"
	"strings"

	"attache/digest/archive"
	"attache/sources"
)

// lookBack is how many editions a story's past is sought in.
const lookBack = 10

// earlier is what the desk's last editions showed.
type earlier struct {
	last    *Digest            // nil when there is none
	stories map[int64]*shown   // by story, where it was shown last
	quotes  map[int64][]quoted // by article, every sentence shown, the latest edition's first
	held    map[int64]bool     // the articles that mutes held back
}

// shown is a story as an edition showed it.
type shown struct {
	edition int
	story   *Story
}

// ref is the story's number in that edition, "12.4".
func (s *shown) ref() string { return Ref(s.edition, s.story.Number) }

// quoted is a sentence as an edition showed it.
type quoted struct {
	edition int
	story   *Story
	quote   Quote
}

// Ref writes the number of a story in an edition, "12.4".
func Ref(edition, story int) string { return fmt.Sprintf("%d.%d", edition, story) }

// earlier reads an edition of a desk, nil for none, and those before it.
func (b *Builder) earlier(ctx context.Context, e *archive.Edition) (*earlier, error) {
	past := &earlier{stories: map[int64]*shown{}, quotes: map[int64][]quoted{}, held: map[int64]bool{}}
	for range lookBack {
		if e == nil {
			break
		}
		if err := b.take(ctx, past, e); err != nil {
			return nil, err
		}
		var err error
		if e, err = b.Archive.Edition(ctx, e.Desk, e.Number-1); err != nil {
			return nil, err
		}
	}
	return past, nil
}

// take adds an edition older than those taken before.
func (b *Builder) take(ctx context.Context, past *earlier, e *archive.Edition) error {
	d, err := Stored(e)
	if err != nil {
		return err
	}
	if past.last == nil {
		past.last = d
	}
	ids := make([]int64, len(d.Stories))
	for i := range d.Stories {
		ids[i] = d.Stories[i].ID
	}
	now, err := b.Archive.StoriesNow(ctx, ids)
	if err != nil {
		return err
	}
	past.add(d, now)
	return nil
}

// add takes in an edition older than those added before. Its stories may go on
// in others now.
func (p *earlier) add(d *Digest, now map[int64]int64) {
	for _, h := range d.Muted {
		for _, id := range h.Articles {
			p.held[id] = true
		}
	}
	for i := range d.Stories {
		s := &d.Stories[i]
		if id := now[s.ID]; p.stories[id] == nil {
			p.stories[id] = &shown{d.Number, s}
		}
		for _, q := range s.quotes() {
			id := q.Sentence.Article
			p.quotes[id] = append(p.quotes[id], quoted{d.Number, s, q})
		}
	}
}

// quotes lists the sentences that a story shows.
func (s *Story) quotes() []Quote {
	qs := []Quote{s.Lead}
	for _, f := range s.Figures {
		qs = append(qs, f.A, f.B)
	}
	return qs
}

// changedBy returns what an edition showed of the article and its present
// version no longer says; nil when nothing shown has changed.
func (p *earlier) changedBy(a *sources.Article) *quoted {
	if a.Version == 1 {
		return nil
	}
	return p.gone(a.ID, a.Text)
}

// gone returns what an edition showed of an article and the text that replaces
// it no longer has; nil where all of it still stands.
func (p *earlier) gone(article int64, now string) *quoted {
	for i, q := range p.quotes[article] {
		if !strings.Contains(now, q.quote.Sentence.Text) {
			return &p.quotes[article][i]
		}
	}
	return nil
}
