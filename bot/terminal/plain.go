package terminal

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// Harmless makes foreign text harmless where it is shown, and where it is copied to
// from there: nothing that a terminal would obey, no link, and no mention that a
// chat would ring with. The only links of a message are those of its citations.
func Harmless(s string) string {
	s = links().ReplaceAllString(Plain(s), "(link)")
	return mentions().ReplaceAllString(brackets().ReplaceAllString(s, "$1"), "$1")
}

// links are addresses with a scheme, as far as they go, and what a chat makes
// links of.
var links = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[a-z0-9+.-]*://\S*|(?:javascript|vbscript)\s*:\S*|data:(?:text|image|application)\S*`)
})

// brackets open a chat's mentions and commands: <!channel>, <@U024BE7LH>, <#C02>.
var brackets = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<+([!@#/a-zA-Z])`) })

// mentions are the signs before the names that ring with everybody.
var mentions = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[@\x{ff20}\x{fe6b}]+(everyone|here|channel|all)\b`)
})

// Plain takes out of foreign text what a terminal would obey: control
// characters, those that turn the direction of writing, and those that cannot be
// seen.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, s)
}

// OneLine is [Plain] of what may not be UTF-8, with a space for whatever breaks a line.
func OneLine(s string) string {
	return Plain(breaks().Replace(strings.ToValidUTF8(s, "\ufffd")))
}

// breaks are the signs that break a line and aren't in [Plain]'s charge.
var breaks = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("\r\n", " ", "\u2028", " ", "\u2029", " ", "\u0085", " ", "\v", " ", "\f", " ", "\r", " ")
})
