package digest

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"attache/digest/archive"
	"attache/sources"
)

// Reason is why an article is in a digest, or is not.
type Reason struct {
	Article int64   // 0 where the archive does not have it
	Ref     string  // the number of the story that it stands in, "12.4"; empty for none
	Leaving Leaving // why the digest does not tell it by itself; empty where it does
	Why     string  // for people
}

// inquiry asks why one article is in a digest, or not.
type inquiry struct {
	*Builder
	ctx    context.Context
	digest *Digest
	entry  *archive.Entry
}

// WhyURL is [Builder.Why] for an article by its address. Of one that the archive
// does not have it says whether a source of its host is polled.
func (b *Builder) WhyURL(ctx context.Context, d *Digest, address string) (Reason, error) {
	address = sources.Canonical(address)
	host := hostOf(address)
	if host == "" {
		return Reason{Leaving: Absent, Why: fmt.Sprintf("%q is no address of an article", address)}, nil
	}
	ids, err := b.Archive.ByURL(ctx, []string{address})
	if err != nil {
		return Reason{}, err
	}
	if id := ids[address]; id != 0 {
		return b.Why(ctx, d, id)
	}
	polled, err := b.Archive.Sources(ctx)
	if err != nil {
		return Reason{}, err
	}
	return Reason{Leaving: Absent, Why: "the archive has no article of this address; " + pollsHost(polled, host, zoneOf(d))}, nil
}

// Why says why an article is in a digest, be it an edition or not stored yet, or
// why it is not, as the archive is understood now.
func (b *Builder) Why(ctx context.Context, d *Digest, article int64) (Reason, error) {
	es, err := b.Archive.Entries(ctx, []int64{article})
	if err != nil {
		return Reason{}, err
	}
	if len(es) == 0 {
		return Reason{Leaving: Absent, Why: "the archive does not have it"}, nil
	}
	q := &inquiry{b, ctx, d, &es[0]}
	r, err := q.answer()
	r.Article = article
	if err != nil {
		return r, fmt.Errorf("asking why article %d is in no. %d of %s: %w", article, d.Number, d.Desk, err)
	}
	return r, nil
}

func (q *inquiry) answer() (Reason, error) {
	if r, ok := q.shown(); ok {
		return r, nil
	}
	first := q.entry.FirstNumber
	if first == 0 {
		return Reason{Leaving: Later, Why: "it is not understood yet; the next edition reads it"}, nil
	}
	reader, err := q.Archive.EditionThatRead(q.ctx, q.digest.Desk, first)
	if err != nil {
		return Reason{}, err
	}
	if first > q.digest.ReadTo {
		return q.later(reader), nil
	}
	before, err := q.Archive.Edition(q.ctx, q.digest.Desk, q.digest.Previous)
	if err != nil {
		return Reason{}, err
	}
	changed := before != nil && q.entry.Number > before.ReadTo && q.entry.Number <= q.digest.ReadTo
	if reader != nil && reader.Number < q.digest.Number && !changed {
		return q.earlier(reader)
	}
	return q.judged(before)
}

// shown finds the article where the digest cites it, or says that it is muted.
func (q *inquiry) shown() (Reason, bool) {
	d := q.digest
	for i := range d.Stories {
		s := &d.Stories[i]
		for _, quote := range s.quotes() {
			if d.Cited[quote.N-1].Article == q.entry.ID {
				return Reason{Ref: Ref(d.Number, s.Number), Why: fmt.Sprintf("it is [%d] in %s", quote.N, Ref(d.Number, s.Number))}, true
			}
		}
	}
	for i := range d.Muted {
		if h := &d.Muted[i]; slices.Contains(h.Articles, q.entry.ID) {
			return Reason{Leaving: Muted, Why: h.says(zoneOf(d))}, true
		}
	}
	return Reason{}, false
}

// later says that the digest was made before the article was read, and which
// edition has read it since, if one has.
func (q *inquiry) later(reader *archive.Edition) Reason {
	why := fmt.Sprintf("it was first seen %s, after no. %d was made", q.minute(q.entry.Seen), q.digest.Number)
	if !q.entry.Seen.After(q.digest.Until) {
		why = fmt.Sprintf("it was read after no. %d was made", q.digest.Number)
	}
	if reader == nil {
		return Reason{Leaving: Later, Why: why + "; the next edition reads it"}
	}
	return Reason{Leaving: Later, Why: fmt.Sprintf("%s; no. %d read it", why, reader.Number)}
}

// earlier says what the edition did with the article that had read it.
func (q *inquiry) earlier(e *archive.Edition) (Reason, error) {
	d, err := Stored(e)
	if err != nil {
		return Reason{}, err
	}
	then := *q
	then.digest = d
	r, err := then.answer()
	did := "told it"
	switch {
	case r.Leaving == "":
		r.Leaving = Told
	case r.Ref == "":
		did = "left it out"
	}
	r.Why = fmt.Sprintf("no. %d %s: %s", d.Number, did, r.Why)
	return r, err
}

// judged judges the article as the digest does, by what the desk followed then.
func (q *inquiry) judged(before *archive.Edition) (Reason, error) {
	past, err := q.Builder.earlier(q.ctx, before)
	if err != nil {
		return Reason{}, err
	}
	d := q.digest
	m := &build{Builder: q.Builder, ctx: q.ctx, desk: &Desk{Name: d.Desk}, digest: d, earlier: past}
	if before != nil {
		m.from = before.ReadTo
	}
	for _, c := range d.Counts {
		m.desk.Follow = append(m.desk.Follow, c.Subject)
	}
	if why := m.notNews(q.entry); why != "" {
		return Reason{Leaving: Old, Why: why + ", which began " + q.minute(d.Since)}, nil
	}
	s, err := q.story()
	if err != nil {
		return Reason{}, err
	}
	var r Reason
	if s != nil {
		r.Ref = Ref(d.Number, s.Number)
	}
	l := m.untold(q.entry, s)
	if l == nil {
		r.Why = fmt.Sprintf("it is counted in %s: %s", r.Ref, joined(q.entry))
		return r, nil
	}
	r.Leaving, r.Why = l.Leaving, l.Why
	return r, q.nameOther(&r)
}

// story finds the digest's story that the article is in now, nil for none.
func (q *inquiry) story() (*Story, error) {
	ids := make([]int64, len(q.digest.Stories))
	for i := range q.digest.Stories {
		ids[i] = q.digest.Stories[i].ID
	}
	now, err := q.Archive.StoriesNow(q.ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range q.digest.Stories {
		if now[ids[i]] == q.entry.Story {
			return &q.digest.Stories[i], nil
		}
	}
	return nil, nil
}

// nameOther adds which article a copy has the text of, or which one corrects it.
func (q *inquiry) nameOther(r *Reason) error {
	what, other := "", int64(0)
	switch r.Leaving {
	case Copy:
		what, other = "it has the text of", q.entry.CopyOf
	case Replaced:
		what, other = "it is corrected by", q.entry.CorrectedBy
	default:
		return nil
	}
	es, err := q.Archive.Entries(q.ctx, []int64{other})
	if err != nil || len(es) == 0 {
		return err
	}
	r.Why = fmt.Sprintf("%s %s, %q: %s", what, es[0].Article.Outlet, es[0].Title, r.Why)
	return nil
}

func (q *inquiry) minute(t time.Time) string { return t.In(zoneOf(q.digest)).Format("2 Jan 15:04") }

// zoneOf is the zone of a digest's times, UTC where it is not known.
func zoneOf(d *Digest) *time.Location {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// pollsHost says which sources of a host are polled, and how that goes.
func pollsHost(polled []archive.SourceStatus, host string, zone *time.Location) string {
	var of []string
	for _, s := range polled {
		switch {
		case hostOf(s.URL) != host && s.Publisher.Host != host:
		case s.Trouble != "":
			of = append(of, fmt.Sprintf("%s is polled, and not read since %s: %s", s.Name, s.FailingSince.In(zone).Format("2 Jan 15:04"), s.Trouble))
		default:
			of = append(of, fmt.Sprintf("%s is polled, and did not show it by %s", s.Name, s.LastOK.In(zone).Format("2 Jan 15:04")))
		}
	}
	if len(of) == 0 {
		return fmt.Sprintf("no source of %q is polled", host)
	}
	return strings.Join(of, "; ")
}

// hostOf is the host of an address, without "www.".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
