package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Article is one article as it reads at a moment.
type Article struct {
	URL       string
	Outlet    string
	Title     string
	Lang      string
	Published time.Time
	Changed   time.Time // last change of its text; Published where there was none
	Event     string    // the event that it tells of: a name in [World.Events]
	CopyOf    string    // URL of the article whose text it carries
	Corrects  string    // URL of the article that it replaces
	Paywalled bool      // its page shows the first paragraph only
	Text      []string  // paragraphs, credit left out
}

// article is an article with its history and what its page needs.
type article struct {
	outlet    *outlet
	path      string
	title     string
	lang      string
	published time.Time
	event     string
	copyOf    string // host/path, then the numbers of the paragraphs that are kept
	corrects  string // path
	byline    string
	credit    string // a paragraph of its own below the text
	section   string
	summary   string // for feeds; the first paragraph where it isn't given
	page      string // "paywall", "video" or empty
	text      []string
	edits     []change // what a copy's editors changed before they published it
	changes   []change
}

// change is a change in place: everywhere in the article, old becomes new.
type change struct {
	when     time.Time
	old, new string
}

func (a *article) url() string { return "https://" + a.outlet.Host + a.path }

// at returns the article as it reads at a moment.
func (a *article) at(now time.Time) Article {
	made := a.changesBy(now)
	v := Article{
		URL: a.url(), Outlet: a.outlet.Name, Title: made.Replace(a.title), Lang: a.lang,
		Published: a.published, Changed: a.changedBy(now), Event: a.event,
		Paywalled: a.page == "paywall",
	}
	if a.copyOf != "" {
		source, _, _ := strings.Cut(a.copyOf, " ")
		v.CopyOf = "https://" + source
	}
	if a.corrects != "" {
		v.Corrects = "https://" + a.outlet.Host + a.corrects
	}
	for _, p := range a.text {
		v.Text = append(v.Text, made.Replace(p))
	}
	return v
}

func (a *article) changesBy(now time.Time) *strings.Replacer {
	var pairs []string
	for _, c := range a.changes {
		if !c.when.After(now) {
			pairs = append(pairs, c.old, c.new)
		}
	}
	return strings.NewReplacer(pairs...)
}

func (a *article) changedBy(now time.Time) time.Time {
	last := a.published
	for _, c := range a.changes {
		if !c.when.After(now) && c.when.After(last) {
			last = c.when
		}
	}
	return last
}

// lead is what a feed says of the article.
func (a *article) lead(now time.Time) string {
	s := a.summary
	if s == "" {
		s = a.text[0]
	}
	return a.changesBy(now).Replace(s)
}

// resolve gives a copy the text that it copies.
func (a *article) resolve(all map[string]*article) {
	if a.copyOf == "" || a.text != nil {
		return
	}
	fields := strings.Fields(a.copyOf)
	of := all["https://"+fields[0]]
	if of == nil || of.text == nil {
		panic(fmt.Sprintf("newsroom: %s copies %s, which has no text", a.url(), fields[0]))
	}
	for _, f := range fields[1:] {
		n := int(f[0] - '1')
		if len(f) != 1 || n < 0 || n >= len(of.text) {
			panic(fmt.Sprintf("newsroom: %s copies paragraph %q, which is not there", a.url(), f))
		}
		a.text = append(a.text, of.text[n])
	}
	whole := strings.Join(a.text, "\n")
	for _, e := range a.edits {
		if !strings.Contains(whole, e.old) {
			panic(fmt.Sprintf("newsroom: %s edits %q, which is not there", a.url(), e.old))
		}
		whole = strings.ReplaceAll(whole, e.old, e.new)
	}
	a.text = strings.Split(whole, "\n")
}

// readArticles reads an outlet's file. An article begins with a line "== PATH";
// lines "key: value" follow, an empty line, and the paragraphs.
func readArticles(o *outlet) []*article {
	var list []*article
	for block := range strings.SplitSeq("\n"+readFile("articles/"+o.file+".txt"), "\n== ") {
		if strings.TrimSpace(block) == "" {
			continue
		}
		a, err := parseArticle(o, block)
		if err != nil {
			panic(fmt.Sprintf("newsroom: articles/%s.txt: %v", o.file, err))
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b *article) int { return a.published.Compare(b.published) })
	return list
}

// parseArticle reads one article. Its keys: title, published ("23 Nov 18:40" in
// Baku), byline, section, lang, event (a name in events.csv), summary, credit (a
// last paragraph), page ("paywall" or "video"), corrects (the path of the article
// that it replaces), copies (host/path and the numbers of the paragraphs that it
// keeps, in place of a text), edit ("old => new", in a copy) and change ("24 Nov
// 10:20 | old => new": from then on).
func parseArticle(o *outlet, block string) (*article, error) {
	head, body, _ := strings.Cut(block, "\n\n")
	path, head, _ := strings.Cut(strings.TrimSpace(head), "\n")
	a := &article{outlet: o, path: path, lang: o.lang}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("%s: no key in %q", path, line)
		}
		if err := a.set(key, value); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, key, err)
		}
	}
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			a.text = append(a.text, p)
		}
	}
	if a.title == "" || a.published.IsZero() || a.text == nil && a.copyOf == "" {
		return nil, fmt.Errorf("%s: title, time or text is missing", path)
	}
	return a, nil
}

func (a *article) set(key, value string) (err error) {
	fields := map[string]*string{
		"title": &a.title, "lang": &a.lang, "event": &a.event, "copies": &a.copyOf, "corrects": &a.corrects,
		"byline": &a.byline, "credit": &a.credit, "section": &a.section, "summary": &a.summary, "page": &a.page,
	}
	switch {
	case fields[key] != nil:
		*fields[key] = value
	case key == "published":
		a.published, err = parseTime(value)
	case key == "edit":
		old, now, ok := strings.Cut(value, " => ")
		if !ok {
			return fmt.Errorf("no \" => \" in %q", value)
		}
		a.edits = append(a.edits, change{old: old, new: now})
	case key == "change":
		when, swap, _ := strings.Cut(value, " | ")
		old, now, ok := strings.Cut(swap, " => ")
		if !ok {
			return fmt.Errorf("no \" => \" in %q", swap)
		}
		c := change{old: old, new: now}
		c.when, err = parseTime(when)
		a.changes = append(a.changes, c)
	default:
		return fmt.Errorf("unknown key")
	}
	return err
}

// parseTime reads a time as the files give it, in Baku: "23 Nov 18:40".
func parseTime(s string) (time.Time, error) {
	return time.ParseInLocation("2 Jan 15:04 2006", s+" 2026", Baku())
}
