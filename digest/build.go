package digest

import (
	"context"
	"fmt"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/summary"
)

// lateNews is how long before a window an article may have been published and
// still be news, when its source showed it only now.
const lateNews = 48 * time.Hour

// Builder makes digests. It reads the archive only.
type Builder struct {
	Archive *archive.Archive
	Actors  *actor.Catalogue
}

// Window says for when a digest is made.
type Window struct {
	Due   time.Time // when the edition is due; the day's morning
	Until time.Time // the moment of the build
	Since time.Time // zero: from the last edition on, else the earlier of 24 h before Until and PreviousDue

	PreviousDue time.Time // the schedule's last due time; zero when there is none

	Past    bool // a look back: the archive is read as it was at Until, a backlog by when it was published
	Explain bool // say why each story is here, and what was left out
}

// build is one digest in the making.
type build struct {
	*Builder
	ctx       context.Context
	desk      *Desk
	digest    *Digest
	byHand    bool // since was given: by first sight, whatever editions read
	past      bool
	from      int64 // the last number that was read before
	earlier   *earlier
	sentences map[version][]summary.Sentence
	news      []archive.Entry // what is news, of all subjects, in the order of the archive's numbers
	old       []LeftOut       // what is not
	muted     []Mute          // the mutes in force, in the digest's order, each story by its present id
}

// Build makes the digest of a desk: what its last edition did not read, told
// against what its editions showed. It stores nothing.
func (b *Builder) Build(ctx context.Context, desk *Desk, w Window) (*Digest, error) {
	if w.Past {
		b = &Builder{Archive: b.Archive.At(w.Until), Actors: b.Actors}
	}
	m := &build{Builder: b, ctx: ctx, desk: desk, byHand: !w.Since.IsZero(), past: w.Past, sentences: map[version][]summary.Sentence{}}
	m.digest = &Digest{Desk: desk.Name, Due: w.Due, Until: w.Until, Zone: desk.zone().String(), Number: 1}
	var before time.Time // none but a look back leaves out an edition: the next one goes on from the last
	if w.Past {
		before = w.Until
	}
	last, err := b.Archive.LastEdition(ctx, desk.Name, before)
	if err == nil {
		m.earlier, err = b.earlier(ctx, last)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the earlier editions of %s: %w", desk.Name, err)
	}
	m.window(w)
	for _, step := range []func() error{m.read, m.mutes, m.stories, m.ahead, m.counts, m.coverage} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("building the digest of %s: %w", desk.Name, err)
		}
	}
	if w.Explain {
		m.explain()
	}
	return m.digest, nil
}

// window settles since, and what the last edition was.
func (m *build) window(w Window) {
	d := m.digest
	last := m.earlier.last
	d.Since = w.Since
	if last != nil {
		d.Number, d.Previous = last.Number+1, last.Number
	}
	switch {
	case !w.Since.IsZero():
	case last != nil:
		d.Since = last.Until
		if d.Since.After(w.Until) { // the clock was set back
			d.Since = w.Until
		}
	default:
		d.Since = w.Until.Add(-24 * time.Hour)
		if !w.PreviousDue.IsZero() && w.PreviousDue.Before(d.Since) {
			d.Since = w.PreviousDue
		}
	}
}

// read selects the news out of all that was numbered since the last edition.
func (m *build) read() error {
	if m.earlier.last != nil && !m.byHand {
		m.from = m.earlier.last.ReadTo
	}
	entries, last, err := m.Archive.News(m.ctx, m.from, m.digest.Since.Add(-lateNews))
	if err != nil {
		return err
	}
	m.digest.ReadTo = last
	if m.byHand { // a look at a time of somebody's choice moves nothing on
		m.digest.ReadTo = 0
		if m.earlier.last != nil {
			m.digest.ReadTo = m.earlier.last.ReadTo
		}
	}
	for _, e := range entries {
		if !m.past && e.Seen.After(m.digest.Until) { // it came while this was built: the next edition reads on from here
			m.digest.ReadTo = min(m.digest.ReadTo, e.Number-1)
			break
		}
		if why := m.notNews(&e); why != "" {
			m.old = append(m.old, leftOut(&e, Old, why))
			continue
		}
		m.news = append(m.news, e)
	}
	return nil
}

// notNews says why an article is none, by the rule of docs/method.md: published
// after since, with 48 hours' grace for what a known source showed late; a later
// version only where it changes what an edition showed. It is empty for news.
func (m *build) notNews(e *archive.Entry) string {
	since := m.digest.Since
	switch {
	case m.isChange(e):
		if m.earlier.changedBy(&e.Article) == nil || m.byHand && e.Changed.Before(since) {
			return "changed in nothing that an edition showed"
		}
	case e.Backlog && e.Published.IsZero():
		return "backlog without a date"
	case e.Backlog && e.When().Before(since):
		return "backlog of before this window"
	case e.Backlog:
	case m.byHand && e.Seen.Before(since):
		return "first seen before this window"
	case e.When().Before(since.Add(-lateNews)):
		return "published more than 48 hours before this window"
	}
	return ""
}

// isChange reports whether this is a later version of an article that was there
// before the window.
func (m *build) isChange(e *archive.Entry) bool {
	switch {
	case e.Version == 1:
		return false
	case !m.byHand:
		return e.FirstNumber <= m.from
	case e.Backlog:
		return e.When().Before(m.digest.Since)
	}
	return e.Seen.Before(m.digest.Since)
}
