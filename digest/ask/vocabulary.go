package ask

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"attache/sources/text"
)

//go:embed outlets.txt
var outletList string

//go:embed topics.txt
var topicList string

// outletName is an outlet as it may be typed.
type outletName struct {
	words  []string // folded
	strict bool     // also a word or a place: only as written, or beside a cue
}

// knownOutlets are those of the embedded list, by their first word.
var knownOutlets = sync.OnceValue(func() map[string][]outletName {
	var names []string
	for line := range strings.Lines(outletList) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	return outletIndex(names)
})

func outletIndex(names []string) map[string][]outletName {
	index := map[string][]outletName{}
	for _, name := range names {
		strict := strings.HasPrefix(name, "=")
		words := foldedWords(strings.TrimPrefix(name, "="))
		if len(words) > 1 && words[0] == "the" {
			words = words[1:]
		}
		if len(words) > 0 {
			index[words[0]] = append(index[words[0]], outletName{words, strict})
		}
	}
	return index
}

// foldedWords are the tokens of a name, marks but for "&" left out.
func foldedWords(name string) []string {
	var out []string
	for _, t := range tokens(name) {
		if w := text.Fold(t.text); isWord(w) {
			out = append(out, w)
		}
	}
	return out
}

var (
	// weighs are what is said of news that is asked for, and of no subject:
	// "important news".
	weighs    = wordSet(`important interesting significant noteworthy relevant big bigger biggest main top major key urgent`)
	newsWords = wordSet(`news update updates story stories headline headlines development developments event events thing things`)
)

func isWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// topic is a phrase of the question's words that stands for a theme.
type topic struct {
	words []string // singular
	theme string
}

// topics by their first word, the longest first.
var topics = sync.OnceValue(func() map[string][]topic {
	index := map[string][]topic{}
	for line := range strings.Lines(topicList) {
		id, phrases, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ",") {
			words := foldedWords(phrase)
			for i, w := range words {
				words[i] = singular(w)
			}
			index[words[0]] = append(index[words[0]], topic{words, id})
		}
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b topic) int { return len(b.words) - len(a.words) })
	}
	return index
})

// singular takes the plural off an English word; it needs only to do so always
// in the same way.
func singular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 5 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses")):
		return w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}

// filler are words of a question that say nothing of its subject.
var filler = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`a about above across after again against all also am an and any anybody anyone anything are around as at
		be because been before being between both but by can could day days did do does doing down during each else ever every everything few for from further
		get give had happen happened happening happens has have having he her here him his how i if in into is it its it's just know last latest let
		like list look made make many me mean meant mentioned mention mentions more most much my new news newest no not now number of off on once one only ones or other our out over
		own past per please pls quite really recent recently regarding related report reported reports reporting articles article stories story say said says saying same show side side's since so
		some something still such summary summarise tell than thanks that that's the their them then there these they thing things this those through till to today
		told too topic under until up update updates us used very via was way we week weeks well were what what's whats when where whether which while who who's whom whose why
		whats wat abt
		will with within without would write written wrote yesterday yet you your timeline compare count coverage reaction reactions react reacts reacted response position positions view views stance statement statements
		comment comments long often time times date dates drop filter remove ignore clear reset started came come going go went next done first copies copy including include ok okay hi hello exactly put role theirs vs versus theme themes outlet outlets source sources period please side one`) {
		set[w] = true
	}
	return set
})
