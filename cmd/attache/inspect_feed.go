package main

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"attache/sources/feed"
	"attache/sources/text"
)

type inspectFeed struct {
	Dir string `required:"" type:"existingdir" placeholder:"DIR" help:"The folder that the lines' files are in."`
	inspectInput
}

// Help is printed under the call's flags.
func (inspectFeed) Help() string {
	return `In: {file,content_type?,base_url?}

Out: {file,error?,title,link,description,language,updated,entries:[…]}, and an entry is
{id,title,link,published,updated,author,summary,content,categories,enclosures}

--why adds to each entry the outlet that it is taken from, where it names one.

Example:
  echo '{"file":"news.xml","base_url":"https://caspian-ledger.example/"}' | attache inspect feed --dir feeds`
}

// feedEntry is one entry of what inspect feed writes.
type feedEntry struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Link       string   `json:"link"`
	Published  string   `json:"published"`
	Updated    string   `json:"updated"`
	Author     string   `json:"author"`
	Summary    string   `json:"summary"`
	Content    string   `json:"content"`
	Categories []string `json:"categories"`
	Enclosures []string `json:"enclosures"`
	Why        string   `json:"why,omitempty"`
}

// Run parses each feed.
func (c inspectFeed) Run(ctx context.Context, s *streams) error {
	dir, err := openDir(c.Dir)
	if err != nil {
		return err
	}
	defer dir.close()
	return c.each(ctx, s, func(line json.RawMessage) ([]any, error) {
		var in struct {
			File        string `json:"file"`
			ContentType string `json:"content_type"`
			BaseURL     string `json:"base_url"`
		}
		if err := decode(line, &in); err != nil {
			return nil, err
		}
		data, err := dir.read(in.File)
		if err != nil {
			return nil, err
		}
		f, err := feed.Parse(data, in.ContentType, in.BaseURL)
		if err != nil {
			return nil, err
		}
		return []any{c.result(in.File, f)}, nil
	})
}

func (c inspectFeed) result(file string, f *feed.Feed) any {
	out := struct {
		File        string      `json:"file"`
		Title       string      `json:"title"`
		Link        string      `json:"link"`
		Description string      `json:"description"`
		Language    string      `json:"language"`
		Updated     string      `json:"updated"`
		Entries     []feedEntry `json:"entries"`
	}{file, f.Title, f.Link, f.Description, f.Language, stamp(f.Updated), []feedEntry{}}
	for _, e := range f.Entries {
		entry := feedEntry{
			ID: e.ID, Title: e.Title, Link: e.Link, Published: stamp(e.Published), Updated: stamp(e.Updated),
			Author: strings.Join(e.Authors, ", "), Summary: e.Summary, Content: e.Content,
			Categories: some(e.Categories), Enclosures: []string{},
		}
		for _, enclosure := range e.Enclosures {
			entry.Enclosures = append(entry.Enclosures, enclosure.URL)
		}
		if c.Why && e.Via != "" {
			entry.Why = "taken from " + e.Via
		}
		out.Entries = append(out.Entries, entry)
	}
	return out
}

// stamp is a date as an instant, also where only its day is known; empty for none.
func stamp(d text.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.At.Format(time.RFC3339)
}
