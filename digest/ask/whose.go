package ask

import (
	"cmp"
	"slices"
	"strings"

	"attache/digest/summary"
	"attache/sources/text"
)

// whose is a speaker in full where the sentence has only "the officials" or a last
// name: who spoke before by that word, "two Israeli officials", where all that was
// said before of such is of the same. Else it is left as it stands.
func whose(all []quote, i int, speaker string) string {
	words := foldedWords(speaker)
	switch {
	case i < 1:
		return speaker
	case len(words) == 1:
		return fullName(all[:i], speaker, words[0])
	case len(words) != 2 || words[0] != "the":
		return speaker
	}
	full, of := "", ""
	for _, s := range all[:i] {
		said, ok := summary.Speaker(s.Text)
		if name := said.In(s.Text); ok {
			if before := qualified(foldedWords(name), words[1]); before != "" {
				full, of = name, before
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

// fullName is the only speaker before whose last name it is.
func fullName(before []quote, speaker, last string) string {
	full := ""
	for _, s := range before {
		said, ok := summary.Speaker(s.Text)
		name := said.In(s.Text)
		if w := foldedWords(name); !ok || len(w) < 2 || w[len(w)-1] != last {
			continue
		}
		if full != "" && full != name {
			return speaker
		}
		full = name
	}
	return cmp.Or(full, speaker)
}

// qualified is the word right before a noun that ends a speaker's name, or is
// followed by where it sits: "foreign" in "the foreign ministry in Ankara".
func qualified(name []string, noun string) string {
	k := slices.Index(name, noun)
	if k < 1 || name[k-1] == "the" || k < len(name)-1 && name[k+1] != "in" {
		return ""
	}
	return name[k-1]
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
