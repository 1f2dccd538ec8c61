// Package text holds what a text is made of: spans, dates as they were written,
// language, sentences, words, and the folding that makes words comparable.
//
// Everything above it speaks of a text by byte spans in the text as stored, so
// nothing here changes a text behind its owner's back: [Clean] is called once,
// when a text comes in, and all spans are spans of its result.
package text

// Span is a half-open range of bytes, [Start, End), in a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In returns the part of s that the span covers. It panics, as slicing does,
// when the span is not one of s.
func (p Span) In(s string) string { return s[p.Start:p.End] }

// Len is the length of the span in bytes.
func (p Span) Len() int { return p.End - p.Start }
