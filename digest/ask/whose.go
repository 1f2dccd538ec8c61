package ask

import (
	"slices"
	"strings"

	"attache/digest/summary"
	"attache/sources/text"
)

// whose is a speaker in full where the sentence has only "the officials": the
// speaker before who ends in the same word, "two Israeli officials", where all that
// was said before of such is of the same. Else it is left as it stands.
func whose(all []quote, i int, speaker string) string {
	words := foldedWords(speaker)
	if len(words) != 2 || words[0] != "the" {
		return speaker
	}
	full, of := "", ""
	for _, s := range all[:max(i, 0)] {
		said, ok := summary.Speaker(s.Text)
		if name := said.In(s.Text); ok {
			if w := foldedWords(name); len(w) > 1 && w[len(w)-1] == words[1] && w[len(w)-2] != "the" {
				full, of = name, w[len(w)-2]
			}
		}
	}
	if full == "" {
		return speaker
	}
	for _, s := range all[:i] {
		for _, other := range qualifiers(s.Text, words[1]) {
			if other != of {
				return speaker
			}
		}
	}
	return full
}

// qualifiers are the words right before a noun in a sentence, but for those that
// point back.
func qualifiers(sentence, noun string) []string {
	var out []string
	before := ""
	for _, at := range text.Words(sentence) {
		w := strings.TrimSuffix(text.Fold(at.In(sentence)), "'s")
		if singular(w) == singular(noun) && !slices.Contains([]string{"", "the", "its", "their", "his", "her", "that", "this", "these", "those"}, before) {
			out = append(out, before)
		}
		before = w
	}
	return out
}

// numbers are the figures that a question of who said what asks for, as "who said 640?" does.
func (f *findings) numbers() []string {
	var out []string
	for _, w := range f.slots.Words {
		for _, part := range foldedWords(w) {
			if isDigit(rune(part[0])) {
				out = append(out, part)
			}
		}
	}
	return out
}

// hasNumbers reports whether a sentence has all of the numbers, none of them as a
// part of a greater one: 96 is not in "96,000".
func hasNumbers(sentence string, numbers []string) bool {
	if len(numbers) == 0 {
		return true
	}
	toks := tokens(sentence)
	part := func(from, other int) bool { // the three tokens from there on are one number, with a part that isn't asked for
		return from >= 0 && from+2 < len(toks) && (toks[from+1].text == "," || toks[from+1].text == ".") && !toks[from+1].gap && !toks[from+2].gap &&
			toks[other].digits > 0 && !slices.Contains(numbers, toks[other].text)
	}
	return !slices.ContainsFunc(numbers, func(n string) bool {
		for i, t := range toks {
			if t.text == n && !part(i, i+2) && !part(i-2, i-2) {
				return false
			}
		}
		return true
	})
}

// notQuotedAtMost is how many bodies are named that are not quoted.
const notQuotedAtMost = 5

// notQuoted are the bodies that the articles of a story name, and that are no
// statement's speaker; of a question that asks for a story.
func (f *findings) notQuoted(said []statement) []string {
	if len(f.slots.Stories)+len(f.slots.Articles) == 0 {
		return nil
	}
	var out []string
	for _, c := range f.fit {
		_, bodies := f.Actors.Names(c.Title, c.Text)
		for _, b := range bodies {
			key := f.speakerKey(b.Name)
			known := slices.ContainsFunc(out, func(o string) bool { return f.speakerKey(o) == key })
			speaks := slices.ContainsFunc(said, func(s statement) bool { return strings.Contains(f.speakerKey(s.speaker), key) })
			prints := slices.ContainsFunc(f.kept, func(c candidate) bool { return sameName(c.Outlet, b.Name) })
			if !known && !speaks && !prints && len(out) < notQuotedAtMost {
				out = append(out, b.Name)
			}
		}
	}
	return out
}
