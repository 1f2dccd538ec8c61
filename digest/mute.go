package digest

import (
	"cmp"
	"context"
	"time"

	"attache/digest/archive"
	"attache/digest/story"
)

// Mute is what a desk does not want to see, for a time.
type Mute struct {
	Subject  Subject   // or
	Story    int64     // a story
	Ref      string    // its number when it was muted, "12.4"
	Since    time.Time // when it was muted; zero where that is not known
	Until    time.Time // zero: until it is lifted
	UntilNew bool      // until the story has something new: an origin more than Origins, or a correction
	Origins  int
	By       string // who muted it; empty: the config
}

// HeldBack is a mute in force, and what it kept out of a digest.
type HeldBack struct {
	Name     string    `json:"name"` // the subject's, or the story's number
	Until    time.Time `json:"until,omitzero"`
	UntilNew bool      `json:"until_new,omitempty"`
	By       string    `json:"by,omitempty"` // empty: the config
	Articles []int64   `json:"articles,omitempty"`
}

// inForce reports whether the mute is, by its times alone.
func (m *Mute) inForce(at time.Time) bool {
	return !m.Since.After(at) && (m.Until.IsZero() || m.Until.After(at))
}

func (m *Mute) name() string {
	if m.Story != 0 {
		return m.Ref
	}
	return m.Subject.Name
}

// says names the mute, until when it is, and whose: "12.4 is muted until 1 Dec
// 07:30 by Leyla".
func (h *HeldBack) says(zone *time.Location) string {
	s := h.Name + " is muted"
	switch {
	case h.UntilNew && h.Until.IsZero():
		s += " until something is new"
	case h.UntilNew:
		s += " until something is new, at most until " + h.Until.In(zone).Format("2 Jan 15:04") + ","
	case !h.Until.IsZero():
		s += " until " + h.Until.In(zone).Format("2 Jan 15:04")
	}
	return s + " by " + cmp.Or(h.By, "the config")
}

// mutes settles which mutes of the desk are in force at the digest's end.
func (m *build) mutes() error {
	var ids []int64
	for _, mute := range m.desk.Mute {
		if mute.Story != 0 && mute.inForce(m.digest.Until) {
			ids = append(ids, mute.Story)
		}
	}
	now, err := m.Archive.StoriesNow(m.ctx, ids)
	if err != nil {
		return err
	}
	entries, err := m.Archive.StoryEntries(m.ctx, ids)
	if err != nil {
		return err
	}
	for _, mute := range m.desk.Mute {
		if !mute.inForce(m.digest.Until) || mute.UntilNew && m.hasNew(&mute, entries[mute.Story]) {
			continue
		}
		name := mute.name()
		if mute.Story != 0 {
			mute.Story = now[mute.Story]
		}
		m.muted = append(m.muted, mute)
		m.digest.Muted = append(m.digest.Muted, HeldBack{Name: name, Until: mute.Until, UntilNew: mute.UntilNew, By: mute.By})
	}
	return nil
}

// hasNew reports whether a muted story has an origin more than when it was muted,
// or a correction since then.
func (m *build) hasNew(mute *Mute, all []archive.Entry) bool {
	all = m.upToNow(all)
	if of, _ := origins(standing(all)); len(of) > mute.Origins {
		return true
	}
	since := mute.Since
	if since.IsZero() {
		since = m.digest.Since
	}
	for i := range all {
		e := &all[i]
		if e.Relation == story.Correction && e.Seen.After(since) || e.Changed.After(since) && m.earlier.changedBy(&e.Article) != nil {
			return true
		}
	}
	return false
}

// mutedBy finds the mute in force that an article falls under, by its place in
// the digest's; -1 for none.
func (m *build) mutedBy(e *archive.Entry) int {
	for i := range m.muted {
		mute := &m.muted[i]
		if mute.Story != 0 && mute.Story == e.Story || mute.Story == 0 && mute.Subject.weight(e) > 0 {
			return i
		}
	}
	return -1
}

// tells reports whether the article is one for this desk: on what it follows,
// and not muted.
func (m *build) tells(e *archive.Entry) bool { return m.desk.follows(e) && m.mutedBy(e) < 0 }

// holdBack notes that a mute keeps an article out.
func (m *build) holdBack(e *archive.Entry, mute int) {
	h := &m.digest.Muted[mute]
	h.Articles = append(h.Articles, e.ID)
}

// StorySize counts a story as it is kept now, in whatever story it goes on.
func (b *Builder) StorySize(ctx context.Context, id int64) (StorySize, error) {
	entries, err := b.Archive.StoryEntries(ctx, []int64{id})
	return sizeOf(entries[id]), err
}
