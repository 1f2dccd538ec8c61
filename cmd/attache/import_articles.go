package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"time"

	"attache/digest"
	"attache/sources"
	"attache/sources/text"
)

const (
	importBatch = 500            // articles that are stored in one transaction
	toCome      = 48 * time.Hour // how far a date may lie ahead: zones and clocks differ
	wrongShown  = 10             // lines that could not be read of which it is said why
)

// imported counts what came of a file of articles.
type imported struct {
	New     int
	Changed int // got a new version
	Known   int // were there, the same
	Wrong   int // lines that are no article
	Why     []error
	IDs     map[string]int64 // the archive's id of each article, by the file's own; nil unless asked for
	Indexed digest.Indexed
}

// importing is an import at work.
type importing struct {
	*app
	known  []sources.Outlet
	report *imported
	seen   time.Time        // one for all, so that they are understood in the order of publication
	lines  map[[16]byte]int // the line of each article, by a hash of the id it is sighted under
	batch  []sources.Line
	found  []sources.Found
}

// importArticles puts articles from JSON Lines into the archive, as backlog, and
// has them understood. The outlet stands in where a line names none; empty, such
// a line is a mistake. Of the outlets in known their facts are stored too.
// Whatever was imported before and is the same changes nothing. Where ids is not
// nil, the articles' ids are put into it.
func (a *app) importArticles(ctx context.Context, r io.Reader, outlet string, known []sources.Outlet, ids map[string]int64) (imported, error) {
	report := imported{IDs: ids}
	in := &importing{app: a, known: known, report: &report, seen: a.now(), lines: map[[16]byte]int{}}
	for line, err := range sources.ReadArticles(r, outlet) {
		if err == nil {
			err = in.add(&line)
		}
		var wrong *sources.LineError
		switch {
		case errors.As(err, &wrong):
			if report.Wrong++; report.Wrong <= wrongShown {
				report.Why = append(report.Why, wrong)
			}
		case err != nil:
			return report, err
		}
		if len(in.batch) == importBatch {
			if err := in.flush(ctx); err != nil {
				return report, err
			}
		}
	}
	err := in.flush(ctx)
	if err == nil {
		report.Indexed, err = a.indexer.Index(ctx)
	}
	return report, err
}

// add puts a line into the batch. A file that says two things of one article
// would change it each time that it is imported: the first holds.
func (in *importing) add(line *sources.Line) error {
	found := line.Found()
	found.Article.Seen, found.Sighting.Seen = in.seen, in.seen
	if p := found.Article.Published; p.At.After(in.seen.Add(toCome)) {
		return &sources.LineError{Number: line.Number, ID: line.ID, Why: fmt.Sprintf("published: %s is still to come", p.At.Format(time.DateOnly))}
	}
	sum := sha256.Sum256([]byte(found.Sighting.GUID))
	key := [16]byte(sum[:16])
	if first, ok := in.lines[key]; ok {
		return &sources.LineError{Number: line.Number, ID: line.ID, Why: fmt.Sprintf("its id is that of line %d too", first)}
	}
	in.lines[key] = line.Number
	in.batch = append(in.batch, *line)
	in.found = append(in.found, found)
	return nil
}

// flush stores what of the batch is new or says something else than before.
func (in *importing) flush(ctx context.Context) error {
	guids, urls := make([]string, len(in.found)), make([]string, len(in.found))
	for i, f := range in.found {
		guids[i], urls[i] = f.Sighting.GUID, f.Article.URL
	}
	marks, err := in.archive.Sighted(ctx, sources.ImportSource, guids)
	if err != nil {
		return err
	}
	var other []sources.Found
	for _, f := range in.found {
		if marks[f.Sighting.GUID] != f.Sighting.Mark {
			f.Article.Lang = text.Language(f.Article.Title + ". " + f.Article.Text)
			other = append(other, f)
		}
	}
	fresh, changed, err := in.archive.Import(ctx, in.known, other)
	if err != nil {
		return err
	}
	in.report.New += fresh
	in.report.Changed += changed
	in.report.Known += len(in.found) - fresh - changed
	err = in.name(ctx, urls)
	in.batch, in.found = in.batch[:0], in.found[:0]
	return err
}

// name reports the ids of the batch's articles, where they are asked for.
func (in *importing) name(ctx context.Context, urls []string) error {
	if in.report.IDs == nil {
		return nil
	}
	ids, err := in.archive.ByURL(ctx, urls)
	if err != nil {
		return err
	}
	for i := range in.batch {
		if id := in.batch[i].ID; id != "" {
			in.report.IDs[id] = ids[urls[i]]
		}
	}
	return nil
}
