// Package digest makes digests: it understands what was gathered, and builds for
// each desk what is new, grouped by the desk's subjects, cited and counted.
//
// Begin with [Indexer.Index], which tags, folds and joins every article that
// lacks the present understanding, and [Builder.Build], which makes a [Digest]
// for a [Desk].
package digest

import (
	"time"

	"attache/digest/story"
	"attache/digest/summary"
	"attache/sources"
)

// Digest is what a desk has to read. Stored and numbered, it is an edition.
type Digest struct {
	Desk     string    `json:"desk"`
	Number   int       `json:"number"` // of the edition; the next one's for a preview
	Due      time.Time `json:"due"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
	Zone     string    `json:"zone"`
	Previous int       `json:"previous"` // the edition that changes are told against; 0 for none
	ReadTo   int64     `json:"read_to"`  // the last number of the archive that it read

	Late *Late `json:"late,omitempty"` // where it comes later than it was due

	First    []int      `json:"first"`    // numbers of the stories that come first
	Stories  []Story    `json:"stories"`  // Stories[i] has number i+1
	Sections []Section  `json:"sections"` // by subject, in the desk's order
	Ahead    []Ahead    `json:"ahead"`    // days to come, soonest first
	Counts   []Count    `json:"counts"`   // one for each subject
	Gaps     []Gap      `json:"gaps"`
	Muted    []HeldBack `json:"muted,omitempty"` // the mutes in force, in the desk's order
	Coverage Coverage   `json:"coverage"`
	Cited    []Cited    `json:"cited"`              // Cited[i] is [i+1]
	LeftOut  []LeftOut  `json:"left_out,omitempty"` // where that was asked for
}

// Quiet reports whether nothing that the desk follows is new.
func (d *Digest) Quiet() bool { return len(d.Stories) == 0 }

// Late is why an edition comes late.
type Late struct {
	Posted   time.Time `json:"posted"`    // when its posts may go out
	Began    time.Time `json:"began"`     // its run
	DownFrom time.Time `json:"down_from"` // attache was not running from then; zero when it was
	DownTo   time.Time `json:"down_to"`
	Trouble  string    `json:"trouble,omitempty"` // of an earlier try
}

// State is what was counted of a story against the desk's earlier editions.
type State string

// The states of a story.
const (
	New         State = "new"
	Update      State = "update"       // it goes on: articles of a story that was shown before
	MoreOrigins State = "more origins" // others have it now
	Corrected   State = "corrected"    // an outlet changed what an edition showed
)

// Story is one story as a digest shows it.
type Story struct {
	Number      int               `json:"number"`
	ID          int64             `json:"id"`
	State       State             `json:"state"`
	Was         string            `json:"was,omitempty"`          // its number in the earlier edition, "12.4"
	WasOrigins  int               `json:"was_origins,omitempty"`  // origins that it had there
	Subject     Subject           `json:"subject"`                // the section that it stands in
	Actors      []string          `json:"actors"`                 // names, those it is most about first
	Themes      []string          `json:"themes"`                 // names
	Lead        Quote             `json:"lead"`                   // the sentence that stands for it
	Figures     []Difference      `json:"figures,omitempty"`      // what its origins put differently
	Changes     []Change          `json:"changes,omitempty"`      // what an earlier edition showed
	Origins     []story.Origin    `json:"origins"`                // earliest first
	Outlets     int               `json:"outlets"`                // that carry it
	Articles    int               `json:"articles"`               // new ones, reprints among them
	Newest      time.Time         `json:"newest"`                 // of its new articles
	Corrections []Correction      `json:"corrections,omitempty"`  // articles that replace others
	StateLinked []string          `json:"state_linked,omitempty"` // its outlets on the desk's list
	Ratings     map[string]string `json:"ratings,omitempty"`      // the desk's letters, by outlet
	Why         []string          `json:"why,omitempty"`          // why it is here, for people
}

// Quote is a stored sentence with the number of its citation. Before is set
// where the sentence does not stand alone and the one before it is shown too.
type Quote struct {
	N        int               `json:"n"`
	Sentence summary.Sentence  `json:"sentence"`
	Before   *summary.Sentence `json:"before,omitempty"`
}

// Difference is a figure that two origins put differently, or that is another one
// in a story's new articles.
type Difference struct {
	Of  string `json:"of"` // "price"
	A   Quote  `json:"a"`
	B   Quote  `json:"b"`
	New bool   `json:"new,omitempty"` // the story goes on, and A's article was of it before
}

// Change is a sentence that an earlier edition showed and that no longer stands,
// or a figure that moved since.
type Change struct {
	Edition int       `json:"edition"`
	Had     Quote     `json:"had"`
	At      time.Time `json:"at"` // when the outlet changed it, or it was seen to have
}

// Correction is an article that replaces another of its outlet.
type Correction struct {
	By  Quote  `json:"by"`            // the sentence that now stands
	Was *Quote `json:"was,omitempty"` // what stood there, where one sentence can be told
	Of  string `json:"of"`            // the title of what it replaces
	N   int    `json:"n"`             // the citation of what it replaces
}

// Section is the stories of one subject.
type Section struct {
	Subject  Subject        `json:"subject"`
	Stories  []int          `json:"stories"` // numbers
	Articles int            `json:"articles"`
	From     []CountryCount `json:"from"` // where its outlets are, the most first
}

// CountryCount is a number of outlets of one country.
type CountryCount struct {
	Country string `json:"country"` // name; empty when not known
	Outlets int    `json:"outlets"`
}

// Ahead is a day to come that an article names. Story is set where the sentence
// is shown in a story already.
type Ahead struct {
	Day   time.Time `json:"day"`
	Story int       `json:"story,omitempty"`
	Quote Quote     `json:"quote"`
}

// Count is how many articles a subject had, beside its usual.
type Count struct {
	Subject  Subject   `json:"subject"`
	Articles int       `json:"articles"`
	Usual    int       `json:"usual"` // the median of the same window in the weeks before; -1 when the archive is too new for one
	Last     time.Time `json:"last"`  // its last article's time; zero when it has none
}

// Gap is what a reader might take for quiet and is not known to be.
type Gap struct {
	Subject *Subject  `json:"subject,omitempty"` // a followed subject without an article
	Last    time.Time `json:"last"`              // its last article; zero when there is none
	Source  string    `json:"source,omitempty"`  // or a source that was not read
	Trouble string    `json:"trouble,omitempty"`
	Next    time.Time `json:"next"` // when it is tried again
}

// Coverage is what was read for the digest.
type Coverage struct {
	Sources   int           `json:"sources"`
	NotRead   []NotRead     `json:"not_read"`
	Articles  int           `json:"articles"` // new in the window, of all subjects
	Reprints  int           `json:"reprints"` // among them
	Matching  int           `json:"matching"` // those that the desk follows, and has not muted
	Newest    time.Time     `json:"newest"`
	Languages []string      `json:"languages"` // ISO 639-1, most articles first
	Partial   []PartialText `json:"partial,omitempty"`
}

// PartialText counts articles of an outlet of which only a summary was kept.
type PartialText struct {
	Outlet   string          `json:"outlet"`
	Why      sources.Partial `json:"why"`
	Articles int             `json:"articles"`
}

// NotRead is a source that did not answer.
type NotRead struct {
	Source  string    `json:"source"`
	Trouble string    `json:"trouble"`
	Since   time.Time `json:"since"`
	Next    time.Time `json:"next"`
}

// Cited is an article that a digest cites.
type Cited struct {
	Article     int64           `json:"article"`
	Version     int             `json:"version"`
	Outlet      string          `json:"outlet"`
	Rating      string          `json:"rating,omitempty"`
	StateLinked bool            `json:"state_linked,omitempty"`
	Title       string          `json:"title"`
	Authors     []string        `json:"authors,omitempty"`
	Via         string          `json:"via,omitempty"`
	URL         string          `json:"url"`
	Lang        string          `json:"lang"`
	Partial     sources.Partial `json:"partial,omitempty"`
	Published   time.Time       `json:"published"`
	Day         bool            `json:"day,omitempty"` // only the day of publication is known
	Read        time.Time       `json:"read"`
}
