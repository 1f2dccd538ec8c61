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
}

// build is one digest in the making.
type build struct {
	*Builder
	ctx       context.Context
	desk      *Desk
	digest    *Digest
	byHand    bool // since was given: by first sight, whatever editions read
	earlier   *earlier
	sentences map[version][]summary.Sentence
	news      []archive.Entry // what is news, of all subjects, in the order of the archive's numbers
}

// Build makes the digest of a desk: what its last edition did not read, told
// against what its editions showed. It stores nothing.
func (b *Builder) Build(ctx context.Context, desk *Desk, w Window) (*Digest, error) {
	m := &build{Builder: b, ctx: ctx, desk: desk, byHand: !w.Since.IsZero(), sentences: map[version][]summary.Sentence{}}
	m.digest = &Digest{Desk: desk.Name, Due: w.Due, Until: w.Until, Zone: desk.zone().String(), Number: 1}
	var err error
	if m.earlier, err = b.earlier(ctx, desk.Name, w.Due); err != nil {
		return nil, fmt.Errorf("reading the earlier editions of %s: %w", desk.Name, err)
	}
	m.window(w)
	for _, step := range []func() error{m.read, m.stories, m.ahead, m.counts, m.coverage} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("building the digest of %s: %w", desk.Name, err)
		}
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
	default:
		d.Since = w.Until.Add(-24 * time.Hour)
		if !w.PreviousDue.IsZero() && w.PreviousDue.Before(d.Since) {
			d.Since = w.PreviousDue
		}
	}
}

// read selects the news out of all that was numbered since the last edition.
func (m *build) read() error {
	var from int64
	if m.earlier.last != nil && !m.byHand {
		from = m.earlier.last.ReadTo
	}
	entries, last, err := m.Archive.News(m.ctx, from, m.digest.Since.Add(-lateNews))
	if err != nil {
		return err
	}
	m.digest.ReadTo = last
	if m.byHand { // a look at a time of somebody's choice moves nothing on
		m.digest.ReadTo = from
		if m.earlier.last != nil {
			m.digest.ReadTo = m.earlier.last.ReadTo
		}
	}
	for _, e := range entries {
		if e.Seen.After(m.digest.Until) { // it came while this was built: the next edition reads on from here
			m.digest.ReadTo = min(m.digest.ReadTo, e.Number-1)
			break
		}
		if m.isNews(&e) {
			m.news = append(m.news, e)
		}
	}
	return nil
}

// isNews holds the rule of docs/method.md: published after since, with 48 hours'
// grace for what a known source showed late; a later version only where it
// changes what an edition showed.
func (m *build) isNews(e *archive.Entry) bool {
	since := m.digest.Since
	if e.Version > 1 {
		return m.earlier.changedBy(&e.Article) != nil
	}
	switch {
	case e.Backlog:
		return !e.Published.IsZero() && !e.When().Before(since)
	case m.byHand:
		return !e.Seen.Before(since)
	}
	return !e.When().Before(since.Add(-lateNews))
}
