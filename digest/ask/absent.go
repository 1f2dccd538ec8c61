package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"attache/digest/archive"
)

// unknownWords makes a refusal of an answer to a question that names nothing but
// words that no article of the archive has, or somebody whom none has.
func (f *findings) unknownWords(ctx context.Context, q Question) (bool, error) {
	typed, err := f.absentWords(ctx)
	if err != nil || typed == "" {
		return false, err
	}
	head := &f.answer.Head
	*head = Head{Asker: head.Asker, Understanding: Understanding{
		Status: Unknown, Misread: []Misread{{Typed: typed, Words: true, Nearest: f.Actors.Resolve(typed).Nearest}},
	}}
	if q.Before != nil {
		head.Slots = *q.Before
	}
	f.answer.Searched = Searched{}
	return true, nil
}

// absentWords are those words: all of a question that has nothing else, or the first
// that is written as a name.
func (f *findings) absentWords(ctx context.Context) (string, error) {
	head := f.answer.Head
	for _, name := range head.names {
		if none, err := f.absent(ctx, []string{name}); none || err != nil {
			return name, err
		}
	}
	if !head.onlyWords || len(f.slots.Words) == 0 || slices.ContainsFunc(f.fit, func(c candidate) bool { return c.own }) {
		return "", nil
	}
	none, err := f.absent(ctx, f.slots.Words)
	if !none || err != nil {
		return "", err
	}
	return strings.Join(f.slots.Words, " "), nil
}

// absent reports whether no article has one of the words.
func (f *findings) absent(ctx context.Context, words []string) (bool, error) {
	_, total, err := f.Archive.Search(ctx, archive.Query{AnyWords: words, AsOf: f.who.Now, Limit: 1})
	if err != nil {
		return false, fmt.Errorf("search the archive for the words: %w", err)
	}
	return total == 0, nil
}
