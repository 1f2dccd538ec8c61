package sources

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"attache/sources/feed"
	"attache/sources/page"
	"attache/sources/text"
)

// maxTries is how often an entry's page that does not answer is asked for.
const maxTries = 3

// entry is an entry of the source, with how it is told.
type entry struct {
	feed.Entry
	url      string // canonical
	title    string
	summary  string // as plain text
	content  string // so
	sighting Sighting
	try      int // how often its page was asked for without an answer
}

// entries makes what the source shows comparable: the newest maxEntries, each
// once, without those that lead nowhere.
func (p *poll) entries() []entry {
	given := slices.Clone(p.feed.Entries)
	slices.SortStableFunc(given, func(a, b feed.Entry) int { return newest(b).At.Compare(newest(a).At) })
	var entries []entry
	nowhere := 0
	guids, urls := map[string]bool{}, map[string]bool{}
	for _, g := range given {
		e, ok := p.entry(g)
		if !ok {
			nowhere++
			continue
		}
		if urls[e.url] {
			continue
		}
		if guids[e.sighting.GUID] { // a feed that gives all its entries one id
			e.sighting.GUID += " " + e.url
		}
		guids[e.sighting.GUID], urls[e.url] = true, true
		if entries = append(entries, e); len(entries) == maxEntries {
			break
		}
	}
	if nowhere > 0 {
		p.report.Notes = append(p.report.Notes, fmt.Sprintf("%d entries without a link to a page were left out", nowhere))
	}
	return entries
}

// newest is the date by which an entry is new.
func newest(e feed.Entry) text.Date {
	if e.Published.IsZero() {
		return e.Updated
	}
	return e.Published
}

func (p *poll) entry(g feed.Entry) (entry, bool) {
	link := strings.TrimSpace(g.Link)
	if link == "" {
		link = strings.TrimSpace(g.ID)
	}
	if !web(link) {
		return entry{}, false
	}
	e := entry{Entry: g, url: page.Canonical(link), title: text.Line(g.Title), summary: text.FromHTML(g.Summary), content: text.FromHTML(g.Content)}
	e.Link = link
	guid := strings.TrimSpace(g.ID)
	if guid == "" {
		guid = e.url
	}
	e.sighting = Sighting{Source: p.src.Name, GUID: guid, URL: link, Mark: e.mark(), Seen: p.began}
	return e, true
}

// mark is a hash of what the source says of an entry, in its normal form: markup
// that changes with each poll is no change.
func (e *entry) mark() string {
	h := sha256.New()
	for _, part := range []string{e.url, e.title, e.Published.String(), e.Updated.String(), e.summary, e.content} {
		_, _ = fmt.Fprintf(h, "%d %s\n", len(part), part) // a hash does not fail
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// retry reports whether an entry that was seen under the mark before is to be
// read again under the mark now: because it changed, or because its page did not
// answer and was not asked for too often. The try is how often it was.
func retry(before, now string) (try int, again bool) {
	mark, tries, _ := strings.Cut(before, "~")
	if mark != now {
		return 0, true
	}
	try, _ = strconv.Atoi(tries) // no number is no try
	return try, try > 0 && try < maxTries
}

// unanswered adds to the mark that the page did not answer, so that the next
// poll asks again.
func (e *entry) unanswered() {
	e.sighting.Mark += "~" + strconv.Itoa(e.try+1)
}

// web reports whether a link leads to a page of the web. One with a user before
// its host does not: it is made to look as if it led to another.
func web(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}
