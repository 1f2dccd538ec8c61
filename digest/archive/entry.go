package archive

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"attache/digest/actor"
	"attache/digest/story"
	"attache/digest/theme"
	"attache/sources"
)

// Entry is an article as it was indexed: the newest indexed version, what it is
// about, and why.
type Entry struct {
	sources.Article
	Publisher sources.Outlet // the outlet that Article.Outlet names
	At        time.Time      // its time in the archive, as Article.When gives it

	Actors    []actor.About  // best first, each with its why
	Dyads     []actor.Acting // best first, each with its why
	Themes    []theme.Tag    // best first, each with its why
	Focus     string         // the one state it is most about, or empty
	Mentioned []string       // ids of all actors that it names

	Story   int64  // 0 while it is not indexed
	JoinWhy string // why it is in that story

	CopyOf      int64          // the article whose text it has; 0 for none
	Relation    story.Relation // how it stands to it
	CopyWhy     string
	CopyShare   float64 // 0 to 1
	CorrectedBy int64   // the article that replaces it; 0 for none

	FirstNumber int64 // the number of its first indexed version: it became known with it
}

// entrySelect reads entries without their tags, with more columns if there are
// any. A view of the past (asOf) takes the version of then.
func (a *Archive) entrySelect(args *params, more ...string) string {
	version := "(CASE WHEN a.indexed_version > 0 THEN a.indexed_version ELSE a.version END)"
	if !a.asOf.IsZero() {
		version = "(SELECT COALESCE(max(w.version), 1) FROM article_versions w WHERE w.article = a.id AND w.changed <= " +
			args.add(instant{a.asOf}) + " AND (w.number IS NOT NULL OR a.indexed_version = 0))"
	}
	return "SELECT " + versionColumns + ", " + outletColumns + `, a.at,
		COALESCE(m.story, 0), COALESCE(m.why, ''),
		COALESCE(r.other, 0), COALESCE(r.kind, ''), COALESCE(r.why, ''), COALESCE(r.share, 0),
		COALESCE((SELECT max(c.article) FROM relations c JOIN articles ca ON ca.id = c.article
			WHERE c.other = a.id AND c.kind = 'correction'` + a.seenBy("ca", args) + `), 0),
		COALESCE((SELECT min(w.number) FROM article_versions w WHERE w.article = a.id), 0)` + strings.Join(append([]string{""}, more...), ", ") + `
		FROM articles a
		JOIN outlets o ON o.id = a.outlet
		JOIN article_versions v ON v.article = a.id AND v.version = ` + version + `
		LEFT JOIN memberships m ON m.article = a.id
		LEFT JOIN relations r ON r.article = a.id
		WHERE TRUE` + a.seenBy("a", args)
}

// seenBy is the condition, to be joined to others, that the article had been
// seen by the time the view is of; for backlog, that it had been published.
func (a *Archive) seenBy(table string, args *params) string {
	if a.asOf.IsZero() {
		return ""
	}
	t := args.add(instant{a.asOf})
	return fmt.Sprintf(" AND %[1]s.at <= %[2]s AND (%[1]s.seen <= %[2]s OR %[1]s.backlog)", table, t)
}

// scanEntry reads one row of entrySelect.
func scanEntry(row *sql.Rows, more ...any) (Entry, error) {
	var e Entry
	var at instant
	places, set := scanArticle(&e.Article)
	places = append(places, scanOutlet(&e.Publisher)...)
	places = append(places, &at, &e.Story, &e.JoinWhy, &e.CopyOf, &e.Relation, &e.CopyWhy, &e.CopyShare, &e.CorrectedBy, &e.FirstNumber)
	places = append(places, more...)
	if err := row.Scan(places...); err != nil {
		return e, err
	}
	e.At = at.Time
	return e, set()
}

// entries reads what follows entrySelect, and the tags.
func (a *Archive) entries(ctx context.Context, query string, args params) ([]Entry, error) {
	all := []Entry{}
	err := each(ctx, a.read, query, args, func(row *sql.Rows) error {
		e, err := scanEntry(row)
		all = append(all, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, a.readTags(ctx, all)
}

// Entries returns articles by their ids, in that order. An id that is not there
// is left out. Entries share what they point to with those of other calls: it is
// to be read only.
func (a *Archive) Entries(ctx context.Context, ids []int64) ([]Entry, error) {
	if len(ids) == 0 {
		return []Entry{}, nil
	}
	found, err := a.byID(ctx, ids)
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read %d articles: %w", len(ids), err))
	}
	ordered := make([]Entry, 0, len(found))
	for _, id := range ids {
		if e, ok := found[id]; ok {
			ordered = append(ordered, e)
		}
	}
	return ordered, nil
}

// byID takes entries from memory, and reads the others.
func (a *Archive) byID(ctx context.Context, ids []int64) (map[int64]Entry, error) {
	revision, err := a.revision(ctx)
	if err != nil {
		return nil, err
	}
	known, others := a.memory.recall(revision, ids, a.asOf)
	if len(others) == 0 {
		return known, nil
	}
	read, err := a.readNow(ctx, others)
	if err != nil {
		return nil, err
	}
	a.memory.keep(revision, slices.DeleteFunc(slices.Clone(read), func(r remembered) bool { return r.Story == 0 }))
	var past []int64 // those that were otherwise at the time of the view
	for _, r := range read {
		if a.asOf.IsZero() || !r.since.After(a.asOf) {
			known[r.ID] = r.Entry
			continue
		}
		past = append(past, r.ID)
	}
	if len(past) == 0 {
		return known, nil
	}
	var args params
	query := a.entrySelect(&args)
	found, err := a.entries(ctx, query+" AND "+a.dialect.in("a.id", args.add(a.dialect.list(past))), args)
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		known[e.ID] = e
	}
	return known, nil
}

// readNow reads entries as they are now, and since when they have been so. What
// was never indexed may have another version at any time, and is no story's.
func (a *Archive) readNow(ctx context.Context, ids []int64) ([]remembered, error) {
	now := a.At(time.Time{})
	var args params
	query := now.entrySelect(&args, visible("a"),
		"COALESCE((SELECT max(w.changed) FROM article_versions w WHERE w.article = a.id AND w.version > 1), 0)",
		`COALESCE((SELECT max(`+visible("ca")+`) FROM relations c JOIN articles ca ON ca.id = c.article
			WHERE c.other = a.id AND c.kind = 'correction'), 0)`)
	var all []Entry
	var since []time.Time
	err := each(ctx, a.read, query+" AND "+a.dialect.in("a.id", args.add(a.dialect.list(ids))), args, func(row *sql.Rows) error {
		var seen, changed, corrected int64
		e, err := scanEntry(row, &seen, &changed, &corrected)
		all = append(all, e)
		since = append(since, time.UnixMicro(max(seen, changed, corrected)))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := now.readTags(ctx, all); err != nil {
		return nil, err
	}
	read := make([]remembered, len(all))
	for i := range all {
		read[i] = remembered{all[i].clipped(), since[i]}
	}
	return read, nil
}

// clipped is the entry, with nothing that could be appended to in place.
func (e Entry) clipped() Entry {
	e.Authors = slices.Clip(e.Authors)
	e.Actors, e.Dyads, e.Themes, e.Mentioned = slices.Clip(e.Actors), slices.Clip(e.Dyads), slices.Clip(e.Themes), slices.Clip(e.Mentioned)
	return e
}

// StoryEntries returns the articles of each story, the earliest first; for a
// story that goes on in another one, those of that. A story that is not there, or
// has no article, is not in the map. Of what they share, see [Archive.Entries].
func (a *Archive) StoryEntries(ctx context.Context, stories []int64) (map[int64][]Entry, error) {
	byStory := map[int64][]Entry{}
	if len(stories) == 0 {
		return byStory, nil
	}
	now, err := a.StoriesNow(ctx, stories)
	if err != nil {
		return nil, err
	}
	ids, err := a.members(ctx, slices.Collect(maps.Values(now)))
	if err != nil {
		return nil, a.dialect.explain(fmt.Errorf("read %d stories: %w", len(stories), err))
	}
	found, err := a.Entries(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(x, y Entry) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	for _, e := range found {
		byStory[e.Story] = append(byStory[e.Story], e)
	}
	asked := make(map[int64][]Entry, len(stories))
	for _, id := range stories {
		if es := byStory[now[id]]; len(es) > 0 {
			asked[id] = es
		}
	}
	return asked, nil
}

// members are the articles of stories.
func (a *Archive) members(ctx context.Context, stories []int64) ([]int64, error) {
	var ids []int64
	err := each(ctx, a.read, "SELECT article FROM memberships WHERE "+a.dialect.in("story", "$1"), []any{a.dialect.list(stories)}, func(row *sql.Rows) error {
		var id int64
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// readTags fills in the tags of entries. A version that was never indexed has
// those of the version that was.
func (a *Archive) readTags(ctx context.Context, all []Entry) error {
	byID := make(map[int64]*Entry, len(all))
	ids := make([]int64, len(all))
	for i := range all {
		ids[i], byID[all[i].ID] = all[i].ID, &all[i]
	}
	query := "SELECT t.article, t.version, t.kind, t.id, t.weight, t.why FROM tags t WHERE " +
		a.dialect.in("t.article", "$1") + " ORDER BY t.article, t.version DESC, t.place"
	from := map[int64]int{}
	return each(ctx, a.read, query, []any{a.dialect.list(ids)}, func(row *sql.Rows) error {
		var article int64
		var version int
		var kind, id, why string
		var weight float64
		if err := row.Scan(&article, &version, &kind, &id, &weight, &why); err != nil {
			return err
		}
		e := byID[article]
		if version > e.Version {
			return nil
		}
		if from[article] == 0 {
			from[article] = version
		}
		if from[article] == version {
			e.addTag(kind, id, weight, why)
		}
		return nil
	})
}

// addTag puts a stored tag where it belongs.
func (e *Entry) addTag(kind, id string, weight float64, why string) {
	switch kind {
	case tagActor:
		e.Actors = append(e.Actors, actor.About{Actor: id, Weight: weight, Why: why})
	case tagDyad:
		if d, ok := actor.ParseDyad(id); ok {
			e.Dyads = append(e.Dyads, actor.Acting{Dyad: d, Weight: weight, Why: why})
		}
	case tagTheme:
		e.Themes = append(e.Themes, theme.Tag{Theme: id, Weight: weight, Why: why})
	case tagFocus:
		e.Focus = id
	case tagMention:
		e.Mentioned = append(e.Mentioned, id)
	}
}
