package newsroom

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"slices"
	"strings"
	"text/template"
	"time"
)

// feedSet is the templates of the XML feeds.
type feedSet struct{ *template.Template }

// feedView is a feed at a moment, newest entry first.
type feedView struct {
	*outlet
	Updated time.Time
	Entries []entryView
}

// Here returns an absolute URL of the feed's outlet.
func (v feedView) Here(path string) string { return "https://" + v.Host + path }

// FeedURL is where the feed is.
func (v feedView) FeedURL() string { return v.Here(v.feedPath) }

// Title and Lang are the channel's.
func (v feedView) Title() string { return v.Name }

// Lang is the feed's language.
func (v feedView) Lang() string { return v.lang }

// Slogan is the feed's subtitle.
func (v feedView) Slogan() string { return v.slogan }

type entryView struct {
	URL, Path, Title, Lang, Byline, Section, Summary string
	Published, Changed                               time.Time
	Text                                             []string
}

func parseFeeds() *feedSet {
	funcs := template.FuncMap{
		"x": func(s string) (string, error) {
			var b strings.Builder
			err := xml.EscapeText(&b, []byte(s))
			return b.String(), err
		},
		"rfc822": func(t time.Time) string { return t.Format(time.RFC1123Z) },
		"w3c":    func(t time.Time) string { return t.Format(time.RFC3339) },
	}
	return &feedSet{template.Must(template.New("").Funcs(funcs).ParseFS(files, "feeds/*.xml"))}
}

// view is the outlet's feed at a moment: the articles of the last seven days.
func (o *outlet) view(now time.Time) feedView {
	v := feedView{outlet: o}
	for _, a := range slices.Backward(o.articles) {
		if a.published.After(now) || now.Sub(a.published) > 7*24*time.Hour {
			continue
		}
		shown := a.at(now)
		e := entryView{
			URL: shown.URL, Path: a.path, Title: shown.Title, Lang: a.lang,
			Byline: a.byline, Section: a.section, Summary: a.lead(now), Text: shown.Text,
			Published: a.published.In(o.location()), Changed: shown.Changed.In(o.location()),
		}
		if e.Changed.After(v.Updated) {
			v.Updated = e.Changed
		}
		v.Entries = append(v.Entries, e)
	}
	return v
}

// render returns the feed's bytes and their content type.
func (s *feedSet) render(v feedView) (body []byte, contentType string, err error) {
	if v.format == "json" {
		body, err = jsonFeed(v)
		return body, "application/feed+json; charset=utf-8", err
	}
	types := map[string]string{
		"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml", "sitemap": "application/xml",
	}
	var b strings.Builder
	err = s.ExecuteTemplate(&b, v.format+".xml", v)
	return []byte(b.String()), types[v.format] + "; charset=utf-8", err
}

// jsonFeed is JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with the
// whole text of each article.
func jsonFeed(v feedView) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		HTML      string   `json:"content_html"`
		Summary   string   `json:"summary"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified,omitempty"`
		Authors   []author `json:"authors,omitempty"`
		Tags      []string `json:"tags,omitempty"`
	}
	feed := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		URL     string `json:"feed_url"`
		About   string `json:"description"`
		Lang    string `json:"language"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", v.Name, v.Here("/"), v.FeedURL(), v.slogan, v.lang, []item{}}
	for _, e := range v.Entries {
		it := item{
			ID: e.URL, URL: e.URL, Title: e.Title, Summary: e.Summary, Published: e.Published.Format(time.RFC3339),
			HTML: "<p>" + strings.Join(escapeAll(e.Text), "</p>\n<p>") + "</p>",
		}
		if !e.Changed.Equal(e.Published) {
			it.Modified = e.Changed.Format(time.RFC3339)
		}
		if e.Byline != "" {
			it.Authors = []author{{e.Byline}}
		}
		if e.Section != "" {
			it.Tags = []string{e.Section}
		}
		feed.Items = append(feed.Items, it)
	}
	return json.MarshalIndent(feed, "", "  ")
}

func escapeAll(list []string) []string {
	escaped := make([]string, len(list))
	for i, s := range list {
		escaped[i] = html.EscapeString(s)
	}
	return escaped
}
