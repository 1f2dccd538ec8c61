package digest

import (
	"context"
	"slices"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/theme"
)

// StorySize counts a story.
type StorySize struct {
	Origins int
	Outlets int
}

func sizeOf(es []archive.Entry) StorySize {
	of, outlets := origins(standing(es))
	return StorySize{Origins: len(of), Outlets: outlets}
}

// SetApart is the verdict that an article does not belong with the rest of its story,
// and what it leaves of that. Once it is settled the article begins a story of its
// own, with what was copied from it, and is in none with the others again, whatever
// comes and however they are indexed. The old story keeps its id. It fails with
// [archive.ErrAlone] where it has no other articles.
func (b *Builder) SetApart(ctx context.Context, article int64) (archive.Verdict, StorySize, error) {
	v, err := b.Archive.Apart(ctx, article)
	if err != nil {
		return v, StorySize{}, err
	}
	left, err := b.Archive.Entries(ctx, v.From)
	return v, sizeOf(left), err
}

// Untag are the verdicts that an article is not about something: those of the tags
// that it has. Once they are settled it loses them, of an actor also its pairs, and
// does not get them back when it is indexed anew, also with another text.
func (b *Builder) Untag(ctx context.Context, article int64, tags []archive.Tag) ([]archive.Verdict, error) {
	var all []archive.Verdict
	for _, t := range tags {
		has, err := b.Archive.Tagged(ctx, article, t)
		if err != nil {
			return nil, err
		}
		if has {
			all = append(all, archive.Verdict{Kind: archive.Untag, Article: article, Tag: t})
		}
	}
	return all, nil
}

// soon is how long [Indexer.Anew] waits for articles to be understood anew.
const soon = 3 * time.Second

// Anew has what verdicts that were taken back said nothing of any more understood
// anew: at once, or where much else waits to be, with that.
func (x *Indexer) Anew(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	_, err := x.Index(limited)
	if limited.Err() != nil {
		return ctx.Err()
	}
	return err
}

// obey leaves out of what was made of an article what people said it is not about,
// and has it kept apart from whom they said.
func obey(r archive.Ruling, in *archive.Indexed, it *story.Item) {
	it.Apart = r.Apart
	for _, not := range r.Not {
		switch not.Kind {
		case archive.ActorTag:
			is := func(id string) bool { return id == not.ID }
			in.Actors = slices.DeleteFunc(in.Actors, func(a actor.About) bool { return is(a.Actor) })
			in.Dyads = slices.DeleteFunc(in.Dyads, func(d actor.Acting) bool { return is(d.Dyad.A) || is(d.Dyad.B) })
			in.Mentioned = slices.DeleteFunc(in.Mentioned, is)
			it.Actors = slices.DeleteFunc(it.Actors, is)
			if is(in.Focus) {
				in.Focus = ""
			}
		case archive.DyadTag:
			in.Dyads = slices.DeleteFunc(in.Dyads, func(d actor.Acting) bool { return d.Dyad.String() == not.ID })
		case archive.ThemeTag:
			in.Themes = slices.DeleteFunc(in.Themes, func(t theme.Tag) bool { return t.Theme == not.ID })
		}
	}
}
