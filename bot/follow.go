package bot

import (
	"context"
	"fmt"
	"time"

	"attache/digest"
)

// follow has the desk follow one subject or several.
func (k *keeper) follow(ctx context.Context, o order, line string) (done, error) {
	subjects, lines, err := k.subjects(ctx, line)
	if err != nil {
		return done{}, err
	}
	var d done
	var names []string
	for _, s := range subjects {
		if followed(o.Desk.Follow, s) >= 0 {
			lines = append(lines, s.Name+" is followed already.")
			continue
		}
		effect, err := k.effect(ctx, o, s)
		if err != nil {
			return done{}, err
		}
		names = append(names, s.Name)
		lines = append(lines, effect)
		d.Changes = append(d.Changes, o.change(Change{Kind: Follow, Subject: &s}))
	}
	d.Message = o.say("", lines...)
	if len(names) > 0 {
		d.announce(o, plainName(o.Person.Name)+" follows "+enumerate(names)+" for this desk.")
	}
	return d, nil
}

// unfollow has the desk follow one subject or several no longer.
func (k *keeper) unfollow(ctx context.Context, o order, line string) (done, error) {
	subjects, lines, err := k.subjects(ctx, line)
	if err != nil {
		return done{}, err
	}
	var d done
	var names []string
	for _, s := range subjects {
		if followed(o.Desk.Follow, s) < 0 {
			lines = append(lines, s.Name+" is not followed.")
			continue
		}
		names = append(names, s.Name)
		lines = append(lines, fmt.Sprintf("%s has no section for %s. What was stored of it stays.", o.nextEdition(), s.Name))
		d.Changes = append(d.Changes, o.change(Change{Kind: Unfollow, Subject: &s}))
	}
	d.Message = o.say("", lines...)
	if len(names) > 0 {
		d.announce(o, plainName(o.Person.Name)+" follows "+enumerate(names)+" no longer for this desk.")
	}
	return d, nil
}

// subjects finds what is meant by names with commas between, each once. Unread says
// of each other name why nothing is meant by it.
func (k *keeper) subjects(ctx context.Context, line string) (all []digest.Subject, unread []string, err error) {
	names := splitNames(line)
	if len(names) == 0 {
		return nil, []string{"Nothing was named: a pair, an actor, a theme or an outlet, several with commas between."}, nil
	}
	outlets, err := k.Names.known(ctx, k.Archive)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		s, err := digest.ResolveSubject(k.Actors, outlets, name)
		switch {
		case err != nil:
			unread = append(unread, unknownName(err))
		case followed(all, s) < 0:
			all = append(all, s)
		}
	}
	return all, unread, nil
}

// mostCounted is how many articles are looked at to count their stories.
const mostCounted = 500

// effect says what following a subject brings: when, and how much there was of it.
func (k *keeper) effect(ctx context.Context, o order, s digest.Subject) (string, error) {
	q := s.Query()
	q.Since, q.Until, q.Limit = o.Now.Add(-7*24*time.Hour), o.Now, mostCounted
	ids, total, err := k.Archive.Search(ctx, q)
	if err != nil {
		return "", err
	}
	entries, err := k.Archive.Entries(ctx, ids)
	if err != nil {
		return "", err
	}
	stories := map[int64]bool{}
	for i := range entries {
		stories[entries[i].Story] = true
	}
	count := Plural(total, "article")
	if total <= mostCounted {
		count += ", " + Plural(len(stories), "story")
	}
	return fmt.Sprintf("%s: %s has it. In the last 7 days: %s.", s.Name, lowerFirst(o.nextEdition()), count), nil
}
