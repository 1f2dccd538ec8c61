package theme

import (
	"maps"
	"slices"
	"strings"

	"attache/sources/text"
)

// sense is what a phrase says of one theme.
type sense struct {
	theme  int // index in the list's entries
	weight float64
}

// phrase is one or more words of the list.
type phrase struct {
	words  []string // folded; the first is the key that it is found by
	begins []bool   // the word stands for all that begin so
	senses []sense
	shown  string
}

// vocabulary finds the phrases of all themes in a text.
type vocabulary struct {
	exact  map[string][]*phrase // by the first word
	prefix map[string][]*phrase // by the beginning of the first word, where it ends in "*"
	lens   []int                // the lengths of those beginnings, in bytes
}

// newVocabulary compiles the phrases of a list.
func newVocabulary(entries []*entry) *vocabulary {
	v := &vocabulary{exact: map[string][]*phrase{}, prefix: map[string][]*phrase{}}
	known := map[string]*phrase{}
	lens := map[int]bool{}
	for n, e := range entries {
		for _, written := range slices.Sorted(maps.Keys(e.words)) {
			weight := e.words[written]
			p := known[written]
			if p == nil {
				p = newPhrase(written)
				known[written] = p
				first := p.words[0]
				if p.begins[0] {
					v.prefix[first] = append(v.prefix[first], p)
					lens[len(first)] = true
				} else {
					v.exact[first] = append(v.exact[first], p)
				}
			}
			p.senses = append(p.senses, sense{n, weight})
		}
	}
	v.lens = slices.Sorted(maps.Keys(lens))
	return v
}

// newPhrase cuts a phrase as texts are cut.
func newPhrase(written string) *phrase {
	p := &phrase{shown: strings.TrimSuffix(written, "*")}
	for part := range strings.FieldsSeq(written) {
		begins := strings.HasSuffix(part, "*")
		part = strings.TrimSuffix(part, "*")
		words := split(part)
		for i, w := range words {
			p.words = append(p.words, w.folded)
			p.begins = append(p.begins, begins && i == len(words)-1)
		}
	}
	return p
}

// token is a word of a text.
type token struct {
	text.Span
	folded string
	stop   bool // a sentence or clause may end before it
}

// split cuts s into folded words; single letters of an abbreviation, "U.S.",
// become one word, and so does "S&P".
func split(s string) []token {
	var out []token
	end := 0
	for _, span := range text.Words(s) {
		gap := s[end:span.Start]
		folded := strings.TrimSuffix(text.Fold(span.In(s)), "'s")
		if n := len(out); n > 0 && len(folded) == 1 && (gap == "." || gap == "&") && out[n-1].Len() <= 3 && strings.IndexByte(out[n-1].folded, ' ') < 0 && short(out[n-1].folded) {
			out[n-1].folded += folded
			out[n-1].End = span.End
			end = span.End
			continue
		}
		stop := strings.ContainsAny(gap, ".;:!?\n") && !strings.HasPrefix(gap, "'")
		out = append(out, token{Span: span, folded: folded, stop: stop})
		end = span.End
	}
	return out
}

// short reports whether w may be the beginning of an abbreviation.
func short(w string) bool { return len(w) <= 3 && !strings.ContainsAny(w, "0123456789") }

// find appends to found the longest phrases that begin at token i, and returns
// how many tokens they cover; 0 when none begins there.
func (v *vocabulary) find(found []*phrase, ts []token, i int) ([]*phrase, int) {
	longest := 0
	try := func(ps []*phrase) {
		for _, p := range ps {
			if len(p.words) < longest || !p.at(ts, i) {
				continue
			}
			if len(p.words) > longest {
				longest, found = len(p.words), found[:0]
			}
			found = append(found, p)
		}
	}
	w := ts[i].folded
	try(v.exact[w])
	if one, ok := singular(w); ok {
		try(v.exact[one])
	}
	if es, ok := strings.CutSuffix(w, "es"); ok {
		try(v.exact[es])
	}
	for _, n := range v.lens {
		if n <= len(w) {
			try(v.prefix[w[:n]])
		}
	}
	return found, longest
}

// singular takes a plural's s off.
func singular(w string) (string, bool) {
	if len(w) < 4 || strings.HasSuffix(w, "ss") {
		return w, false
	}
	return strings.CutSuffix(w, "s")
}

// at reports whether the phrase stands at token i.
func (p *phrase) at(ts []token, i int) bool {
	if i+len(p.words) > len(ts) {
		return false
	}
	for n, w := range p.words {
		t := ts[i+n]
		if n > 0 && t.stop {
			return false
		}
		switch {
		case t.folded == w, p.begins[n] && strings.HasPrefix(t.folded, w):
		case t.folded == w+"s" || t.folded == w+"es":
		default:
			return false
		}
	}
	return true
}
