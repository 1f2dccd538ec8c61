package sources

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"attache/sources/page"
	"attache/sources/text"
)

// maxLine is the longest line that is read, in bytes. A longer one is a line that
// can't be read.
const maxLine = 64 << 20

// ErrLongLine is the error of a line that is longer than is read.
var ErrLongLine = fmt.Errorf("longer than %d MB", maxLine>>20)

// ImportSource is the source under which imported articles are sighted.
const ImportSource = "imported from a file"

// Line is an article as a line of JSON gives it.
type Line struct {
	Number  int     // of the line, from 1
	ID      string  // whoever wrote the file's own; may be empty
	Article Article // cleaned; its language is not looked for
}

// LineError says why a line is no article.
type LineError struct {
	Number int    // of the line, from 1
	ID     string // empty where it could not be read
	Why    string // for people
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Number, e.Why) }

// ReadArticles reads articles from JSON Lines, one after the other:
//
//	{"id":…,"url":…,"outlet":…,"title":…,"published":…,"text":…}
//
// "publisher" may stand for "outlet" and "date" for "published"; other fields are
// passed over. A line needs an id or a web address, an outlet, and a title or a
// text. Where it names no outlet, the one given stands in, else the host of its
// address. Titles and texts may hold HTML and whatever else a feed's may.
//
// A line that is no article gives a *[LineError], and the rest goes on; another
// error is the reader's, and the last. Memory is bounded by the longest line.
func ReadArticles(r io.Reader, outlet string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		n := 0
		for data, err := range Lines(r) {
			n++
			if err != nil && !errors.Is(err, ErrLongLine) {
				yield(Line{Number: n}, fmt.Errorf("read line %d: %w", n, err))
				return
			}
			if len(data) == 0 && err == nil {
				continue
			}
			line, wrong := Line{}, err
			if wrong == nil {
				line, wrong = readArticle(data, outlet)
			}
			line.Number = n
			if wrong != nil {
				wrong = &LineError{Number: n, ID: line.ID, Why: wrong.Error()}
			}
			if !yield(line, wrong) {
				return
			}
		}
	}
}

// Lines reads lines, one after the other, without the space around them and a byte
// order mark before the first. A line that is too long gives [ErrLongLine], and the
// rest goes on; another error is the reader's, and the last. Memory is bounded by
// the longest line.
func Lines(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		for first := true; ; first = false {
			line, long, err := readLine(in)
			switch {
			case err != nil && !errors.Is(err, io.EOF):
				yield(nil, err)
				return
			case long:
				if !yield(nil, ErrLongLine) {
					return
				}
			default:
				if first {
					line = bytes.TrimPrefix(line, []byte("\ufeff"))
				}
				if !yield(bytes.TrimSpace(line), nil) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

// readLine reads a line, the last one with [io.EOF]. Of one that is too long it
// passes over the rest.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// jsonArticle is a line's fields that are read.
type jsonArticle struct {
	ID        scalar `json:"id"`
	URL       scalar `json:"url"`
	Outlet    words  `json:"outlet"`
	Publisher words  `json:"publisher"`
	Title     words  `json:"title"`
	Published scalar `json:"published"`
	Date      scalar `json:"date"`
	Text      words  `json:"text"`
}

// words are a text, and nothing else; null is the empty one.
type words string

// UnmarshalJSON implements [json.Unmarshaler].
func (w *words) UnmarshalJSON(data []byte) error {
	if data[0] != '"' && data[0] != 'n' {
		return errNoScalar
	}
	return (*scalar)(w).UnmarshalJSON(data)
}

// scalar is a text, or a number as it was written; null is the empty one.
type scalar string

// UnmarshalJSON implements [json.Unmarshaler].
func (s *scalar) UnmarshalJSON(data []byte) error {
	switch c := data[0]; {
	case c == '"':
		return json.Unmarshal(data, (*string)(s))
	case c == '-', '0' <= c && c <= '9':
		*s = scalar(data)
	case c == 'n':
		*s = ""
	default:
		*s = ""
		return errNoScalar
	}
	return nil
}

var errNoScalar = errors.New("expected a text")

// or is the first of two that isn't blank.
func (s scalar) or(other scalar) string {
	if t := strings.TrimSpace(string(s)); t != "" {
		return t
	}
	return strings.TrimSpace(string(other))
}

// readArticle makes an article of a line.
func readArticle(data []byte, outlet string) (Line, error) {
	if !utf8.Valid(data) {
		return Line{}, errors.New("not UTF-8: save the file in that encoding")
	}
	if data[0] == '[' {
		return Line{}, errors.New("expected one object a line, as in {\"id\":…}; this is a list (jq -c '.[]' makes lines of one)")
	}
	if data[0] != '{' {
		return Line{}, fmt.Errorf("not JSON: expected an object, as in {\"id\":…}, not %q", text.Trim(text.Line(string(data[:min(len(data), 200)])), 30))
	}
	var given jsonArticle
	err := json.Unmarshal(data, &given)
	line := Line{ID: given.ID.or("")}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return line, fmt.Errorf("not JSON: byte %d: %w", syntax.Offset, err)
	}
	if err != nil {
		return line, fieldError(data, err)
	}
	line.Article, err = given.article(outlet)
	return line, err
}

// fieldError names the field that holds something else than a text.
func fieldError(data []byte, err error) error {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return err
	}
	for _, name := range []string{"id", "url", "outlet", "publisher", "title", "published", "date", "text"} {
		var into json.Unmarshaler = new(words)
		if name == "id" || name == "url" || name == "published" || name == "date" {
			into = new(scalar)
		}
		if v := fields[name]; len(v) > 0 && into.UnmarshalJSON(v) != nil {
			return fmt.Errorf("%s: expected a text", name)
		}
	}
	return err
}

// article cleans what a line gives, and says what it lacks.
func (j *jsonArticle) article(outlet string) (Article, error) {
	a := Article{
		Outlet: OutletName(scalar(j.Outlet).or(scalar(j.Publisher))),
		Title:  text.Line(text.Plain(string(j.Title))),
		Text:   text.Plain(string(j.Text)),
	}
	if a.Title == "" && a.Text == "" {
		return a, errors.New("it has neither a title nor a text")
	}
	link := j.URL.or("")
	if web(link) {
		a.URL = page.Canonical(link)
	}
	if a.Outlet == "" {
		a.Outlet = OutletName(outlet)
	}
	if host := bareHost(a.URL); a.Outlet == "" && strings.Contains(host, ".") {
		if _, err := netip.ParseAddr(host); err != nil { // a number is nobody's name
			a.Outlet = OutletName(host)
		}
	}
	id := j.ID.or("")
	switch {
	case a.Outlet == "":
		return a, errors.New("it names no outlet, and has no web address whose host could stand in")
	case a.URL == "" && id == "" && link != "":
		return a, errors.New("url: expected an address that begins with https:// or http://, or an id")
	case a.URL == "" && id == "":
		return a, errors.New("it has neither an id nor a url")
	case a.URL == "":
		a.URL = nameOf(a.Outlet, id)
	}
	if given := j.Published.or(j.Date); given != "" {
		date, ok := text.ParseDate(given)
		if !ok {
			return a, fmt.Errorf("published: expected a time as in 2026-11-24T07:30:00Z, or a day as in 2026-11-24, not %q", text.Trim(text.Line(given), 40))
		}
		a.Published = date
	}
	return a, nil
}

// nameOf stands for the address of an article that has none: the same for the
// same outlet and id, and nothing that a link could lead to.
func nameOf(outlet, id string) string {
	return "urn:attache:" + url.PathEscape(outlet) + ":" + url.PathEscape(id)
}

// Linked reports whether an article's URL leads to a page. That of an article
// which was imported without an address only tells it from others.
func (a *Article) Linked() bool { return web(a.URL) }

// Link is the article's URL where it leads to a page, else empty.
func (a *Article) Link() string {
	if a.Linked() {
		return a.URL
	}
	return ""
}

// Found makes of a line what a [Store] keeps: backlog, sighted as the import's.
func (l *Line) Found() Found {
	guid := l.Article.URL
	if l.ID != "" && l.Article.Linked() {
		guid = l.ID + " " + guid
	}
	h := sha256.New()
	for _, part := range []string{l.Article.Outlet, l.Article.Title, l.Article.Published.String(), l.Article.Text} {
		_, _ = h.Write([]byte(strconv.Itoa(len(part)) + " " + part + "\n")) // a hash does not fail
	}
	f := Found{
		Article:  l.Article,
		Sighting: Sighting{Source: ImportSource, GUID: guid, URL: l.Article.URL, Mark: hex.EncodeToString(h.Sum(nil)[:12])},
	}
	f.Article.Backlog = true
	return f
}
