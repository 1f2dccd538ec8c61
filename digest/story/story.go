// Package story tells which articles are copies of one text, which belong to one
// story, and how many origins a story has.
//
// Begin with [Window]: the recent articles, with which new ones make stories.
package story

import "time"

// Item is an article as copies and stories are judged.
type Item struct {
	ID        int64
	Story     int64 // the story it belongs to; 0 for one that has none yet
	Outlet    string
	Via       string
	Published time.Time
	Title     string
	Text      string
	Actors    []string // ids of the actors it is about, best first
	CopyOf    int64    // the article whose text it has; 0 for none
	// Apart marks it as of one side of what people keep apart: it is never in one
	// story with what has the negative of one of its marks.
	Apart []int64
}

// Relation says how an article stands to an earlier one.
type Relation string

// The relations between articles.
const (
	Reprint    Relation = "reprint"    // the same text at another outlet, or sent again
	Correction Relation = "correction" // the same text with something put right: it replaces the other
)

// Copy is an article's relation to the text that it copies.
type Copy struct {
	Of       int64 // the earlier article
	Relation Relation
	Share    float64 // of the shorter text's runs of words that the other has, 0 to 1
	Why      string  // for people
}

// Origin is who first published a text, and the outlets that carry it.
type Origin struct {
	Name    string  // outlet, or the "via" of its reprints
	First   int64   // the earliest article of it
	Copies  []int64 // reprints of it, in order of publication
	Outlets []string
}

// Version is the state of these rules: the indexer's stamp carries it, and a
// greater one has old articles judged anew.
const Version = 3
