package summary

// approximate reports whether the words beside a number say that it is not exact.
func approximate(ts []token, n quantity) bool {
	i := n.start - 1
	if currency[at(ts, i).low] != "" {
		i--
	}
	switch at(ts, i).low {
	case "about", "around", "nearly", "almost", "approximately", "roughly", "some", "over", "under", "estimated", "~", "above", "circa":
		return true
	case "least", "most":
		return at(ts, i-1).low == "at"
	case "than":
		switch at(ts, i-1).low {
		case "more", "less", "fewer", "greater":
			return true
		}
	case "to":
		return at(ts, i-1).low == "up" || at(ts, i-1).low == "close"
	case "as":
		return at(ts, i-1).low == "many" || at(ts, i-1).low == "much"
	}
	return is(ts, n.end, "or", "so") || is(ts, n.end, "or", "more")
}

// atLeast reports whether the words before a number say that it may be more.
func atLeast(ts []token, n quantity) bool {
	i := n.start - 1
	if currency[at(ts, i).low] != "" {
		i--
	}
	low, before := at(ts, i).low, at(ts, i-1).low
	return low == "over" || low == "above" || low == "least" || low == "than" && (before == "more" || before == "greater")
}

// money reads a currency before or after the number and moves the figure's ends
// over it.
func money(ts []token, f *Figure, start, end *int) bool {
	if code := currency[at(ts, *start-1).low]; code != "" && (at(ts, *start-1).kind == mark || at(ts, *start-1).cap) {
		*start--
		f.Unit = code
		if other := dollars[at(ts, *start-1).low]; code == "USD" && other != "" && ts[*start].join {
			*start--
			f.Unit = other
		}
		per(ts, f, end)
		return true
	}
	i := *end
	name := at(ts, i).low
	if other := dollars[name]; other != "" && currency[at(ts, i+1).low] == "USD" {
		f.Unit = other
		*end = i + 2
		per(ts, f, end)
		return true
	}
	if code := currency[name]; code != "" && (at(ts, i).kind == mark || len(name) > 3 || at(ts, i).cap || name == "yen" || name == "won") {
		f.Unit = code
		*end = i + 1
		per(ts, f, end)
		return true
	}
	return false
}

// measured reads a unit after the number.
func measured(ts []token, f *Figure, end *int) bool {
	i := *end
	name := at(ts, i).low
	next := at(ts, i+1).low
	switch {
	case name == "per" && next == "cent":
		f.Unit, *end = "percent", i+2
		return true
	case name == "percentage" && (next == "points" || next == "point"):
		f.Unit, *end = "percentage points", i+2
		return true
	case (name == "cubic" || name == "square" || name == "nautical" || name == "metric") && measures[next] != "":
		f.Unit, *end = name+" "+measures[next], i+2
		if name == "metric" {
			f.Unit = "tonnes"
		}
		per(ts, f, end)
		return true
	case name == "b" && next == "/" && at(ts, i+2).low == "d":
		f.Unit, *end = "barrels a day", i+3
		return true
	case measures[name] == "" || name == "percentage":
		return false
	case name == "bcm" || name == "bcf":
		f.Value *= 1e9
	}
	f.Unit, *end = measures[name], i+1
	if f.Unit != "percent" {
		per(ts, f, end)
	}
	return true
}

// per adds "a day" and the like to the unit where it follows.
func per(ts []token, f *Figure, end *int) {
	switch at(ts, *end).low {
	case "a", "an", "per", "each", "every", "/":
	default:
		return
	}
	switch p := at(ts, *end+1).low; p {
	case "second", "minute", "hour", "day", "week", "month", "quarter", "year", "barrel", "tonne", "person":
		f.Unit += " a " + p
		*end += 2
	}
}

// measuredOf tells what a measured number is of.
func measuredOf(ts []token, unit string, start, end int) string {
	switch unit {
	case "percent", "percentage points":
		return nearest(ts, start, end, rates)
	case "seconds", "minutes", "hours", "days", "weeks", "months", "years":
		for i := max(0, start-6); i < min(len(ts), end+6); i++ {
			switch ts[i].low {
			case "sentenced", "jailed", "prison", "jail", "imprisonment":
				return "sentence"
			}
		}
		return ""
	}
	return unit
}

// nearest is the meaning of the word of a list that stands nearest to tokens
// [start, end) in their clause, the one before on a tie; empty when there is none.
func nearest(ts []token, start, end int, list map[string]string) string {
	const reach = 10
	for d := 1; d <= reach; d++ {
		if m := list[at(ts, start-d).low]; m != "" && sameClause(ts, start-d, start) {
			return m
		}
		if m := list[at(ts, end+d-1).low]; m != "" && sameClause(ts, end, end+d-1) {
			return m
		}
	}
	return ""
}

// sameClause reports whether no sign ends a clause between two tokens.
func sameClause(ts []token, from, to int) bool {
	for i := from; i < to; i++ {
		switch ts[i].low {
		case ";", ":", ".", "?", "!":
			return false
		}
	}
	return true
}

// headNoun finds the noun that a number counts: the first plural within a few
// words, before the phrase ends. It is -1 where there is none.
func headNoun(ts []token, n quantity) int {
	const reach = 5
	for i := n.end; i < min(len(ts), n.end+reach); i++ {
		t := ts[i]
		switch {
		case t.kind == number || spelled[t.low] > 0:
			return -1
		case t.kind == mark:
			if t.low == "-" && t.join && at(ts, i+1).join {
				continue
			}
			return -1
		case people[t.low] && (n.value == 1 || t.low != "man" && t.low != "woman"):
			if after := at(ts, i+1).low; t.low == "police" || people[after] {
				continue
			}
			return i
		case phraseEnd[t.low] || fates[t.low] != "":
			return -1
		case irregular[t.low] || plural(t.low):
			if people[at(ts, i+1).low] {
				continue
			}
			return i
		}
	}
	return -1
}

// phraseEnd are words that no noun phrase goes on over.
var phraseEnd = set(`of in on at by to from with without for and or but nor that which who whose where when while as
	than if is are was were be been being has have had will would can could may might shall should must do does did
	the a an this these those its their his her he she it they we you after before since until during against
	between among near under over into out up down off about only also not said says told went came made this yes
	later earlier ago apart together more less fewer per
	behind across inside outside along toward towards despite amid within via like upon above below beyond around because`)

// irregular are plurals without an s.
var irregular = set("police aircraft cattle media data sheep fish oxen cargoes warplanes spacecraft hovercraft feet teeth")

// plural reports whether a folded word looks like a plural noun.
func plural(w string) bool {
	if len(w) < 4 || w[len(w)-1] != 's' {
		return false
	}
	switch w[len(w)-2] {
	case 's', 'u', 'i', '\'':
		return false
	}
	return !notPlural[w]
}

// notPlural are words in -s that are no plural noun.
var notPlural = set(`always perhaps besides towards afterwards sometimes this says does gives takes makes shows goes
	comes gets wants needs means remains includes including sales' politics news overseas plus thus across less`)

// fate tells what happened to the persons that n counts: said right before the
// number ("killed at least 12", "the death toll rose to 12") or after it ("12
// people were killed", "12 dead").
func fate(ts []token, n quantity, head int) string {
	if f := adjacentFate(ts, n); f != "" {
		return f
	}
	from := n.end
	if head >= 0 {
		from = head + 1
	}
	const reach = 7
	for i := from; i < min(len(ts), from+reach); i++ {
		t := ts[i]
		if f := fates[t.low]; f != "" {
			return f
		}
		switch t.low {
		case ",":
			if next := at(ts, i+1).low; next != "including" && next != "among" && next != "most" {
				return ""
			}
			for i++; i < len(ts) && ts[i].low != ","; i++ {
			}
			from = i
		case ".", ";", ":", "-", `"`, "(", ")", "who", "which", "that", "and", "but", "while", "as", "after":
			return ""
		}
		if t.kind == number || spelled[t.low] > 1 {
			return ""
		}
	}
	return ""
}

// adjacentFate is the fate that stands right before or right after the number,
// with only words such as "at least" or "others" between.
func adjacentFate(ts []token, n quantity) string {
	for i := n.start - 1; i >= max(0, n.start-5); i-- {
		t := ts[i]
		if f := fates[t.low]; f != "" {
			if t.low == "held" || t.low == "missing" || t.low == "wounds" {
				return ""
			}
			return f
		}
		if !between[t.low] {
			break
		}
	}
	i := n.end
	if at(ts, i).low == "others" || at(ts, i).low == "more" {
		i++
	}
	switch at(ts, i).low {
	case "were", "are", "was":
		i++
	}
	return fates[at(ts, i).low]
}

// between are the words that may stand between a fate and its number.
var between = set(`at least most about around nearly almost approximately roughly some over more than fewer less up to
	as many another the a an estimated toll rose rises climbed reached stood stands passed of has have risen increased is was
	now further other`)
