package summary

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"attache/sources"
	"attache/sources/text"
)

// ErrChanged says that a text does not hold the sentence that a citation cites.
var ErrChanged = errors.New("the text does not hold the cited sentence")

// cite makes the citation of a span of an article's text.
func cite(a *sources.Article, span text.Span) Citation {
	return Citation{Article: a.ID, Version: a.Version, Span: span, Hash: hash(span.In(a.Text))}
}

// hash is the first 16 hex digits of a sentence's SHA-256.
func hash(sentence string) string {
	sum := sha256.Sum256([]byte(sentence))
	return hex.EncodeToString(sum[:8])
}

// Verify checks a citation against the stored text of the version that it cites.
// The error wraps [ErrChanged] when the span lies outside the text or its bytes
// are others.
func Verify(c Citation, stored string) error {
	if c.Span.Start < 0 || c.Span.Start >= c.Span.End || c.Span.End > len(stored) {
		return fmt.Errorf("article %d version %d, bytes %d to %d of %d: %w",
			c.Article, c.Version, c.Span.Start, c.Span.End, len(stored), ErrChanged)
	}
	if hash(c.Span.In(stored)) != c.Hash {
		return fmt.Errorf("article %d version %d, bytes %d to %d: %w",
			c.Article, c.Version, c.Span.Start, c.Span.End, ErrChanged)
	}
	return nil
}
