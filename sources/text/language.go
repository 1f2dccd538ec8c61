package text

import (
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"github.com/kljensen/snowball"
)

// languageBytes is how much of a text is read to tell its language.
const languageBytes = 1500

// Language tells the language of a text, ISO 639-1, or "" where it cannot be
// told.
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
	if info.Lang < 0 || info.Script == nil {
		return ""
	}
	return info.Lang.Iso6391()
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
