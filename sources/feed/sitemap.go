package feed

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"attache/sources/text"
)

// urlset is a sitemap with the news extension
// (https://www.google.com/schemas/sitemap-news/0.9/).
type urlset struct {
	URLs []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		News    *struct {
			Publication struct {
				Name     string `xml:"name"`
				Language string `xml:"language"`
			} `xml:"publication"`
			Date     string `xml:"publication_date"`
			Title    string `xml:"title"`
			Keywords string `xml:"keywords"`
		} `xml:"news"`
	} `xml:"url"`
}

// sitemap reads a news sitemap. URLs without the news extension are pages that
// are no news, and left out, unless none has it.
func sitemap(s, baseURL string) (*Feed, error) {
	var set urlset
	if err := xml.Unmarshal([]byte(escapeAmpersands(s)), &set); err != nil {
		i := strings.LastIndex(s, "</url>")
		if i < 0 {
			return nil, fmt.Errorf("read the sitemap: %w", err)
		}
		set = urlset{}
		if again := xml.Unmarshal([]byte(escapeAmpersands(s[:i])+"</url></urlset>"), &set); again != nil {
			return nil, fmt.Errorf("read the sitemap: %w", err)
		}
	}
	base, err := url.Parse(baseURL)
	if err != nil {
		base = new(url.URL)
	}
	f, plain := &Feed{}, &Feed{}
	for _, u := range set.URLs {
		link := absolute(base, u.Loc)
		e := Entry{ID: link, Link: link, Updated: date(u.LastMod)}
		if u.News == nil {
			plain.Entries = append(plain.Entries, e)
			continue
		}
		f.Title, f.Language = text.Line(u.News.Publication.Name), strings.TrimSpace(u.News.Publication.Language)
		e.Title, e.Published = strings.TrimSpace(u.News.Title), date(u.News.Date)
		for _, k := range strings.Split(u.News.Keywords, ",") {
			if k = strings.TrimSpace(k); k != "" {
				e.Categories = append(e.Categories, k)
			}
		}
		f.Entries = append(f.Entries, e)
	}
	if len(f.Entries) == 0 {
		return plain, nil
	}
	return f, nil
}
