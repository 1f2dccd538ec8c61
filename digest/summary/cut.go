package summary

// cut is a part of a sentence, tokens [from, to), that may go, and the rule that
// allows it.
type cut struct {
	from, to int
	rule     string
}

// The rules whose parts are looked at again when all that goes is known.
const (
	aTime  = "a time"
	aPlace = "a place"
)

// cuts are all parts that may go, each for itself. Nothing goes that holds only
// a part of a quotation.
func (r reading) cuts() []cut {
	var out []cut
	add := func(rule string, from int, ends ...int) {
		for _, to := range ends {
			if to > from && r.whole(from, to) && to-from < len(r.ts) {
				out = append(out, cut{from, to, rule})
			}
		}
	}
	for i := range r.ts {
		if r.quoted[i] && r.low(i) != `"` {
			continue
		}
		add("a parenthesis", i, r.parenthesis(i)...)
		add("an aside", i, r.asides(i)...)
		add("a connective", i, r.connective(i)...)
		add("an adverbial at the beginning", i, r.leading(i)...)
		add(aTime, i, r.times(i)...)
		add(aPlace, i, r.places(i)...)
		add("an occasion", i, r.occasions(i)...)
		add("what went before", i, r.before(i)...)
		add("a purpose", i, r.purposes(i)...)
		add("a starting figure", i, r.startingFigure(i)...)
		add("an adverb", i, r.adverb(i)...)
		add("a second co-ordinate", i, r.second(i)...)
		add("a first co-ordinate", i, r.first(i)...)
	}
	return out
}
