package digest

import (
	"context"
	"encoding/json"
	"fmt"

	"attache/digest/archive"
)

// Edition gives a digest as the archive keeps it.
func (d *Digest) Edition() (archive.Edition, error) {
	body, err := json.Marshal(d)
	if err != nil {
		return archive.Edition{}, fmt.Errorf("writing the body of edition %d of %s: %w", d.Number, d.Desk, err)
	}
	e := archive.Edition{
		Desk: d.Desk, Number: d.Number, Due: d.Due, Since: d.Since, Until: d.Until, ReadTo: d.ReadTo, Body: body,
	}
	for i := range d.Stories {
		s := &d.Stories[i]
		for _, q := range s.quotes() {
			c := q.Sentence.Citation
			e.Sentences = append(e.Sentences, archive.EditionSentence{
				N: q.N, Story: s.ID, StoryNo: s.Number,
				Article: c.Article, Version: c.Version, Start: c.Span.Start, End: c.Span.End, Hash: c.Hash,
			})
		}
	}
	return e, nil
}

// Store keeps a digest as the desk's next edition, and sets its number.
// archive.ErrEditionExists says that the desk has one for that due time.
func Store(ctx context.Context, a *archive.Archive, d *Digest) error {
	e, err := d.Edition()
	if err != nil {
		return err
	}
	if d.Number, err = a.SaveEdition(ctx, e); err != nil {
		return fmt.Errorf("storing edition %d of %s: %w", d.Number, d.Desk, err)
	}
	return nil
}

// Stored reads an edition back.
func Stored(e *archive.Edition) (*Digest, error) {
	d := new(Digest)
	if err := json.Unmarshal(e.Body, d); err != nil {
		return nil, fmt.Errorf("edition %d of %s: its body can't be read: %w", e.Number, e.Desk, err)
	}
	d.Number = e.Number
	return d, nil
}
