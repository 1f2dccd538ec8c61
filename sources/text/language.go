package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"github.com/kljensen/snowball"
)

// languageBytes is how much of a text is read to tell its language.
const languageBytes = 1500

// Language tells the language of a text, ISO 639-1, or "" where it cannot be
// told: of a headline in Latin or Cyrillic letters a guess is often wrong, and a
// reader takes it for a fact.
func Language(s string) string {
	if len(s) > languageBytes {
		end := languageBytes
		for !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	if lang := byLetters(s); lang != "" {
		return lang
	}
	info := whatlanggo.Detect(s)
	switch {
	case info.Lang < 0 || info.Script == nil:
		return ""
	case info.Lang == whatlanggo.Pes: // of the family that ISO 639-1 calls fa
		return "fa"
	case info.IsReliable():
		return info.Lang.Iso6391()
	case info.Script == unicode.Latin:
		return byWords(s, info.Lang)
	case info.Script == unicode.Cyrillic:
		return bySlavicLetters(s)
	}
	return info.Lang.Iso6391()
}

// byWords takes a short text for English by two of its little words, or by one
// where the guess agrees; else nothing is told.
func byWords(s string, guess whatlanggo.Lang) string {
	n := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if CommonEnglish(word) {
			n++
		}
	}
	if n > 1 || n == 1 && guess == whatlanggo.Eng {
		return "en"
	}
	return ""
}

// commonEnglish are words that hardly an English sentence lacks, and that others
// seldom have by twos.
var commonEnglish = map[string]bool{
	"the": true, "and": true, "of": true, "said": true, "says": true, "were": true, "with": true, "that": true,
	"which": true, "who": true, "their": true, "has": true, "from": true, "would": true, "will": true, "after": true,
	"to": true, "is": true, "had": true, "its": true, "on": true, "his": true,
}

// CommonEnglish reports whether a word in small letters is one of those.
func CommonEnglish(word string) bool { return commonEnglish[word] }

// bySlavicLetters tells Russian and Ukrainian by the letters that only one of them
// has.
func bySlavicLetters(s string) string {
	russian, ukrainian := strings.ContainsAny(s, "ыэъЫЭЪёЁ"), strings.ContainsAny(s, "іїєґІЇЄҐ")
	switch {
	case russian && !ukrainian:
		return "ru"
	case ukrainian && !russian:
		return "uk"
	}
	return ""
}

// byLetters tells Azerbaijani and Turkish, whose short texts are taken for others,
// by the letters that only they have: one in a hundred is more than a name or two
// brings into another language.
func byLetters(s string) string {
	var schwa, dotless int
	for _, r := range s {
		switch r {
		case 'ə', 'Ə':
			schwa++
		case 'ı', 'ğ', 'Ğ', 'ş', 'Ş', 'İ':
			dotless++
		}
	}
	switch few := 1 + len(s)/100; {
	case schwa > few:
		return "az"
	case dotless > few:
		return "tr"
	}
	return ""
}

// stemmers are the languages that have one.
var stemmers = map[string]string{
	"en": "english", "es": "spanish", "fr": "french", "hu": "hungarian",
	"nb": "norwegian", "nn": "norwegian", "no": "norwegian", "ru": "russian", "sv": "swedish",
}

// Stem takes the endings off a folded word of a language, ISO 639-1. A word of a
// language without a stemmer is left as it is.
func Stem(word, lang string) string {
	name, ok := stemmers[lang]
	if !ok {
		return word
	}
	stem, err := snowball.Stem(word, name, false)
	if err != nil || stem == "" {
		return word
	}
	return stem
}
