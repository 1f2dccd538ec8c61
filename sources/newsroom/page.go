package newsroom

import (
	"html/template"
	"slices"
	"strings"
	"time"
)

// pageSet is the templates of the pages: one for each outlet's articles, one for
// all front pages.
type pageSet struct{ *template.Template }

// paragraph is a paragraph that may have a link to another article in its
// middle.
type paragraph struct {
	Head, Tail string
	Related    *link
}

type link struct{ URL, Title string }

// pageView is what a template of an article knows.
type pageView struct {
	Article
	Host, Name, Slogan, FeedURL      string
	Path                             string
	Byline, Credit, Section, Summary string
	Video                            bool
	Modified                         time.Time // zero where nothing was changed
	Paragraphs                       []paragraph
	More                             []link // other articles of the outlet, newest first
}

// frontView is what the template of a front page knows.
type frontView struct {
	Host, Name, Slogan, Lang, Feed, FeedType string
	More                                     []link
}

func parsePages() *pageSet {
	funcs := template.FuncMap{
		"iso":   func(t time.Time) string { return t.Format(time.RFC3339) },
		"say":   func(layout string, t time.Time) string { return t.Format(layout) },
		"upper": strings.ToUpper,
	}
	return &pageSet{template.Must(template.New("").Funcs(funcs).ParseFS(files, "pages/*.html"))}
}

// more lists up to n other articles that are out, newest first.
func (o *outlet) more(now time.Time, but string, n int) []link {
	var list []link
	for _, a := range slices.Backward(o.articles) {
		if len(list) < n && a.path != but && !a.published.After(now) {
			list = append(list, link{a.url(), a.at(now).Title})
		}
	}
	return list
}

func (s *pageSet) article(a *article, now time.Time) (string, error) {
	zone := a.outlet.location()
	v := pageView{
		Article: a.at(now), Host: a.outlet.Host, Name: a.outlet.Name, Slogan: a.outlet.slogan,
		FeedURL: "https://" + a.outlet.Host + a.outlet.feedPath,
		Path:    a.path, Byline: a.byline, Credit: a.credit, Section: a.section, Summary: a.lead(now),
		Video: a.page == "video", More: a.outlet.more(now, a.path, 6),
	}
	v.Published = v.Published.In(zone)
	if v.Changed.After(v.Published) {
		v.Modified = v.Changed.In(zone)
	}
	shown := v.Text
	if v.Paywalled {
		shown = shown[:1]
	}
	for i, p := range shown {
		v.Paragraphs = append(v.Paragraphs, paragraph{Head: p})
		if i == 1 && len(v.More) > 0 {
			v.Paragraphs[i] = withLink(p, v.More[len(v.More)-1])
		}
	}
	var b strings.Builder
	err := s.ExecuteTemplate(&b, a.outlet.file+".html", v)
	return b.String(), err
}

// withLink puts a link after the paragraph's first sentence, as sites do that
// want their readers to go on reading.
func withLink(p string, to link) paragraph {
	head, tail, ok := strings.Cut(p, ". ")
	if !ok || len(head) < 40 {
		return paragraph{Head: p, Related: &to}
	}
	return paragraph{Head: head + ".", Tail: tail, Related: &to}
}

func (s *pageSet) front(o *outlet, now time.Time) (string, error) {
	types := map[string]string{"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml", "json": "application/feed+json"}
	v := frontView{
		Host: o.Host, Name: o.Name, Slogan: o.slogan, Lang: o.lang,
		Feed: o.feedPath, FeedType: types[o.format], More: o.more(now, "", 25),
	}
	var b strings.Builder
	err := s.ExecuteTemplate(&b, "front.html", v)
	return b.String(), err
}
