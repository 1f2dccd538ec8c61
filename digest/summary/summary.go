// Package summary chooses the sentences that stand for an article or a story.
// Every sentence is a span of a stored text, with its citation.
//
// Begin with [Split], the sentences of an article that may be quoted, and
// [Lead], the one that stands for it.
package summary

import "attache/sources/text"

// Citation says where a sentence stands: a span of one version of an article's
// text, and a hash of those bytes.
type Citation struct {
	Article int64     `json:"article"`
	Version int       `json:"version"`
	Span    text.Span `json:"span"`
	Hash    string    `json:"hash"` // the first 16 hex digits of the SHA-256 of the span's bytes
}

// Sentence is a stored sentence that may be quoted.
type Sentence struct {
	Citation
	Text  string // exactly the bytes of the span
	Alone bool   // it stands alone: no "he", "the ministry", "the deal" with nothing before it
	Why   string // why it does not stand alone; empty when it does
	Order int    // its place among the article's sentences, from 0
}
