package summary

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestWord is the length, in characters, from which a word is none.
const longestWord = 60

// markup tells what in a sentence is not language: code, tags, tables, links,
// mentions of chat platforms. Empty where all of it is. Such a sentence can't be
// quoted in part, and would do something, or look like something else, in the
// place where it is shown.
func markup(s string) string {
	for _, sign := range codeSigns {
		if strings.Contains(s, sign) {
			return "holds code or markup: " + sign
		}
	}
	if strings.Count(s, "|") > 1 {
		return "a row of a table"
	}
	for w := range strings.FieldsSeq(s) {
		switch {
		case utf8.RuneCountInString(w) > longestWord:
			return "holds a word of more than 60 characters"
		case mention(w):
			return "holds a mention"
		case address(w):
			return "holds an address"
		}
	}
	return ""
}

// codeSigns stand in code, in the markup of chats and pages, and in no report.
var codeSigns = []string{
	"{", "}", "```", "](", "![", "<!", "<@", "<#", "</", "<|", "|>", "=>", "==", "/>", "();", "%s", "%n", "$(", "\":\"", "\": \"", "\\n", "\\u", "**", "~~", "&lt;", "&gt;", "[INST", "###", "<script", "onerror=", "onclick=",
}

// wideAt is the sign that some platforms take for @.
const wideAt = '\uff20'

// mention reports whether a word calls people in a chat: "@everyone", "@U024BE7LH".
// An address of mail is none of these.
func mention(w string) bool {
	w = strings.TrimLeftFunc(w, func(r rune) bool { return r != '@' && r != wideAt && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	r, size := utf8.DecodeRuneInString(w)
	next, _ := utf8.DecodeRuneInString(w[size:])
	return (r == '@' || r == wideAt) && (unicode.IsLetter(next) || next == '&' || next == '!')
}

// address reports whether a word is a link, or an address of mail or of a chat:
// it names a scheme, begins with "www.", or is a host with a path. A name such as
// "Booking.com" is none.
func address(w string) bool {
	w = strings.ToLower(strings.Trim(w, `"'“”‘’()[]<>.,;:!?`))
	for _, scheme := range []string{"://", "javascript:", "vbscript:", "data:text", "data:image", "data:application", "mailto:", "tg:"} {
		if strings.Contains(w, scheme) {
			return true
		}
	}
	if strings.HasPrefix(w, "www.") {
		return true
	}
	host, path, found := strings.Cut(w, "/")
	if name, domain, mail := strings.Cut(host, "@"); mail {
		return name != "" && isHost(domain)
	}
	return found && path != "" && isHost(host)
}

// isHost reports whether s is a name of a host with a domain of letters at its end.
func isHost(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot < 1 || len(s)-dot < 3 || strings.Contains(s, "..") {
		return false
	}
	for _, r := range s[dot+1:] {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	u, err := url.Parse("https://" + s)
	return err == nil && u.Host == s && u.User == nil
}
