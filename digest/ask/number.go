package ask

import (
	"slices"
	"strings"
)

// cardinals and ordinals by their words, in order from one.
func cardinal(w string) int {
	words := strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
	if i := slices.Index(words, w); i >= 0 {
		return i + 1
	}
	return map[string]int{"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple": 2, "few": 3, "several": 3, "dozen": 12}[w]
}

func ordinalWord(w string) int {
	words := strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	if i := slices.Index(words, w); i >= 0 {
		return i + 1
	}
	return map[string]int{"thirtieth": 30}[w]
}

// count reads how many: "7", "two", "a couple of", "twenty-five".
func (s *scan) count(i int) (n, next int, ok bool) {
	if k, _ := s.skip(i, "a", "an"); k > i && !s.is(k, "couple", "few", "dozen", "hundred") {
		if _, _, isUnit := s.unitAt(k); isUnit {
			return 1, k, true
		}
		return 0, 0, false
	} else if k > i {
		i = k
	}
	if i >= len(s.toks) {
		return 0, 0, false
	}
	if n := s.num(i); n >= 0 && !(i > 0 && s.is(i-1, "-", "+", "/") && s.glued(i)) {
		next, _ = s.skip(i+1, "-")
		return n, next, n > 0
	}
	n = cardinal(s.toks[i].text)
	if n == 0 {
		return 0, 0, false
	}
	next = i + 1
	if n >= 20 && n < 100 && next < len(s.toks) {
		j, _ := s.skip(next, "-")
		if j < len(s.toks) {
			if one := cardinal(s.toks[j].text); one > 0 && one < 10 {
				n, next = n+one, j+1
			}
		}
	}
	next, _ = s.skip(next, "of", "-")
	return n, next, true
}

// ordinal reads which: "3", "3rd", "the third", "twenty-first".
func (s *scan) ordinal(i int) (n, next int, ok bool) {
	i, _ = s.skip(i, "the")
	if i >= len(s.toks) {
		return 0, 0, false
	}
	if n := s.num(i); n >= 0 {
		if s.toks[i].digits > 2 || n == 0 || i > 0 && s.is(i-1, "-", "+", "$", "€", ".") && s.glued(i) && s.num(i-2) < 0 && i > 1 && s.glued(i-1) {
			return 0, 0, false
		}
		if k, ok := s.skip(i+1, "st", "nd", "rd", "th"); ok && s.glued(i+1) {
			return n, k, true
		}
		return n, i + 1, true
	}
	w := s.toks[i].text
	if n := ordinalWord(w); n > 0 {
		return n, i + 1, true
	}
	if tens := cardinal(w); tens == 20 || tens == 30 {
		j, _ := s.skip(i+1, "-")
		if j < len(s.toks) {
			if one := ordinalWord(s.toks[j].text); one > 0 && one < 10 {
				return tens + one, j + 1, true
			}
		}
	}
	return 0, 0, false
}
