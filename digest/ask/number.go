package ask

// cardinals and ordinals by their words, in order from one.
func cardinal(w string) int {
	switch w {
	case "one":
		return 1
	case "two", "couple":
		return 2
	case "three", "few", "several":
		return 3
	case "four":
		return 4
	case "five":
		return 5
	case "six":
		return 6
	case "seven":
		return 7
	case "eight":
		return 8
	case "nine":
		return 9
	case "ten":
		return 10
	case "eleven":
		return 11
	case "twelve", "dozen":
		return 12
	case "thirteen":
		return 13
	case "fourteen":
		return 14
	case "fifteen":
		return 15
	case "sixteen":
		return 16
	case "seventeen":
		return 17
	case "eighteen":
		return 18
	case "nineteen":
		return 19
	case "twenty":
		return 20
	case "thirty":
		return 30
	case "forty":
		return 40
	case "fifty":
		return 50
	case "sixty":
		return 60
	case "ninety":
		return 90
	case "hundred":
		return 100
	}
	return 0
}

func ordinalWord(w string) int {
	switch w {
	case "first":
		return 1
	case "second":
		return 2
	case "third":
		return 3
	case "fourth":
		return 4
	case "fifth":
		return 5
	case "sixth":
		return 6
	case "seventh":
		return 7
	case "eighth":
		return 8
	case "ninth":
		return 9
	case "tenth":
		return 10
	case "eleventh":
		return 11
	case "twelfth":
		return 12
	case "thirteenth":
		return 13
	case "fourteenth":
		return 14
	case "fifteenth":
		return 15
	case "sixteenth":
		return 16
	case "seventeenth":
		return 17
	case "eighteenth":
		return 18
	case "nineteenth":
		return 19
	case "twentieth":
		return 20
	case "thirtieth":
		return 30
	}
	return 0
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
