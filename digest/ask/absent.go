package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"attache/digest/archive"
)

// unknownWords makes a refusal of an answer to a question that names nothing but
// words that no article of the archive has.
func (f *findings) unknownWords(ctx context.Context, q Question) (bool, error) {
	head := &f.answer.Head
	if !head.onlyWords || len(f.slots.Words) == 0 || slices.ContainsFunc(f.fit, func(c candidate) bool { return c.own }) {
		return false, nil
	}
	_, total, err := f.Archive.Search(ctx, archive.Query{AnyWords: f.slots.Words, AsOf: f.who.Now, Limit: 1})
	if err != nil {
		return false, fmt.Errorf("search the archive for the words: %w", err)
	}
	if total > 0 {
		return false, nil
	}
	typed := strings.Join(f.slots.Words, " ")
	*head = Head{Asker: head.Asker, Understanding: Understanding{
		Status: Unknown, Misread: []Misread{{Typed: typed, Words: true, Nearest: f.Actors.Resolve(typed).Nearest}},
	}}
	if q.Before != nil {
		head.Slots = *q.Before
	}
	f.answer.Searched = Searched{}
	return true, nil
}
