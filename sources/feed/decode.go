package feed

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

var declared = regexp.MustCompile(`^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["']([^"'>]*)["']`)

// decode turns a document into UTF-8. Bytes that are valid UTF-8 are taken for
// that, whatever the header or the document says: that is the commoner mistake.
func decode(body []byte, contentType string) string {
	if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		body = transcode(body, contentType)
	}
	s := strings.ToValidUTF8(string(body), "\ufffd")
	s = strings.Map(legal, s)
	return declared.ReplaceAllString(s, "$1") // it is UTF-8 now
}

// transcode follows a byte order mark, the header, the document, in this order;
// where they fail, it looks at the bytes.
func transcode(body []byte, contentType string) []byte {
	name := markOf(body)
	if name == "" {
		name = charsetOf(contentType)
	}
	if m := declared.FindSubmatch(body[:min(len(body), 400)]); name == "" && m != nil {
		name = string(m[2])
	}
	for _, n := range []string{name, guess(body)} {
		encoding, _ := charset.Lookup(n)
		if encoding == nil {
			continue
		}
		if out, err := encoding.NewDecoder().Bytes(body); err == nil {
			return out
		}
	}
	return body
}

// markOf is the encoding that the first bytes show.
func markOf(body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}), bytes.HasPrefix(body, []byte{'<', 0, '?', 0}):
		return "utf-16le"
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}), bytes.HasPrefix(body, []byte{0, '<', 0, '?'}):
		return "utf-16be"
	}
	return ""
}

func charsetOf(contentType string) string {
	_, after, ok := strings.Cut(strings.ToLower(contentType), "charset=")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(after, ";")
	return strings.Trim(name, " \"'")
}

func guess(body []byte) string {
	_, name, _ := charset.DetermineEncoding(body[:min(len(body), 1024)], "")
	return name
}

// legal drops the characters that XML does not allow.
func legal(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}
