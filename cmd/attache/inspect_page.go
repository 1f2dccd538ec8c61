package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"attache/sources/page"
)

// maxPage is the largest page or feed that is read from a folder, in bytes.
const maxPage = 64 << 20

type inspectPage struct {
	Dir string `type:"existingdir" placeholder:"DIR" help:"Read the pages from DIR/ID.html or DIR/ID.html.gz instead of the lines' html."`
	inspectInput
}

// Help is printed under the call's flags.
func (inspectPage) Help() string {
	return `In: {id,url?,html}; with --dir {id,url?}

Out: {id,title,authors,published,updated,via,lang,body}

--why adds the site's name for itself, the canonical address, and whether the page shows only a part.

Example:
  attache inspect page --dir saved-pages list.jsonl`
}

// Run reads each page as the gatherer does.
func (c inspectPage) Run(ctx context.Context, s *streams) error {
	dir, err := openDir(c.Dir)
	if err != nil {
		return err
	}
	defer dir.close()
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			ID   key     `json:"id"`
			URL  string  `json:"url"`
			HTML *string `json:"html"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		var body []byte
		switch {
		case c.Dir == "" && in.HTML == nil:
			return nil, errors.New("html: expected the page, or --dir with the folder that it is in")
		case c.Dir == "":
			body = []byte(*in.HTML)
		default:
			if body, err = dir.read(nameOf(in.ID)+".html", nameOf(in.ID)+".html.gz"); err != nil {
				return nil, err
			}
		}
		p, err := page.Extract(body, "", in.URL)
		if err != nil && !errors.Is(err, page.ErrNoArticle) {
			return nil, err
		}
		return []any{c.result(in.ID, cmp.Or(p, new(page.Page)), err)}, nil
	})
}

func (c inspectPage) result(id key, p *page.Page, noArticle error) any {
	type why struct {
		Site       string `json:"site"`
		URL        string `json:"url"`
		Paywall    bool   `json:"paywall"`
		NoArticle  bool   `json:"no_article"`
		Characters int    `json:"characters"`
	}
	out := struct {
		ID        key      `json:"id"`
		Title     string   `json:"title"`
		Authors   []string `json:"authors"`
		Published string   `json:"published"`
		Updated   string   `json:"updated"`
		Via       string   `json:"via"`
		Lang      string   `json:"lang"`
		Body      string   `json:"body"`
		Why       *why     `json:"why,omitempty"`
	}{id, p.Title, some(p.Authors), p.Published.String(), p.Updated.String(), p.Via, p.Lang, p.Text, nil}
	if c.Why {
		out.Why = &why{p.Site, p.URL, p.Paywall, noArticle != nil, len([]rune(p.Text))}
	}
	return out
}

// nameOf is an id as part of a file's name.
func nameOf(id key) string {
	var name string
	if json.Unmarshal(id, &name) == nil {
		return name
	}
	return string(id)
}

// folder is where a call finds the documents that its lines name.
type folder struct{ root *os.Root }

// openDir opens a folder that no name leads out of; none for the empty name.
func openDir(name string) (folder, error) {
	if name == "" {
		return folder{}, nil
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return folder{}, fmt.Errorf("open the folder of documents: %w", err)
	}
	return folder{root}, nil
}

func (d folder) close() {
	if d.root != nil {
		_ = d.root.Close()
	}
}

// read gives the first of the files that is there, unpacked where its name ends in
// ".gz".
func (d folder) read(names ...string) ([]byte, error) {
	var err error
	for _, name := range names {
		var f fs.File
		if f, err = d.root.Open(name); err != nil {
			continue
		}
		data, err := readPage(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if strings.HasSuffix(name, ".gz") {
			return unpack(name, data)
		}
		return data, nil
	}
	return nil, err
}

// readPage reads all of a document, unless it is longer than one may be.
func readPage(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	if err == nil && len(data) > maxPage {
		return nil, fmt.Errorf("longer than %d MB", maxPage>>20)
	}
	return data, err
}

func unpack(name string, data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	page, err := readPage(z)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	return page, nil
}
