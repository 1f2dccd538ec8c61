package summary

import (
	"slices"
	"strconv"
	"strings"

	"attache/sources/text"
)

// Figure is a number in a sentence and what it counts.
type Figure struct {
	Span   text.Span // the number with its unit or noun, "410 million dollars"
	Value  float64   // with "million" and the like multiplied in
	Unit   string    // ISO 4217 for money, "percent", "people", "barrels a day" …; empty for counted things
	Of     string    // what it is, in fixed words ("price", "killed", "detained"); else the noun, "batteries"; may be empty
	Approx bool      // "about", "nearly", "at least", "more than" and the like

	who   string // the persons, where they are more than "people": "soldiers"
	least bool   // "at least", "more than": it may be more
}

// FigureOf tells what a figure is of that a word asks for, as [Figure.Of] has it:
// "price" for "worth", "detained" for "arrested". It reports false for a word that
// asks for no figure by itself.
func FigureOf(word string) (of string, ok bool) {
	word = strings.ToLower(word)
	for _, list := range []map[string]string{fates, purposes, rates} {
		if of = list[word]; of != "" {
			return of, true
		}
	}
	return "", false
}

// FigureWords are the words for which [FigureOf] tells this, sorted.
func FigureWords(of string) []string {
	var words []string
	for _, list := range []map[string]string{fates, purposes, rates} {
		for w, meant := range list {
			if meant == of {
				words = append(words, w)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// People reports whether a word is one for persons, as "soldiers".
func People(word string) bool { return people[strings.ToLower(word)] }

// Money reports whether the figure is a sum of money.
func (f Figure) Money() bool {
	code, _, _ := strings.Cut(f.Unit, " ")
	return len(code) == 3 && code == strings.ToUpper(code)
}

// Time reports whether the figure is a length of time.
func (f Figure) Time() bool {
	switch f.Unit {
	case "seconds", "minutes", "hours", "days", "weeks", "months", "years":
		return true
	}
	return false
}

// Figures finds the numbers in a sentence that count or measure something. It
// leaves out dates, times, scores, ages, ordinals, ranges, and numbers that are
// part of a name, as in "F-16" or "Resolution 2231".
func Figures(s string) []Figure {
	return figures(tokens(s))
}

func figures(ts []token) []Figure {
	var out []Figure
	for i := 0; i < len(ts); {
		n, ok := readNumber(ts, i)
		if !ok {
			i++
			continue
		}
		if inName(ts, n) || dated(ts, n) || ranged(ts, n) {
			i = n.end
			continue
		}
		if f, ok := counted(ts, n); ok {
			out = append(out, f)
		}
		i = n.end
	}
	return out
}

// quantity is a number as it is written: tokens [start, end).
type quantity struct {
	start, end int
	value      float64
	digits     bool // it begins with digits
	scaled     bool // "million" or the like belongs to it
}

// readNumber reads the number that begins at i, in digits or spelled out, with
// the words that multiply it.
func readNumber(ts []token, i int) (quantity, bool) {
	n := quantity{start: i, end: i + 1}
	t := ts[i]
	switch {
	case t.kind == number:
		v, ok := digits(t.low)
		if !ok {
			return n, false
		}
		n.value, n.digits = v, true
	case spelled[t.low] > 0:
		n.value = spelled[t.low]
		unit := spelled[at(ts, i+2).low]
		if n.value >= 20 && at(ts, i+1).low == "-" && unit > 0 && unit < 10 {
			n.value += unit
			n.end = i + 3
		}
	case (t.low == "a" || t.low == "an") && scales[at(ts, i+1).low] > 0:
		n.value = 1
	case t.low == "half" && at(ts, i+1).low == "a" && scales[at(ts, i+2).low] > 1e3:
		n.value, n.end = .5, i+2
	default:
		return n, false
	}
	for ; scales[at(ts, n.end).low] > 0; n.end++ {
		n.value *= scales[ts[n.end].low]
		n.scaled = true
	}
	if next := at(ts, n.end); n.digits && shortScales[next.low] > 0 && shortScale(ts, n) {
		n.value *= shortScales[next.low]
		n.scaled = true
		n.end++
	}
	return n, true
}

// shortScale reports whether the letter after n multiplies it: "$410m", "5m
// people"; "60m" alone may be metres.
func shortScale(ts []token, n quantity) bool {
	next := ts[n.end]
	if currency[at(ts, n.start-1).low] != "" {
		return true
	}
	after := at(ts, n.end+1).low
	return next.join && (next.low != "m" || people[after] || currency[after] != "" || plural(after)) || len(next.low) == 3
}

// digits reads "410", "520,000", "1.2" and "3,5".
func digits(s string) (float64, bool) {
	if strings.Contains(s, ",") {
		_, last, _ := strings.Cut(s, ",")
		if i := strings.LastIndexByte(s, ','); i >= 0 {
			last = s[i+1:]
		}
		whole, _, _ := strings.Cut(last, ".")
		switch {
		case len(whole) == 3:
			s = strings.ReplaceAll(s, ",", "")
		case strings.Count(s, ",") == 1 && !strings.Contains(s, "."):
			s = strings.Replace(s, ",", ".", 1)
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && v < 1e18
}

// inName reports whether the number is part of a name, an ordinal, an age or a
// word, and counts nothing.
func inName(ts []token, n quantity) bool {
	before, after := at(ts, n.start-1), at(ts, n.end)
	switch before.low {
	case "no", "no.", "number", "resolution", "article", "section", "chapter", "route", "flight", "channel", "group",
		"highway", "room", "gate", "phase", "type", "mark", "aged", "age", "#", "any", "this", "every", "each":
		return true
	case "that", "which": // "that one"; but "said that seven people had been hurt"
		return n.value == 1
	case "-", ":", "/", ".", ",":
		if ts[n.start].join && n.start > 1 && before.join {
			return true
		}
	}
	if n.digits && before.kind == word && ts[n.start].join {
		return true
	}
	switch after.low {
	case "st", "nd", "rd", "th":
		return after.join
	case ":", "/":
		return after.join && at(ts, n.end+1).join
	case "-":
		return after.join && at(ts, n.end+1).kind == word && at(ts, n.end+1).join
	case "a.m.", "p.m.", "am", "pm", "o'clock", "noon", "gmt":
		return true
	}
	return false
}

// dated reports whether the number is a day of a month or a year.
func dated(ts []token, n quantity) bool {
	if n.scaled || !n.digits {
		return false
	}
	before, after := at(ts, n.start-1).low, at(ts, n.end).low
	if before == "." {
		before = at(ts, n.start-2).low
	}
	if n.value <= 31 && (months[before] > 0 && at(ts, n.end).low != "%" || months[after] > 0) {
		return true
	}
	year := n.value >= 1900 && n.value <= 2100 && len(ts[n.start].low) == 4
	return year && !people[after] && measures[after] == "" && currency[after] == "" &&
		currency[at(ts, n.start-1).low] == ""
}

// ranged reports whether the number is one end of a range or of a score, so
// that no one value was given. The first of "from 88,000 to 92,000" is one; the
// second is a figure.
func ranged(ts []token, n quantity) bool {
	isNumber := func(i int) bool {
		return at(ts, i).kind == number && i >= 0 && i < len(ts) || spelled[at(ts, i).low] > 0
	}
	before, after := at(ts, n.start-1).low, at(ts, n.end).low
	next := n.end + 1
	if s := currency[at(ts, next).low]; s != "" {
		next++
	}
	if (after == "to" || after == "-" || after == "or") && isNumber(next) {
		return true
	}
	if after == "and" && isNumber(next) && before == "between" {
		return true
	}
	if before == "-" && isNumber(n.start-2) || before == "or" && isNumber(n.start-2) {
		return true
	}
	if before == "to" && isNumber(n.start-2) {
		return at(ts, n.start-3).low != "from"
	}
	return before == "and" && isNumber(n.start-2) && at(ts, n.start-3).low == "between"
}

// counted makes a figure of a number: its unit, what it is of, and whether it is
// exact. It reports false for a number that counts nothing that can be told.
func counted(ts []token, n quantity) (Figure, bool) {
	f := Figure{Value: n.value, Approx: approximate(ts, n), least: atLeast(ts, n)}
	start, end := n.start, n.end
	switch {
	case money(ts, &f, &start, &end):
		f.Of = nearest(ts, start, end, purposes)
	case measured(ts, &f, &end):
		f.Of = measuredOf(ts, f.Unit, start, end)
	default:
		head := headNoun(ts, n)
		if head >= 0 {
			end = head + 1
		}
		if !n.scaled && n.value < 20 && definite[at(ts, n.start-1).low] {
			return f, false
		}
		if n.value == 1 && !n.scaled && !n.digits && (head < 0 || !people[ts[head].low]) && adjacentFate(ts, n) == "" {
			return f, false
		}
		persons(ts, &f, n, head)
		if f.Of == "" {
			return f, false
		}
	}
	f.Span = text.Span{Start: ts[start].Start, End: ts[end-1].End}
	return f, true
}

// definite are the words that make "the two ministers" of a number: who they
// are, not how many.
var definite = set("the these those both his her its their our")

// persons tells what a number of persons is of, or else the thing counted.
func persons(ts []token, f *Figure, n quantity, head int) {
	if head >= 0 && !people[ts[head].low] {
		f.Of = ts[head].low
		return
	}
	f.Of = fate(ts, n, head)
	switch {
	case head >= 0 && f.Of == "":
		f.Unit, f.Of = "people", ts[head].low
	case head >= 0:
		f.Unit = "people"
		if !vague[ts[head].low] {
			f.who = ts[head].low
		}
	case f.Of != "":
		f.Unit = "people"
	}
}
