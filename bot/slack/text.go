package slack

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"attache/bot"
	"attache/bot/terminal"
)

// literal writes foreign text so that it is read as it stands: no mark-up, no
// mention, no link, no emoji. Slack knows no escape for the signs of its mark-up;
// where they could begin or end something, signs that look like them take their
// place. A mention or an address is broken by a word joiner, which can't be seen.
func literal(s string) string {
	s = disarm(terminal.OneLine(s))
	s = schemes().ReplaceAllString(triggers().Replace(s), "$1"+joiner+"$2")
	return escapes().Replace(s)
}

// escapes are all that Slack has: https://docs.slack.dev/messaging/formatting-message-text
var escapes = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
})

// triggers are what some part of Slack may make a mention or a link of, though it
// is told not to.
var triggers = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		"@", "@"+joiner, "＠", "＠"+joiner, "://", ":"+joiner+"//", "www.", "www"+joiner+".", "WWW.", "WWW"+joiner+".",
	)
})

// schemes begin what some client may run.
var schemes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(javascript|vbscript|data)(\s*:)`)
})

// joiner is a word joiner.
const joiner = "\u2060"

// lookalikes are for the signs of the mark-up.
var lookalikes = map[rune]rune{'*': '∗', '_': 'ˍ', '~': '∼', '`': 'ˋ'}

// disarm takes the power from the signs of the mark-up, except within a word, where
// they have none, and from the colons of emoji.
func disarm(s string) string {
	if !strings.ContainsAny(s, "*_~`:") {
		return s
	}
	runes := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	var b strings.Builder
	for i, r := range runes {
		other, is := lookalikes[r]
		switch before, next := at(i-1), at(i+1); {
		case is && (r == '`' || !word(before) || !word(next)):
			b.WriteRune(other)
		case r == ':' && (word(next) || strings.ContainsRune("_+-'", next)) && !(unicode.IsDigit(before) && unicode.IsDigit(next)):
			b.WriteString(":" + joiner)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// line is one line as it may be broken.
type line = bot.Words

// markup is how lines are written.
func markup() bot.Markup {
	return bot.Markup{Literal: literal, Link: link, Bold: "*", Bullet: "•", Whole: maxWhole}
}

// link is a text that leads to a page.
func link(text string, page *url.URL) string {
	if page == nil {
		return literal(text)
	}
	address := escapes().Replace(strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E", " ", "%20").Replace(page.String()))
	if bot.Units(address) > maxLink {
		return literal(text)
	}
	return "<" + address + "|" + strings.ReplaceAll(literal(text), "|", "¦") + ">"
}

// split breaks a line, and never within an escape.
func split(l line, most int) []string { return bot.Wrapper(escape).Split(l, most) }

// shorten cuts a literal text that has no room.
func shorten(s string, most int) string { return bot.Wrapper(escape).Shorten(s, most) }

// escape measures the escape that a text begins with.
func escape(s string) int {
	for _, e := range []string{"&amp;", "&lt;", "&gt;"} {
		if strings.HasPrefix(s, e) {
			return len(e)
		}
	}
	return 0
}
