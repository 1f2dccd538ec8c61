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
// told. Letters that one language alone writes decide before statistics do.
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
	info := whatlanggo.DetectWithOptions(s, newsLanguages)
	if info.Lang < 0 || info.Script == nil {
		return ""
	}
	return info.Lang.Iso6391()
}

// newsLanguages keeps statistics to languages that news is written in: a
// headline is too short to tell eighty apart.
var newsLanguages = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Fra: true, whatlanggo.Deu: true, whatlanggo.Spa: true, whatlanggo.Ita: true,
	whatlanggo.Por: true, whatlanggo.Nld: true, whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true,
	whatlanggo.Fin: true, whatlanggo.Pol: true, whatlanggo.Ces: true, whatlanggo.Hun: true, whatlanggo.Ron: true,
	whatlanggo.Hrv: true, whatlanggo.Srp: true, whatlanggo.Slv: true, whatlanggo.Lit: true, whatlanggo.Lav: true,
	whatlanggo.Est: true, whatlanggo.Tur: true, whatlanggo.Azj: true, whatlanggo.Uzb: true, whatlanggo.Tuk: true,
	whatlanggo.Vie: true, whatlanggo.Ind: true, whatlanggo.Tgl: true, whatlanggo.Som: true,
	whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bel: true, whatlanggo.Bul: true, whatlanggo.Mkd: true,
	whatlanggo.Arb: true, whatlanggo.Pes: true, whatlanggo.Urd: true, whatlanggo.Heb: true, whatlanggo.Ydd: true,
	whatlanggo.Hin: true, whatlanggo.Mar: true, whatlanggo.Nep: true, whatlanggo.Ben: true, whatlanggo.Pan: true,
	whatlanggo.Guj: true, whatlanggo.Tam: true, whatlanggo.Tel: true, whatlanggo.Kan: true, whatlanggo.Mal: true,
	whatlanggo.Sin: true, whatlanggo.Mya: true, whatlanggo.Khm: true, whatlanggo.Tha: true, whatlanggo.Kat: true,
	whatlanggo.Ell: true, whatlanggo.Kor: true, whatlanggo.Jpn: true, whatlanggo.Cmn: true, whatlanggo.Amh: true,
}}

// byLetters tells Azerbaijani, Turkish and Armenian by their letters. Others
// borrow them in names, so they must be a fair share of all.
func byLetters(s string) string {
	var all, schwa, turkic, armenian int
	for _, r := range s {
		if unicode.IsLetter(r) {
			all++
		}
		switch {
		case r == 'ə' || r == 'Ə':
			schwa++
		case strings.ContainsRune("ığşİĞŞ", r):
			turkic++
		case unicode.Is(unicode.Armenian, r):
			armenian++
		}
	}
	switch {
	case armenian*2 > all:
		return "hy"
	case schwa*100 > all*3:
		return "az"
	case turkic*100 > all*4:
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
