package discord

import (
	"net/url"
	"strings"
	"sync"
	"unicode"

	"attache/bot"
	"attache/bot/terminal"
)

// joiner is a word joiner, which can't be seen.
const joiner = "\u2060"

// literal writes foreign text so that it is read as it stands: no mark-up, no
// mention, no link, no emoji. Each sign of the mark-up has Discord's escape before
// it; a mention, an address or an invitation is broken by a word joiner too.
// https://support.discord.com/hc/en-us/articles/210298617
func literal(s string) string {
	s = terminal.OneLine(s)
	return marks().Replace(atFirst(triggers().Replace(s)))
}

// triggers are what Discord may make a mention or a link of.
var triggers = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		"@", "@"+joiner, "＠", "＠"+joiner, "://", ":"+joiner+"//", "www.", "www"+joiner+".", "WWW.", "WWW"+joiner+".",
		"discord.", "discord"+joiner+".", "Discord.", "Discord"+joiner+".", "discordapp.", "discordapp"+joiner+".",
	)
})

// marks are the signs of the mark-up, and those that a mention, a time or an emoji is
// written with.
var marks = sync.OnceValue(func() *strings.Replacer {
	var pairs []string
	for _, sign := range `\*_~` + "`" + `|<[]` {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	for _, begins := range []string{"<!", "<#", "<@", "<:", "<a:", "<t:", "</", "<id:"} {
		pairs = append([]string{begins, `\<` + joiner + begins[1:]}, pairs...)
	}
	return strings.NewReplacer(pairs...)
})

// atFirst breaks what makes a heading, a list or small print of a line that begins
// with it.
func atFirst(s string) string {
	trimmed := strings.TrimLeft(s, " ")
	if trimmed == "" {
		return s
	}
	if strings.ContainsRune("#-+>", rune(trimmed[0])) {
		return joiner + trimmed
	}
	digits := strings.TrimLeft(trimmed, "0123456789")
	if len(digits) < len(trimmed) && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ")) {
		return joiner + trimmed
	}
	return s
}

// line is one line as it may be broken.
type line = bot.Words

// markup is how lines are written.
func markup() bot.Markup {
	return bot.Markup{Literal: literal, Link: link, Bold: "**", Bullet: "-", Whole: maxWhole}
}

// link is a text that leads to a page, of which no preview is shown.
func link(text string, page *url.URL) string {
	if page == nil {
		return literal(text)
	}
	address := strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C", "(", "%28", ")", "%29", "\n", "", "\r", "").Replace(page.String())
	if bot.Units(address) > maxLink || strings.ContainsFunc(address, unicode.IsControl) {
		return literal(text)
	}
	return "[" + literal(text) + "](<" + address + ">)"
}

// split breaks a line, and never within an escape.
func split(l line, most int) []string { return bot.Wrapper(escape).Split(l, most) }

// shorten cuts a literal text that has no room.
func shorten(s string, most int) string { return bot.Wrapper(escape).Shorten(s, most) }

// escape measures the escape that a text begins with.
func escape(s string) int {
	if strings.HasPrefix(s, `\`) && len(s) > 1 && s[1] < 0x80 {
		return len(`\*`)
	}
	return 0
}

// plain is a text for where Discord knows no mark-up: a label, a thread's name.
func plain(s string, most int) string {
	s = terminal.OneLine(s)
	s = strings.TrimSpace(triggers().Replace(s))
	return bot.Wrapper(func(string) int { return 0 }).Shorten(s, most)
}
