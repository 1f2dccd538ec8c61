package feed

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode/utf32"
)

var declared = regexp.MustCompile(`^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["']([^"'>]*)["']`)

// decode turns a document into UTF-8. Bytes that are valid UTF-8 are taken for
// that, whatever the header or the document says: that is the commoner mistake.
func decode(body []byte, contentType string) string {
	if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		body = transcode(body, contentType)
	}
	s := strings.ToValidUTF8(string(body), "\ufffd")
	s = strings.TrimLeft(strings.Map(legal, s), "\ufeff \t\r\n")
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
	if !possible(name, body) {
		name = ""
	}
	for _, n := range []string{name, guess(body)} {
		known := encodingOf(n)
		if known == nil {
			continue
		}
		if out, err := known.NewDecoder().Bytes(body); err == nil {
			return out
		}
	}
	return body
}

// possible reports whether a document that isn't valid UTF-8 may be in the
// encoding: not in UTF-8, where no character beyond ASCII is.
func possible(name string, body []byte) bool {
	if !strings.EqualFold(name, "utf-8") {
		return true
	}
	for len(body) > 0 {
		r, size := utf8.DecodeRune(body)
		if r != utf8.RuneError && size > 1 {
			return true
		}
		body = body[size:]
	}
	return false
}

// encodingOf finds an encoding by its name; nil where none has it.
func encodingOf(name string) encoding.Encoding {
	switch strings.ToLower(name) {
	case "utf-32", "ucs-4":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	known, _ := charset.Lookup(name)
	return known
}

// markOf is the encoding that the first bytes show.
func markOf(body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(body, []byte{'<', 0, 0, 0}):
		return "utf-32le"
	case bytes.HasPrefix(body, []byte{0, 0, 0xfe, 0xff}), bytes.HasPrefix(body, []byte{0, 0, 0, '<'}):
		return "utf-32be"
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

// markup says nothing of a document's language.
var markup = regexp.MustCompile(`<[^<>]*>`)

// guess tells the encoding of a document that does not declare it by which
// letters follow each other; Windows' Western set where that tells nothing. Words
// all in ASCII are left out: what is English in a document speaks for any set.
func guess(body []byte) string {
	const enough = 64 << 10
	var telling []byte
	for word := range bytes.FieldsSeq(markup.ReplaceAll(body[:min(len(body), enough)], []byte(" "))) {
		if bytes.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			telling = append(append(telling, word...), ' ')
		}
	}
	best, err := chardet.NewTextDetector().DetectBest(telling)
	if err != nil || encodingOf(best.Charset) == nil || !possible(best.Charset, body) {
		return "windows-1252"
	}
	return best.Charset
}

// legal drops the characters that XML does not allow.
func legal(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}
