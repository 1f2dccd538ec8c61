package digest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"attache/digest/archive"
	"attache/digest/story"
)

// Leaving is why an article is not in a digest by itself.
type Leaving string

// The reasons for leaving an article out.
const (
	NotFollowed Leaving = "not followed"
	Muted       Leaving = "muted"
	Old         Leaving = "old"
	Copy        Leaving = "copy"      // it counts as a reprint of its story
	Replaced    Leaving = "corrected" // what corrects it is shown
	Told        Leaving = "told"      // nothing of its story is new, or can be quoted
	Absent      Leaving = "absent"    // the archive does not have it
	Later       Leaving = "later"     // it was read after the digest was made
)

// LeftOut is an article that a digest read and does not tell.
type LeftOut struct {
	Article   int64     `json:"article"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Published time.Time `json:"published"`
	Leaving   Leaving   `json:"leaving"`
	Why       string    `json:"why"`
}

func leftOut(e *archive.Entry, as Leaving, why string) LeftOut {
	return LeftOut{
		Article: e.ID, Outlet: e.Article.Outlet, Title: e.Title, URL: e.Link(), Published: e.When(), Leaving: as, Why: why,
	}
}

// explain says of each story why it is here and where it stands, and of each
// article that is not told why.
func (m *build) explain() {
	d := m.digest
	shown := map[int64]*Story{}
	for i := range d.Stories {
		s := &d.Stories[i]
		shown[s.ID] = s
		s.Why = append(s.Why, "place: "+s.place())
	}
	for i := range m.news {
		e := &m.news[i]
		s := shown[e.Story]
		if l := m.untold(e, s); l != nil {
			d.LeftOut = append(d.LeftOut, *l)
		} else {
			s.Why = append(s.Why, fmt.Sprintf("%s, %q: %s", e.Article.Outlet, e.Title, joined(e)))
		}
	}
	d.LeftOut = append(d.LeftOut, m.old...)
}

// untold says why a digest does not tell news by itself; nil where it does. The
// story is the one that it is in there, nil for none.
func (m *build) untold(e *archive.Entry, s *Story) *LeftOut {
	var l LeftOut
	switch {
	case !m.desk.follows(e):
		l = m.unfollowed(e)
	case m.mutedBy(e) >= 0:
		l = m.heldBack(e)
	case s == nil:
		l = leftOut(e, Told, "of its story only reprints are new, or nothing can be quoted")
	case e.CorrectedBy != 0:
		l = leftOut(e, Replaced, "its correction is in "+Ref(m.digest.Number, s.Number))
	case isReprint(e):
		l = leftOut(e, Copy, fmt.Sprintf("counted in %s; %s", Ref(m.digest.Number, s.Number), e.CopyWhy))
	default:
		return nil
	}
	return &l
}

// place says by what a story stands where it does, in the order that counts.
func (s *Story) place() string {
	kind := [...]string{"a pair", "an actor", "a theme"}[s.Subject.rank()]
	return fmt.Sprintf("%s, %s that the desk follows, origins: %d", s.State, kind, len(s.Origins))
}

// joined says why an article is in its story.
func joined(e *archive.Entry) string {
	switch {
	case e.Relation == story.Correction:
		return "correction: " + e.CopyWhy
	case e.JoinWhy == "":
		return "it began the story"
	}
	return e.JoinWhy
}

// heldBack says which mute holds an article back, and of a subject why it is about
// that.
func (m *build) heldBack(e *archive.Entry) LeftOut {
	i := m.mutedBy(e)
	why := m.digest.Muted[i].says(m.desk.zone())
	if m.muted[i].Story == 0 {
		why += ": " + m.muted[i].Subject.why(e)
	}
	return leftOut(e, Muted, why)
}

// unfollowed says what an article is about that the desk does not follow.
func (m *build) unfollowed(e *archive.Entry) LeftOut {
	var about []string
	for _, a := range e.Actors[:min(3, len(e.Actors))] {
		about = append(about, m.Actors.Name(a.Actor))
	}
	var themes []string
	for _, t := range e.Themes {
		themes = append(themes, t.Theme)
	}
	about = slices.Concat(about, themeNames(themes))
	if len(about) == 0 {
		return leftOut(e, NotFollowed, "about no actor or theme that is known")
	}
	return leftOut(e, NotFollowed, "about "+strings.Join(about, ", "))
}
