// Package sources gathers: it polls feeds, sitemaps and pages, and turns what is
// new into articles.
//
// Begin with [Gatherer.Gather], which polls one [Source] and returns a
// [Report]. What is already known of a source, and where new articles go, is
// behind [Store], the one seam to the archive.
package sources

import (
	"context"
	"time"

	"attache/sources/page"
	"attache/sources/text"
)

// Kind is how a source is read.
type Kind string

// The kinds of source.
const (
	Feed    Kind = "feed"    // RSS, Atom, RDF or JSON Feed
	Sitemap Kind = "sitemap" // a news sitemap
	Site    Kind = "site"    // a site's front page: its feed or sitemap is found by itself
	Import  Kind = "import"  // what came from a file, and is never polled
)

// Source is what is polled. It belongs to an outlet.
type Source struct {
	Name   string // unique, for people; the outlet's name where an outlet has one source
	Outlet string // the outlet's name
	URL    string
	Kind   Kind
}

// Outlet is a publisher that a reader would name.
type Outlet struct {
	Name        string
	Country     string // ISO 3166 alpha-3; empty when not known
	Rating      string // the desk's Admiralty letter, A to F; F, cannot be judged, when not given
	StateLinked bool   // on the desk's list of state-linked outlets
	Host        string // where its articles live, without "www."
}

// OutletName is what a feed, a page or a line calls an outlet, on one line and no
// longer than a name can be: a database may have no place for more.
func OutletName(name string) string {
	const most = 200 // characters
	return text.Trim(text.Line(name), most)
}

// Partial says why only the summary of the feed was kept as an article's text.
// It is empty for a whole text.
type Partial string

// The reasons for keeping only a feed's summary.
const (
	Whole       Partial = ""
	Paywall     Partial = "paywall"         // the page shows its beginning only
	NoArticle   Partial = "no article"      // the page holds no article that could be told apart
	Unreachable Partial = "unreachable"     // the page did not answer, or with an error
	Refused     Partial = "private address" // the page, or where it redirects to, is on a private network
	Disallowed  Partial = "robots.txt"      // the site asks not to be read
)

// Article is one document as one outlet published it. Of an article whose text
// changed there are several versions; a value holds one of them.
type Article struct {
	ID        int64  // given by the archive
	Version   int    // from 1
	Number    int64  // the archive's running number of this version; 0 until it is indexed
	URL       string // canonical
	Outlet    string
	Via       string // who first published it, where the text says that it is a reprint
	Title     string
	Authors   []string
	Published text.Date
	Updated   text.Date
	Lang      string // ISO 639-1; empty when not known
	Text      string // plain, as text.Clean leaves it
	Partial   Partial
	Seen      time.Time // first sight of the article
	Changed   time.Time // first sight of this version
	Backlog   bool      // it came with its source's first poll, or by import
}

// When is the article's time in the archive: when it was published, or when it
// was first seen where the outlet gives no date or one that was still to come.
func (a *Article) When() time.Time {
	if a.Published.IsZero() || a.Published.At.After(a.Seen) {
		return a.Seen
	}
	return a.Published.At
}

// Canonical is the address under which the article of an address is kept: without
// what only tracks its readers.
func Canonical(address string) string { return page.Canonical(address) }

// Sighting is where and when a source showed an article.
type Sighting struct {
	Source string
	GUID   string // the entry's id in the source; its link where it has none
	URL    string // the link as the source gave it
	Mark   string // a hash of what the source said of the entry: another one means that it changed
	Seen   time.Time
}

// State is what is known of a source between two polls.
type State struct {
	Polled       string // the address: of another one nothing here holds
	Found        string // the address of a site's feed, which the validators are of; empty where none was found yet
	Called       string // the name that its outlet was kept under
	ETag         string
	LastModified string
	FirstPoll    time.Time // zero before the first poll that succeeded
	LastPoll     time.Time
	LastOK       time.Time
	FailingSince time.Time // zero while it answers
	Failures     int       // in a row
	Trouble      string    // why the last poll failed, for people; no URL's secrets in it
	NextPoll     time.Time
	NewestItem   time.Time // the latest date of publication it has shown
}

// Found is one article and where it was found.
type Found struct {
	Article  Article
	Sighting Sighting
}

// Store keeps what a [Gatherer] finds. *archive.Archive is one.
type Store interface {
	// SourceState returns what is known of a source; the zero State for a new one.
	SourceState(ctx context.Context, source string) (State, error)
	// Sighted returns, by GUID, the marks under which the source showed these
	// entries before; a GUID never seen is not in the map.
	Sighted(ctx context.Context, source string, guids []string) (map[string]string, error)
	// Keep stores the source, its outlet, its new state and what was found, in
	// one transaction. It tells an article by its URL: known ones get a sighting
	// and, where title or text differ, a new version. It returns how many were
	// new and how many got a new version.
	Keep(ctx context.Context, src Source, outlet Outlet, state State, found []Found) (fresh, changed int, err error)
}
