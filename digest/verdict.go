package digest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"attache/digest/actor"
	"attache/digest/archive"
	"attache/digest/story"
	"attache/digest/theme"
)

// Effect is what a verdict changed.
type Effect struct {
	Verdict int64         // its id, by which it is lifted
	Before  StorySize     // the story as it was; of a tag, the article's
	After   StorySize     // what is left of it
	Begun   StorySize     // the story that was begun; zero where none was
	Dropped []archive.Tag // what the article is no longer about: an actor with its pairs
}

// StorySize counts a story.
type StorySize struct {
	Story    int64
	Articles int
	Origins  int
	Outlets  int
}

func sizeOf(id int64, es []archive.Entry) StorySize {
	of, outlets := origins(standing(es))
	return StorySize{Story: id, Articles: len(es), Origins: len(of), Outlets: outlets}
}

// SetApart keeps that an article does not belong with the rest of its story: it
// begins one of its own, with what was copied from it, and is in none with the
// others again, whatever comes and however they are indexed. The old story keeps
// its id. It fails with [archive.ErrAlone] where it has no other articles.
func (x *Indexer) SetApart(ctx context.Context, article int64, v archive.Verdict) (Effect, error) {
	v.Kind, v.Article, v.Tag = archive.Apart, article, archive.Tag{}
	v, err := x.Archive.Judge(ctx, v)
	if err != nil {
		return Effect{}, err
	}
	es, err := x.Archive.Entries(ctx, []int64{article})
	if err != nil || len(es) == 0 {
		return Effect{}, errors.Join(err, fmt.Errorf("article %d is gone", article))
	}
	own := es[0].Story
	stories, err := x.Archive.StoryEntries(ctx, []int64{v.Story, own})
	if err != nil {
		return Effect{}, err
	}
	was := slices.Concat(stories[v.Story], stories[own])
	return Effect{
		Verdict: v.ID, Before: sizeOf(v.Story, was), After: sizeOf(v.Story, stories[v.Story]), Begun: sizeOf(own, stories[own]),
	}, nil
}

// Untag keeps that an article is not about something: it loses the tag, of an
// actor also its pairs, and does not get it back when it is indexed anew, also
// with another text. It fails with [archive.ErrNotTagged] where it has no such tag.
func (x *Indexer) Untag(ctx context.Context, article int64, tag archive.Tag, v archive.Verdict) (Effect, error) {
	before, err := x.Archive.Entries(ctx, []int64{article})
	if err != nil {
		return Effect{}, err
	}
	v.Kind, v.Article, v.Tag = archive.Untag, article, tag
	if v, err = x.Archive.Judge(ctx, v); err != nil {
		return Effect{}, err
	}
	after, err := x.Archive.Entries(ctx, []int64{article})
	if err != nil || len(before) == 0 || len(after) == 0 {
		return Effect{}, errors.Join(err, fmt.Errorf("article %d is gone", article))
	}
	e := Effect{Verdict: v.ID}
	left := tagsOf(&after[0])
	for _, t := range tagsOf(&before[0]) {
		if !slices.Contains(left, t) {
			e.Dropped = append(e.Dropped, t)
		}
	}
	id := after[0].Story
	stories, err := x.Archive.StoryEntries(ctx, []int64{id})
	e.Before = sizeOf(id, stories[id])
	e.After = e.Before
	return e, err
}

// soon is how long [Indexer.Lift] waits for an article to be understood anew.
const soon = 3 * time.Second

// Lift takes a verdict back: what it set apart goes back to its story, and an
// article is understood anew: at once, or where much else waits to be, with that.
func (x *Indexer) Lift(ctx context.Context, verdict int64) error {
	v, err := x.Archive.Lift(ctx, verdict)
	if err != nil || v.Kind == archive.Apart {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	if _, err = x.Index(limited); limited.Err() != nil {
		return ctx.Err()
	}
	return err
}

// tagsOf lists what an article is about.
func tagsOf(e *archive.Entry) []archive.Tag {
	var all []archive.Tag
	for _, a := range e.Actors {
		all = append(all, archive.Tag{Kind: archive.ActorTag, ID: a.Actor})
	}
	for _, d := range e.Dyads {
		all = append(all, archive.Tag{Kind: archive.DyadTag, ID: d.Dyad.String()})
	}
	for _, t := range e.Themes {
		all = append(all, archive.Tag{Kind: archive.ThemeTag, ID: t.Theme})
	}
	return all
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
