package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"attache/digest/actor"
)

// inspectDocs is what the calls of inspect take that ask an archive.
type inspectDocs struct {
	inspectInput
	Docs string `required:"" type:"existingfile" placeholder:"FILE" help:"The archive's articles, as JSON Lines: {id,title?,text,date?,outlet?,url?}, and what else attache import reads."`
}

// unnamedOutlet is the outlet of articles that name none.
const unnamedOutlet = "unnamed"

// shelf makes the archive that --docs names, and says on standard error which of
// its lines are no article.
func (c inspectDocs) shelf(ctx context.Context, s *streams) (*shelf, error) {
	f, err := os.Open(c.Docs)
	if err != nil {
		return nil, err
	}
	sh, wrong, err := newShelf(ctx, f, time.Now)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("reading %s: %w", c.Docs, err)
	}
	for _, why := range wrong {
		fmt.Fprintf(s.err, "attache: %s: %v\n", c.Docs, why)
	}
	return sh, nil
}

// shelf is an archive of its own, made of one file and gone when it is closed.
type shelf struct {
	*app
	dir    string
	names  map[int64]string // the file's id of each article
	newest time.Time        // of the articles; zero where there is none
}

// newShelf makes an archive of articles as JSON Lines. wrong are the lines that
// are none.
func newShelf(ctx context.Context, articles io.Reader, now func() time.Time) (sh *shelf, wrong []error, err error) {
	dir, err := os.MkdirTemp("", "attache-inspect-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	sh = &shelf{dir: dir, names: map[int64]string{}}
	if sh.app, err = newApp(ctx, filepath.Join(dir, "attache.db"), actor.Load(), nil, now); err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	report, err := sh.importArticles(ctx, articles, unnamedOutlet, nil, map[string]int64{})
	if err != nil {
		return nil, nil, errors.Join(err, sh.close())
	}
	for name, id := range report.IDs {
		sh.names[id] = name
	}
	if sh.newest, err = sh.archive.Newest(ctx); err != nil {
		return nil, nil, errors.Join(err, sh.close())
	}
	return sh, report.Why, nil
}

func (sh *shelf) close() error { return errors.Join(sh.app.close(), os.RemoveAll(sh.dir)) }

// named are the file's ids of articles, in their order, each once.
func (sh *shelf) named(ids []int64) []string {
	out := []string{}
	for _, id := range ids {
		if name, ok := sh.names[id]; ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
