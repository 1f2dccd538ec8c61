package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Outline is a feed that a list in OPML names (http://opml.org/spec2.opml).
type Outline struct {
	Line  int    // of the list, from 1
	URL   string // as the list gives it
	Title string // as the list gives it; empty where it gives none
	Facts Facts
}

// Facts are what attache's own lists say of a feed beyond what OPML has words
// for; each is empty where a list doesn't say it.
type Facts struct {
	Kind, Outlet, Country, Rating, StateLinked, Every string
}

// factsSpace is the XML namespace of [Facts].
const factsSpace = "urn:attache:opml"

// named gives the fields by their attributes, in the order of writing.
func (f *Facts) named() []fact {
	return []fact{
		{"kind", &f.Kind}, {"outlet", &f.Outlet}, {"country", &f.Country},
		{"rating", &f.Rating}, {"state-linked", &f.StateLinked}, {"every", &f.Every},
	}
}

type fact struct {
	name  string
	value *string
}

// OPML reads the feeds that a list names, in its order and however deep they are
// nested; an outline without xmlUrl is a folder, unless it says that it is a feed:
// that one comes without a URL. Stray ampersands and a wrong character set are put
// right. Entities that the document itself defines are not
// known: nothing in it can grow. The error of what can't be read names its line.
func OPML(body []byte) ([]Outline, error) {
	s := decode(body, "")
	// What decode takes off the beginning is counted all the same.
	skipped := bytes.Count(body[:len(body)-len(bytes.TrimLeft(body, "\ufeff \t\r\n"))], []byte("\n"))
	all, err := outlines(s)
	if err != nil {
		if repaired, again := outlines(escapeAmpersands(s)); again == nil {
			all, err = repaired, nil
		}
	}
	for i := range all {
		all[i].Line += skipped
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return nil, fmt.Errorf("line %d: not XML that can be read: %s", syntax.Line+skipped, syntax.Msg)
	}
	if err != nil {
		return nil, err
	}
	return all, nil
}

func outlines(s string) ([]Outline, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Entity = xml.HTMLEntity
	var all []Outline
	root := false
	for {
		line, _ := d.InputPos()
		token, err := d.Token()
		if errors.Is(err, io.EOF) && !root {
			return nil, errors.New("there is no XML in it")
		}
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !root && !strings.EqualFold(start.Name.Local, "opml") {
			return nil, fmt.Errorf("line %d: expected a list in OPML; this is <%s>", line, start.Name.Local)
		}
		root = true
		if o := outline(start); strings.EqualFold(start.Name.Local, "outline") && (o.URL != "" || subscription(start)) {
			o.Line = line
			all = append(all, o)
		}
	}
}

// subscription reports whether an outline says that it is a feed.
func subscription(e xml.StartElement) bool {
	for _, a := range e.Attr {
		if strings.EqualFold(a.Name.Local, "type") {
			return slices.Contains([]string{"rss", "atom"}, strings.ToLower(strings.TrimSpace(a.Value)))
		}
	}
	return false
}

// outline reads an element's attributes; writers don't agree on their case.
func outline(e xml.StartElement) Outline {
	var o Outline
	var text string
	for _, a := range e.Attr {
		if a.Name.Space == factsSpace {
			for _, f := range o.Facts.named() {
				if f.name == a.Name.Local {
					*f.value = strings.TrimSpace(a.Value)
				}
			}
			continue
		}
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			o.URL = strings.TrimSpace(a.Value)
		case "title":
			o.Title = strings.TrimSpace(a.Value)
		case "text":
			text = strings.TrimSpace(a.Value)
		}
	}
	if o.Title == "" {
		o.Title = text
	}
	return o
}

// WriteOPML writes a list of feeds in OPML 2.0 that [OPML] reads back.
func WriteOPML(w io.Writer, title string, all []Outline) error {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<opml version="2.0" xmlns:attache="` + factsSpace + `">` + "\n  <head>\n    <title>")
	escape(&b, title)
	b.WriteString("</title>\n  </head>\n  <body>\n")
	for i := range all {
		o := &all[i]
		b.WriteString("    <outline")
		attribute(&b, "type", "rss")
		attribute(&b, "text", o.Title)
		attribute(&b, "xmlUrl", o.URL)
		for _, f := range o.Facts.named() {
			if *f.value != "" {
				attribute(&b, "attache:"+f.name, *f.value)
			}
		}
		b.WriteString("/>\n")
	}
	b.WriteString("  </body>\n</opml>\n")
	_, err := w.Write(b.Bytes())
	return err
}

func attribute(b *bytes.Buffer, name, value string) {
	b.WriteString(" " + name + `="`)
	escape(b, value)
	b.WriteByte('"')
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a buffer does not fail
}
