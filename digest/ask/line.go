package ask

import (
	"time"

	"attache/digest/summary"
	"attache/sources/text"
)

// Kind is what a line is: a stored sentence, or what was counted.
type Kind string

// The kinds of line.
const (
	Reported Kind = "reported"
	Counted  Kind = "counted"
	Note     Kind = "note"
)

// Line is one line of an answer.
type Line struct {
	Kind      Kind                 `json:"kind"`
	Label     string               `json:"label,omitempty"`  // "Newest", "Most origins", a speaker, a pair
	Spoken    bool                 `json:"spoken,omitempty"` // the label is who says the sentence
	When      time.Time            `json:"when,omitzero"`
	Sentence  summary.Sentence     `json:"sentence,omitzero"`
	Before    *summary.Sentence    `json:"before,omitempty"` // the one before it, where it doesn't stand alone
	Outlet    string               `json:"outlet,omitempty"`
	Title     string               `json:"title,omitempty"`
	URL       string               `json:"url,omitempty"`
	Published text.Date            `json:"published,omitzero"`
	Story     int64                `json:"story,omitempty"`
	Origins   int                  `json:"origins,omitempty"` // of its story
	Outlets   int                  `json:"outlets,omitempty"`
	Marks     []string             `json:"marks,omitempty"`
	Figures   []summary.Difference `json:"figures,omitempty"` // that differ between origins of its story
	Text      string               `json:"text,omitempty"`    // of a counted line
}

// Source is an article that an answer cites, as a reader needs it.
type Source struct {
	Article   int64     `json:"article"`
	Version   int       `json:"version"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Published text.Date `json:"published,omitzero"`
	At        time.Time `json:"at"`
	Marks     []string  `json:"marks,omitempty"`
}

// Head is how the question was read, and for whom it is answered.
type Head struct {
	Understanding
	Asked     Slots  `json:"asked"` // what was searched for; of a doubt, its likeliest reading
	Asker     string `json:"asker,omitempty"`
	Period    Period `json:"period"`           // the one that was searched
	NoneNamed bool   `json:"none_named"`       // the question named no period
	Within    string `json:"within,omitempty"` // whose subjects were searched, where it named nobody
}

// NotRead is a source that could not be read.
type NotRead struct {
	Outlet string    `json:"outlet"`
	Since  time.Time `json:"since"`
	Why    string    `json:"why,omitempty"`
	OfLast int       `json:"of_last,omitempty"` // how many of the LastFew were its
}

// From is how many sources are of a country.
type From struct {
	Country string `json:"country"` // as people call it
	Sources int    `json:"sources"`
}

// Searched says what an answer rests on.
type Searched struct {
	Sources  int       `json:"sources"`
	Imported int       `json:"imported,omitempty"` // articles of an archive that has no source
	NotRead  []NotRead `json:"not_read,omitempty"`
	Articles int       `json:"articles"` // that fit, copies counted
	Copies   int       `json:"copies"`   // of these
	Stories  int       `json:"stories"`
	Shown    int       `json:"shown"` // stories
	Newest   time.Time `json:"newest,omitzero"`
	Actors   []string  `json:"actors,omitempty"`
	Themes   []string  `json:"themes,omitempty"`
	Period   Period    `json:"period"`

	Together   int        `json:"together,omitempty"`    // articles that name the pair, or the actor, and are not about it
	LastBefore time.Time  `json:"last_before,omitzero"`  // the last one that fits before the period, where nothing is in it
	LastFew    int        `json:"last_few,omitempty"`    // how many of these, at most five, were looked at for whose they are
	BeforeFits int        `json:"before_fits,omitempty"` // how many fit in the 30 days before now
	NotOutlets []string   `json:"not_outlets,omitempty"` // named outlets that the archive has nothing of
	NotPlaces  []string   `json:"not_places,omitempty"`  // named places that nothing found names
	NotWords   []string   `json:"not_words,omitempty"`   // words that nothing found has
	Untraced   int        `json:"untraced,omitempty"`    // quotations whose speaker was not found
	Unquoted   []string   `json:"unquoted,omitempty"`    // actors that are named and not quoted
	NotQuoted  []string   `json:"not_quoted,omitempty"`  // bodies that a story's articles name and don't quote
	NoFigure   string     `json:"no_figure,omitempty"`   // asked for, and no sentence with a speaker has it
	Statements int        `json:"statements,omitempty"`  // whose speaker was found, those not shown counted
	CopiesOf   int64      `json:"copies_of,omitempty"`   // the article that all copies are of, where it is one
	Gap        *Period    `json:"gap,omitempty"`         // the longest time without an article, its first and last day
	First      time.Time  `json:"first,omitzero"`        // of the articles that fit
	Last       time.Time  `json:"last,omitzero"`
	Steps      int        `json:"steps,omitempty"`       // of a timeline, those not shown counted
	StepsShown int        `json:"steps_shown,omitempty"` // of these
	Before     int        `json:"before,omitempty"`      // stories that were shown before, of which this is the rest
	OneSide    bool       `json:"one_side,omitempty"`    // of a comparison that names no two sides
	Compared   []Compared `json:"compared,omitempty"`    // the two sides of one
	From       []From     `json:"from,omitempty"`        // how many of the sources are of which country, the most first
	Begins     time.Time  `json:"begins,omitzero"`       // the archive's first article
}
